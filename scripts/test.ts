// `npm test`: every suite of the house, one after another (the machine may have two cores), streamed as they run,
// and their real counts added up on the last line: `N passed, N failed`.
//   node scripts/test.ts                     vitest, what lies on a store once more on a real PostgreSQL, then forge
//   node scripts/test.ts --deep              the same with the long runs, and the mutants of the escrow
//   node scripts/test.ts vitest [ARGS...]    one suite, the rest goes to it (also: postgres, forge, mutants)
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { forge } from "./forge.ts";
import * as Postgres from "./postgres.ts";
import { differences, into } from "./snapshots.ts";

type Counts = { passed: number; failed: number; skipped: number };

/** A suite that did not even report is one failure more, so that no crash can look green. */
function settle(name: string, counts: Counts, exitCode: number): Counts {
  const ran = counts.passed + counts.failed;
  if (ran === 0) {
    console.error(`\n${name}: no test ran (exit code ${exitCode})`);
    return { ...counts, failed: 1 };
  }
  if (exitCode !== 0 && counts.failed === 0) {
    console.error(`\n${name}: every test passed, but it ended with exit code ${exitCode}`);
    return { ...counts, failed: 1 };
  }
  return counts;
}

function runVitest(
  args: readonly string[],
  deep: boolean,
  { name = "vitest", env = {} }: { name?: string; env?: Record<string, string> } = {},
): Counts {
  const folder = mkdtempSync(join(tmpdir(), "commenda-test-"));
  const report = join(folder, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  try {
    const run = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...reporters, ...args], {
      stdio: "inherit",
      env: { ...process.env, ...(deep ? { COMMENDA_DEEP: "1" } : {}), ...env },
    });
    const counts = { passed: 0, failed: 0, skipped: 0 };
    try {
      const json = JSON.parse(readFileSync(report, "utf8"));
      counts.passed = json.numPassedTests;
      // A file that cannot be loaded has no tests to count: it counts as one.
      const broken = json.testResults.filter(
        (file: { status: string; assertionResults: unknown[] }) =>
          file.status === "failed" && file.assertionResults.length === 0,
      ).length;
      counts.failed = json.numFailedTests + broken;
      counts.skipped = json.numPendingTests + json.numTodoTests;
    } catch {
      console.error("vitest wrote no report");
    }
    return settle(name, counts, run.status ?? 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is tested on PGlite, and on a PostgreSQL too: stores open where `COMMENDA_TEST_DATABASE_URL` says. */
const ON_STORE = {
  quick: ["src/node/index/", "src/node/jobs/", "src/node/relay/"],
  deep: ["store", "index", "jobs", "relay", "handlers", "evidence", "notify", "desk"].map(
    (room) => `src/node/${room}/`,
  ),
};

async function runPostgres(args: readonly string[], deep: boolean): Promise<Counts> {
  const postgres = await Postgres.start();
  try {
    const files = args.length > 0 ? args : ON_STORE[deep ? "deep" : "quick"];
    return runVitest(files, deep, { name: "postgres", env: { COMMENDA_TEST_DATABASE_URL: postgres.url } });
  } finally {
    await postgres.stop();
  }
}

/** Random sequences of the model, which the contract's differential test plays. */
const SEQUENCES = { quick: 300, deep: 10_000 };

async function runForge(args: readonly string[], deep: boolean): Promise<Counts> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const sequences = String(deep ? SEQUENCES.deep : SEQUENCES.quick);
  const written = spawnSync(process.execPath, ["test/differential/write.ts", sequences], { stdio: "inherit" });
  if (written.status !== 0) return { ...counts, failed: 1 };
  const color = process.stdout.isTTY ? ["--color", "always"] : [];
  const snapshots = join(process.cwd(), "cache", "snapshots");
  const exitCode = await forge(["test", ...color, ...args], {
    env: { ...into(snapshots), ...(deep ? { FOUNDRY_PROFILE: "deep" } : {}) },
    onLine(line) {
      process.stdout.write(`${line}\n`);
      // Ran 1 test suite in 75ms (69ms CPU time): 7 tests passed, 0 failed, 0 skipped (7 total tests)
      const total = /^Ran \d+ test suites? in .*: (\d+) tests passed, (\d+) failed, (\d+) skipped/.exec(
        stripVTControlCharacters(line),
      );
      if (total) {
        counts.passed = Number(total[1]);
        counts.failed = Number(total[2]);
        counts.skipped = Number(total[3]);
      }
    },
  });
  const settled = settle("forge", counts, exitCode);
  const moved = differences(snapshots, args.length > 0);
  if (moved.length === 0) return settled;
  console.error(`\ngas is not as in contracts/snapshots:\n${moved.join("\n")}`);
  console.error("if that is meant, run `npm run snapshots` and commit what it writes");
  return { ...settled, failed: settled.failed + 1 };
}

/** A mutant that the tests notice is a test passed. */
async function runMutants(args: readonly string[]): Promise<Counts> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const child = spawn(process.execPath, ["scripts/mutate.ts", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    // mutants: 118 of 120 killed, 2 survived, 0 equivalent, 0 did not compile (41.0 min)
    const total = /^mutants: (\d+) of \d+ killed, (\d+) survived, (\d+) equivalent/.exec(line);
    if (total) {
      counts.passed = Number(total[1]);
      counts.failed = Number(total[2]);
      counts.skipped = Number(total[3]);
    }
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return settle("mutants", counts, child.exitCode ?? 1);
}

const given = process.argv.slice(2);
const deep = given.includes("--deep");
const args = given.filter((argument) => argument !== "--deep");
const SUITES = ["vitest", "postgres", "forge", "mutants"];
const only = SUITES.find((suite) => suite === args[0]);
const rest = only ? args.slice(1) : args;
if (!only && rest.length > 0) {
  console.error(`unknown: ${rest.join(" ")}\nusage: npm test [-- vitest|postgres|forge|mutants ARGUMENTS...]`);
  process.exit(2);
}

const results: [string, Counts][] = [];
if (!only || only === "vitest") results.push(["vitest", runVitest(rest, deep)]);
if (!only || only === "postgres") results.push(["postgres", await runPostgres(rest, deep)]);
if (!only || only === "forge") results.push(["forge", await runForge(rest, deep)]);
if (only === "mutants" || (!only && deep)) results.push(["mutants", await runMutants(rest)]);

console.log("");
const sum = { passed: 0, failed: 0 };
for (const [name, { passed, failed, skipped }] of results) {
  console.log(`${name}: ${passed} tests passed and ${failed} failed${skipped > 0 ? `, ${skipped} left out` : ""}`);
  sum.passed += passed;
  sum.failed += failed;
}
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 ? 1 : 0;
