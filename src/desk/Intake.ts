/**
 * Feedback as it comes: CSV (app-store exports among them), lines of JSON, GitHub issues, mail boxes. A bad line is told
 * and left out; it never stops the rest.
 */
import PostalMime from "postal-mime";
import { InputError } from "../agreement/index.ts";

const { both } = InputError;
type Words = InputError.Words;

export type Feedback = {
  /** Where it stood: line, or number of the mail or issue, from 1. */
  readonly at: number;
  readonly text: string;
  readonly label?: string;
  /** Several at once, where the source gives a list. */
  readonly labels?: readonly string[];
  /** Unix seconds, where the source gives a time. */
  readonly time?: number;
};
export type Bad = { readonly at: number; readonly why: Words };
export type Taken = { readonly feedback: readonly Feedback[]; readonly bad: readonly Bad[] };

/** What is longer is cut there. */
export const LONGEST = 8_000;

const TEXT = [
  "text",
  "content",
  "body",
  "message",
  "review",
  "review text",
  "review body",
  "feedback",
  "comment",
  "description",
  "内容",
  "评论",
  "评价",
  "反馈",
  "留言",
  "评论内容",
  "反馈内容",
];
const TITLE = ["title", "subject", "review title", "标题", "主题"];
const LABEL = ["label", "intent", "category", "标签", "意图", "类别", "分类"];
const TIME = ["time", "date", "created_at", "created at", "review submit date and time", "时间", "日期", "创建时间"];

export const FORMATS = ["auto", "csv", "jsonl", "mbox", "issues", "reviews"] as const;
export type Format = (typeof FORMATS)[number];

/** `auto`: told from the content. `reviews`: of an app store, as a table or as JSON. */
export async function take(bytes: Uint8Array, format: Format = "auto"): Promise<Taken> {
  if (bytes.length === 0) return { feedback: [], bad: [] };
  const text = decode(bytes);
  if (text === undefined) {
    return {
      feedback: [],
      bad: [{ at: 1, why: both("this is no text but a binary file", "这不是文本，而是二进制文件") }],
    };
  }
  const start = text.replace(/^\uFEFF/, "").trimStart();
  if (start === "") return { feedback: [], bad: [] };
  if (format === "mbox" || (format === "auto" && start.startsWith("From "))) return takeMail(start);
  if (format === "csv") return takeTable(text);
  if (start.startsWith("[")) return takeArray(start);
  if (format === "jsonl" || format === "issues" || start.startsWith("{")) return takeLines(start);
  return takeTable(text);
}

/** UTF-8 or UTF-16 by mark; UTF-8 if it is; else GB 18030, in which old Chinese exports are. Nothing for binary files. */
function decode(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.subarray(0, 8_192).includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const lines = splitLines(bytes).map((line) => {
      try {
        return new TextDecoder("utf-8", { fatal: true }).decode(line);
      } catch {
        return new TextDecoder("gb18030").decode(line);
      }
    });
    const text = lines.join("\n");
    const strange =
      text.match(/[\p{Cc}\p{Co}\p{Cn}\uFFFD]/gu)?.filter((letter) => !/[\n\r\t]/.test(letter)).length ?? 0;
    return strange * 20 > text.length ? undefined : text;
  }
}

function splitLines(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
    lines.push(bytes.subarray(from, at));
    from = at + 1;
  }
  lines.push(bytes.subarray(from));
  return lines;
}

const lower = (name: string) => name.trim().toLowerCase();

/** A row of named values as feedback; why not, if it is none. */
export function read(row: Readonly<Record<string, unknown>>, at: number): Feedback | Bad {
  const named = new Map(Object.entries(row).map(([name, value]) => [lower(name), value]));
  const pick = (names: readonly string[]) => {
    for (const name of names) {
      const value = named.get(name);
      if (typeof value === "string" && value.trim() !== "") return value;
    }
    return undefined;
  };
  const parts = [pick(TITLE), pick(TEXT)].filter((part) => part !== undefined);
  const text = clean(plain(parts.join("\n")))
    .slice(0, LONGEST)
    .toWellFormed();
  if (text.trim() === "") return { at, why: both("there is no text in it", "其中没有文本") };
  const label = pick(LABEL);
  const list = named.get("labels");
  const labels = Array.isArray(list)
    ? list
        .map((one) => (typeof one === "object" && one !== null ? (one as { name?: unknown }).name : one))
        .filter((one) => typeof one === "string")
    : undefined;
  const given = pick(TIME);
  const time = given === undefined ? Number.NaN : Date.parse(given) / 1_000;
  return {
    at,
    text,
    ...(label === undefined ? {} : { label: clean(label).trim() }),
    ...(labels === undefined ? {} : { labels }),
    ...(Number.isFinite(time) ? { time: Math.floor(time) } : {}),
  };
}

/** Without what no store keeps: signs that steer a terminal, and halves of letters. */
const clean = (text: string): string => text.replace(/[\p{Cc}\p{Cs}]/gu, (sign) => (/[\n\t]/.test(sign) ? sign : " "));

/**
 * Without HTML: scripts and styles go, tags become spaces, the entities that people type become letters. A tag ends where
 * the next begins: a megabyte of beginnings would else be read once for each of them.
 */
