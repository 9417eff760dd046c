import { expect, test } from "vitest";
import * as Endings from "../../../../src/agreement/Endings.ts";
import * as Terms from "../../../../src/agreement/Terms.ts";
import * as Paper from "../../agreement/Paper.ts";
import * as Picture from "./Picture.ts";

const terms = Terms.example();
const found = Endings.endings(Terms.toAgreement(terms));

test("stagesOf: every ending stands at one stage, in the order of a milestone's life", () => {
  const shown = terms.milestones
    .concat(terms.milestones.slice(0, 1))
    .map((_, tranche) => Picture.stagesOf(found.endings, tranche));
  expect(shown.flat().flatMap(({ lanes }) => lanes)).toHaveLength(found.endings.length);
  expect(shown[0]?.map(({ stage }) => stage)).toEqual(["work", "review", "mending", "contest", "ruling", "consent"]);
  expect(shown[3]?.map(({ stage }) => stage)).toEqual(["funding", "contest", "ruling", "measuring", "consent"]);
});

test("fateOf: silence pays, no delivery goes back, a ruling splits", () => {
  const fates = ["silence", "undelivered", "ruled"].map((kind) => found.endings.find((one) => one.kind === kind));
  expect(fates.map((one) => one && Picture.fateOf(one))).toEqual(["paid", "back", "split"]);
});

test("placeOf: within the span, whatever the sum", () => {
  expect(Picture.placeOf(0n, -50n, 150n)).toBe(25);
  expect(Picture.placeOf(-90n, -50n, 150n)).toBe(0);
  expect(Picture.placeOf(1n, 0n, 0n)).toBe(0);
  const { low, high } = Picture.spanOf(found);
  expect(low).toBeLessThan(0n);
  expect(high).toBeGreaterThan(0n);
});

test("fieldOf: each clause of a stall stands in the document", () => {
  for (const { clause, tranche } of found.stalls) {
    const field = Picture.fieldOf(clause, tranche, terms.milestones.length);
    expect(Paper.at(terms, field), field).toBeDefined();
  }
});
