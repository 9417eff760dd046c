/** Acts that the node was asked to send, as rows: taken once, waited for, shown. */
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import canonicalize from "canonicalize";
import { eq, inArray, sql } from "drizzle-orm";
import { Hash, Hex as OxHex } from "ox";
import { type InputError, Terms } from "../../agreement/index.ts";
import type { Table } from "../../api/index.ts";
import type { Parts } from "../Call.ts";
import * as Projection from "../index/Projection.ts";
import * as Speech from "../Speech.ts";
import * as Plain from "../store/Plain.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Approvals from "./Approvals.ts";
import * as Relay from "./Relay.ts";
import type { Subject } from "./Subject.ts";
import type { Act, Wanted } from "./Wanted.ts";

const { act, fact, user, version } = schema;

export type Row = typeof act.$inferSelect;
type Sent = Table.Output<"act.show">;

export type Asking = {
  readonly subject: Subject;
  readonly act: Act;
  readonly wanted: Wanted;
  readonly user: string;
  /** Whose signature it is. */
  readonly organisations: readonly string[];
  /** Of an act of one party: what travels with it. */
  readonly auth?: string;
  /** Of an act that several sign: who signed now, and what. */
  readonly part?: { readonly signer: string; readonly signature: string };
  /** How many sign. */
  readonly needed: number;
};

/** Name of an act: asked for under the same one, it is the same. `signature`: where the caller made it. */
export function keyOf({ ledgerId }: Subject, wanted: Wanted, signature?: string): string {
  const text = canonicalize({ ledgerId, call: Plain.plain(wanted), signature: signature ?? null }) ?? "";
  return `${signature === undefined ? "call" : "signed"}:${Hash.keccak256(OxHex.fromString(text))}`;
}

/** The act that was taken under this name and still counts: one that was refused may be asked for again. */
export async function known(tx: Db, key: string): Promise<Row | undefined> {
  const [row] = await tx.select().from(act).where(eq(act.key, key)).for("update");
  const isOver = row?.status === "refused" || (row?.status === "done" && key.startsWith("call:"));
  if (!row || !isOver) return row;
  await tx.update(act).set({ key: null }).where(eq(act.id, row.id));
  return undefined;
}

/** Takes an act, or another signature for one that waits. Part of the transaction. Throws `approval-needed`. */
export async function take(parts: Pick<Parts, "events" | "jobs">, tx: Db, asking: Asking, key: string): Promise<Row> {
  const { subject, wanted, user, part, organisations } = asking;
  const signed = part ? { [part.signer]: part.signature } : {};
  const [fresh] = await tx
    .insert(act)
    .values({
      ...{ id: randomUUID(), agreement: subject.id, ledgerId: subject.ledgerId, verb: wanted.verb, key, user },
      ...{ act: asking.act, call: Plain.plain(wanted), auth: asking.auth ?? null, parts: signed, status: "waiting" },
      organisation: organisations[0] ?? null,
    })
    .onConflictDoUpdate({
      target: act.key,
      set: { parts: sql`${act.parts} || ${JSON.stringify(signed)}::jsonb`, updatedAt: new Date() },
    })
    .returning();
  if (!fresh) throw new Error("an act that was inserted is not there");
  if (fresh.status !== "waiting") return fresh;
  await Approvals.ask(parts, tx, { subject, wanted, act: fresh.id, user }, organisations);
  return advance(parts, tx, fresh, asking.needed);
}

/** On to the ledger, once all have signed and approved; tells what changed. */
export async function advance(parts: Pick<Parts, "events" | "jobs">, tx: Db, row: Row, needed: number): Promise<Row> {
  const signed = needed > 1 || Object.keys(row.parts).length > 0 ? Object.keys(row.parts).length >= needed : true;
  const status = signed && (await Approvals.complete(tx, row.id)) ? "queued" : "waiting";
  if (status === "queued") {
    await tx.update(act).set({ status, updatedAt: new Date() }).where(eq(act.id, row.id));
    await Relay.queue(parts, tx, row.id);
  }
  await tell(parts, tx, { ...row, status });
  return { ...row, status };
}

export async function tell({ events }: Pick<Parts, "events">, tx: Db, row: Row): Promise<void> {
  const { id, verb, status, agreement } = row;
  await events.append(tx, {
    ...{ kind: "act.changed", data: { act: id, verb, status, signed: Object.keys(row.parts).length } },
    ...(agreement ? { agreement } : {}),
  });
}

/** Waits until the act has come to its end, `most` milliseconds at most; then as it is. */
export async function settled(
  { store, events }: Pick<Parts, "store" | "events">,
  id: string,
  most: number,
): Promise<Row | undefined> {
  const deadline = performance.now() + most;
  let wake = () => {};
  const stop = events.subscribe(() => wake());
  try {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const [row] = await store.db.select().from(act).where(eq(act.id, id));
      const left = deadline - performance.now();
      if (!row || row.status === "done" || row.status === "refused" || left <= 0) return row;
      await Promise.race([woken, setTimeout(Math.min(left, 1_000))]);
    }
  } finally {
    stop();
  }
}

/** As the API tells of them, in the order of the rows. */
export async function shown(db: Db, rows: readonly Row[], language: InputError.Language): Promise<Sent[]> {
  const names = await namesOf(db, rows);
  const facts = await factsOf(db, rows);
  return rows.map((row) => ({
    ...{ id: row.id, verb: row.verb, act: row.act, status: row.status },
    by: {
      ...(row.user === null ? NODE : { user: row.user, name: names.get(row.user) ?? row.user }),
      ...(row.organisation === null ? {} : { organisation: row.organisation }),
    },
    ...(row.transaction === null ? {} : { transaction: row.transaction }),
    ...(row.status === "done" ? { facts: facts.get(row.transaction ?? "") ?? [] } : {}),
    ...(row.problem === null ? {} : { problem: row.problem[language] as NonNullable<Sent["problem"]> }),
    createdAt: row.createdAt.toISOString(),
  }));
}

/** By whom what a deadline decided was sent. */
const NODE = { user: "node", name: "node" };

async function namesOf(db: Db, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.flatMap((row) => row.user ?? []))];
  if (ids.length === 0) return new Map();
  const found = await db.select({ id: user.id, name: user.name }).from(user).where(inArray(user.id, ids));
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** By transaction; those that the index has read by now. */
async function factsOf(db: Db, rows: readonly Row[]): Promise<ReadonlyMap<string, NonNullable<Sent["facts"]>>> {
  const hashes = rows.flatMap((row) => row.transaction ?? []);
  if (hashes.length === 0) return new Map();
  const found = await db.select().from(fact).where(inArray(fact.transaction, hashes)).orderBy(fact.block, fact.index);
  const [first] = rows;
  const [kept] = first
    ? await db.select({ document: version.document }).from(version).where(eq(version.ledgerId, first.ledgerId)).limit(1)
    : [];
  const checked = kept ? Terms.check(kept.document) : undefined;
  const terms = checked && "terms" in checked ? checked.terms : undefined;
  const told = found.map((row) => ({
    ...{ kind: row.kind, says: Speech.tell(Projection.factOf(row), terms), block: row.block, index: row.index },
    ...{ at: new Date(row.time * 1000).toISOString(), transaction: row.transaction },
  }));
  return Map.groupBy(told, ({ transaction }) => transaction);
}
