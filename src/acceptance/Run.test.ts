import { readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Criterion, Evidence, Terms, Verdict } from "../agreement/index.ts";
import * as Delivery from "./Delivery.ts";
import { HashDiffers } from "./Errors.ts";
import * as Folder from "./Folder.ts";
import * as Run from "./Run.ts";
import * as Sandbox from "./Sandbox.ts";
import * as Suite from "./Suite.ts";
import { bare } from "./sandbox/Bare.ts";
import { LIMITS, open } from "./testing/Scratch.ts";

const scratch = open();
afterAll(() => scratch.close());
const cache = join(scratch.folder, "cache");
const engine = await Sandbox.find();
const standard = join(import.meta.dirname, "standard");

async function judge(suite: string, delivery: string, more: Partial<Run.Options> = {}): Promise<Verdict.Verdict> {
  return Run.judge({
    ...{ suite: Suite.open(suite), delivery: await Delivery.ofFolder(delivery, { cache }), engine },
    ...{ now: 1_800_000_000, cache },
    ...more,
  });
}
const results = ({ checks }: Verdict.Verdict) => Object.fromEntries(checks.map(({ id, result }) => [id, result]));
const failed = ({ checks }: Verdict.Verdict) => checks.filter(({ result }) => result !== "pass").map(({ id }) => id);

describe("standard suites", () => {
  const names = readdirSync(standard);
  const sealed = (name: string) => join(standard, name, "sealed/part");
  const hasSealed = (name: string) => readdirSync(join(standard, name)).includes("sealed");

  test("behavior: there are six, each with a delivery that passes and several that fail", () => {
    expect(names).toEqual(["cleaning", "migration", "model", "rest", "shop", "site"]);
    for (const name of names) expect(readdirSync(join(standard, name, "bad")).length).toBeGreaterThanOrEqual(2);
  });

  test.each(names)("behavior: %s passes where it should, the sealed part too", async (name) => {
    const good = join(standard, name, "good");
    const open = await judge(join(standard, name, "suite"), good);
    expect([failed(open), Verdict.passed(open), open.confined]).toEqual([[], true, true]);
    if (hasSealed(name)) expect(failed(await judge(sealed(name), good))).toEqual([]);
  });

  /** What they fail by; those that know only the open part, by the sealed one. The others follow in the long runs. */
  test.each([
    ["cleaning", "floats", ["sealed", "right"]],
    ["migration", "not-idempotent", ["again"]],
    ["model", "one-class", ["accuracy", "every class"]],
    ["rest", "off-contract", ["create", "read", "change", "remove", "gone", "speed"]],
    ["shop", "hard-coded", ["sealed", "many", "coupon below shipping", "refund of two"]],
    ["site", "dead-link", ["links"]],
    ["site", "heavy", ["budget page", "budget scripts"]],
    ["site", "inaccessible", ["accessible language", "accessible images", "accessible labels", "accessible headings"]],
  ] as const)("behavior: %s, %s, fails", async (name, bad, [first, ...rest]) => {
    const isSealed = first === "sealed";
    const suite = isSealed ? sealed(name) : join(standard, name, "suite");
    expect(failed(await judge(suite, join(standard, name, "bad", bad)))).toEqual(isSealed ? rest : [first, ...rest]);
  });
});

const what = { en: "a check", zh: "检查" };
const command = (id: string, run: readonly string[], expect: object = { exit: 0 }) => ({ id, what, run, expect });
const suiteOf = (name: string, checks: readonly object[], run: object = {}, files: Record<string, string> = {}) =>
  scratch.suite(name, { kind: "command", judge: { checks }, run, files });

