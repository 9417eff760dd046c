/** What came of a command, said for people; and JSON that a program printed, compared. */
import canonicalize from "canonicalize";
import { InputError } from "../../agreement/index.ts";
import type { Judged } from "../Kind.ts";
import type { Ran } from "../Sandbox.ts";

const { both } = InputError;
type Words = InputError.Words;

export const pass = (id: string, rest: Partial<Judged> = {}): Judged => ({ id, result: "pass", ...rest });
export const fail = (id: string, en: string, zh: string, rest: Partial<Judged> = {}): Judged => ({
  ...{ id, result: "fail", why: both(clip(en), clip(zh)) },
  ...rest,
});

/** At most a line of the document; nothing in it that cannot be seen. */
export function clip(text: string): string {
  const seen = text.replace(/\s+/g, " ").replace(/[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu, "\ufffd");
  const line = seen.normalize("NFC").trim();
  const letters = [...line];
  return letters.length <= 300 ? line || "-" : `${letters.slice(0, 300).join("").trim()}…`;
}

const ENDED: Record<Exclude<Ran["ended"], "exit">, Words> = {
  signal: both("it was ended by a signal", "被信号终止"),
  time: both("it took longer than the time limit", "超过时间上限"),
  cpu: both("it used more of the processors than the limit", "超过处理器时间上限"),
  memory: both("it used more memory than the limit", "超过内存上限"),
  processes: both("it started more processes than the limit", "进程数超过上限"),
  output: both("it printed more than the limit", "输出超过上限"),
  stopped: both("it was stopped", "被停止"),
};

/** Why a command did not end as it should; nothing where it did. */
export function complaint(ran: Ran, exit = 0): Words | undefined {
  if (ran.ended !== "exit") return ENDED[ran.ended];
  if (ran.code === exit) return undefined;
  const said = clip(lastLine(ran.stderr));
  return both(
    clip(`it ended with ${ran.code}, expected ${exit}: ${said}`),
    clip(`退出码为 ${ran.code}，应为 ${exit}：${said}`),
  );
}

function lastLine(stderr: Buffer): string {
  const lines = stderr
    .subarray(-4_000)
    .toString("utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  return lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? "";
}

/** A value that JSON may hold, at most so deep: a program may print anything. */
export function parse(text: string): { value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isShallow(value, 64) ? { value } : undefined;
  } catch {
    // No JSON.
    return undefined;
  }
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((item) => isShallow(item, depth - 1));
}

export const equal = (one: unknown, other: unknown): boolean => canonicalize(one) === canonicalize(other);

/** Whether all that is expected is found: objects may have more fields, lists may not have more items. */
export function holds(found: unknown, expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return found === expected;
  if (typeof found !== "object" || found === null || Array.isArray(found) !== Array.isArray(expected)) return false;
  if (Array.isArray(expected)) {
    const list = found as readonly unknown[];
    return list.length === expected.length && expected.every((item, index) => holds(list[index], item));
  }
  return Object.entries(expected).every(
    ([key, value]) => Object.hasOwn(found, key) && holds((found as Record<string, unknown>)[key], value),
  );
}

/** A share or another measure as text: six decimals at most, so that two machines write it alike. */
export function format(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 1e6) / 1e6) : "-";
}
