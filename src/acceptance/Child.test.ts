import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import * as Child from "./Child.ts";
import { open } from "./testing/Scratch.ts";

const scratch = open();
afterAll(() => scratch.close());

/** An order whose command says that it has begun, and never ends. */
function endless(name: string): Child.Order {
  const suite = scratch.write(`suite-${name}`, {
    "suite.yaml": `version: commenda-suite/1
title: { en: Endless, zh: 永不结束 }
kind: command
run:
  environment: { tools: [], locale: C.UTF-8, timeZone: UTC, seed: "7", clock: 2027-01-01T00:00Z }
  limits: { time: 600, cpu: 600, memory: 256, disk: 16, output: 1, processes: 32 }
  flaky: { runs: 1, passes: all }
  exact: []
  within: 3 days
judge:
  run: [node, ${name}.mjs]
  checks:
    - id: ends
      what: { en: it ends, zh: 会结束 }
      expect: { stdout: { json: 1 } }
`,
  });
  const folder = scratch.write(`work-${name}`, {
    [`${name}.mjs`]: 'console.log("begun");\nsetInterval(() => {}, 1000);\n',
  });
  return { suite, delivery: { folder }, now: 1_800_000_000, cache: join(scratch.folder, "cache") };
}

/** Processes of this machine whose command line has the word. */
const running = (word: string): number =>
  readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(word);
    } catch {
      // It has ended meanwhile.
      return false;
    }
  }).length;
/** Until none is left; the test's own time bounds it. */
async function gone(word: string): Promise<void> {
  while (running(word) > 0) await setTimeout(20);
}

test("behavior: a run that is stopped ends with all that it began, and says so", async () => {
  const stop = new AbortController();
  const begun = Promise.withResolvers<void>();
  const judged = Child.judge(endless("stopped-run"), {
    signal: stop.signal,
    onLog: (text) => void (text.includes("begun") && begun.resolve()),
  });
  await begun.promise;
  expect(running("stopped-run.mjs")).toBeGreaterThan(0);
  stop.abort();
  await expect(judged).rejects.toMatchObject({ name: "RunStopped", next: "retry" });
  await gone("stopped-run.mjs");
});

test("behavior: whoever asked is killed: the run ends by itself, with all that it began", async () => {
  const order = JSON.stringify(endless("orphaned-run"));
  const script = `import { judge } from ${JSON.stringify(join(import.meta.dirname, "Child.ts"))};
await judge(${order}, { onLog: (text) => process.stdout.write(text) });`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const text of parent.stdout.setEncoding("utf8")) if (String(text).includes("begun")) break;
  parent.kill("SIGKILL");
  await once(parent, "exit");
  await gone("orphaned-run.mjs");
});

test("error: more than its patience, and what a run cannot do, in its own words", async () => {
  await expect(Child.judge(endless("patient-run"), { patience: 2 })).rejects.toMatchObject({ name: "RunTooLong" });
  await gone("patient-run.mjs");
  const delivery = { repository: scratch.folder, commit: "1".repeat(40) };
  await expect(Child.judge({ ...endless("gone-run"), delivery })).rejects.toMatchObject({
    name: "CommitGone",
    next: "stop",
  });
});
