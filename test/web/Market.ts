/** Providers to be found: firms of the demonstration's provider, each with an offer of its own and cases that it tells of. */
import type * as Client from "../../src/api/client.ts";
import type * as Demonstration from "./Demonstration.ts";

const DAY = 86_400_000;
const day = (from: number, days: number) => new Date(from + days * DAY).toISOString().slice(0, 10);

type Offer = {
  name: string;
  skills: string[];
  /** Of a day, in CNY. */
  rate: number;
  /** Hours east of UTC, where nine to six is worked. */
  zone: number;
  /** Days from now on which it becomes free, and for how many. */
  free: readonly [from: number, days: number];
  cases: readonly string[];
};

/** So that each question tells some of them apart. */
export const OFFERS: readonly Offer[] = [
  {
    ...{
      name: "Lantern Studio 灯笼工作室",
      skills: ["wechat", "react", "payments"],
      rate: 900,
      zone: 8,
      free: [3, 200],
    },
    cases: ["扫码点单小程序，接入微信支付", "连锁茶饮店的会员小程序", "排队叫号小程序"],
  },
  {
    ...{ name: "Harbour Bridge", skills: ["wechat", "react"], rate: 1_500, zone: 8, free: [40, 200] },
    cases: ["Loyalty cards for a bakery, as a WeChat mini program"],
  },
  {
    ...{ name: "Northwind Mobile", skills: ["wechat", "kotlin"], rate: 700, zone: -5, free: [3, 200] },
    cases: ["Delivery app for couriers"],
  },
  {
    ...{ name: "נמל תוכנה <b>Port</b>", skills: ["wechat", "react", "payments"], rate: 2_600, zone: 2, free: [3, 20] },
    cases: ["חנות מקוונת \u202Eעם תשלום"],
  },
  {
    ...{ name: "Riverside Data", skills: ["postgresql", "python"], rate: 800, zone: 8, free: [3, 200] },
    cases: ["Invoice recognition for a factory"],
  },
];

/** Ids of their organisations, in the order of `OFFERS`. */
export async function open(demo: Demonstration.Demonstration): Promise<readonly string[]> {
  const client = await demo.as("provider");
  const { ledger } = await client.call("GET /v1/node");
  const now = Date.parse(ledger.now);
  const ids: string[] = [];
  for (const offer of OFFERS) ids.push(await found(client, offer, now));
  return ids;
}

async function found(client: Client.Client, offer: Offer, now: number): Promise<string> {
  const { name, skills, rate, zone, free, cases } = offer;
  const { id: organisation } = await client.call("POST /v1/organisations", { name });
  const from = (((9 - zone) * 60) % 1_440) + (zone > 9 ? 1_440 : 0);
  await client.call("PUT /v1/organisations/{organisation}/provider", {
    ...{ organisation, kind: "firm", skills, regions: ["CN"], listed: true },
    rate: { currency: "CNY", from: rate, to: rate * 2 },
    hours: { from, to: from + 540 },
    free: [{ from: day(now, free[0]), to: day(now, free[0] + free[1]), people: 2 }],
  });
  const text = cases.map((title, at) =>
    JSON.stringify({ id: at + 1, at: Math.floor(now / 1_000) - (at + 1) * 30 * 86_400, area: skills[0], title }),
  );
  await client.call("POST /v1/organisations/{organisation}/provider/cases", {
    ...{ organisation, format: "jsonl", text: text.join("\n"), keepGood: true },
  });
  return organisation;
}

/** The firm that a persona acts for. */
export async function firmOf(client: Client.Client): Promise<string> {
  const { organisations } = await client.call("GET /v1/me");
  const firm = organisations.find(({ personal }) => !personal);
  if (!firm) throw new Error("a persona has a firm");
  return firm.id;
}

export type Ranked = {
  readonly providers: readonly string[];
  /** Paths of a brief that was ranked, of a link to it, and of why the provider's own firm is not its first. */
  readonly brief: string;
  readonly link: string;
  readonly why: string;
};

/** A brief of the demonstration's client, ranked among these and the provider's firm, which is invited to it. */
export async function ranked(demo: Demonstration.Demonstration): Promise<Ranked> {
  const providers = await open(demo);
  const [client, provider] = [await demo.as("client"), await demo.as("provider")];
  const [organisation, firm] = [await firmOf(client), await firmOf(provider)];
  await provider.call("PUT /v1/organisations/{organisation}/provider", {
    ...{ organisation: firm, kind: "firm", skills: ["wechat"], regions: ["CN"], free: [], listed: true },
    ...{ rate: { currency: "CNY", from: 1_000, to: 1_000 }, hours: { from: 60, to: 600 } },
  });
  const text = "顾客在座位上用微信点单，接入微信支付。\n<b>הזמנה</b> \u202Eבשולחן.";
  const { id: brief } = await client.call("POST /v1/organisations/{organisation}/briefs", { organisation, text });
  const { id: ranking } = await client.call("POST /v1/organisations/{organisation}/briefs/{brief}/rankings", {
    ...{ organisation, brief },
  });
  const invite = "POST /v1/organisations/{organisation}/briefs/{brief}/invitations";
  await client.call(invite, { organisation, brief, provider: firm });
  const { url } = await client.call(invite, { organisation, brief });
  return {
    ...{ providers, brief: `/briefs/${organisation}/${brief}`, link: new URL(url ?? "").pathname },
    why: `/briefs/${firm}/why/${ranking}`,
  };
}
