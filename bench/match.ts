// `npm run -s bench -- match [--cases FILE] [--quick] [--svg FILE] [--json]`: search over past cases, ours beside MiniSearch and
// FlexSearch, each in a process of its own. The last line is one JSON object.
//   documents          100,000; titles of the file two by two (`commenda match` reads the same), else made-up words
//   indexSeconds       from an empty index to one that answers, on one core, reading of the text included
//   p50Ms, p95Ms       of one query of about seven words, any of which may match: the ten best
//   indexCpuSeconds, cpuP95Ms   the same, what the thread computed: it hardly depends on what else the machine does
//   memoryMb           resident, beyond what the process had before the index and after the texts were made
//   growth             ours from 10,000 to a million, drawn with --svg
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as Chart from "./match/Chart.ts";
import * as Documents from "./match/Documents.ts";
import { ENGINES } from "./match/Engines.ts";

const { values } = parseArgs({
  options: {
    cases: { type: "string" },
    quick: { type: "boolean" },
    svg: { type: "string" },
    json: { type: "boolean" },
    engine: { type: "string" },
    documents: { type: "string" },
    queries: { type: "string" },
  },
});

type Figures = {
  documents: number;
  indexSeconds: number;
  indexCpuSeconds: number;
  p50Ms: number;
  p95Ms: number;
  cpuP95Ms: number;
  memoryMb: number;
};

const megabytes = () => process.memoryUsage.rss() / 1_000_000;
/** Milliseconds that this thread has computed. */
const computed = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** One engine over so many documents, in this process. */
function measure(name: string, documents: number, queries: number): Figures {
  const engine = ENGINES[name]?.();
  if (!engine) throw new Error(`no engine is called ${name}`);
  const source = values.cases === undefined ? Documents.madeUp() : Documents.fromFile(values.cases);
  // A thousand at a time, so that the texts themselves are not what is measured.
  let [spent, cpu] = [0, 0];
  const before = megabytes();
  for (let from = 0; from < documents; from += 1_000) {
    const texts = Array.from({ length: Math.min(1_000, documents - from) }, (_, at) => source.document(from + at));
    const [began, cpuBegan] = [performance.now(), computed()];
    for (const [at, text] of texts.entries()) engine.add(from + at, text);
    spent += performance.now() - began;
    cpu += computed() - cpuBegan;
  }
  const times: number[] = [];
  const cpuTimes: number[] = [];
  for (let n = -20; n < queries; n++) {
    const query = source.query(n);
    const [began, cpuBegan] = [performance.now(), computed()];
    engine.search(query);
    // The first ones only warm up.
    if (n < 0) continue;
    times.push(performance.now() - began);
    cpuTimes.push(computed() - cpuBegan);
  }
  const quantile = (of: readonly number[], share: number) => {
    const sorted = of.toSorted((one, other) => one - other);
    return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0, 3);
  };
  return {
    documents,
    indexSeconds: rounded(spent / 1_000, 2),
    indexCpuSeconds: rounded(cpu / 1_000, 2),
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    cpuP95Ms: quantile(cpuTimes, 0.95),
    memoryMb: rounded(Math.max(0, megabytes() - before), 0),
  };
}

/** The same in a process of its own. */
function apart(name: string, documents: number, queries: number): Figures {
  const args = ["--engine", name, "--documents", String(documents), "--queries", String(queries)];
  if (values.cases !== undefined) args.push("--cases", values.cases);
  const script = fileURLToPath(import.meta.url);
  const run = spawnSync(process.execPath, [script, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (run.status !== 0) throw new Error(`${name} over ${documents} documents ended with ${run.status}`);
  return JSON.parse(run.stdout) as Figures;
}

if (values.engine !== undefined) {
  console.log(JSON.stringify(measure(values.engine, Number(values.documents), Number(values.queries))));
} else {
  const documents = values.quick ? 10_000 : 100_000;
  const say = (name: string, { documents, indexSeconds, p50Ms, p95Ms, cpuP95Ms, memoryMb }: Figures) => {
    const count = documents.toLocaleString("en").padStart(9);
    console.error(
      `${name.padEnd(10)} ${count}  index ${indexSeconds} s, p50 ${p50Ms} ms, p95 ${p95Ms} ms (computing ${cpuP95Ms} ms), ${memoryMb} MB`,
    );
  };
  const engines = Object.fromEntries(
    Object.keys(ENGINES).map((name) => {
      const figures = apart(name, documents, name === "commenda" ? 2_000 : 300);
      say(name, figures);
      return [name, figures];
    }),
  );
  const sizes = values.quick ? [3_000, 10_000] : [10_000, 30_000, 100_000, 300_000, 1_000_000];
  const growth = sizes.map((size) => {
    const figures = apart("commenda", size, 500);
    say("commenda", figures);
    return figures;
  });
  if (values.svg !== undefined) {
    const count = (value: number) => value.toLocaleString("en");
    const svg = Chart.draw(
      "Search over past cases, one core",
      { says: "documents", scale: "log", ticks: [10_000, 100_000, 1_000_000], show: count },
      { says: "milliseconds a query computes", scale: "log", ticks: [0.1, 1, 10, 100] },
      [{ name: "p95", points: growth.map(({ documents, cpuP95Ms }) => [documents, cpuP95Ms]) }],
    );
    writeFileSync(values.svg, svg);
  }
  console.log(JSON.stringify({ node: process.version, cases: values.cases !== undefined, engines, growth }));
}
