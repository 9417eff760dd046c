import { expect, test } from "vitest";
import * as Example from "../../../../src/agreement/Example.ts";
import type { Standing } from "../../agreement/useStanding.ts";
import * as Measure from "./Measure.ts";

const terms = Example.terms();
const scale = BigInt(10 ** terms.currency.scale);
const tranches = (stage: string, part: bigint) =>
  terms.milestones.map(({ name, amount }) => ({ name, stage, paid: String((BigInt(amount) * scale * part) / 100n) }));
const curve = (stage: string, part: bigint) => {
  const found = Measure.of(terms, { tranches: tranches(stage, part) } as unknown as Standing);
  if (!found) throw new Error("the example has an outcome");
  return found;
};

test("what was paid of the milestones scales the pay; what is open counts as paid", () => {
  const full = curve("paid", 100n);
  const half = curve("ended", 50n);
  const open = curve("active", 0n);
  expect(full.scaled).toBe(10_000);
  expect(half.scaled).toBe(5_000);
  expect(half.pay(full.target)).toBe(full.pay(full.target) / 2n);
  expect(open).toMatchObject({ scaled: 10_000, isOpen: true, most: full.most });
  expect(full.least <= full.pay(full.target) && full.pay(full.target) <= full.most).toBe(true);
});

test("reports that stand, and those that wait", () => {
  const facts = [
    { kind: "opened", at: "a" },
    { kind: "reported", at: "b", value: "61000" },
  ];
  const act = (status: string) => ({ verb: "report", status, act: { value: "60000" }, createdAt: "c" });
  expect(Measure.reports(facts, [act("waiting"), act("done")])).toEqual([
    { at: "b", value: 61_000n, stands: true },
    { at: "c", value: 60_000n, stands: false },
  ]);
});
