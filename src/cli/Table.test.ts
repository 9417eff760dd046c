import { expect, test } from "vitest";
import * as Table from "./Table.ts";

test("behavior: columns line up, also where characters are wide, and some are flush right", () => {
  expect(
    Table.lines(
      [
        ["ab", "1.00", "x"],
        ["茶", "20.00", ""],
        ["“茶”", "3", "y"],
      ],
      [1],
    ),
  ).toEqual(["ab       1.00  x", "茶      20.00", "“茶”      3  y"]);
  expect(Table.width("“a”…")).toBe(4);
});
