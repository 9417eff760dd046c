import { expect, test } from "vitest";
import * as Danger from "./Danger.ts";
import * as Gate from "./Gate.ts";
import * as Blind from "./testing/Blind.ts";

/** What `npm run bench -- desk` tells of them, and a little more: they guard against falling back. */
test.each([
  ["en", 0.12, 0.12],
  ["zh", 0.06, 0.09],
] as const)(
  "behavior: texts by an author who had not seen it, n-grams alone, in %s",
  (language, missed, falseAlarms) => {
    const rows = Blind.rows("gate", language);
    const share = (isDanger: boolean, isAlarmed: boolean) => {
      const own = rows.filter((row) => Blind.isDanger(row) === isDanger);
      return own.filter(({ text }) => (Gate.alarm(text) !== undefined) === isAlarmed).length / own.length;
    };
    expect(share(true, false)).toBeLessThan(missed);
    expect(share(false, true)).toBeLessThan(falseAlarms);
  },
);

test("behavior: what is known of dangers was learnt from the sentences as they stand", () => {
  expect(Danger.isFresh()).toBe(true);
});

test("behavior: the kinds are learnt apart: a danger goes to those who deal with it", () => {
  const rows = [...Blind.rows("gate", "en"), ...Blind.rows("gate", "zh")].filter(Blind.isDanger);
  const alarms = rows.map(({ text, label }) => [Gate.alarm(text)?.danger, label]).filter(([danger]) => danger);
  expect(alarms.filter(([danger, label]) => danger === label).length / alarms.length).toBeGreaterThan(0.85);
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
  expect(
    Gate.alarm(`${"Nice app. ".repeat(400)} Somebody has hacked my account. ${"Nice app. ".repeat(300)}`)?.danger,
  ).toBe("takeover");
});
