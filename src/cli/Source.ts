/** A file as people write it, YAML or JSON, with the line and column of every field. */
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import * as Yaml from "yaml";
import * as Field from "../agreement/Field.ts";
import { InputError } from "../agreement/index.ts";
import { BadFile, BadSyntax, FileUnusable, type Located, type Position } from "./Errors.ts";

const { both } = InputError;
type Words = InputError.Words;

export type Source = {
  /** For messages. */
  readonly name: string;
  /**
   * Plain data. A number that JavaScript would not give back as it was written (`0.10`, `1e5`, 17 digits) is its text, so
   * that no amount loses a digit.
   */
  readonly value: unknown;
  /** Where a field like `milestones[2].review` stands, or what it would stand in. */
  at(field: string): Position | undefined;
};

/** 1 MB: no deal is longer, and no parser is kept busy. */
export const MAX_BYTES = 1_000_000;
/** A deal needs six; the parser is not made to recurse for ever. */
const MAX_DEPTH = 24;

/** Throws `FileUnusable`, or `BadFile` with line and column. */
export function open(file: string): Source {
  return parse(readText(file), basename(file));
}

/** The text of a file of at most so many bytes. Throws `FileUnusable`. */
export function readText(file: string, most = MAX_BYTES): string {
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (size > most) throw new FileUnusable(file, tooLarge(size, most));
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof FileUnusable) throw error;
    throw new FileUnusable(file, unreadable(error as NodeJS.ErrnoException));
  }
  if (bytes.length > most) throw new FileUnusable(file, tooLarge(bytes.length, most));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FileUnusable(file, both("it is not UTF-8 text. Save it as UTF-8.", "不是 UTF-8 文本，请另存为 UTF-8。"));
  }
}

const tooLarge = (size: number, most: number): Words =>
  both(
    `it has ${size} bytes, more than the ${most} that are read. Shorten it.`,
    `文件有 ${size} 字节，超过可读取的 ${most} 字节，请缩短。`,
  );

function unreadable({ code }: NodeJS.ErrnoException): Words {
  if (code === "ENOENT") return both("there is no such file. Check the path.", "文件不存在，请检查路径。");
  if (code === "EISDIR") return both("this is a folder. Name a file.", "这是文件夹，请指定文件。");
  if (code === "EACCES") return both("it may not be read. Check its permissions.", "无读取权限，请检查权限。");
  return both(`it cannot be read (${code}). Check the path.`, `无法读取（${code}），请检查路径。`);
}

/** Throws `BadFile`. JSON is read as the YAML that it is. */
export function parse(text: string, name = "input"): Source {
  const lines = new Yaml.LineCounter();
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const fail = (problems: readonly Located[]) => new BadFile(name, problems);
  let document: Yaml.Document.Parsed;
  try {
    const options = {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      strict: true,
      logLevel: "error",
    } as const;
    document = Yaml.parseDocument(text, options);
  } catch {
    // The parser recurses; so does nobody's deal.
    throw fail([{ problem: new BadSyntax(DEEP, FLATTEN), at: undefined }]);
  }
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0)
    throw fail(syntaxProblems(broken, text).map(({ problem, at }) => ({ problem, at: position(at) })));
  const reader = new Reader(position);
  const value = reader.read(document.contents, [], 0);
  if (reader.problems.length > 0) throw fail(reader.problems);
  const { places } = reader;
  return {
    name,
    value,
    at(field) {
      let path = stepsOf(field);
      for (;;) {
        const found = places.get(Field.pathOf(path));
        if (found || path.length === 0) return found;
        path = path.slice(0, -1);
      }
    },
  };
}

/** The steps of `happens[3]["change order"].milestones[0]`. */
function stepsOf(field: string): readonly PropertyKey[] {
  const steps = field.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g);
  return [...steps].map(([, quoted, index, plain]) => quoted ?? (index === undefined ? (plain ?? "") : Number(index)));
}

/** What stands at a field. */
export const find = ({ value }: Source, field: string): unknown => Field.valueAt(value, stepsOf(field));

class Reader {
  readonly places = new Map<string, Position>([["", { line: 1, column: 1 }]]);
  readonly problems: Located[] = [];
  readonly position: (offset: number) => Position;

  constructor(position: (offset: number) => Position) {
    this.position = position;
  }

  read(node: unknown, path: readonly PropertyKey[], depth: number): unknown {
    if (!Yaml.isNode(node)) return null;
    const at = this.position(node.range?.[0] ?? 0);
    if (path.length === 0 || !this.places.has(Field.pathOf(path))) this.places.set(Field.pathOf(path), at);
    const refuse = (title: Words, fix: Words) => {
      this.problems.push({ problem: new BadSyntax(title, fix), at });
      return null;
    };
    if (Yaml.isAlias(node) || node.anchor) return refuse(ALIAS, SPELL_OUT);
    if (node.tag?.startsWith("!") || (node.tag && !PLAIN_TAGS.has(node.tag))) return refuse(TAG, DROP_TAG);
    if (depth > MAX_DEPTH) return refuse(DEEP, FLATTEN);
    if (Yaml.isMap(node)) {
      const entries = node.items.map(({ key, value }): [string, unknown] => {
        const name = String(Yaml.isScalar(key) ? key.value : key);
        const inner = [...path, name];
        if (Yaml.isNode(key)) {
          this.places.set(Field.pathOf(inner), this.position(key.range?.[0] ?? 0));
          if (key.anchor) refuse(ALIAS, SPELL_OUT);
        }
        return [name, this.read(value, inner, depth + 1)];
      });
      return Object.fromEntries(entries);
    }
    if (Yaml.isSeq(node)) return node.items.map((item, index) => this.read(item, [...path, index], depth + 1));
    return Yaml.isScalar(node) ? scalar(node) : null;
  }
}

