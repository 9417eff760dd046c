import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Starter from "../../desk/Starter.ts";
import * as Bench from "../testing/Bench.ts";
import { desk } from "./desk.ts";

const folder = mkdtempSync(join(tmpdir(), "commenda-desk-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const run = (...args: string[]) => Bench.run(desk, ["desk", ...args], { now: () => 29_453_760 });

const INTENTS = ["crash", "refund_request", "praise"];
const rows = Starter.examples().filter(({ label }) => INTENTS.includes(label));
const [even, odd] = [0, 1].map((rest) => rows.filter((_, at) => at % 2 === rest)) as [typeof rows, typeof rows];
const history = write("history.jsonl", lines(even));
const more = write("more.jsonl", `{"text":"x","label":"praise"}\nnot json\n`);
const held = write("held.jsonl", lines(odd));
const strangers = write(
  "strangers.jsonl",
  lines(Starter.examples().filter(({ label }) => label === "invoice" || label === "slow")),
);
const own = ["--desk", join(folder, "desk")];

describe("desk eval", () => {
  test("behavior: several files after one flag; a bad line is told; the last line is one object of fractions", async () => {
    const args = ["--train", history, more, "--test", held, "--oos-valid", strangers, "--oos-test", strangers];
    const { code, out, err } = await run("eval", ...args, "--promise", "0.9", "0.98", "--no-embeddings", "--json");
    expect(code).toBe(0);
    expect(err).toContain("more.jsonl:2: this line is no JSON");
    const result = JSON.parse(out.trimEnd().split("\n").at(-1) ?? "");
    for (const name of ["accuracy", "macroF1", "ece", "oosAuroc", "oosRecallAt95Kept"]) {
      expect(result[name]).toBeGreaterThanOrEqual(0);
      expect(result[name]).toBeLessThanOrEqual(1);
    }
    expect(result.promises.map(({ promise }: { promise: number }) => promise)).toEqual([0.9, 0.98]);
    expect(result).toMatchObject({ embeddings: false, rows: { train: even.length + 1, test: odd.length } });
    expect(result.textsPerSecond).toBeGreaterThan(100);
    expect(result.modelBytes).toBeGreaterThan(1_000);
  });

  test.each<[why: string, args: string[], en: string, zh: string]>([
    ["no history", ["--test", held], "too little to learn from", "可供学习的内容过少"],
    ["no test", ["--train", history], "--test has no labelled row", "--test 中没有已标注的行"],
    ["no share", ["--train", history, "--test", held, "--promise", "98"], "no precision", "不能作为承诺"],
    ["no file", ["--train", "nowhere.jsonl"], "nowhere.jsonl: it cannot be read", "无法读取"],
  ])("error: %s", async (_why, args, en, zh) => {
    expect((await run("eval", ...args, "--no-embeddings")).err).toContain(en);
    expect((await run("eval", ...args, "--no-embeddings", "--lang", "zh")).err).toContain(zh);
  });
});

describe("a desk at work", () => {
  beforeAll(async () => {
    expect((await run("run", history, ...own)).err).toContain('run "commenda desk train" first');
    const trained = await run("train", "--train", history, "--no-embeddings", ...own);
    expect(trained).toMatchObject({ code: 0 });
    expect(trained.out).toContain("works from now on");
  });

  const feedback = write(
    "feedback.csv",
    "content\nThe app crashes on startup\nthe app crashes on startup!\n闪退，我的电话13812345678\nmy account was hacked\n",
  );

  test("behavior: run, review, correct, explain, learn, go back; the log holds it all", async () => {
    const ran = await run("run", feedback, "--promise", "0.6", ...own, "--json");
    const told = ran.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(told.at(-1)).toMatchObject({ feedback: 4, tickets: 3, handed: { danger: 1 } });
    expect(readFileSync(join(folder, "desk", "tickets.jsonl"), "utf8")).not.toContain("138");
    // The same file again brings nothing new.
    expect((await run("run", feedback, ...own)).out).toContain("0 new tickets");

    const queue = await run("review", ...own, "--json");
    const hacked = queue.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))[0];
    expect(hacked).toMatchObject({ reason: "danger", text: "my account was hacked" });
    const why = await run("explain", hacked.ticket, ...own, "--lang", "zh");
    expect(why.out).toContain("takeover，由 lexicon 发现");
    expect(await run("review", hacked.ticket, "--intent", "takeover", ...own)).toMatchObject({ code: 0 });
    expect((await run("review", ...own, "--json")).out).not.toContain(hacked.ticket);

    const again = await run("train", "--train", history, "--frozen", held, "--no-embeddings", ...own, "--json");
    expect(JSON.parse(again.out).notes.examples).toBe(even.length + 1);
    expect(await run("train", "--rollback", ...own)).toMatchObject({ code: JSON.parse(again.out).isPromoted ? 0 : 1 });

    const weeks = JSON.parse((await run("review", "--weeks", ...own, "--json")).out);
    expect(weeks).toMatchObject({ promise: 0.98, tickets: 3, alarms: [] });
    expect((await run("review", "--weeks", ...own, "--lang", "zh")).out).toContain("承诺 98.0 %");

    expect(await run("review", "--pause", ...own)).toMatchObject({ code: 0 });
    const other = write("other.jsonl", lines([{ text: "App crashes all day long" }]));
    const paused = await run("run", other, "--promise", "0.6", ...own, "--json");
    expect(JSON.parse(paused.out.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({
      answered: 0,
      handed: { paused: 1 },
    });
  });

  test("error: a ticket that is not there; a log that was changed", async () => {
    expect((await run("explain", "0000000000000000", ...own)).err).toContain("There is no ticket");
    const log = join(folder, "desk", "log.jsonl");
    const whole = readFileSync(log, "utf8");
    writeFileSync(log, whole.replace('"takeover"', '"praise"'));
    expect((await run("review", ...own)).err).toContain("the log was changed");
    writeFileSync(log, whole);
  });
});
