import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { InputError, Tree } from "../agreement/index.ts";
import { BadFolder, BadSuite } from "./Errors.ts";
import * as Folder from "./Folder.ts";
import * as Suite from "./Suite.ts";
import { open } from "./testing/Scratch.ts";

const scratch = open();
afterAll(() => scratch.close());

const what = { en: "a check", zh: "检查" };
const fine = { run: ["true"], checks: [{ id: "runs", what, expect: { exit: 0 } }] };

/** Names and fields of all that is wrong. */
function problems(folder: string): readonly string[] {
  try {
    Suite.open(folder);
    return [];
  } catch (error) {
    if (!(error instanceof BadSuite)) throw error;
    return error.problems.map((one) => (one instanceof InputError.InputError ? `${one.name} ${one.field}` : one.name));
  }
}

test("behavior: the hash is that of every file in it, whatever the disk says of them", () => {
  const folder = scratch.suite("hashed", { kind: "command", judge: fine, files: { "visible/用例.txt": "1" } });
  const { hash, plan, run } = Suite.open(folder);
  expect(plan).toEqual([{ id: "runs", what }]);
  expect(run.kind).toBe("command");
  expect(Tree.hash(Folder.read(folder).entries.toReversed())).toBe(hash);
  writeFileSync(join(folder, "visible/用例.txt"), "2");
  expect(Suite.open(folder).hash).not.toBe(hash);
});

describe("error: what is wrong with a suite, all at once", () => {
  test.each([
    ["no manifest", {}, ["MissingField suite.yaml"]],
    ["no YAML", { "suite.yaml": "a: [" }, ["WrongForm suite.yaml"]],
    ["aliases that multiply", { "suite.yaml": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]" }, ["WrongForm suite.yaml"]],
    ["the same key twice", { "suite.yaml": "kind: a\nkind: b" }, ["WrongForm suite.yaml"]],
    ["a list", { "suite.yaml": "- a" }, ["WrongForm document"]],
  ])("%s", (name, files, expected) => {
    expect(problems(scratch.write(name, files as Record<string, string>))).toEqual(expected);
  });

  test("fields, kinds, files and ids", () => {
    const suite = (name: string, body: Parameters<typeof scratch.suite>[1]) => problems(scratch.suite(name, body));
    expect(suite("kind", { kind: "oracle", judge: fine })).toEqual(["UnknownName kind"]);
    expect(suite("limits", { kind: "command", judge: fine, run: { limits: {}, network: true } })).toContain(
      "UnknownField run.network",
    );
    expect(suite("none", { kind: "command", judge: { checks: [] } })).toEqual(["MissingField judge"]);
    const twice = { run: ["true"], checks: [...fine.checks, ...fine.checks] };
    expect(suite("twice", { kind: "command", judge: twice })).toEqual(["RepeatedName checks[1].id"]);
    const empty = {
      checks: [
        { id: "a", what },
        { id: "b", what, expect: { stdout: { file: "none" } } },
      ],
    };
    expect(suite("empty", { kind: "command", judge: empty })).toEqual([
      "MissingField judge.checks[0]",
      "MissingField judge.checks[1].run",
      "MissingField none",
    ]);
    const field = { run: ["true"], checks: [{ ...fine.checks[0], retries: 3 }] };
    expect(suite("field", { kind: "command", judge: field })).toEqual(["UnknownField judge.checks[0].retries"]);
    const labels = { run: ["x"], input: "visible/i", labels: "visible/l", key: "id", field: "l", checks: [] };
    expect(suite("labels", { kind: "model", judge: labels, files: { "visible/i": "", "visible/l": "" } })).toEqual([
      "MissingField visible/i",
      "MissingField visible/l",
    ]);
  });

  test("a contract that would keep the judge busy, or is none", () => {
    const service = (contract: unknown) =>
      problems(
        scratch.suite("contract", {
          kind: "service",
          judge: { start: ["x"], ready: "/", contract: "api.json", checks: [] },
          files: { "api.json": typeof contract === "string" ? contract : JSON.stringify(contract) },
        }),
      );
    const schema = { type: "string", pattern: "(a+)+$" };
    const responses = { 200: { content: { "application/json": { schema } } } };
    expect(service("{")).toEqual(["WrongForm api.json"]);
    expect(service({ openapi: "3.1.0", paths: { "/": { get: { responses } } } })).toEqual([
      "WrongForm api.json/paths///get/responses/200",
    ]);
  });
});

test("error: links, devices and names that no other system can have", () => {
  const folder = scratch.suite("links", { kind: "command", judge: fine });
  symlinkSync("/etc/passwd", join(folder, "answers"));
  expect(() => Suite.open(folder)).toThrow(BadFolder);
  expect(() => Folder.read(join(scratch.folder, "nowhere"))).toThrow(BadFolder);
  const odd = scratch.write("odd", {});
  mkdirSync(join(odd, "a\\b"));
  writeFileSync(join(odd, "a\\b", "c"), "");
  expect(() => Folder.read(odd)).toThrow(BadFolder);
});

test("behavior: a delivery is read from outside without following a link", () => {
  const folder = scratch.write("delivered", { "a/真.txt": "ok", big: "x".repeat(50) });
  symlinkSync("/etc", join(folder, "etc"));
  symlinkSync("/etc/passwd", join(folder, "passwd"));
  const read = (path: string) => Folder.file(folder, path, 40)?.toString("utf8");
  expect(["a/真.txt", "etc/passwd", "passwd", "../delivered/a/真.txt", "a", "none", "big"].map(read)).toEqual([
    "ok",
    ...Array(6).fill(undefined),
  ]);
});