describe("bad suites and deliveries have a verdict", () => {
  test("behavior: never ends, prints without end, deletes its folder, needs the network, crashes", async () => {
    const run = { limits: { ...LIMITS, time: 1 } };
    const suite = suiteOf(
      "bad-behaviour",
      [
        command("never ends", ["sleep", "99"]),
        command("prints without end", ["yes"]),
        command("deletes its folder", [
          "/bin/sh",
          "-c",
          "rm -rf /job/work /suite /usr 2>/dev/null; ls /usr | wc -l; exit 1",
        ]),
        command("needs the network", ["node", "-e", "fetch('http://example.com').catch(() => process.exit(1))"]),
        command("is not there", ["no-such-program"]),
        command("crashes", ["/bin/sh", "-c", "kill -SEGV $$"]),
        command("goes on well", ["node", "main.js"], { stdout: "你好" }),
      ],
      run,
    );
    const delivery = scratch.write("delivery", { "main.js": "console.log('你好')" });
    const verdict = await judge(suite, delivery);
    expect(results(verdict)).toEqual({
      ...{ "never ends": "fail", "prints without end": "fail", "deletes its folder": "fail" },
      ...{ "needs the network": "fail", "is not there": "fail", crashes: "fail", "goes on well": "pass" },
    });
    const why = Object.fromEntries(verdict.checks.map(({ id, why }) => [id, why?.en]));
    expect(why["never ends"]).toBe("it took longer than the time limit");
    expect(why["prints without end"]).toBe("it printed more than the limit");
  });

  test("behavior: what is not deterministic is folded by the flake rule, and shown where two runs differ", async () => {
    const coin = ["/bin/sh", "-c", "test $(($(od -An -N1 -tu1 /dev/urandom) % 2)) = 0"];
    const never = ["/bin/sh", "-c", "exit 1"];
    const checks = [command("coin", coin), command("never", never)];
    const any = await judge(
      suiteOf("coin", checks, { flaky: { runs: 9, passes: "any" } }),
      scratch.write("empty", { a: "" }),
    );
    expect(results(any)).toEqual({ coin: "pass", never: "fail" });
    const other = { ...any, checks: any.checks.map((one) => ({ ...one, result: "fail" as const })) };
    expect(Verdict.compare(any, other).map(({ check }) => check)).toEqual(["coin"]);
  });

  test("behavior: tests of a report must all be there, once, and pass", async () => {
    const tap = (text: string) => ["printf", "%s", text];
    const checks = [
      ["all", "TAP version 14\nok 1 - adds\nok 2 - 减\n1..2\n", "pass"],
      ["deleted", "TAP version 14\nok 1 - adds\n1..1\n", "fail"],
      ["skipped", "ok 1 - adds\nok 2 - 减 # SKIP later\n", "fail"],
      ["twice", "ok 1 - adds\nok 2 - 减\nok 3 - adds\n", "fail"],
      ["another fails", "ok 1 - adds\nok 2 - 减\nnot ok 3 - more\n", "fail"],
      ["nothing", "", "fail"],
    ] as const;
    const suite = suiteOf(
      "tap",
      checks.map(([id, text]) => ({ id, what, run: tap(text), tests: ["adds", "减"] })),
    );
    const verdict = await judge(suite, scratch.write("empty", { a: "" }));
    expect(results(verdict)).toEqual(Object.fromEntries(checks.map(([id, , result]) => [id, result])));
  });

  test("behavior: the suite's tests lie over those of the delivery, and cannot be written", async () => {
    const suite = suiteOf(
      "over",
      [
        command("restored", ["cat", "test.txt"], { stdout: "the suite's" }),
        command("visible", ["/bin/sh", "-c", "echo x > /suite/open.txt; cat /suite/open.txt; ls /suite"], {
          stdout: "open\nopen.txt",
        }),
      ],
      {},
      { "over/test.txt": "the suite's", "visible/open.txt": "open\n", "hidden.txt": "answers" },
    );
    expect(failed(await judge(suite, scratch.write("own", { "test.txt": "my own" })))).toEqual([]);
  });

  test("behavior: a benchmark is a ratio to a command of the suite", async () => {
    const slow = ["/bin/sh", "-c", "i=0; while [ $i -lt 1500000 ]; do i=$((i+1)); done"];
    const fast = ["/bin/sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"];
    const bench = (id: string, run: readonly string[], baseline: readonly string[]) => ({
      ...{ id, what, run },
      ratio: { baseline, most: 8, runs: 3 },
    });
    const suite = suiteOf("ratio", [
      bench("as fast", fast, fast),
      bench("too slow", slow, fast),
      bench("no baseline", fast, ["false"]),
    ]);
    expect(results(await judge(suite, scratch.write("empty", { a: "" })))).toEqual({
      ...{ "as fast": "pass", "too slow": "fail", "no baseline": "error" },
    });
  });

  test("behavior: another version of a tool than the terms pin makes every check an error, and another environment", async () => {
    const environment = (version: string) => ({
      environment: {
        tools: [{ name: "node", version }],
        locale: "C.UTF-8",
        timeZone: "UTC",
        seed: "1",
        clock: "2027-01-01T00:00Z",
      },
    });
    const delivery = scratch.write("empty", { a: "" });
    const of = (version: string) =>
      judge(suiteOf(`tools-${version}`, [command("runs", ["true"])], environment(version)), delivery);
    const [right, exact, wrong] = [await of("24"), await of(process.versions.node), await of("18")];
    expect([results(right), results(exact), results(wrong)]).toEqual([
      { runs: "pass" },
      { runs: "pass" },
      { runs: "error" },
    ]);
    expect(wrong.checks[0]?.why?.en).toBe(`it needs node 18; here is ${process.versions.node}`);
    expect(new Set([right, exact, wrong].map((one) => one.environment)).size).toBe(3);
  });

  test("behavior: without a sandbox the verdict says so, and accepts nothing", async () => {
    const suite = suiteOf("bare", [command("runs", ["true"])]);
    const verdict = await judge(suite, scratch.write("empty", { a: "" }), { engine: bare });
    expect([Verdict.passed(verdict), verdict.confined, verdict.runner.sandbox]).toEqual([true, false, "none"]);
    const criterion = { ...criterionOf(suite), name: "trial" };
    expect(Verdict.shareAccepted(["trial"], [criterion], [verdict])).toBe(0);
  });

  test("behavior: names in any script, and links, are carried as they are", async () => {
    const delivery = scratch.write("names", { "數據/ملف 🙂.txt": "1", "-rf": "2", "a'b\"c": "3" });
    const suite = suiteOf("names-suite", [
      command("名字 ملف 🙂", ["cat", "數據/ملف 🙂.txt", "./-rf", "a'b\"c"], { stdout: "123" }),
      { id: "ö", what, has: { "數據/ملف 🙂.txt": "1" } },
    ]);
    expect(failed(await judge(suite, delivery))).toEqual([]);
  });
});

