import { expect, test } from "vitest";
import * as Terms from "../../../../../src/agreement/Terms.ts";
import * as Time from "../../../../../src/agreement/Time.ts";
import * as Paper from "../../../agreement/Paper.ts";
import { usual } from "./Usual.ts";

const given = {
  now: Time.parse("2027-01-04T09:30Z"),
  side: "provider",
  organisation: "Northwind",
  person: "Eli Marsh",
} as const;

test("usual: nothing that stands is touched", () => {
  const whole = Terms.example() as unknown as Paper.Paper;
  expect(usual(whole, given)).toEqual({ document: whole, fields: [] });
});

test("usual: a contract from Word lacks afterwards only what the parties know", () => {
  const word: Paper.Paper = {
    version: "commenda/1",
    ...{ rail: "token", registrar: Terms.example().registrar, salt: Terms.example().salt },
    title: { en: "Software Development Agreement" },
    text: { en: "The whole contract." },
    parties: { client: { name: { en: "Harbour Light" } }, provider: { name: { en: "Northwind" } } },
    currency: { code: "USD", token: Terms.example().currency.token },
    milestones: [
      ...[{ name: "one", title: { en: "Prototype" }, amount: "30000", due: "2027-03-01T23:59Z", criteria: ["c-1"] }],
      ...[{ name: "two", title: { en: "Release" }, amount: "60000", due: "2027-05-01T23:59Z" }],
    ],
    criteria: [{ name: "c-1", what: { en: "Screens can be clicked" } }],
  };
  const { document, fields } = usual(word, given);
  expect(fields).toContain("milestones[1].start");
  expect(Paper.at(document, "milestones[1].start")).toBe("2027-03-01T23:59Z");
  expect(Paper.at(document, "title.zh")).toBe("Software Development Agreement");
  expect(Paper.at(document, "text.prevails")).toBe("en");
  const checked = Terms.check(document, { now: given.now });
  const open = "problems" in checked ? checked.problems.map(({ field }) => field) : [];
  expect(open.filter((field) => !/^(parties|ip|law)\b/.test(field))).toEqual([]);
});
