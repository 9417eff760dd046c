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
