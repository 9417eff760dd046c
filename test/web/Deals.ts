/** Agreements between the personas, made through the API as far as a test needs them: what its person does not do itself. */
import { Time } from "../../src/agreement/index.ts";
import type * as Client from "../../src/api/client.ts";
import type * as Demonstration from "./Demonstration.ts";

export type Persona = "client" | "provider" | "arbitrator";
export type Act = Client.Input<"POST /v1/agreements/{agreement}/acts">["act"];
export type Deal = {
  /** Of the node. */
  readonly id: string;
  readonly path: string;
  /** What the personas' clients call. */
  as(persona: Persona): Promise<Client.Client>;
  sign(persona: "client" | "provider"): Promise<void>;
  /** One act, until it stands on the ledger. */
  act(persona: Persona, act: Act): Promise<void>;
  /** By milestone, its stage. */
  stages(): Promise<Record<string, string>>;
};

export type Wanted = {
  title?: { en: string; zh: string };
  /** The arbitrator decides where both disagree; each puts up 1,000. */
  panel?: boolean;
  /** 70,000 by milestones, 30,000 more at 10,000 users, 45,000 at 12,000; the arbitrator's persona reports. */
  outcome?: boolean;
  /** The client pays the second milestone later. */
  later?: boolean;
  /** As far as it goes. */
  until?: "draft" | "complete" | "signed" | "open";
};

/** Stages after which nothing of a milestone is left. */
const OVER = new Set(["paid", "ended", "terminated", "closed"]);

const both = (en: string, zh: string) => ({ en, zh });

export async function make(demo: Demonstration.Demonstration, wanted: Wanted = {}): Promise<Deal> {
  const { until = "open", panel, outcome } = wanted;
  const as = clients(demo);
  const [client, provider, arbitrator] = [
    await seatOf(as, "client"),
    await seatOf(as, "provider"),
    await seatOf(as, "arbitrator"),
  ];
  const document = await documentOf({ client, provider, arbitrator }, wanted);
  const { id } = await client.client.call("POST /v1/agreements", {
    ...{ organisation: client.organisation, side: "client" },
    document: until === "draft" ? { ...document, law: undefined, openBy: undefined } : document,
  });
  await invite(client.client, id, "provider", provider);
  if (panel) await invite(client.client, id, "arbitrator", arbitrator);
  if (outcome) await invite(client.client, id, "reporter", arbitrator);
  const deal = of(id, as);
  if (until === "signed" || until === "open") {
    await deal.sign("client");
    await deal.sign("provider");
  }
  if (until === "open") await deal.act("client", { verb: "open" });
  return deal;
}

/** What the provider proposes in the place of an open agreement: the milestones that are left, on other terms. */
export async function changeOrder(
  demo: Demonstration.Demonstration,
  { id: agreement }: Deal,
  changes: Record<string, unknown>,
): Promise<Deal> {
  const as = clients(demo);
  const provider = await seatOf(as, "provider");
  const { call } = provider.client;
  const { document, ledgerId, seats } = await call("GET /v1/agreements/{agreement}", { agreement });
  const { tranches } = await call("GET /v1/agreements/{agreement}/standing", { agreement });
  const before = document as { milestones: { name: string; criteria: string[] }[]; criteria: { name: string }[] };
  const over = new Set(tranches.filter(({ stage }) => OVER.has(stage)).map(({ name }) => name));
  const milestones = before.milestones.filter(({ name }) => !over.has(name));
  const named = new Set(milestones.flatMap(({ criteria }) => criteria));
  const criteria = before.criteria.filter(({ name }) => named.has(name));
  const salt = `0x${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("hex")}`;
  const { id } = await call("POST /v1/agreements", {
    ...{ organisation: provider.organisation, side: "provider" },
    document: { ...document, ...{ milestones, criteria, salt, replaces: ledgerId }, ...changes },
  });
  const roles = new Set(seats.map(({ role }) => role));
  await invite(provider.client, id, "client", await seatOf(as, "client"));
  for (const role of ["arbitrator", "reporter"] as const)
    if (roles.has(role)) await invite(provider.client, id, role, await seatOf(as, "arbitrator"));
  return of(id, as);
}

type As = Deal["as"];

function clients(demo: Demonstration.Demonstration): As {
  const known = new Map<Persona, Promise<Client.Client>>();
  return (persona) => {
    const client = known.get(persona) ?? demo.as(persona);
    known.set(persona, client);
    return client;
  };
}

/** One that is there, by its id. */
function of(id: string, as: As): Deal {
  return {
    ...{ id, path: `/agreements/${id}`, as },
    async sign(persona) {
      const client = await as(persona);
      const { version } = await client.call("GET /v1/agreements/{agreement}/signing", { agreement: id });
      await client.call("POST /v1/agreements/{agreement}/signatures", { agreement: id, side: persona, version });
    },
    async act(persona, act) {
      const client = await as(persona);
      const sent = await client.call("POST /v1/agreements/{agreement}/acts", { agreement: id, act });
      await done(client, id, sent.id);
    },
    async stages() {
      const client = await as("client");
      const { tranches } = await client.call("GET /v1/agreements/{agreement}/standing", { agreement: id });
      return Object.fromEntries(tranches.map(({ name, stage }) => [name, stage]));
    },
  };
}

async function invite(
  by: Client.Client,
  agreement: string,
  role: "client" | "provider" | "arbitrator" | "reporter",
  { client, organisation }: Seat,
): Promise<void> {
  const { url } = await by.call("POST /v1/agreements/{agreement}/invitations", { agreement, role });
  await client.call("POST /v1/invitations/{token}/accept", { token: tokenOf(url), organisation });
}

