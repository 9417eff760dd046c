import { expect, test } from "vitest";
import * as Example from "../../../../src/agreement/Example.ts";
import * as Terms from "../../../../src/agreement/Terms.ts";
import type { Standing } from "../../agreement/useStanding.ts";
import * as Successor from "./Successor.ts";

const terms = Example.terms();
const id = `0x${"ab".repeat(32)}`;
const standing = (ended: readonly string[]) =>
  ({
    tranches: [...terms.milestones.map(({ name }) => name), "outcome"].map((name) => ({
      name,
      stage: ended.includes(name) ? "paid" : "active",
    })),
  }) as unknown as Standing;
const first = terms.milestones[0];

test("what has ended is left out, with all that names it", () => {
  const now = new Date("2027-02-01T00:00Z").getTime();
  const draft = Successor.of(terms, standing([first?.name ?? ""]), id, now);
  const checked = Terms.check(draft, { now: now / 60_000 });
  expect("problems" in checked ? checked.problems.map(({ field, message }) => [field, message]) : []).toEqual([]);
  expect(draft).toMatchObject({ replaces: id });
  expect(draft.milestones).toHaveLength(terms.milestones.length - 1);
  expect(draft.salt).not.toBe(terms.salt);
});

test("a date that has passed is moved by the time that the work had", () => {
  const now = new Date("2027-02-01T00:00Z").getTime();
  const { milestones } = Successor.of(terms, standing([]), id, now) as unknown as Terms.Terms;
  const length = new Date(first?.due ?? "").getTime() - new Date(first?.start ?? "").getTime();
  expect(new Date(milestones[0]?.due ?? "").getTime()).toBe(now + 14 * 86_400_000 + length);
  expect(milestones[1]?.due).toBe(terms.milestones[1]?.due);
});
