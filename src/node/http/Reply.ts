/** Answers: JSON with an ETag, problems in the caller's language, and the headers that keep a browser from being misled. */
import { createHash } from "node:crypto";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import * as Ledger from "../../ledger/Errors.ts";
import { StoreUnreachable } from "../Errors.ts";
import type { Store } from "../store/Store.ts";

const { both, CommendaError } = InputError;
type Language = InputError.Language;

/** The one of our languages that comes first in `Accept-Language`; English where none does. */
export function languageOf(header: string | null | undefined): Language {
  const asked = (header ?? "").split(",").map((part) => {
    const [tag = "", ...rest] = part.trim().toLowerCase().split(";");
    const q = Number(/^\s*q=([\d.]+)/.exec(rest[0] ?? "")?.[1] ?? 1);
    return { language: tag.split("-")[0], q: Number.isNaN(q) ? 0 : q };
  });
  const ours = asked.filter(({ language, q }) => q > 0 && (language === "en" || language === "zh"));
  return ours.toSorted((one, other) => other.q - one.q)[0]?.language === "zh" ? "zh" : "en";
}

/** Of the bytes of the answer: two that differ are never called the same. */
export const tagOf = (text: string): string =>
  `"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;

/** Whether a list of tags, as in `If-None-Match`, names this one. */
export const names = (header: string, tag: string): boolean =>
  header.trim() === "*" || header.split(",").some((one) => one.trim().replace(/^W\//, "") === tag);

/** RFC 9457 details of anything thrown; `fault` where it is a mistake of ours, about which nothing is told. */
export async function problemOf(
  error: unknown,
  language: Language,
  { request, store }: { request: string; store: Pick<Store, "isUp"> },
): Promise<{ details: InputError.ProblemDetails; fault: boolean }> {
  const known = error instanceof CommendaError ? error : (await isOfStore(error, store)) ? STORE_DOWN : undefined;
  if (!known) return { details: { ...faultIn(language), request }, fault: true };
  const details = known.toProblem(language);
  const code = codeOf(known, details.type);
  const errors = Array.isArray(details.errors) ? { errors: details.errors.map((one) => spoken(one, language)) } : {};
  return {
    details: { ...details, ...errors, code, titles: known.title, details: known.words, request },
    fault: false,
  };
}

/**
 * Classes of SQLSTATE that the same statement may not meet again: connection, rollback, resources, shutdown; a database
 * that takes no writes for now; a disk without room for a file.
 */
const PASSING = /^(08|40|53|57|25006|ENOSPC|EDQUOT)/;

async function isOfStore(error: unknown, store: Pick<Store, "isUp">): Promise<boolean> {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string" && PASSING.test(cause.code)) return true;
  }
  return !(await store.isUp());
}

/** The ledger's own troubles are told by one code, whatever they are called inside. */
function codeOf(error: InputError.CommendaError, type: string): string {
  if (error instanceof Problem.Problem) return error.code;
  if (error instanceof StoreUnreachable) return "store-down";
  if (error.next === "retry" && Object.values(Ledger).some((kind) => error instanceof kind)) return "ledger-down";
  return type.split("/").at(-1) ?? "";
}

/** Of a problem that brings its words in both languages. */
function spoken(problem: unknown, language: Language): unknown {
  if (typeof problem !== "object" || problem === null || !("words" in problem)) return problem;
  const { words, ...rest } = problem as { words: InputError.Words };
  return { ...rest, detail: words[language], details: words };
}

const STORE_DOWN = new Problem.Problem(
  "store-down",
  both(
    "The node's database does not answer. Nothing was changed by this request, or all of it; ask again with the same Idempotency-Key.",
    "节点的数据库没有应答。此请求或全部生效，或全未生效；请以相同的 Idempotency-Key 重试。",
  ),
);

function faultIn(language: Language): InputError.ProblemDetails {
  const title = both("The node made a mistake", "节点内部错误");
  const detail = both(
    "Something went wrong that should not. Tell the operator the request's id.",
    "发生了不应出现的错误。请将请求编号告知运营者。",
  );
  return {
    ...{ type: "/problems/fault", title: title[language], status: 500, detail: detail[language], next: "stop" },
    ...{ code: "fault", titles: title, details: detail },
  };
}

/** Headers of every answer, where it has not set its own. */
export function secure(headers: Headers, { https }: { https: boolean }): void {
  const set = (name: string, value: string) => {
    if (!headers.has(name)) headers.set(name, value);
  };
  set("content-security-policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
  set("x-content-type-options", "nosniff");
  set("x-frame-options", "DENY");
  // Without any, browsers would call the origin of a page's own requests "null", and nobody could sign in.
  set("referrer-policy", "same-origin");
  set("cross-origin-opener-policy", "same-origin");
  set("cross-origin-resource-policy", "same-origin");
  set("cache-control", "no-store");
  if (https) set("strict-transport-security", "max-age=31536000; includeSubDomains");
}