/** The last part of an invitation's link. */
export const tokenOf = (url: string): string => url.slice(url.lastIndexOf("/") + 1);

/** Until the node has read it back from the ledger; throws why it was refused. */
export async function done(client: Client.Client, agreement: string, act: string): Promise<void> {
  for (;;) {
    const sent = await client.call("GET /v1/agreements/{agreement}/acts/{act}", { agreement, act });
    if (sent.status === "done" && (sent.facts?.length ?? 0) > 0) return;
    if (sent.status === "refused") throw new Error(`refused: ${JSON.stringify(sent.problem)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Moves the clock of a demonstration ahead, and waits until what it decides is carried out. */
export async function advance(demo: Demonstration.Demonstration, days: number): Promise<void> {
  await (await demo.as("client")).call("POST /v1/demo/clock", { minutes: days * Time.DAY });
}

type Seat = { client: Client.Client; organisation: string; address: string; name: string; person: string };

async function seatOf(as: As, persona: Persona): Promise<Seat> {
  const client = await as(persona);
  const { organisations, name: person } = await client.call("GET /v1/me");
  const firm = organisations.find(({ personal }) => !personal);
  if (!firm) throw new Error("a persona acts for a firm");
  const route = "GET /v1/organisations/{organisation}/accounts";
  const { items } = await client.call(route, { organisation: firm.id });
  return { client, organisation: firm.id, address: items[0]?.address ?? "", name: firm.name, person };
}

type Seats = { client: Seat; provider: Seat; arbitrator: Seat };

async function documentOf({ client, provider, arbitrator }: Seats, { panel, outcome, later, title }: Wanted) {
  const { ledger } = await client.client.call("GET /v1/node");
  const today = Math.floor(new Date(ledger.now).getTime() / 86_400_000);
  const day = (days: number) => Time.format((today + days) * Time.DAY + 600);
  const placed = async (kind: "panel" | "reports") => {
    const { address } = await client.client.call("POST /v1/organisations/{organisation}/quorums", {
      ...{ organisation: client.organisation, kind, members: [arbitrator.address], votes: 1 },
    });
    return address;
  };
  const party = ({ address, name, person }: Seat) => ({
    ...{ name: both(name, name), address, country: "CN" },
    signatory: { name: both(person, person), authority: both("authorised signatory", "授权签署人") },
  });
  const milestone = (
    name: string,
    says: { en: string; zh: string },
    amount: string,
    [from, due]: [number, number],
  ) => ({
    ...{ name, title: says, amount, net: amount, tax: "0", withholding: "0" },
    ...{ start: day(from), due: day(due), review: "10 days", cure: "7 days", invoice: "after payment" },
    criteria: [`${name}-complete`, `${name}-fast`],
  });
  const criteria = (name: string) => [
    {
      ...{ name: `${name}-complete`, what: both("All that was agreed is there", "约定内容齐全"), weight: "60 %" },
      ...{ how: "inspection", by: "client" },
    },
    {
      ...{ name: `${name}-fast`, what: both("Pages open within a second", "页面一秒内打开"), weight: "40 %" },
      ...{ how: "inspection", by: "client" },
    },
  ];
  const fundBy = later ? { fundBy: day(20) } : {};
  return {
    version: "commenda/1",
    rail: "token",
    title: title ?? both("Ordering app", "点餐应用"),
    text: {
      en: "The provider builds the app in two parts, each delivered, judged and paid on its own.",
      zh: "乙方分两部分开发本应用，各部分分别交付、验收和付款。",
      prevails: "en",
    },
    parties: { client: party(client), provider: party(provider) },
    currency: { code: "CNY", scale: 6 },
    openBy: day(14),
    sequential: false,
    milestones: [
      milestone("design", both("Design", "设计"), "30000", [0, 30]),
      { ...milestone("app", both("The app", "应用"), "40000", [20, 60]), ...fundBy },
    ],
    criteria: [...criteria("design"), ...criteria("app")],
    ...{ inputs: [], options: [], calendar: [] },
    ip: {
      owner: "client",
      from: "payment",
      certificate: false,
      background: both("It stays with who brought it.", "归其提供方所有。"),
    },
    law: {
      governing: both("the law at the client's seat", "甲方所在地法律"),
      forum: { kind: "court", seat: both("the client's seat", "甲方所在地") },
      ...{ liabilityCap: "100000", dataIn: ["CN"] },
    },
    arbitration: {
      fallback: "50 %",
      ...(panel
        ? {
            by: {
              ...{ kind: "panel", name: both("Quay Arbitration", "码头仲裁"), address: await placed("panel") },
              ...{ deposit: "1000", maxCost: "0", extraData: "0x", answerWithin: "5 days", ruleWithin: "30 days" },
            },
          }
        : {}),
    },
    fees: { platform: "0 %" },
    ...(outcome
      ? {
          outcome: {
            title: both("Daily users", "日活跃用户"),
            what: both("Average daily users, from the platform's own statistics", "平均日活跃用户，以平台后台统计为准"),
            ...{ metric: "reported", source: await placed("reports"), target: "10000" },
            ...{ unit: both("users a day", "人/日"), measuredAt: day(90), reportBy: day(104), challenge: "7 days" },
            shape: "steps",
            points: [
              { value: "0", pay: "0" },
              { value: "10000", pay: "30000" },
              { value: "12000", pay: "45000" },
            ],
            ...{ default: "0", amount: "45000", invoice: "after payment" },
          },
        }
      : {}),
  };
}
