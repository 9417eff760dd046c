/**
 * One thing that can be asked of a node. HTTP, OpenAPI, MCP, the typed client and the command line are made from a table
 * of these; none of them knows more than stands here.
 */
import type * as z from "zod";
import type { InputError } from "../agreement/index.ts";
import type { Code } from "./Problem.ts";

/**
 * Who may. `of` names the input field with the object; whoever may not even read it is told that it is not there.
 *   anyone     without signing in
 *   user       whoever is signed in, about their own things
 *   operator   who runs the node
 *   read       of an agreement: every seat; of an organisation: every member
 *   write      drafts and comments, not money: owners, signers, members
 *   sign       binds the organisation: owners and signers
 *   manage     people, keys, webhooks, rules: owners
 */
export type Who =
  | { may: "anyone" | "user" | "operator" }
  | { may: "read" | "write" | "sign" | "manage"; of: "agreement" | "organisation" };

/**
 * What a second call with the same input does.
 *   safe         changes nothing
 *   idempotent   leaves the same state
 *   keyed        does it again, unless it carries the same `Idempotency-Key`
 */
export type Repeat = "safe" | "idempotent" | "keyed";

export type Route = `${"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} /v1/${string}`;

export type Operation = {
  /** Fields in braces are in the path; of GET and DELETE the others are in the query, else in the body. */
  readonly route: Route;
  /** One sentence. */
  readonly says: InputError.Words;
  readonly who: Who;
  readonly repeat: Repeat;
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
  /** Problems of its own, beside those that any operation can have. */
  readonly errors: readonly Code[];
  /** Bytes of a body; 1 MB when absent. */
  readonly bodyLimit?: number;
  /** Takes a processor seconds, or somebody's patience: few of them a minute for one caller. */
  readonly costly?: true;
};

/** Keeps the exact types of the table's rows. */
export const operation = <const O extends Operation>(row: O): O => row;

/** Names of the fields in the path. */
export const pathFields = (route: string): readonly string[] =>
  [...route.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);

export const methodOf = (route: string): string => route.slice(0, route.indexOf(" "));
export const pathOf = (route: string): string => route.slice(route.indexOf(" ") + 1);

/** What an API key must be allowed, to call it. */
export type Scope = "read" | "write" | "sign" | "manage";
export const SCOPES = ["read", "write", "sign", "manage"] as const satisfies readonly Scope[];

export function scopeOf({ who, repeat }: Pick<Operation, "who" | "repeat">): Scope | undefined {
  if (who.may === "anyone") return undefined;
  if (who.may === "operator") return "manage";
  if (who.may === "user") return repeat === "safe" ? "read" : "write";
  return who.may;
}
