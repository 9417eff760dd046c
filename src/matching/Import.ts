/**
 * Cases that a provider brings along: CSV, JSONL, or what `git log` printed. They are its own word, and stay apart from what was
 * settled. Each broken line is told with its number and field.
 */
import { InputError } from "../agreement/index.ts";
import { BadLine } from "./Errors.ts";
import * as Skill from "./Skill.ts";

const { both } = InputError;

export type Told = {
  readonly id: string;
  /** Unix seconds. */
  readonly at: number;
  readonly area: string;
  readonly title: string;
  readonly skills: readonly string[];
};

export const FORMATS = ["csv", "jsonl", "git"] as const;
export type Format = (typeof FORMATS)[number];

/** What `git` has to be asked for. */
export const GIT = "git log --numstat --date=unix --pretty=format:'commit%x09%H%x09%at%x09%s'";

/** Cases of one file. */
export const MOST = 20_000;
const LONGEST = 2_000;
/** 9999-12-31: what is later is milliseconds. */
const LATEST = 253_402_300_799;
const AREA = "-";

const EXPECTED = {
  line: both("one JSON object", "一个 JSON 对象"),
  id: both("a name or a number, another than before", "未重复的名称或编号"),
  at: both("Unix seconds, or a day like 2026-03-01", "Unix 秒，或日期如 2026-03-01"),
  title: both(`1 to ${LONGEST} characters`, `1 至 ${LONGEST} 个字符`),
  area: both("at most 200 characters", "不超过 200 个字符"),
  skills: both("names of skills", "技能名称"),
  columns: both("a first line with the columns id, at, title", "首行须有 id、at、title 列"),
  quote: both("quotes that are closed", "成对的引号"),
  commit: both(`what this prints: ${GIT}`, `此命令的输出：${GIT}`),
};
type Field = keyof typeof EXPECTED;

export type Read = { readonly cases: readonly Told[]; readonly problems: readonly InputError.InputError[] };

/** Throws `BadInput` with every broken line; with `keepGood` they are left out and told. */
export function read(text: string, format: Format, { keepGood = false } = {}): Read {
  const rows = { csv: csv, jsonl: jsonl, git: git }[format](text.replace(/^\uFEFF/, ""));
  const cases: Told[] = [];
  const problems: InputError.InputError[] = [];
  const seen = new Set<string>();
  for (const { line, value, broken } of rows) {
    const found = broken ? [bad(line, broken, value)] : check(value as Given, line, seen);
    if (Array.isArray(found)) problems.push(...found);
    else if (cases.length < MOST) cases.push(found as Told);
    else problems.push(bad(line, "line", `case ${MOST + 1}`, both(`at most ${MOST} cases`, `不超过 ${MOST} 个案例`)));
    // Whoever has corrected so many asks again.
    if (problems.length >= TOLD) break;
  }
  if (problems.length > 0 && !keepGood) throw new InputError.BadInput(problems);
  return { cases, problems };
}

/** Problems that are told at once. */
const TOLD = 100;

type Given = Readonly<Record<string, unknown>>;
type Row = { readonly line: number; readonly value: unknown; readonly broken?: Field };

const bad = (line: number, field: Field, found: unknown, expected = EXPECTED[field]) =>
  new BadLine({ line, field, found, expected });

function check(given: Given, line: number, seen: Set<string>): Told | readonly InputError.InputError[] {
  const { id, at, title, area = AREA, skills = [] } = given;
  const problems: InputError.InputError[] = [];
  const name = typeof id === "number" ? String(id) : id;
  const isName = typeof name === "string" && name.length > 0 && name.length <= 200 && !seen.has(name);
  if (!isName) problems.push(bad(line, "id", id));
  const time = timeOf(at);
  if (time === undefined) problems.push(bad(line, "at", at));
  const isTitle = typeof title === "string" && title.trim().length > 0 && title.length <= LONGEST;
  if (!isTitle) problems.push(bad(line, "title", title));
  if (typeof area !== "string" || area.length > 200) problems.push(bad(line, "area", area));
  const names = typeof skills === "string" ? skills.split(/[;；|]/).map((each) => each.trim()) : skills;
  const areNames = Array.isArray(names) && names.length <= 50 && names.every((each) => typeof each === "string");
  if (!areNames) problems.push(bad(line, "skills", skills));
  const known = areNames ? (names as string[]).filter(Boolean).map((each) => [each, Skill.parse(each)] as const) : [];
  for (const [each, skill] of known) {
    if (skill !== undefined) continue;
    const near = Skill.near(each).join(", ");
    problems.push(
      bad(line, "skills", each, near ? both(`a skill; perhaps ${near}`, `技能，或许是 ${near}`) : EXPECTED.skills),
    );
  }
  if (problems.length > 0) return problems;
  seen.add(name as string);
  const own = known.map(([, skill]) => skill as string);
  return {
    ...{ id: name as string, at: time as number, title: (title as string).trim() },
    area: (area as string).trim() || AREA,
    skills: [...new Set(own.length > 0 ? own : Skill.find(`${title}`))],
  };
}