export function plain(text: string): string {
  if (!/<[a-z!/]|&[a-z#]/i.test(text)) return text;
  return text
    .replace(/<(script|style)\b[^<>]*>[\s\S]*?(<\/\1\s*>|$)/gi, " ")
    .replace(/<!--[\s\S]*?(-->|$)/g, " ")
    .replace(/<\/?[a-z][^<>]*>/gi, " ")
    .replace(/&nbsp;/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&");
}

function sort(all: readonly (Feedback | Bad)[]): Taken {
  return {
    feedback: all.filter((one): one is Feedback => "text" in one),
    bad: all.filter((one): one is Bad => "why" in one),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a list of reviews or issues is wrapped in by those who export it. */
function wrapped(text: string): unknown[] | undefined {
  try {
    const { data, items, reviews } = JSON.parse(text) as Record<string, unknown>;
    const list = data ?? items ?? reviews;
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

/** JSON Lines, or one object with a list in it. */
function takeLines(text: string): Taken {
  const list = wrapped(text);
  if (list) return sort(list.map(readItem));
  const all: (Feedback | Bad)[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const at = index + 1;
    try {
      const value: unknown = JSON.parse(line);
      all.push(isRecord(value) ? read(value, at) : { at, why: both("this is no object", "这不是对象") });
    } catch {
      all.push({ at, why: both("this line is no JSON, or was cut off", "该行不是 JSON，或已被截断") });
    }
  }
  return sort(all);
}

/** App Store Connect keeps what it says of a review in `attributes`; GitHub lists pull requests among the issues. */
function readItem(value: unknown, index: number): Feedback | Bad {
  const at = index + 1;
  if (!isRecord(value)) return { at, why: both("this is no object", "这不是对象") };
  if (value.pull_request) return { at, why: both("this is a pull request", "这是合并请求，不是反馈") };
  return read(isRecord(value.attributes) ? value.attributes : value, at);
}

/** A list of objects, such as GitHub's API gives issues. */
function takeArray(text: string): Taken {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return { feedback: [], bad: [{ at: 1, why: both("this is no JSON, or was cut off", "这不是 JSON，或已被截断") }] };
  }
  return sort((list as unknown[]).map(readItem));
}

/** CSV (RFC 4180) with a line of names; commas, semicolons or tabs. */
function takeTable(text: string): Taken {
  const first = text.slice(0, text.search(/\r?\n|$/));
  const separator = [",", ";", "\t"].reduce((best, one) =>
    first.split(one).length > first.split(best).length ? one : best,
  );
  const { rows, isOpen } = cells(text.replace(/^\uFEFF/, ""), separator);
  const [names, ...rest] = rows;
  const known = new Set([...TEXT, ...TITLE]);
  if (!names?.cells.some((name) => known.has(lower(name)))) {
    const why = both(
      `no column is named as text is; known names: ${TEXT.join(", ")}`,
      `没有可识别的文本列；可用列名：${TEXT.join("、")}`,
    );
    return { feedback: [], bad: [{ at: 1, why }] };
  }
  const all = rest.map((row, index): Feedback | Bad => {
    if (isOpen && index === rest.length - 1) {
      return { at: row.line, why: both("the file ends within quotes: it was cut off", "文件在引号内结束，已被截断") };
    }
    if (row.cells.length < names.cells.length) {
      return { at: row.line, why: both("this row has too few columns", "该行列数不足") };
    }
    return read(Object.fromEntries(names.cells.map((name, at) => [name, row.cells[at]])), row.line);
  });
  return sort(all);
}

function cells(text: string, separator: string) {
  const rows: { line: number; cells: string[] }[] = [];
  let [row, cell, line, begun]: [string[], string, number, number] = [[], "", 1, 1];
  let quoted = false;
  const end = () => {
    row.push(cell);
    cell = "";
    if (row.length > 1 || row[0] !== "") rows.push({ line: begun, cells: row });
    row = [];
    begun = line;
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string;
    if (letter === "\n") line++;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (letter === '"' && cell === "") quoted = true;
    else if (letter === separator) {
      row.push(cell);
      cell = "";
    } else if (letter === "\n") end();
    else if (letter !== "\r") cell += letter;
  }
  if (row.length > 0 || cell !== "") end();
  return { rows, isOpen: quoted };
}

/** A mail box (RFC 4155): the text of each mail, or of its HTML where there is none. */
async function takeMail(text: string): Promise<Taken> {
  const mails = text
    .split(/^From .*$/m)
    .slice(1)
    .map((mail) => mail.replace(/^>(>*From )/gm, "$1").trimStart());
  const all = await Promise.all(
    mails.map(async (mail, index): Promise<Feedback | Bad> => {
      const at = index + 1;
      try {
        const { subject, text: body, html, date } = await PostalMime.parse(mail);
        return read({ subject: subject ?? "", body: body?.trim() ? body : (html ?? ""), date: date ?? "" }, at);
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        return { at, why: both(`this mail cannot be read: ${detail}`, `无法读取该邮件：${detail}`) };
      }
    }),
  );
  return sort(all);
}
