import { expect, test } from "vitest";
import * as Forms from "./Forms.ts";

test("lengths: there and back, in both languages", () => {
  expect(Forms.lengthOf("15 days")).toEqual({ count: "15", unit: "day" });
  expect(Forms.lengthOf("36 小时")).toEqual({ count: "36", unit: "hour" });
  expect(Forms.lengthOf("P15D")).toBeUndefined();
  expect(Forms.lengthTyped("1", "week")).toBe("1 week");
  expect(Forms.lengthTyped("010", "day")).toBe("10 days");
  expect(Forms.lengthTyped("", "day")).toBe("");
});

test("shares: the sign is ours", () => {
  expect(Forms.shareShown("70 %")).toBe("70");
  expect(Forms.shareTyped("12.5")).toBe("12.5 %");
  expect(Forms.shareTyped("12.5%")).toBe("12.5 %");
  expect(Forms.shareTyped(" ")).toBe("");
});

test("amounts: separators between thousands go, everything else is left to the rules", () => {
  expect(Forms.plainAmount("100,000")).toBe("100000");
  expect(Forms.plainAmount("１００，０００")).toBe("100000");
  expect(Forms.plainAmount("1,5")).toBe("1,5");
  expect(Forms.plainAmount("1 234 567.89")).toBe("1234567.89");
});

test("times: local in the field, UTC in the document", () => {
  expect(Forms.utcOf(Forms.localOf("2027-01-08T16:00Z") ?? "")).toBe("2027-01-08T16:00Z");
  expect(Forms.localOf("tomorrow")).toBeUndefined();
  expect(Forms.utcOf("")).toBe("");
});
