import { expect, test } from "vitest";
import { formatOf } from "./CaseFile.ts";

test("behavior: a file is known by what stands in it", () => {
  expect(formatOf("cases.txt", '\uFEFF{"id": 1}\n')).toBe("jsonl");
  expect(formatOf("log.txt", "commit 93d8434aa0c1\nAuthor: a\n")).toBe("git");
  expect(formatOf("log", "93d8434\t1700000000\tFixes it\n")).toBe("git");
  expect(formatOf("cases.csv", "id,at,area,title\n1,2,web,Shop")).toBe("csv");
  expect(formatOf("1234567.csv", "1234567,1,web,Shop")).toBe("csv");
  expect(formatOf("broken.jsonl", "no json")).toBe("jsonl");
});
