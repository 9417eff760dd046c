/**
 * Bodies as JSON, read strictly: no larger, no deeper and with no more keys than is good for us, no key twice, and none
 * that reaches into the language. What is refused is refused before it is held whole.
 */
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import * as Fault from "./Fault.ts";

const { both } = InputError;

/** Levels of lists and objects within each other; a terms document has 6. */
const DEPTH = 64;
/** Keys of all objects together; the largest terms document has some 2,000. */
const KEYS = 50_000;
/** Milliseconds in which a body must have arrived. */
const PATIENCE = 30_000;
const FORBIDDEN: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Throws `body-too-large` as soon as it is, and `malformed-body` for one that ends early or takes too long. */
export async function read(request: Request, limit: number): Promise<string> {
  const tooLarge = () =>
    new Problem.Problem(
      "body-too-large",
      both(
        `The body has more than the ${limit} bytes that this operation takes. Send less.`,
        `请求正文超过此操作允许的 ${limit} 字节。请减少内容。`,
      ),
      { limit },
    );
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge();
  if (!request.body) return "";
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const seconds = PATIENCE / 1000;
      reject(
        malformed(
          both(
            `The body did not arrive within ${seconds} s. Send it at once.`,
            `请求正文未在 ${seconds} 秒内到达。请一次发送。`,
          ),
        ),
      );
    }, PATIENCE);
  });
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      size += value.byteLength;
      if (size > limit) throw tooLarge();
      chunks.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => {});
    if (error instanceof Problem.Problem) throw error;
    throw malformed(both("The body ended before its time. Send it again.", "请求正文提前中断。请重新发送。"));
  } finally {
    clearTimeout(timer);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw malformed(both("The body is not UTF-8. Encode it as UTF-8.", "请求正文不是 UTF-8。请使用 UTF-8 编码。"));
  }
}

/** Throws `malformed-body` with the place of the fault, `bad-input` for what is JSON and still not taken. */
export function parse(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notJson(text);
  }
  inspect(text);
  return value;
}

function notJson(text: string): Problem.Problem {
  const position = Fault.find(text);
  if (position === undefined) {
    return malformed(both("The body is no JSON. Correct it.", "请求正文不是 JSON。请更正。"));
  }
  const lines = text.slice(0, position).split("\n");
  const [line, column] = [lines.length, (lines.at(-1)?.length ?? 0) + 1];
  const character = String.fromCodePoint(text.codePointAt(position) ?? 0);
  const found = position < text.length ? both(InputError.show(character), InputError.show(character)) : END;
  return malformed(
    both(
      `The body is no JSON: at line ${line}, column ${column}, found ${found.en}. Correct it there.`,
      `请求正文不是 JSON：第 ${line} 行第 ${column} 列为 ${found.zh}。请在该处更正。`,
    ),
    { position, line, column },
  );
}

const END = both("the end", "结尾");

/** Throws for text that no database keeps: U+0000, and halves of characters. */
export function checkText(text: string): void {
  if (text.includes("\u0000")) throw refused("the character U+0000", "字符 U+0000", "Leave it out", "请删除");
  if (!text.isWellFormed()) throw refused("half a character", "不完整的字符", "Send whole ones", "请发送完整字符");
}

/** Looks through a text that is known to be JSON. */
function inspect(text: string): void {
  /** Keys so far of each open object; nothing for a list. */
  const open: (Set<string> | undefined)[] = [];
  let keys = 0;
  let awaitsKey = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x7b: // {
      case 0x5b: {
        // [
        const isObject = text.charCodeAt(at) === 0x7b;
        open.push(isObject ? new Set() : undefined);
        awaitsKey = isObject;
        if (open.length > DEPTH)
          throw refused(`more than ${DEPTH} levels`, `超过 ${DEPTH} 层嵌套`, "Flatten it", "请减少嵌套");
        break;
      }
      case 0x7d: // }
      case 0x5d: // ]
        open.pop();
        awaitsKey = false;
        break;
      case 0x2c: // ,
        awaitsKey = open.at(-1) !== undefined;
        break;
      case 0x22: {
        const end = endOfString(text, at);
        const raw = text.slice(at + 1, end);
        const key = raw.includes("\\") ? String(JSON.parse(text.slice(at, end + 1))) : raw;
        if (key !== raw) checkText(key);
        if (awaitsKey) {
          if (++keys > KEYS) throw refused(`more than ${KEYS} keys`, `超过 ${KEYS} 个键`, "Send less", "请减少内容");
          judge(key, open.at(-1));
          awaitsKey = false;
        }
        at = end;
      }
    }
  }
}

function judge(key: string, siblings: Set<string> | undefined): void {
  const shown = InputError.show(key);
  if (FORBIDDEN.has(key)) throw refused(`the key ${shown}`, `键 ${shown}`, "Leave it out", "请删除");
  if (siblings?.has(key)) throw refused(`the key ${shown} twice`, `重复的键 ${shown}`, "Keep one", "请保留一个");
  siblings?.add(key);
}

/** Place of the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end;
  }
}

const malformed = (words: InputError.Words, members: Record<string, unknown> = {}) =>
  new Problem.Problem("malformed-body", words, members);

const refused = (found: string, zh: string, fix: string, fixZh: string) =>
  new Problem.Problem(
    "bad-input",
    both(`The body has ${found}, which is not taken. ${fix}.`, `请求正文含${zh}，不予接受。${fixZh}。`),
  );
