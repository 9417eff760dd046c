/**
 * Carries one delivery to its receiver. Whatever goes wrong is thrown, so that the queue tries again with growing pauses;
 * after a day it is given up, and a receiver that is gone, or failed for days, is told no more until an owner says so.
 */
import { and, asc, desc, eq, gt, ne, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import type { Parts } from "../Call.ts";
import type { Worker } from "../jobs/Jobs.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Notices from "./Notices.ts";
import type { Point } from "./Point.ts";
import * as Rest from "./Rest.ts";
import * as SafeFetch from "./SafeFetch.ts";
import * as Secret from "./Secret.ts";

const { both, CommendaError } = InputError;
const { delivery, member, webhook } = schema;

type Words = InputError.Words;
type Delivery = typeof delivery.$inferSelect;
type Webhook = typeof webhook.$inferSelect;

/** Seconds after which a delivery is given up: a little before the queue does, so that somebody is told. */
export const GIVE_UP = 23 * 3_600;
/** Seconds of failures after which a webhook is paused. */
const PAUSE = 5 * 86_400;
/** Bytes of an answer that are kept. */
const KEPT = 1_024;

export type Options = {
  gate: SafeFetch.Gate;
  /** Unix seconds, as receivers have them: not those of a rehearsal. */
  now?: () => number;
  /** Milliseconds for a whole attempt. */
  timeout?: number;
  point?: (name: Point) => void;
};

/** What a delivery still waits for. */
export class NotDelivered extends CommendaError {
  readonly next = "retry";

  constructor(host: string, found: string) {
    super(
      "NotDelivered",
      both("a webhook was not delivered", "webhook 未送达"),
      both(
        `${host} has not taken a delivery: found ${InputError.show(found)}, expected a status from 200 to 299. It is tried again.`,
        `${host} 未接收推送：现为 ${InputError.show(found)}，应为 200 至 299 的状态。将重试。`,
      ),
    );
  }
}

/** @returns who does jobs `{ delivery, until? }`; `until`, Unix seconds, is when it is given up. */
export function worker(parts: Pick<Parts, "config" | "store" | "events" | "jobs">, options: Options): Worker {
  const { now = () => Math.floor(Date.now() / 1000), timeout = 10_000, point = () => {} } = options;
  const rest = Rest.open();
  return async ({ delivery: id = "", until }) => {
    const [row] = await parts.store.db
      .select({ delivery, webhook })
      .from(delivery)
      .innerJoin(webhook, eq(webhook.id, delivery.webhook))
      .where(eq(delivery.id, id));
    // Removed with its webhook, switched off, or done by a job before this one.
    if (row?.delivery.state !== "waiting") return;
    const hook = row.webhook;
    const host = new URL(hook.url).host;
    const began = now();
    const isLast = began >= (until === undefined ? seconds(row.delivery.createdAt) + GIVE_UP : Number(until));
    if (!isLast && !rest.isDue(hook.id, began)) throw new NotDelivered(host, "too many failures in a row");
    const { status, answer } = await attempt(row, options.gate, began, timeout);
    point("notify: sent");
    const isTaken = status >= 200 && status < 300;
    const isGone = status === 410;
    if (isTaken) rest.worked(hook.id);
    else rest.failed(hook.id, began);
    const state = isTaken ? "delivered" : isLast || isGone ? "failed" : "waiting";
    await parts.store.transaction(async (tx) => {
      // The webhook before its deliveries, as owners' changes have it: two that lock the other way round would not end.
      if (state === "failed") await tx.select().from(webhook).where(eq(webhook.id, hook.id)).for("update");
      await tx
        .update(delivery)
        .set({ attempts: sql`${delivery.attempts} + 1`, answer, state })
        // What another attempt delivered meanwhile stays delivered; what was switched off stays off.
        .where(and(eq(delivery.id, id), ...(isTaken ? [] : [eq(delivery.state, "waiting")])));
      if (isGone) await pause(parts, tx, hook, GONE(host));
      else if (state === "failed" && (await hasFailedFor(tx, hook.id, began, PAUSE)))
        await pause(parts, tx, hook, FAILING(host));
    });
    if (state === "waiting") throw new NotDelivered(host, answer);
  };
}

/** Status 0: nobody answered. */
async function attempt(
  { delivery: { id, body }, webhook: hook }: { delivery: Delivery; webhook: Webhook },
  gate: SafeFetch.Gate,
  at: number,
  timeout: number,
): Promise<{ status: number; answer: string }> {
  const signal = AbortSignal.timeout(timeout);
  const isRotating = hook.oldSecret !== null && hook.oldUntil !== null && at < seconds(hook.oldUntil);
  const secrets = [hook.secret, ...(isRotating && hook.oldSecret ? [hook.oldSecret] : [])];
  const headers = Secret.sign(secrets, { id, at, body });
  try {
    const checked = await SafeFetch.check(hook.url, gate, signal);
    const { status, text } = await SafeFetch.post(checked, { headers, body, limit: KEPT }, signal);
    return { status, answer: printable(`${status} ${text}`) };
  } catch (error) {
    return { status: 0, answer: why(error, timeout) };
  }
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/** An answer is anybody's text; a PostgreSQL keeps no NUL. */
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, " ").trim();

function why(error: unknown, timeout: number): string {
  if (error instanceof CommendaError) return `${error.words.en} · ${error.words.zh}`;
  const { name, code, message } = (error ?? {}) as { name?: string; code?: string; message?: string };
  if (name === "TimeoutError") return `no answer within ${timeout / 1000} s · ${timeout / 1000} 秒内无应答`;
  const what = printable(code ?? message ?? "unknown").slice(0, 200);
  return `no connection: ${what} · 无法连接：${what}`;
}

/** Whether nothing arrived since so long before: the first that did not arrive after the last that did is older. */
async function hasFailedFor(tx: Db, hook: string, now: number, duration: number): Promise<boolean> {
  const [good] = await tx
    .select({ seq: delivery.seq })
    .from(delivery)
    .where(and(eq(delivery.webhook, hook), eq(delivery.state, "delivered")))
    .orderBy(desc(delivery.seq))
    .limit(1);
  const [bad] = await tx
    .select({ createdAt: delivery.createdAt })
    .from(delivery)
    .where(and(eq(delivery.webhook, hook), gt(delivery.seq, good?.seq ?? 0), ne(delivery.state, "delivered")))
    .orderBy(asc(delivery.seq))
    .limit(1);
  return bad !== undefined && now - seconds(bad.createdAt) >= duration;
}

/** Switches a webhook off: what waits for it is not sent. */
export async function discard(tx: Db, hook: string): Promise<void> {
  await tx
    .update(delivery)
    .set({ state: "failed", answer: "switched off · 已停用" })
    .where(and(eq(delivery.webhook, hook), eq(delivery.state, "waiting")));
}

async function pause(
  parts: Pick<Parts, "config" | "events" | "jobs">,
  tx: Db,
  hook: Webhook,
  says: Words,
): Promise<void> {
  const paused = await tx
    .update(webhook)
    .set({ active: false, paused: says })
    .where(and(eq(webhook.id, hook.id), eq(webhook.active, true), eq(webhook.url, hook.url)))
    .returning({ seq: webhook.seq });
  const [now] = paused;
  if (!now) return;
  await discard(tx, hook.id);
  const owners = await tx
    .select({ user: member.user })
    .from(member)
    .where(and(eq(member.organisation, hook.organisation), eq(member.role, "owner")));
  const users = owners.map(({ user }) => user);
  // Told again should it be switched on and fail again.
  await Notices.tellUsers(parts, tx, users, { kind: "webhook.paused", says, key: `webhook:${hook.id}:${now.seq}` });
}

const GONE = (host: string): Words =>
  both(
    `${host} answers that it is gone (410), so its webhook was switched off. Remove it, or switch it on when it is back.`,
    `${host} 应答已不存在（410），其 webhook 已停用。请删除，或待其恢复后重新启用。`,
  );

const FAILING = (host: string): Words =>
  both(
    `${host} has taken no delivery for five days, so its webhook was switched off. Look at the answers of its deliveries, repair it, then switch it on.`,
    `${host} 已连续五天未接收推送，其 webhook 已停用。请查看推送应答，修复后重新启用。`,
  );
