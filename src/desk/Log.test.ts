import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import * as Log from "./Log.ts";

const folder = mkdtempSync(join(tmpdir(), "commenda-desk-log-"));
const file = join(folder, "log.jsonl");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entry = (ticket: string) => ({ kind: "decision" as const, what: { ticket } });
beforeEach(() => {
  rmSync(file, { force: true });
  Log.append(file, Log.read(file), [entry("a"), entry("b")], 1);
  Log.append(file, Log.read(file), [entry("c")], 2);
});

test("behavior: each line names the one before, and the last hash stands for all", () => {
  const { lines, head, broken } = Log.read(file);
  expect(broken).toBeUndefined();
  expect(lines.map(({ number, at }) => [number, at])).toEqual([
    [1, 1],
    [2, 1],
    [3, 2],
  ]);
  expect(lines.map(({ before }) => before)).toEqual([Log.START, lines[0]?.hash, lines[1]?.hash]);
  expect(head).toBe(lines[2]?.hash);
});

test.each<[how: string, change: (rows: string[]) => string[], broken: number]>([
  ["a word changed", ([one = "", ...rest]) => [one.replace('"a"', '"x"'), ...rest], 1],
  ["a line left out", ([one = "", _two, three = ""]) => [one, three], 2],
  ["lines swapped", ([one = "", two = "", three = ""]) => [one, three, two], 2],
  ["a line that is none", ([one = "", two = ""]) => [one, two, "{"], 3],
])("error: %s", (_how, change, broken) => {
  const rows = readFileSync(file, "utf8").trimEnd().split("\n");
  writeFileSync(file, `${change(rows).join("\n")}\n`);
  expect(Log.read(file).broken).toBe(broken);
});

test("behavior: of a line that a crash cut off nothing stays, and the log goes on", () => {
  const { head } = Log.read(file);
  appendFileSync(file, '{"number":4,"at"');
  expect(Log.read(file)).toMatchObject({ head, broken: undefined });
  Log.append(file, Log.read(file), [entry("d")], 3);
  expect(Log.read(file).lines.map(({ what }) => what.ticket)).toEqual(["a", "b", "c", "d"]);
});