function scalar({ value, source }: Yaml.Scalar): unknown {
  if (typeof value === "number" && String(value) !== source) return source;
  return typeof value === "number" && !Number.isSafeInteger(value) ? source : value;
}

const PLAIN_TAGS = new Set(
  ["str", "int", "float", "bool", "null", "map", "seq"].map((name) => `tag:yaml.org,2002:${name}`),
);
const ALIAS = both("anchors and aliases (& and *) are not taken", "不支持锚点与别名（& 和 *）");
const SPELL_OUT = both(
  "Write the value out, or quote it if the & or * is text",
  "请直接写出内容；若 & 或 * 是文字请加引号",
);
const TAG = both("tags (!) are not taken", "不支持标签（!）");
const DROP_TAG = both("Leave the tag out, or quote the value if the ! is text", "请去掉标签；若 ! 是文字请加引号");
const DEEP = both("it is nested too deeply", "嵌套过深");
const FLATTEN = both("Close brackets that were left open, or flatten it", "请补全括号或减少嵌套");

type SyntaxError = { code: Yaml.ErrorCode; message: string; pos: readonly [number, number] };

/** The first of each line: what follows from one slip is not told ten times. */
function syntaxProblems(errors: readonly SyntaxError[], text: string) {
  const seen = new Set<number>();
  return errors.flatMap(({ code, message, pos: [from, to] }) => {
    const line = text.slice(0, from).split("\n").length;
    if (seen.has(line)) return [];
    seen.add(line);
    const [title, fix] = SYNTAX[code] ?? OTHER;
    const found = text
      .slice(from, Math.max(from + 1, Math.min(to, from + 40)))
      .split("\n")[0]
      ?.trim();
    const missing = /end with (?:an? )?(.)$/.exec(message)?.[1];
    const [says, mend] = missing ? [both(`${missing} is missing`, `缺少 ${missing}`), CLOSE] : [title, fix];
    return [{ problem: new BadSyntax(says, mend, found || undefined), at: from }];
  });
}

const INDENT = both("Indent with spaces, parts of one thing equally far", "请用空格缩进，同级内容对齐");
const QUOTE = both("Put the text into double quotes", "请给文本加双引号");
const CLOSE = both(
  "Complete the line: a bracket, quote, colon or comma is missing",
  "请补全该行：缺少括号、引号、冒号或逗号",
);
const OTHER = [both("this is not YAML", "不是有效的 YAML"), CLOSE] as const;

const SYNTAX: Partial<Record<Yaml.ErrorCode, readonly [Words, Words]>> = {
  BAD_INDENT: [both("the indentation is off", "缩进有误"), INDENT],
  TAB_AS_INDENT: [both("a tab is used to indent", "使用了制表符缩进"), INDENT],
  MISSING_CHAR: [both("a character is missing", "缺少字符"), CLOSE],
  UNEXPECTED_TOKEN: [both("this is not expected here", "此处内容意外"), CLOSE],
  DUPLICATE_KEY: [both("this field is written twice", "字段重复"), both("Keep one of the two", "请只保留一个")],
  BAD_SCALAR_START: [both("a text cannot begin like this", "文本不能以此字符开头"), QUOTE],
  BAD_DQ_ESCAPE: [
    both("this escape is unknown", "未知的转义"),
    both("Write \\\\ for a backslash", "反斜杠请写作 \\\\"),
  ],
  BLOCK_AS_IMPLICIT_KEY: [both("a line has two colons", "一行有两个冒号"), QUOTE],
  MULTILINE_IMPLICIT_KEY: [both("a field name runs over several lines", "字段名跨行"), CLOSE],
  BLOCK_IN_FLOW: [both("a list by dashes stands inside brackets", "方括号内使用了短横列表"), CLOSE],
  MULTIPLE_DOCS: [
    both("there is more than one document", "包含多个文档"),
    both("Keep one; remove the line ---", "请只保留一个，并删除 --- 行"),
  ],
  NON_STRING_KEY: [both("a field name must be plain text", "字段名须为文本"), QUOTE],
  BAD_ALIAS: [ALIAS, SPELL_OUT],
  ALIAS_PROPS: [ALIAS, SPELL_OUT],
  MULTIPLE_ANCHORS: [ALIAS, SPELL_OUT],
  TAG_RESOLVE_FAILED: [TAG, DROP_TAG],
  MULTIPLE_TAGS: [TAG, DROP_TAG],
  RESOURCE_EXHAUSTION: [DEEP, FLATTEN],
};
