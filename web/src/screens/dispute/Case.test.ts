import { expect, test } from "vitest";
import * as Example from "../../../../src/agreement/Example.ts";
import type { Fact } from "../../agreement/useStanding.ts";
import * as Case from "./Case.ts";

const fact = (more: Record<string, unknown>) => more as unknown as Fact;
const facts = [
  fact({ kind: "opened" }),
  fact({ kind: "delivered", tranche: 0, deliverable: "0xa" }),
  fact({ kind: "delivered", tranche: 1, deliverable: "0xb" }),
  fact({ kind: "contested", tranche: 1, reasons: "0xc" }),
  fact({ kind: "ruling" }),
];

test("facts of one milestone, and what the arbitrator did", () => {
  expect(Case.factsOf(facts, 1).map(({ kind }) => kind)).toEqual(["delivered", "contested", "ruling"]);
});

test("evidence by side, what the acts name first", () => {
  const seats = [
    { organisation: "c", role: "client", name: "" },
    { organisation: "p", role: "provider", name: "" },
  ] as const;
  const file = (id: string, organisation: string, commitment?: string) => ({ id, by: { organisation }, commitment });
  const files = [file("1", "p", "0xz"), file("2", "p", "0xb"), file("3", "c", "0xc"), file("4", "x")];
  const { client, provider } = Case.filesOf(files, Case.factsOf(facts, 1), [...seats]);
  expect(client.map(({ id }) => id)).toEqual(["3"]);
  expect(provider.map(({ id }) => id)).toEqual(["2", "1"]);
});

test("the cost and its cap come from the terms", () => {
  const terms = Example.terms();
  expect(Case.costOf(terms).kind).toBe(terms.arbitration.by?.kind === "panel" ? "panel" : "outside");
  const { by: _, ...arbitration } = terms.arbitration;
  expect(Case.costOf({ ...terms, arbitration })).toEqual({ kind: "none" });
  expect(Case.coin("1500000000000000000")).toBe("1.5");
  expect(Case.coin("0")).toBe("0");
});
