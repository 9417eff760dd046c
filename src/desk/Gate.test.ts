import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as Gate from "./Gate.ts";

const read = (name: string) =>
  readFileSync(new URL(`../../bench/desk/gate/${name}.txt`, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("# "));

test.each(["en", "zh"])("behavior: at most 3 of 300 dangers missed, at most 3 %% false alarms, in %s", (language) => {
  const [dangers, harmless] = [read(`positives.${language}`), read(`benign.${language}`)];
  expect([dangers.length, harmless.length]).toEqual([300, 300]);
  expect(dangers.filter((text) => !Gate.alarm(text)).length).toBeLessThanOrEqual(3);
  expect(harmless.filter((text) => Gate.alarm(text)).length).toBeLessThanOrEqual(9);
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
