import { describe, expect, test } from "vitest";
import { merge } from "./Merge.ts";

const base = { title: { en: "A", zh: "甲" }, milestones: [{ due: "1", amount: "5" }, { due: "2" }], options: [] };

describe("merge", () => {
  test("behavior: what only one side changed is taken", () => {
    const mine = { ...base, title: { en: "B", zh: "甲" } };
    const theirs = { ...base, milestones: [{ due: "1", amount: "6" }, { due: "2" }] };
    expect(merge(base, mine, theirs)).toEqual({
      document: { ...mine, milestones: theirs.milestones },
      taken: ["milestones"],
      conflicts: [],
    });
  });

  test("behavior: both in one list, at different places", () => {
    const mine = { ...base, milestones: [{ due: "9", amount: "5" }, { due: "2" }] };
    const theirs = { ...base, milestones: [{ due: "1", amount: "6" }, { due: "3" }] };
    const { document, taken, conflicts } = merge(base, mine, theirs);
    expect(document.milestones).toEqual([{ due: "9", amount: "6" }, { due: "3" }]);
    expect(taken).toEqual(["milestones[0].amount", "milestones[1]"]);
    expect(conflicts).toEqual([]);
  });

  test("behavior: the same field twice: mine stands, theirs is told", () => {
    const mine = { ...base, title: { en: "B", zh: "甲" } };
    const theirs = { ...base, title: { en: "C", zh: "乙" } };
    expect(merge(base, mine, theirs)).toEqual({
      document: { ...base, title: { en: "B", zh: "乙" } },
      taken: ["title.zh"],
      conflicts: [{ field: "title.en", mine: "B", theirs: "C" }],
    });
  });

  test("behavior: a list that grew here and changed there is one conflict", () => {
    const mine = { ...base, milestones: [...base.milestones, { due: "3" }] };
    const theirs = { ...base, milestones: [{ due: "1", amount: "6" }, { due: "2" }] };
    const { document, conflicts } = merge(base, mine, theirs);
    expect(document.milestones).toEqual(mine.milestones);
    expect(conflicts.map(({ field }) => field)).toEqual(["milestones"]);
  });

  test("behavior: what both did alike is no conflict; what they took out goes", () => {
    const mine = { ...base, title: { en: "B", zh: "甲" } };
    const { options: _, ...theirs } = mine;
    expect(merge(base, mine, theirs)).toEqual({ document: theirs, taken: ["options"], conflicts: [] });
  });
});
