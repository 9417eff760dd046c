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
    "content\nThe app crashes on startup\nthe app crashes on startup!\n一打开就闪退，请回电13812345678\nmy account was hacked\n",
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

  test("behavior: answers and a table of one's own; what is wrong in them is told with its line", async () => {
    const answers = write(
      "answers.json",
      JSON.stringify([{ id: "own/crash", intent: "crash", language: "en", answer: "We are on it." }]),
    );
    const table = write(
      "table.yaml",
      "rows:\n  - { team: night, severity: high, within: 5 }\nteams:\n  - { name: night, capacity: 9 }\n",
    );
    const fresh = ["--desk", join(folder, "fresh")];
    await run("train", "--train", history, "--no-embeddings", ...fresh);
    const given = ["--playbooks", answers, "--routing", table, "--promise", "0.6", ...fresh, "--json"];
    expect((await run("review", "--resume", ...fresh)).code).toBe(0);
    const ran = await run("run", feedback, ...given);
    const decisions = ran.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(decisions[0]).toMatchObject({ draft: { text: "We are on it.", citations: ["own/crash"] } });
    const hacked = decisions.find(({ alarm }) => alarm !== undefined);
    // No row of the table names dangers: whoever has nobody for them has the team of all the rest.
    expect(hacked.routed.team).toBe("support");
    const later = { now: () => 29_453_760 + 2_000 };
    const late = await Bench.run(desk, ["desk", "review", "--overdue", ...fresh, "--json"], later);
    expect(late.out).toContain(hacked.ticket);
    expect((await run("review", "--overdue", ...fresh, "--json")).out).not.toContain(hacked.ticket);
    const bad = write("bad.yaml", "rows:\n  - { team: night, severity: soon, within: 5 }\nteams: []\n");
    const refused = await run("run", feedback, "--routing", bad, ...fresh);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.err).toContain("line 2");
  });

  test("behavior: a month in four formats, and a log that anyone verifies", async () => {
    const month = new URL("../../../examples/company-month/", import.meta.url).pathname;
    const at = ["--desk", join(folder, "month")];
    await run("train", "--train", history, "--no-embeddings", ...at);
    const counts: { feedback: number; tickets: number }[] = [];
    for (const name of ["week-1-reviews.csv", "week-2-mails.mbox", "week-3-chat.jsonl", "week-4-issues.json"]) {
      const { out, err } = await run("run", join(month, name), ...at, "--json");
      expect(err).toBe("");
      counts.push(JSON.parse(out.trimEnd().split("\n").at(-1) ?? ""));
    }
    expect(counts.map((one) => one.feedback)).toEqual([68, 68, 68, 30]);
    const log = join(folder, "month", "log.jsonl");
    const good = await run("verify", log, "--json");
    expect(good.code).toBe(0);
    expect(JSON.parse(good.out)).toMatchObject({ isGood: true, count: { reopened: 0 } });
    expect((await run("verify", log, "--lang", "zh", "--days", "0")).out).toContain("保持解决");
    expect((await run("verify", log, "--key", `0x${"11".repeat(20)}`)).out).toContain("not by 0x11");
    const changed = write("changed.jsonl", readFileSync(log, "utf8").replace('"handed"', '"answered"'));
    const broken = await run("verify", changed);
    expect(broken).toMatchObject({ code: 1, out: expect.stringContaining("not as it was written") });
    expect((await run("verify", log, "--from", "yesterday")).err).toContain("expected a time like");
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
