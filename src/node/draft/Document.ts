/**
 * A draft's document: JSON of any shape, as far as it is written. Here stands what the store can hold of it, what nobody
 * has to decide about it, and what is still wrong with it.
 */
import { randomBytes } from "node:crypto";
import canonicalize from "canonicalize";
import * as Field from "../../agreement/Field.ts";
import { Clause, Errors, Evidence, InputError, Terms } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import type { Place } from "../Call.ts";

const { both } = InputError;
type Words = InputError.Words;

export type Json = Record<string, unknown>;
type Steps = readonly (string | number)[];

/**
 * The largest terms document in use has 700 values in 8 levels, 30 items in a list; two texts of 200,000 characters fit.
 * Problems are held against each other: 128 broken items cost 0.2 s, thousands would hold everybody else up.
 */
const LIMITS = { characters: 500_000, levels: 32, values: 5_000, items: 128 } as const;

/** The document, if the store can hold it. Throws `bad-input` with the field that it cannot hold. */
export function accept(document: Json): Json {
  let values = 0;
  const visit = (value: unknown, steps: Steps) => {
    if (++values > LIMITS.values)
      throw refused(steps, both(`more than ${LIMITS.values} values`, `超过 ${LIMITS.values} 个值`));
    if (typeof value === "string") text(value, steps);
    if (typeof value === "number" && !Number.isFinite(value))
      throw refused(steps, both("a number that no computer holds", "超出范围的数字"));
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value) && value.length > LIMITS.items) {
      const { items } = LIMITS;
      throw refused(steps, both(`${value.length} items, more than ${items}`, `${value.length} 项，超过 ${items} 项`));
    }
    if (steps.length >= LIMITS.levels) {
      const { levels } = LIMITS;
      throw refused(steps.slice(0, 3), both(`more than ${levels} levels within each other`, `超过 ${levels} 层嵌套`));
    }
    for (const [key, item] of Object.entries(value)) {
      const at = [...steps, Array.isArray(value) ? Number(key) : key];
      text(key, steps);
      if (key === "__proto__") throw refused(steps, both("a field named __proto__", "名为 __proto__ 的字段"));
      visit(item, at);
    }
  };
  visit(document, []);
  const { length } = JSON.stringify(document);
  if (length > LIMITS.characters)
    throw refused(
      [],
      both(`${length} characters, more than ${LIMITS.characters}`, `${length} 个字符，超过 ${LIMITS.characters} 个`),
    );
  return document;
}

/** A line or a text that the store can hold. Throws `bad-input`. */
export function acceptText(value: string, field: string): string {
  text(value, [field]);
  return value;
}

function text(value: string, steps: Steps): void {
  if (value.includes("\0")) throw refused(steps, both("the character U+0000", "字符 U+0000"));
  if (!value.isWellFormed())
    throw refused(steps, both("half of a character (a lone surrogate)", "半个字符（孤立代理项）"));
}

function refused(steps: Steps, found: Words): Problem.Problem {
  const field = Field.pathOf(steps) || "document";
  return new Problem.Problem(
    "bad-input",
    both(
      `${field}: found ${found.en}, which a document cannot hold. Take it out.`,
      `${field}：现有${found.zh}，文件不能包含。请删除。`,
    ),
    { field },
  );
}

/** What the node knows and nobody has to decide, where it is missing. `address`: the account of the side that begins. */
export function fill(document: Json, place: Place, side: "client" | "provider", address?: string): Json {
  const registrar = { kind: "chain", chainId: place.ledger.chainId, escrow: place.escrow };
  const filled: Json = {
    version: "commenda/1",
    rail: "token",
    registrar,
    salt: `0x${randomBytes(32).toString("hex")}`,
    ...document,
  };
  if (place.token && filled.rail === "token") put(filled, ["currency", "token"], place.token);
  if (address !== undefined) put(filled, ["parties", side, "address"], address);
  return filled;
}

