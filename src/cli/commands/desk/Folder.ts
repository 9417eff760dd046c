/** A desk as a folder: models, tickets, and the log. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../agreement/index.ts";
import type { Example } from "../../../desk/Classifier.ts";
import * as Log from "../../../desk/Log.ts";
import * as Registry from "../../../desk/Registry.ts";
import type * as Ticket from "../../../desk/Ticket.ts";
import type * as Training from "../../../desk/Training.ts";
import type * as Triage from "../../../desk/Triage.ts";
import type { Given } from "../../Command.ts";
import { FileUnusable, UsageError } from "../../Errors.ts";

const { both } = InputError;

export const folderOf = ({ options }: Given) =>
  typeof options.desk === "string" ? options.desk : join(".commenda", "desk");
export const logOf = (folder: string) => join(folder, "log.jsonl");
export const ticketsOf = (folder: string) => join(folder, "tickets.jsonl");

/** The log, which must be whole. */
export function openLog(folder: string): Log.Verified {
  const log = Log.read(logOf(folder));
  if (log.broken === undefined) return log;
  const why = both(
    `line ${log.broken} is not as it was written: the log was changed`,
    `第 ${log.broken} 行与写入时不符，日志已被改动`,
  );
  throw new FileUnusable(logOf(folder), why);
}

export function ticketsIn(folder: string): ReadonlyMap<string, Ticket.Ticket> {
  const file = ticketsOf(folder);
  if (!existsSync(file)) return new Map();
  const text = readFileSync(file, "utf8");
  const rows = text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter(Boolean);
  return new Map(
    rows.map((row) => {
      const ticket = JSON.parse(row) as Ticket.Ticket;
      return [ticket.id, ticket];
    }),
  );
}

/** What people said was right, of tickets that are there. */
export function correctionsIn(folder: string): readonly Example[] {
  const tickets = ticketsIn(folder);
  const right = new Map<string, string>();
  for (const { kind, what } of openLog(folder).lines) {
    if (kind === "correction") right.set(String(what.ticket), String(what.intent));
  }
  return [...right].flatMap(([id, label]) => {
    const text = tickets.get(id)?.text;
    return text === undefined ? [] : [{ text, label }];
  });
}

export function modelOf(folder: string): { hash: string; trained: Training.Trained } {
  const hash = Registry.history(folder).at(-1);
  if (hash === undefined) {
    throw new UsageError(
      both(
        `${folder} has no model yet: run "commenda desk train" first.`,
        `${folder} 还没有模型：请先运行“commenda desk train”。`,
      ),
    );
  }
  return { hash, trained: Registry.open(folder, hash) };
}

type Logged = Triage.Decision & { readonly at: number };

/** The last decision on each ticket that no person has closed. */
export function openIn(lines: readonly Log.Line[]): ReadonlyMap<string, Logged> {
  const open = new Map<string, Logged>();
  for (const { kind, what, at } of lines) {
    const ticket = String(what.ticket);
    if (kind === "decision") open.set(ticket, { ...(what as unknown as Triage.Decision), at });
    if (kind === "correction" || kind === "closed") open.delete(ticket);
  }
  return open;
}

export const unknown = (id: string) =>
  new UsageError(both(`There is no ticket ${InputError.show(id)}.`, `没有工单 ${InputError.show(id)}。`));
