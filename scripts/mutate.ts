// `npm run mutate`: breaks the escrow, its annex and their core in a hundred small ways and counts how many the tests
// notice.
//   --list        names the mutants and ends
//   --only N      runs one, by its number in that list; may be given again
//   --count N     chooses so many (120 unless said); --all runs every one that the rules make
//   --jobs N      so many at once, each with a project of its own (1 unless said)
//   --red         goes on although a test fails on the sound contract: that test is left out
// The tests deploy the committed artifacts, so a mutant is compiled alone, its code put into the artifact of a project
// of its own, and no test is compiled twice. The compiler takes few optimiser steps here: half the time.
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import solc from "solc";
import { binary } from "./forge.ts";
import { all, apply, choose, diff, type Mutant } from "./mutants.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const targets = ["Escrow", "Annex", "EscrowCore"].map((name) => `contracts/src/${name}.sol`);
/** What is deployed, and so compiled with each mutant that may be in it. */
const deployed = ["Escrow", "Annex"];
const equivalentFile = "contracts/test/mutants.equivalent.json";
const STEPS = "dhfoDgvulfnTUtnIful:fDnTOcmuO";

type Verdict = { fate: "killed" | "survived" | "does not compile"; by: string; seconds: number };
type Job = { lane: string; skip: string[] };
type Equivalent = Pick<Mutant, "file" | "kind" | "where" | "before" | "after"> & { reason: string };
/** A changed source. */
type Change = { file: string; source: string };

/** A project of its own for one lane: forge's output folders must not be shared. What forge compiled before is kept. */
function makeLane(lane: string) {
  rmSync(lane, { recursive: true, force: true });
  // OpenZeppelin is copied: behind a link its files would have other names, and all would be compiled again.
  const paths = ["contracts", "foundry.toml", "cache/solidity-files-cache.json", "node_modules/@openzeppelin"];
  for (const path of paths) {
    if (existsSync(join(root, path))) cpSync(join(root, path), join(lane, path), { recursive: true });
  }
  symlinkSync(join(root, "scripts"), join(lane, "scripts"), "dir");
}

function runForge(lane: string, args: readonly string[]) {
  const run = spawnSync(binary("forge"), args, {
    cwd: lane,
    encoding: "utf8",
    timeout: args[0] === "build" ? 3_600_000 : 600_000,
    maxBuffer: 1 << 28,
    env: {
      ...process.env,
      FOUNDRY_DISABLE_NIGHTLY_WARNING: "1",
      FOUNDRY_FUZZ_RUNS: "64",
      FOUNDRY_INVARIANT_RUNS: "16",
      FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: "0",
      NO_COLOR: "1",
    },
  });
  return { status: run.status, text: `${run.stdout}${run.stderr}` };
}

const limits = ["--code-size-limit", "200000", "--gas-snapshot-emit", "false"];
/**
 * The quick tests first: most mutants end there. Left out are the gas figures, which this compiler run does not meet,
 * and the differential test, which needs sequences written by the model.
 */
const stages = [
  ["--no-match-path", "contracts/test/{Gas.t.sol,invariant/*,differential/*}"],
  ["--match-path", "contracts/test/invariant/*"],
];

