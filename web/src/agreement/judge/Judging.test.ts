import { describe, expect, test } from "vitest";
import * as Terms from "../../../../src/agreement/Terms.ts";
import * as Paper from "../Paper.ts";
import { type Answer, judge } from "./Judging.ts";

const whole = () => Terms.example() as unknown as Paper.Paper;
const parts = (answers: Iterable<Answer>) => Object.fromEntries([...answers].map((one) => [one.part, one]));

describe("judge", () => {
  test("behavior: whole terms have no problems and all their endings", () => {
    const { checked, endings } = parts(judge({ document: whole(), endings: true }));
    expect(checked).toMatchObject({ problems: [], deal: { provisional: false, currency: { code: "CNY", scale: 6 } } });
    expect(endings?.part === "endings" && endings.endings.endings.length).toBeGreaterThan(20);
  });

  test("behavior: endings are shown while names, addresses, texts and taxes are missing", () => {
    let document = whole();
    for (const field of ["parties.client", "text.zh", "law", "criteria", "salt", "milestones[0].net"])
      document = Paper.put(document, field, undefined);
    const { checked, endings } = parts(judge({ document, endings: true }));
    expect(checked).toMatchObject({ deal: { provisional: true, names: { client: { en: "the client" } } } });
    expect(checked?.part === "checked" && checked.problems.length).toBeGreaterThan(5);
    expect(endings?.part).toBe("endings");
  });

  test("behavior: while a payment by result is not whole, the milestones are looked at alone", () => {
    const document = Paper.put(Paper.put(whole(), "outcome.points", undefined), "title", undefined);
    const { checked, endings } = parts(judge({ document, endings: true }));
    expect(checked).toMatchObject({ deal: { provisional: true, incomplete: true } });
    expect(endings?.part === "endings" && endings.endings.agreement.work.payByResult).toBe(false);
  });

  test("behavior: no endings without what they rest on", () => {
    const document = Paper.put(whole(), "milestones[1].due", undefined);
    expect(Object.keys(parts(judge({ document, endings: true })))).toEqual(["checked"]);
  });

  test("behavior: an edit tells what it changes and whom it helps", () => {
    const before = whole();
    const document = Paper.put(before, "milestones[0].review", "35 days");
    const { compared } = parts(judge({ document, before, endings: true }));
    if (compared?.part !== "compared") throw new Error("not compared");
    const gift = compared.differences.find(({ field }) => field === "stalls.review[0]");
    expect(gift).toMatchObject({ favours: "client", says: { en: expect.stringContaining("30 free days") } });
  });

  test("behavior: dates that have passed are problems, and no reason to hide the endings", () => {
    const now = 60_000_000;
    const { checked, endings } = parts(judge({ document: whole(), now: now / 2 + 3_000_000, endings: true }));
    expect(checked?.part === "checked" && checked.problems.every(({ name }) => name === "DateInPast")).toBe(true);
    expect(endings?.part).toBe("endings");
  });
});
