import { expect, test } from "vitest";
import * as Table from "./Table.ts";

const table = {
  rows: [
    { team: "security", severity: "critical" as const, within: 60 },
    { team: "support", severity: "normal" as const, within: 1_440 },
  ],
  teams: [
    { name: "security", capacity: 10, relief: "support" },
    { name: "support", capacity: 20 },
    { name: "night", capacity: 5 },
  ],
};

test("rows go up and down, and not over the edge", () => {
  expect(Table.move(["a", "b", "c"], 1, -1)).toEqual(["b", "a", "c"]);
  expect(Table.move(["a", "b", "c"], 1, 1)).toEqual(["a", "c", "b"]);
  expect(Table.move(["a", "b"], 0, -1)).toEqual(["a", "b"]);
});

test("a team that is renamed is renamed wherever it is named", () => {
  const { rows, teams } = Table.putTeam(table, 1, { name: "care", capacity: 20 });
  expect(rows.map(({ team }) => team)).toEqual(["security", "care"]);
  expect(teams.map(({ name, relief }) => [name, relief])).toEqual([
    ["security", "care"],
    ["care", undefined],
    ["night", undefined],
  ]);
});

test("a new one stands behind all; only what nothing names can go", () => {
  expect(Table.putTeam(table, 3, { name: "legal", capacity: 1 }).teams).toHaveLength(4);
  expect(["security", "support", "night", "", "nobody"].map((name) => Table.isFree(table, name))).toEqual([
    ...[false, false, true, false, false],
  ]);
});
