/**
 * What the demonstration shows of matching: the firms of the examples as providers with the records that their agreements made,
 * two newcomers, and a brief that was ranked. Nobody stands behind any of them, and each profile says so.
 */
import { and, eq } from "drizzle-orm";
import * as Client from "../api/client.ts";
import * as Personas from "../node/identity/Personas.ts";
import * as Deals from "../node/market/Deals.ts";
import * as Trust from "../node/market/Trust.ts";
import type * as Node from "../node/Node.ts";
import * as schema from "../node/store/schema.ts";

const DAY = 86_400;
const iso = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 10);

const NEWCOMERS = [
  {
    name: "Werkstatt Daten (demonstration)",
    profile: {
      kind: "person",
      about: "Reports and pipelines, alone and from Berlin. 数据报表与数据管道，个人，柏林。",
      ...{ skills: ["python", "postgresql", "dbt", "data-visualization"], regions: ["DE"] },
      ...{ rate: { currency: "EUR", from: 550, to: 700 }, hours: { from: 420, to: 960 } },
    },
  },
  {
    name: "Mended by agent (demonstration)",
    profile: {
      kind: "agent",
      about: "Fixes tests and types over MCP, day and night. 通过 MCP 修复测试与类型错误，全天在线。",
      ...{ skills: ["typescript", "react", "bug-fixing", "test-automation"], regions: [] },
      ...{ rate: { currency: "EUR", from: 120, to: 120 }, hours: { from: 0, to: 1_440 } },
    },
  },
] as const;

const BRIEF =
  "为我们的茶店开发微信小程序商城，接入微信支付。买家能完成一笔付款订单即验收。预算 10 万元，工期三个月。每天与北京时间重叠 4 小时。";

/** Told by whoever offers such work; a studio of shops unless its own agreements say more. */
const SHOPS = ["mini-program", "payments", "e-commerce", "react"];

export async function fill(node: Node.Node): Promise<void> {
  const { parts } = node;
  const { db } = parts.store;
  const provider = await enter(node, "provider");
  const client = await enter(node, "client");
  const now = parts.clock.now();
  const free = [{ from: iso(now), to: iso(now + 365 * DAY), people: 3 }];
  const [firms, clients] = [await firmsOf(node, "provider"), await firmsOf(node, "client")];
  // Their money is play money: on this node it speaks for whom it went to.
  await Trust.write(db, { issuers: [], anchors: clients.map(({ id, name }) => ({ party: id, name })) });
  for (const [at, { id: organisation }] of firms.entries()) {
    const own = await skillsOf(node, organisation);
    const skills = [...new Set([...own, ...SHOPS])].slice(0, 20);
    const day = 700 + 150 * (at % 5);
    await provider.call("PUT /v1/organisations/{organisation}/provider", {
      ...{ organisation, kind: "firm", skills, regions: ["CN"], free, hours: { from: 60, to: 600 } },
      about: "A firm of the examples; nobody stands behind it. 示例公司，并无实体。",
      rate: { currency: "CNY", from: day, to: day + 600 },
    });
  }
  for (const { name, profile } of NEWCOMERS) {
    const { id: organisation } = await provider.call("POST /v1/organisations", { name });
    const { skills, regions, ...rest } = profile;
    await provider.call("PUT /v1/organisations/{organisation}/provider", {
      ...{ organisation, ...rest, skills: [...skills], regions: [...regions], free },
    });
  }
  const [asking] = clients;
  if (!asking) return;
  const organisation = asking.id;
  const { id: brief } = await client.call("POST /v1/organisations/{organisation}/briefs", {
    organisation,
    text: BRIEF,
  });
  await client.call("PATCH /v1/organisations/{organisation}/briefs/{brief}", { organisation, brief, shown: true });
  await client.call("POST /v1/organisations/{organisation}/briefs/{brief}/rankings", {
    ...{ organisation, brief, seed: "demonstration" },
  });
}

async function enter({ url }: Node.Node, persona: string): Promise<Client.Client> {
  const answer = await fetch(`${url}/v1/demo/enter`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ persona }),
  });
  const cookie = answer.headers.getSetCookie().map((one) => one.slice(0, one.indexOf(";")));
  return Client.create({ url, cookie: cookie.join("; ") });
}

/** Firms for which a persona acts, in the order of their names. */
async function firmsOf({ parts }: Node.Node, persona: string) {
  const { member, organisation } = schema;
  return parts.store.db
    .select({ id: organisation.id, name: organisation.name })
    .from(member)
    .innerJoin(organisation, eq(organisation.id, member.organisation))
    .where(and(eq(member.user, Personas.userOf(persona)), eq(organisation.personal, false)))
    .orderBy(organisation.name);
}

/** Skills that its agreements were about. */
async function skillsOf({ parts }: Node.Node, provider: string): Promise<readonly string[]> {
  const deals = await Deals.all(parts.store.db, { of: provider });
  return deals.flatMap(({ about }) => about.skills);
}
