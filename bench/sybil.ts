// `npm run -s bench -- sybil [--svg FILE] [--zh] [--json]`: what a ring of made-up parties that pay and praise each other gains,
// by the bound that our ranking uses and by a plain average of ratings. The last line is one JSON object.
//   market      120 providers, whom 60 clients with credit of their own paid 20 to 60 times, with 60 to 98 % of promises kept
//   ring        size: so many parties, each of which pays every other one ten times and finds it perfect
//   budget      what one of the ring earned outside by real work, kept to 60 %, in units of one whole observation
//   place       the best place of a member of the ring among all providers; of 1 + 120
//   weight      what speaks for all of the ring together, in whole observations: never more than `budget`
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Reputation } from "../src/matching/index.ts";
import { Gram } from "../src/text/index.ts";
import * as Chart from "./match/Chart.ts";

const { values } = parseArgs({
  options: { svg: { type: "string" }, zh: { type: "boolean" }, json: { type: "boolean" } },
});

const UNIT = 1_000n;
const [PROVIDERS, CLIENTS] = [120, 60];
const lot = (what: string) => Gram.hash(what) / 4_294_967_296;
const clients = Array.from({ length: CLIENTS }, (_, n) => `client ${n}`);
const options: Reputation.Options = { anchors: new Set(clients), cap: 20n * UNIT, unit: UNIT };

let count = 0;
function settled(client: string, provider: string, value: bigint, isKept: boolean): Reputation.Settled {
  count++;
  return {
    agreement: String(count).padStart(9, "0"),
    at: count,
    client,
    provider,
    skills: [],
    value,
    onTime: true,
    dispute: isKept ? "none" : "lost",
    held: "token",
  };
}

const market = Array.from({ length: PROVIDERS }, (_, n) => {
  const promises = 20 + Math.floor(lot(`promises ${n}`) * 41);
  const kept = 0.6 + 0.38 * lot(`kept ${n}`);
  return Array.from({ length: promises }, (_, job) => {
    const client = clients[Math.floor(lot(`who ${n} ${job}`) * CLIENTS)] ?? "";
    return settled(client, `provider ${n}`, UNIT, lot(`job ${n} ${job}`) < kept);
  });
}).flat();

function ringOf(size: number, budget: number): readonly Reputation.Settled[] {
  const names = Array.from({ length: size }, (_, n) => `ring ${n}`);
  const outside = Array.from({ length: budget }, (_, job) =>
    settled(clients[job % CLIENTS] ?? "", "ring 0", UNIT, lot(`ring job ${job}`) < 0.6),
  );
  // What came in is handed round: each pays every other one, ten times.
  const inside = names.flatMap((client) =>
    names
      .filter((provider) => provider !== client)
      .flatMap((provider) => Array.from({ length: 10 }, () => settled(client, provider, UNIT, true))),
  );
  return [...outside, ...inside];
}

function measure(size: number, budget: number) {
  const all = [...market, ...ringOf(size, budget)];
  const providers = [...new Set(all.map(({ provider }) => provider))];
  const isRing = (name: string) => name.startsWith("ring");
  const { behind } = Reputation.creditOf(all, options);
  const bound = (name: string) =>
    Reputation.lineOf(
      all.filter(({ provider }) => provider === name),
      behind,
      UNIT,
    ).quality;
  const average = (name: string) => {
    const ratings = all.filter(({ provider }) => provider === name).map(Reputation.keptOf);
    return ratings.reduce((sum, each) => sum + each, 0) / ratings.length;
  };
  const bestPlace = (score: (name: string) => number) => {
    const scores = providers.map((name) => [name, score(name)] as const);
    const ring = Math.max(...scores.filter(([name]) => isRing(name)).map(([, each]) => each));
    return 1 + scores.filter(([name, each]) => !isRing(name) && each >= ring).length;
  };
  const ring = all
    .filter(({ provider }) => isRing(provider))
    .reduce((sum, { agreement }) => sum + (behind.get(agreement) ?? 0n), 0n);
  return {
    size,
    budget,
    place: bestPlace(bound),
    placeByAverage: bestPlace(average),
    weight: Number(ring) / Number(UNIT),
  };
}

const sizes = [2, 4, 8, 16, 32].map((size) => measure(size, 0));
const budgets = [0, 5, 10, 20, 40, 80].map((budget) => measure(8, budget));
for (const { size, budget, place, placeByAverage, weight } of [...sizes, ...budgets]) {
  console.error(
    `ring of ${size}, ${budget} earned outside: place ${place} by the bound, ${placeByAverage} by the average; weight ${weight}`,
  );
}
if (values.svg !== undefined) {
  const words = values.zh
    ? ["八方互刷团伙的最佳名次（共 121 位）", "在外部真实赚得的份额", "名次", "下界排序", "平均评分"]
    : [
        "The best place of a ring of eight, of 121",
        "units earned outside by real work",
        "place",
        "lower bound",
        "average of ratings",
      ];
  const [title = "", x = "", y = "", bound = "", average = ""] = words;
  const svg = Chart.draw(
    title,
    { says: x, scale: "linear", ticks: [0, 20, 40, 60, 80] },
    { says: y, scale: "linear", ticks: [121, 91, 61, 31, 1] },
    [
      { name: bound, points: budgets.map(({ budget, place }) => [budget, place]) },
      { name: average, points: budgets.map(({ budget, placeByAverage }) => [budget, placeByAverage]) },
    ],
  );
  writeFileSync(values.svg, svg);
}
console.log(JSON.stringify({ sizes, budgets }));
