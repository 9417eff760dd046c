import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { BadFile } from "./Errors.ts";
import * as Source from "./Source.ts";

const folder = mkdtempSync(join(tmpdir(), "commenda-source-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const broken = (text: string): BadFile => {
  try {
    Source.parse(text, "deal.yaml");
  } catch (error) {
    if (error instanceof BadFile) return error;
    throw error;
  }
  throw new Error("it was read");
};

describe("what is no YAML is told with line and column, in both languages", () => {
  const cases: [why: string, text: string, en: string, zh: string][] = [
    ["half a list", "a:\n  - [1, 2", "line 2, column 10: ] is missing.", "第 2 行第 10 列：缺少 ]。"],
    ["half a JSON file", '{"a": ', "line 1, column 7: } is missing.", "第 1 行第 7 列：缺少 }。"],
    [
      "a field written twice",
      "a: 1\nb: 2\na: 3",
      'line 3, column 1: This field is written twice. Found "a".',
      "第 3 行第 1 列：字段重复。",
    ],
    ["a tab", "a:\n\tb: 1", "line 2, column 1: A tab is used to indent.", "第 2 行第 1 列：使用了制表符缩进。"],
    ["bad indentation", "a: |\n  x\n y: z", "line 3, column 1: The indentation is off.", "第 3 行第 1 列：缩进有误。"],
    ["two colons", "a: b: c", "line 1, column 4: A line has two colons.", "第 1 行第 4 列：一行有两个冒号。"],
    ["an open quote", "a: 'b", "line 1, column 6: A character is missing.", "第 1 行第 6 列：缺少字符。"],
    [
      "a text that begins with @",
      "a: @b",
      'line 1, column 4: A text cannot begin like this. Found "@".',
      "文本不能以此字符开头。",
    ],
    ["two documents", "---\na: 1\n---\nb: 1", "line 3, column 1: There is more than one document.", "包含多个文档。"],
    ["an anchor", "a: &x 1", "line 1, column 7: Anchors and aliases (& and *) are not taken.", "不支持锚点与别名"],
    ["a tag", "a: !!binary 12", "Tags (!) are not taken.", "不支持标签（!）。"],
    ["an unknown tag", "a: !secret 12", "Tags (!) are not taken.", "不支持标签（!）。"],
    ["a number as a field", "? [1]\n: 2", "A field name must be plain text.", "字段名须为文本。"],
  ];
  test.each(cases)("error: %s", (_why, text, en, zh) => {
    const error = broken(text);
    expect(error.in("en")).toContain(en);
    expect(error.in("zh")).toContain(zh);
    expect(error.in("zh")).not.toMatch(/undefined|\[object/);
    expect(error.toProblem("zh")).toMatchObject({ next: "fix", file: "deal.yaml", status: 422 });
  });

  test("error: an alias bomb is refused where it begins, at once", () => {
    const lines = [
      "a: &a [x, x]",
      ...[..."bcdefghijklmnop"].map(
        (name, index) => `${name}: &${name} [*${"abcdefghijklmnop"[index]}, *${"abcdefghijklmnop"[index]}]`,
      ),
    ];
    const started = performance.now();
    expect(broken(lines.join("\n")).in("en")).toContain("line 1, column 7: Anchors and aliases");
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test.each(["[", "{a: ", "- "])("error: a hundred thousand times %s does not break the reader", (part) => {
    expect(broken(part.repeat(100_000)).problems.length).toBeGreaterThan(0);
  });

  test("error: all slips are told, one a line", () => {
    expect(broken("a: 1\na: 2\na: 3\nb: @x").problems.map(({ at }) => at?.line)).toEqual([2, 3, 4]);
  });
});

describe("what is read", () => {
  test("behavior: JSON and YAML are the same", () => {
    expect(Source.parse('{"a": [1, "2", true, null]}').value).toEqual(
      Source.parse('a:\n  - 1\n  - "2"\n  - true\n  -').value,
    );
  });

  test("behavior: no number loses a digit; those that would stay text", () => {
    const { value } = Source.parse("a: 0.10\nb: 1e5\nc: 20000\nd: 12345678901234567890\ne: -0\nf: 0x10\ng: 1.5");
    expect(value).toEqual({ a: "0.10", b: "1e5", c: 20000, d: "12345678901234567890", e: "-0", f: "0x10", g: "1.5" });
  });

  test("behavior: dates, yes and no are text", () => {
    expect(Source.parse("a: 2027-03-01\nb: yes\nc: day 3").value).toEqual({ a: "2027-03-01", b: "yes", c: "day 3" });
  });

  test("behavior: __proto__ is a field like any other", () => {
    const { value } = Source.parse("__proto__: { polluted: 1 }") as { value: object };
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("behavior: every field has its place; one that is missing has that of what it would stand in", () => {
    const source = Source.parse('list:\n  - name: x\n    "change order": { due: y }\n');
    expect(source.at("list[0].name")).toEqual({ line: 2, column: 5 });
    expect(source.at('list[0]["change order"].due')).toEqual({ line: 3, column: 23 });
    expect(source.at('list[0]["change order"].start')).toEqual({ line: 3, column: 5 });
    expect(source.at("list[7].name")).toEqual({ line: 1, column: 1 });
    expect(source.at("other")).toEqual({ line: 1, column: 1 });
    expect(Source.find(source, 'list[0]["change order"].due')).toBe("y");
  });
});

describe("error: a file that cannot be read", () => {
  const cases: [why: string, path: () => string, en: string, zh: string][] = [
    ["is not there", () => join(folder, "none.yaml"), "there is no such file", "文件不存在"],
    ["is a folder", () => folder, "this is a folder", "这是文件夹"],
    [
      "is over 1 MB",
      () => file("large.yaml", "a: 1\n".repeat(250_000)),
      "more than the 1000000",
      "超过可读取的 1000000 字节",
    ],
    ["is not UTF-8", () => file("gbk.yaml", Buffer.from([0xb2, 0xe8])), "it is not UTF-8 text", "不是 UTF-8 文本"],
  ];
  test.each(cases)("%s", (_why, path, en, zh) => {
    expect(() => Source.open(path())).toThrow(en);
    try {
      Source.open(path());
    } catch (error) {
      expect((error as BadFile).in("zh")).toContain(zh);
    }
  });

  test("behavior: a byte order mark and Windows line ends are no matter", () => {
    expect(Source.open(file("bom.yaml", "\ufeffa: 1\r\nb: 2\r\n")).value).toEqual({ a: 1, b: 2 });
  });
});
