// `npm test`: every suite of the house, one after another (the machine may have two cores), streamed as they run,
// and their real counts added up on the last line: `N passed, N failed`.
//   node scripts/test.ts                     vitest, then forge
//   node scripts/test.ts --deep              the same with the long runs
//   node scripts/test.ts vitest [ARGS...]    one suite, the rest goes to it (also: forge)
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { forge } from "./forge.ts";

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

function runVitest(args: readonly string[], deep: boolean): Counts {
  const folder = mkdtempSync(join(tmpdir(), "commenda-test-"));
  const report = join(folder, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  try {
    const run = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...reporters, ...args], {
      stdio: "inherit",
      env: { ...process.env, ...(deep ? { COMMENDA_DEEP: "1" } : {}) },
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
    return settle("vitest", counts, run.status ?? 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
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
  const exitCode = await forge(["test", ...color, ...args], {
    ...(deep ? { env: { FOUNDRY_PROFILE: "deep" } } : {}),
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
  return settle("forge", counts, exitCode);
}

const given = process.argv.slice(2);
const deep = given.includes("--deep");
const args = given.filter((argument) => argument !== "--deep");
const only = args[0] === "vitest" || args[0] === "forge" ? args[0] : undefined;
const rest = only ? args.slice(1) : args;
if (!only && rest.length > 0) {
  console.error(`unknown: ${rest.join(" ")}\nusage: npm test [-- vitest|forge ARGUMENTS...]`);
  process.exit(2);
}

const results: [string, Counts][] = [];
if (only !== "forge") results.push(["vitest", runVitest(rest, deep)]);
if (only !== "vitest") results.push(["forge", await runForge(rest, deep)]);

console.log("");
const sum = { passed: 0, failed: 0 };
for (const [name, { passed, failed, skipped }] of results) {
  console.log(`${name}: ${passed} tests passed and ${failed} failed${skipped > 0 ? `, ${skipped} left out` : ""}`);
  sum.passed += passed;
  sum.failed += failed;
}
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 ? 1 : 0;