function criterionOf(suite: string, changes: Partial<Criterion.Criterion> = {}): Criterion.Criterion {
  const [first] = Terms.example().criteria;
  if (!first) throw new Error("no criterion");
  const { hash, run } = Suite.open(suite);
  return { ...first, name: "functions", weight: "100 %", suite: hash, run, ...changes };
}

describe("a criterion of signed terms", () => {
  const cleaning = join(standard, "cleaning");
  const of = { agreement: `0x${"a1".repeat(32)}`, tranche: 1, round: 0 };
  const salt = `0x${"5a".repeat(32)}`;
  const part = join(cleaning, "sealed/part");
  const sealed = (round?: number): Criterion.Sealed => ({
    part: { en: "rows", zh: "数据" },
    commitment: Evidence.commit(salt, Suite.open(part).hash),
    reference: Evidence.commit(salt, Folder.read(join(cleaning, "good")).hash),
    ...(round === undefined ? {} : { round }),
  });
  const criterion = criterionOf(join(cleaning, "suite"), { sealed: [sealed()] });
  const floats = join(cleaning, "bad/floats");
  const suite = join(cleaning, "suite");

  test("behavior: what only the sealed part shows fails, and the open part alone cannot tell", async () => {
    const reference = join(cleaning, "good");
    const shown = { part, reference, salt };
    const [cheat, honest] = [
      await judge(suite, floats, { criterion, of, shown }),
      await judge(suite, join(cleaning, "good"), { criterion, of, shown }),
    ];
    expect(failed(cheat)).toEqual(["sealed: right"]);
    expect([failed(honest), honest.sealed?.state, honest.criterion]).toEqual([[], "judged", "functions"]);
    expect(honest).toMatchObject(of);
  });

  test("behavior: a sealed part that is not shown counts as passed, and one whose own reference fails is void", async () => {
    const hidden = await judge(suite, floats, { criterion, of });
    expect([failed(hidden), hidden.sealed?.state]).toEqual([[], "not shown"]);
    const voidPart = criterionOf(suite, {
      sealed: [{ ...sealed(), reference: Evidence.commit(salt, Folder.read(floats).hash) }],
    });
    const shown = { part, reference: floats, salt };
    const verdict = await judge(suite, floats, { criterion: voidPart, of, shown });
    expect([failed(verdict), verdict.sealed?.state]).toEqual([[], "void"]);
    const later = criterionOf(suite, { sealed: [sealed(2)] });
    expect((await judge(suite, floats, { criterion: later, of, shown })).sealed).toBeUndefined();
  });

  test("error: another suite, sealed part, salt or input than both signed: nothing runs", async () => {
    const run = { ...Suite.open(suite).run, inputs: [{ name: "orders", hash: Folder.read(floats).hash }] };
    const shown = { part, reference: join(cleaning, "good"), salt };
    const tries: [string, Partial<Run.Options>][] = [
      [suite, { criterion: { ...criterion, suite: `0x${"00".repeat(32)}` }, of }],
      [suite, { criterion, of, shown: { ...shown, salt: `0x${"00".repeat(32)}` } }],
      [suite, { criterion, of, shown: { ...shown, part: join(standard, "migration/sealed/part") } }],
      [suite, { criterion, of, shown: { ...shown, reference: floats } }],
      [suite, { criterion: criterionOf(suite, { run }), inputs: { orders: join(cleaning, "good") } }],
    ];
    for (const [folder, more] of tries) await expect(judge(folder, floats, more)).rejects.toThrow(HashDiffers);
  });

  test("behavior: two runs in two sandboxes have one digest", async () => {
    const survey = await Sandbox.survey();
    const holding = survey.filter(({ why }) => why === undefined).map(({ engine }) => engine);
    const verdicts = await Promise.all(
      [...holding, engine].map((engine) => judge(suite, floats, { criterion, of, engine, now: 1_900_000_000 })),
    );
    expect(new Set(verdicts.map(Verdict.digest)).size).toBe(1);
  });
});

test("behavior: a site whose files lead out of the delivery has no pages", async () => {
  const folder = scratch.write("linked-site", { "public/about.html": "<p>" });
  const delivery = await Delivery.ofFolder(folder, { cache });
  symlinkSync("/etc/passwd", join(delivery.folder, "public/index.html"));
  const verdict = await Run.judge({ suite: Suite.open(join(standard, "site/suite")), delivery, engine, now: 1, cache });
  expect(verdict.checks.every(({ result }) => result === "fail")).toBe(true);
});