/** @param skip Names of tests to leave out. @returns the tests that failed: the first of them, or all. */
function runTests(lane: string, skip: readonly string[], first: boolean): string[] {
  const failed: string[] = [];
  for (const stage of stages) {
    if (stage[0] === "--match-path" && !hasTests(join(lane, "contracts/test/invariant"))) continue;
    const without = skip.length > 0 ? ["--no-match-test", `^(${skip.join("|")})\\(`] : [];
    const { status, text } = runForge(lane, [
      "test",
      ...limits,
      ...stage,
      ...without,
      ...(first ? ["--fail-fast"] : []),
    ]);
    for (const folder of ["fuzz", "invariant"]) {
      rmSync(join(lane, "cache", folder), { recursive: true, force: true });
    }
    if (status === 0) continue;
    if (status === null) return ["no end within ten minutes"];
    // [FAIL: reason] name() (gas: 1), where an invariant's calls stand between the two.
    const failures = /\[FAIL[\s\S]*?\b((?:test|invariant|setUp)\w*)\([^\n]*?\) \((?:gas|runs)/g;
    const names = [...text.matchAll(failures)].map((match) => match[1] ?? "");
    if (names.length === 0) throw new Error(`forge ended with ${status} and without a failed test:\n${text}`);
    failed.push(...names);
    if (first) break;
  }
  return [...new Set(failed)];
}

const hasTests = (folder: string) => existsSync(folder) && readdirSync(folder).some((file) => file.endsWith(".t.sol"));

/** Compiles what has changed and puts its code where the tests deploy from. @returns an error, or nothing. */
function compile(lane: string, change?: Change): string | undefined {
  const text = (path: string) => (path === change?.file ? change.source : readFileSync(join(root, path), "utf8"));
  const read = (path: string) => {
    try {
      return { contents: text(path.startsWith("@openzeppelin/") ? `node_modules/${path}` : path) };
    } catch (error) {
      return { error: String(error) };
    }
  };
  for (const name of deployed) {
    const path = `contracts/src/${name}.sol`;
    const input = {
      language: "Solidity",
      sources: { [path]: { content: text(path) } },
      settings: {
        viaIR: true,
        evmVersion: "osaka",
        optimizer: { enabled: true, runs: 1, details: { yul: true, yulDetails: { optimizerSteps: STEPS } } },
        metadata: { bytecodeHash: "none", appendCBOR: false },
        outputSelection: { [path]: { [name]: ["evm.bytecode.object"] } },
      },
    };
    const file = join(lane, "contracts", "artifacts", `${name}.json`);
    // The other contract is as it was built for the lane, unless the core that both have in them has changed.
    if (change && change.file !== path && deployed.some((other) => change.file.endsWith(`/${other}.sol`))) {
      cpSync(`${file}.sound`, file);
      continue;
    }
    const output = JSON.parse(solc.compile(JSON.stringify(input), { import: read }));
    const error = output.errors?.find((entry: { severity: string }) => entry.severity === "error");
    if (error) return error.formattedMessage;
    const artifact = JSON.parse(readFileSync(file, "utf8"));
    const bytecode = `0x${output.contracts[path][name].evm.bytecode.object}`;
    writeFileSync(file, JSON.stringify({ ...artifact, bytecode }));
    if (!change) cpSync(file, `${file}.sound`);
  }
  return undefined;
}

// A lane: takes sources, gives verdicts.
if (!isMainThread) {
  const { lane, skip } = workerData as Job;
  parentPort?.on("message", (change: Change) => {
    const started = performance.now();
    const error = compile(lane, change);
    const by = error ?? runTests(lane, skip, true)[0];
    const fate = error ? "does not compile" : by ? "killed" : "survived";
    parentPort?.postMessage({ fate, by: by ?? "", seconds: (performance.now() - started) / 1000 } satisfies Verdict);
  });
}

function readEquivalents(mutants: readonly Mutant[]): Map<Mutant, string> {
  const list: Equivalent[] = existsSync(join(root, equivalentFile))
    ? JSON.parse(readFileSync(join(root, equivalentFile), "utf8"))
    : [];
  return new Map(
    list.map(({ reason, ...equivalent }) => {
      const is = (mutant: Mutant) =>
        (["file", "kind", "where", "before", "after"] as const).every((k) => mutant[k] === equivalent[k]);
      const mutant = mutants.find(is);
      if (!mutant)
        throw new Error(`${equivalentFile} names a mutant that the rules no longer make: ${equivalent.after}`);
      return [mutant, reason];
    }),
  );
}

async function main() {
  const { values } = parseArgs({
    options: {
      list: { type: "boolean", default: false },
      all: { type: "boolean", default: false },
      red: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      count: { type: "string", default: "120" },
      jobs: { type: "string", default: "1" },
    },
  });
  const sources = new Map(targets.map((file) => [file, readFileSync(join(root, file), "utf8")]));
  const every = [...sources].flatMap(([file, source]) => all(source, file));
  const source = (mutant: Mutant) => sources.get(mutant.file) ?? "";
  const equivalents = readEquivalents(every);
  const chosen = values.all ? every : choose(every, Number(values.count));
  const title = (mutant: Mutant) =>
    `${mutant.kind} in ${mutant.where}, ${mutant.file.split("/").at(-1)}:${mutant.line}`;
  if (values.list) {
    for (const [k, mutant] of chosen.entries()) {
      console.log(
        `${k + 1}. ${title(mutant)}${equivalents.has(mutant) ? " (equivalent)" : ""}\n${diff(source(mutant), mutant)}`,
      );
    }
    console.log(`${chosen.length} of the ${every.length} mutants that the rules make of ${targets.join(", ")}`);
    return;
  }
  const numbers = values.only.map(Number);
  const queue = chosen
    .map((mutant, k) => ({ number: k + 1, mutant }))
    .filter(({ number }) => numbers.length === 0 || numbers.includes(number));
  if (queue.length === 0) throw new Error(`--only takes a number from 1 to ${chosen.length}`);
  const total = queue.length;

  const started = performance.now();
  const base = join(root, "cache", "mutate");
  const first = join(base, "lane1");
  makeLane(first);
  console.log(`compiling the tests once ...`);
  const build = runForge(first, ["build"]);
  if (build.status !== 0) throw new Error(build.text);
  const error = compile(first);
  if (error) throw new Error(error);
  const skip = runTests(first, [], false);
  if (skip.length > 0) {
    console.log(`on the sound contract ${skip.length} tests fail: ${skip.join(", ")}`);
    if (!values.red) throw new Error("mend them first, or leave them out with --red");
  }
  console.log(`ready after ${((performance.now() - started) / 1000).toFixed(0)} s; ${total} mutants to run`);

  const results: { mutant: Mutant; verdict: Verdict }[] = [];
  const lanes = Array.from({ length: Math.min(Number(values.jobs), total) }, (_, k) => join(base, `lane${k + 1}`));
  for (const lane of lanes.slice(1)) {
    rmSync(lane, { recursive: true, force: true });
    cpSync(first, lane, { recursive: true, verbatimSymlinks: true });
  }
  await Promise.all(
    lanes.map(async (lane) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { lane, skip } satisfies Job });
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { number, mutant } = next;
        worker.postMessage({ file: mutant.file, source: apply(source(mutant), mutant) } satisfies Change);
        // Rejects with what the worker throws.
        const [verdict]: Verdict[] = await once(worker, "message");
        if (!verdict) throw new Error(`${lane} gave no verdict`);
        results.push({ mutant, verdict });
        const by = verdict.fate === "killed" ? ` by ${verdict.by}` : "";
        const seconds = verdict.seconds.toFixed(0);
        console.log(`${results.length}/${total}  ${number}. ${title(mutant)}: ${verdict.fate}${by} (${seconds} s)`);
        if (verdict.fate === "survived") console.log(diff(source(mutant), mutant));
      }
      await worker.terminate();
    }),
  );

  const of = (fate: Verdict["fate"]) =>
    results.filter(({ verdict }) => verdict.fate === fate).map(({ mutant }) => mutant);
  const killed = of("killed");
  const survivors = of("survived").filter((mutant) => !equivalents.has(mutant));
  const wrong = killed.filter((mutant) => equivalents.has(mutant));
  for (const mutant of survivors) console.log(`\nsurvived: ${title(mutant)}\n${diff(source(mutant), mutant)}`);
  for (const mutant of wrong)
    console.log(`\nlisted as equivalent, but killed: ${title(mutant)}\n${diff(source(mutant), mutant)}`);
  const broken = of("does not compile").length;
  const equivalent = of("survived").length - survivors.length;
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(
    `\nmutants: ${killed.length} of ${killed.length + survivors.length} killed` +
      `, ${survivors.length} survived, ${equivalent} equivalent, ${broken} did not compile (${minutes} min)`,
  );
  process.exitCode = survivors.length + wrong.length > 0 ? 1 : 0;
}

if (isMainThread && import.meta.main) await main();