/** Where there is nothing; what is there and no object stays as it is. */
function put(document: Json, steps: readonly [string, ...string[]], value: string): void {
  const [first, second, ...others] = steps;
  const there = Object.hasOwn(document, first) ? document[first] : undefined;
  if (second === undefined) {
    if (there === undefined) document[first] = value;
    return;
  }
  if (there !== undefined && (typeof there !== "object" || there === null || Array.isArray(there))) return;
  const inner: Json = { ...there };
  put(inner, [second, ...others], value);
  document[first] = inner;
}

const UNTITLED = both("Untitled agreement", "未命名协议");

/** As far as it is written; a language that is missing takes the other's words. */
export function titleOf({ title }: Json): Words {
  const line = (language: "en" | "zh") => {
    const found = Field.valueAt(title, [language]);
    return typeof found === "string" ? [...found.trim()].slice(0, 400).join("") : "";
  };
  const [en, zh] = [line("en"), line("zh")];
  return en || zh ? both(en || zh, zh || en) : UNTITLED;
}

export const hashOf = (document: Json): Hex => Evidence.contentHash(canonicalize(document) ?? "");

type Judged = {
  problems: readonly InputError.InputError[];
  /** Of a document without problems of its own. */
  terms?: Terms.Terms;
  /** Of one that can be opened at this node's escrow. */
  ledgerId?: Hex;
};

/** @param now Unix minute, before which dates have passed; absent: of what was signed long ago. */
export function judge(document: Json, place: Place, now?: number): Judged {
  const checked = Terms.check(document, now === undefined ? {} : { now });
  const elsewhere = foreign(document, place);
  if ("problems" in checked) return { problems: [...checked.problems, ...elsewhere].slice(0, SHOWN) };
  const { terms } = checked;
  return elsewhere.length > 0 ? { problems: elsewhere, terms } : { problems: [], terms, ledgerId: Terms.hash(terms) };
}

/** Documents judged lately, by the place and what was judged: a page asks for the same one again and again. */
const judged = new WeakMap<Place, Map<string, readonly InputError.InputError[]>>();
/** Beyond it the oldest go. */
const KEPT = 500;

/** The problems of `judge`, not looked for twice within a minute. */
export function judgeAgain(
  document: Json,
  contentHash: string,
  place: Place,
  now?: number,
): readonly InputError.InputError[] {
  const kept = judged.get(place) ?? new Map<string, readonly InputError.InputError[]>();
  judged.set(place, kept);
  const name = `${contentHash} ${now ?? "signed"}`;
  const known = kept.get(name);
  if (known) return known;
  const { problems } = judge(document, place, now);
  kept.set(name, problems);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return problems;
}

/** Problems told at once: whoever has corrected so many asks again. */
const SHOWN = 200;

/** Terms of another escrow can be read here, and not opened. */
function foreign(document: Json, { ledger, escrow }: Place): readonly InputError.InputError[] {
  const { success, data } = Clause.registrar.safeParse(document.registrar);
  if (!success) return [];
  if (data.kind === "chain" && data.chainId === ledger.chainId && data.escrow.toLowerCase() === escrow) return [];
  const found = data.kind === "chain" ? `chain ${data.chainId}, escrow ${data.escrow}` : `key ${data.key}`;
  return [
    new InputError.InputError(
      "OtherRegistrar",
      { field: "registrar", found },
      {
        title: both("this node works elsewhere", "本节点不在此处登记"),
        expected: both(`chain ${ledger.chainId}, escrow ${escrow}`, `链 ${ledger.chainId}、托管合约 ${escrow}`),
        fix: both("Name this escrow, or use a node that works on the other", "请改为该托管合约，或使用对应的节点"),
      },
    ),
  ];
}

/** A side's missing account, with the one that its organisation has. */
export const missingAddress = (side: "client" | "provider", name: string, address: string): InputError.InputError =>
  new Errors.MissingField({
    field: `parties.${side}.address`,
    expected: both(`an address; ${name} has ${address}`, `地址；${name} 的账户为 ${address}`),
  });
