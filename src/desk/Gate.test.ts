import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as Danger from "./Danger.ts";
import * as Gate from "./Gate.ts";
import * as Blind from "./testing/Blind.ts";

const read = (name: string) =>
  readFileSync(new URL(`../../bench/desk/gate/${name}.txt`, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("# "));

test.each(["en", "zh"])("behavior: what it was mended with stays found, in %s", (language) => {
  const [dangers, harmless] = [read(`positives.${language}`), read(`benign.${language}`)];
  expect([dangers.length, harmless.length]).toEqual([300, 300]);
  expect(dangers.filter((text) => !Gate.alarm(text)).length).toBeLessThanOrEqual(3);
  expect(harmless.filter((text) => Gate.alarm(text)).length).toBeLessThanOrEqual(30);
});

test.each([
  ["en", 0.13, 0.12],
  ["zh", 0.13, 0.1],
] as const)(
  "behavior: texts by an author who had not seen it, n-grams alone, in %s",
  (language, missed, falseAlarms) => {
    const rows = Blind.rows("gate", language, "judged");
    const share = (isDanger: boolean, isAlarmed: boolean) => {
      const own = rows.filter((row) => Blind.isDanger(row) === isDanger);
      return own.filter(({ text }) => (Gate.alarm(text) !== undefined) === isAlarmed).length / own.length;
    };
    expect(share(true, false)).toBeLessThan(missed);
    expect(share(false, true)).toBeLessThan(falseAlarms);
  },
);

test("behavior: what the embeddings know was learnt from the sentences as they stand", () => {
  expect(Danger.open()?.hash).toBe(Danger.hashOf(Danger.sentences("en")));
});

test.each([
  ["Ｉ ｗａｎｔ ｔｏ ｄｉｅ", "harm"],
  ["My account was ha\u200bcked", "takeover"],
  ["我想自\u200b杀", "harm"],
  ["THERE ARE CHARGES I DID NOT AUTHORIZE", "fraud"],
])("behavior: neither width nor what cannot be seen hides a danger: %s", (text, danger) => {
  expect(Gate.alarm(text)?.danger).toBe(danger);
});

test("behavior: nothing, emoji, and a long text are answered", () => {
  expect(Gate.alarm("")).toBeUndefined();
  expect(Gate.alarm("😀😀")).toBeUndefined();
  expect(Gate.alarm(`${"nice app ".repeat(900)} my account was hacked`)?.danger).toBe("takeover");
});
