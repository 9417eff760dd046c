import { expect, test } from "vitest";
import * as Evidence from "./Evidence.ts";
import * as Tree from "./Tree.ts";

const file = (path: string, content = path, executable = false): Tree.Entry => ({
  ...{ path, size: new TextEncoder().encode(content).length, executable },
  hash: Evidence.contentHash(content),
});

test("behavior: a tree is its paths and contents, in whatever order they were found", () => {
  const files = [file("suite.yaml"), file("cases/一.json"), file("cases/B.json")];
  const hash = Tree.hash(files);
  expect(Tree.hash(files.toReversed())).toBe(hash);
  const others = [
    [file("suite.yaml"), file("cases/一.json")],
    [...files.slice(0, 2), file("cases/b.json", "cases/B.json")],
    [...files.slice(0, 2), file("cases/B.json", "other")],
    [...files.slice(0, 2), file("cases/B.json", "cases/B.json", true)],
  ].map(Tree.hash);
  expect(new Set([hash, ...others]).size).toBe(5);
});

test("behavior: paths in any script are paths", () => {
  const paths = ["结果.csv", "ملف/نتيجة.json", "data/été.txt", "🙂/a b.txt", "x".repeat(1_024)];
  expect(Tree.check(paths.map((path) => file(path)))).toEqual([]);
});

test("error: paths that leave the folder, come twice or are file and folder at once", () => {
  const bad = ["/etc/passwd", "a/../../b", "a//b", ".", "a\\b", "a\0b", "e\u0301.txt", "\ud800", ""];
  const problems = Tree.check([...bad.map((path) => file(path, "x")), file("a"), file("a"), file("a/b")]);
  expect(problems.map(({ name, field }) => `${name} ${field}`)).toEqual([
    ...bad.map((_, index) => `WrongForm files[${index}].path`),
    "RepeatedName files[10].path",
    "ClauseConflict files[11].path",
  ]);
});
