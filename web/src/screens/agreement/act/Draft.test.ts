import { describe, expect, test } from "vitest";
import * as Draft from "./Draft.ts";

const asked = (verb: string, more: Partial<Draft.Asked> = {}): Draft.Asked => ({
  ...{ verb, milestone: "page", scale: 6, held: 80_000_000n, deposits: 2_000_000n },
  ...more,
});
const fields = (more: Partial<Draft.Fields>): Draft.Fields => ({ ...Draft.EMPTY, ...more });
const file = { id: "e1", name: "a.zip", size: 9 };

describe("what was filled in becomes an act", () => {
  test.each([
    ["accept", {}, { verb: "accept", milestones: ["page"] }],
    ["claim", {}, { verb: "claim", milestone: "page" }],
    ["deliver", { file }, { verb: "deliver", milestone: "page", evidence: "e1" }],
    ["acceptPart", { share: "60%", file }, { verb: "acceptPart", milestone: "page", share: "60 %", evidence: "e1" }],
    ["contest", {}, { verb: "contest", milestone: "page" }],
    ["rule", { share: " 040 " }, { verb: "rule", milestone: "page", share: "40 %" }],
    ["rule", { refuses: true }, { verb: "rule", milestone: "page" }],
    ["report", { value: "61000" }, { verb: "report", value: "61000" }],
    ["revoke", {}, { verb: "revoke" }],
  ] as const)("%s", (verb, given, act) => {
    expect(Draft.of(asked(verb), fields(given))).toEqual({ act });
  });

  test("a text goes along as a note", () => {
    expect(Draft.of(asked("reject"), fields({ text: " too slow " }))).toEqual({
      act: { verb: "reject", milestone: "page" },
      note: { name: "reasons.txt", text: "too slow" },
    });
  });

  test("a settlement gives all that is held, to the last unit", () => {
    expect(Draft.of(asked("settle"), fields({ toProvider: "35", depositsToProvider: "1" }))?.act).toEqual({
      ...{ verb: "settle", toProvider: "35000000", toClient: "45000000" },
      ...{ depositsToProvider: "1000000", depositsToClient: "1000000" },
    });
  });

  test.each([
    ["deliver", {}],
    ["deliver", { file: { ...file, upload: "/v1/uploads/1" } }],
    ["reject", { text: "  " }],
    ["acceptPart", { share: "0", text: "x" }],
    ["acceptPart", { share: "100", text: "x" }],
    ["rule", { share: "101" }],
    ["rule", { share: "40.5" }],
    ["report", { value: "1.5" }],
    ["settle", { toProvider: "81" }],
    ["settle", { toProvider: "1", depositsToProvider: "3" }],
    ["namePayee", { address: "0x12" }],
    ["redirect", { address: `0x${"1".repeat(40)}`, amount: "0" }],
  ] as const)("%s waits for what is missing", (verb, given) => {
    expect(Draft.of(asked(verb), fields(given))).toBeUndefined();
  });
});