function timeOf(at: unknown): number | undefined {
  const text = typeof at === "number" ? String(at) : at;
  if (typeof text !== "string") return undefined;
  if (/^\d{1,12}$/.test(text)) return Number(text) <= LATEST ? Number(text) : undefined;
  const [, day = "", rest = "T00:00:00Z"] = /^(\d{4}-\d{2}-\d{2})(T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.exec(text) ?? [];
  const time = Date.parse(`${day}${rest}`);
  const isReal = !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) && !Number.isNaN(time) && time >= 0;
  const stays = isReal && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  return stays ? Math.floor(time / 1_000) : undefined;
}

function* jsonl(text: string): Generator<Row> {
  let line = 0;
  for (const row of text.split(/\r?\n/)) {
    line++;
    if (row.trim() === "") continue;
    const value = parsed(row);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    yield isObject ? { line, value } : { line, value: row, broken: "line" };
  }
}

function parsed(row: string): unknown {
  try {
    return JSON.parse(row);
  } catch {
    return row;
  }
}

/** RFC 4180: quotes around what holds a comma, a quote or a line break. */
function* csv(text: string): Generator<Row> {
  let columns: readonly string[] | undefined;
  for (const { line, cells, isOpen } of records(text)) {
    if (isOpen) {
      yield { line, value: cells.at(-1), broken: "quote" };
      return;
    }
    if (cells.every((cell) => cell.trim() === "")) continue;
    if (!columns) {
      columns = cells.map((cell) => cell.trim().toLowerCase());
      if (["id", "at", "title"].every((name) => columns?.includes(name))) continue;
      yield { line, value: cells.join(","), broken: "columns" };
      return;
    }
    const value = Object.fromEntries(columns.map((name, at) => [name, cells[at] || undefined]));
    yield { line, value };
  }
}

function* records(text: string): Generator<{ line: number; cells: string[]; isOpen: boolean }> {
  let [cells, cell, line, begun, isOpen]: [string[], string, number, number, boolean] = [[], "", 1, 1, false];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string;
    if (sign === "\n") line++;
    if (isOpen) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else isOpen = false;
    } else if (sign === '"' && cell === "") isOpen = true;
    else if (sign === ",") {
      cells.push(cell);
      cell = "";
    } else if (sign === "\n") {
      cells.push(cell.replace(/\r$/, ""));
      yield { line: begun, cells, isOpen };
      [cells, cell, begun] = [[], "", line];
    } else cell += sign;
  }
  if (cell !== "" || cells.length > 0 || isOpen) yield { line: begun, cells: [...cells, cell], isOpen };
}

/** What a file's name says of what it is written in. */
const ENDINGS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "ts tsx:typescript;js jsx mjs cjs:javascript;py:python;java:java;kt kts:kotlin;swift:swift;m mm:objective-c;c h:c;" +
    "cc cpp cxx hpp:cpp;cs:csharp;fs:fsharp;go:go;rs:rust;rb:ruby;php:php;scala:scala;ex exs:elixir;erl:erlang;hs:haskell;" +
    "clj cljs:clojure;r:r;jl:julia;pl pm:perl;lua:lua;dart:dart;sql:sql;sh bash:bash;ps1:powershell;cob cbl:cobol;" +
    "f90 f95:fortran;asm s:assembly;groovy gradle:groovy;zig:zig;html htm:html;css:css;scss sass less:sass;vue:vue;" +
    "svelte:svelte;sol:solidity;tf:terraform"
  )
    .split(";")
    .flatMap((rule) => {
      const [endings = "", skill = ""] = rule.split(":");
      return endings.split(" ").map((ending) => [ending, skill] as const);
    }),
);

/** Each commit a case: what was changed most says its area. */
function* git(text: string): Generator<Row> {
  let line = 0;
  let open: { line: number; value: Record<string, unknown>; changed: Map<string, number> } | undefined;
  const closed = (): Row | undefined => {
    if (!open) return undefined;
    const skills = [...open.changed].sort(([, one], [, other]) => other - one).map(([skill]) => skill);
    return { line: open.line, value: { ...open.value, area: skills[0] ?? AREA, skills: skills.slice(0, 5) } };
  };
  for (const row of text.split(/\r?\n/)) {
    line++;
    if (row.trim() === "") continue;
    const [head, hash = "", at, ...title] = row.split("\t");
    if (head === "commit") {
      const before = closed();
      if (before) yield before;
      open = { line, value: { id: hash.slice(0, 40), at, title: title.join(" ") || "-" }, changed: new Map() };
      if (!/^[0-9a-f]{7,64}$/.test(hash)) {
        yield { line, value: row, broken: "commit" };
        open = undefined;
      }
      continue;
    }
    const [, added, removed, path] = /^(\d+|-)\t(\d+|-)\t(.+)$/.exec(row) ?? [];
    if (path === undefined || !open) {
      yield { line, value: row, broken: "commit" };
      continue;
    }
    const ending = /\.(\w+)\}?$/.exec(path)?.[1]?.toLowerCase() ?? "";
    const skill = ENDINGS[ending];
    if (skill && Skill.get(skill)) {
      const lines = (Number(added) || 0) + (Number(removed) || 0);
      open.changed.set(skill, (open.changed.get(skill) ?? 0) + lines + 1);
    }
  }
  const last = closed();
  if (last) yield last;
}
