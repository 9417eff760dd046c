/**
 * Sends what the node was asked to send, exactly once. An act is a row before anything is sent; its calldata is a row's
 * column before it is sent; whoever finds both after a crash looks on the ledger for that very calldata first. One node
 * at a time sends for one relayer account.
 */
import { eq, inArray } from "drizzle-orm";
import type { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import { ActPending, ActRefused, NeedsRelayer, Reverted } from "../../ledger/Errors.ts";
import type { Hex, Receipt, Transaction } from "../../ledger/Ledger.ts";
import type { Signer } from "../../ledger/Signer.ts";
import type { Parts } from "../Call.ts";
import * as Standings from "../index/Standings.ts";
import * as Lease from "../jobs/Lease.ts";
import * as Plain from "../store/Plain.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Forecast from "./Forecast.ts";
import * as Funds from "./Funds.ts";
import * as Subject from "./Subject.ts";
import * as Trace from "./Trace.ts";
import * as Send from "./Transaction.ts";
import type { Wanted } from "./Wanted.ts";

const { act } = schema;

/** Named points at which a test ends the process. */
export type Point = "send: taken" | "send: recorded" | "send: sent" | "send: noted";

export type Needs = Pick<Parts, "store" | "place" | "clock" | "events" | "jobs">;
type Sends = Needs & Pick<Parts, "indexer">;

export type Relay = {
  /** Worker of the queue `send`. Throws where it must be tried again. */
  send(data: Readonly<Record<string, string>>): Promise<void>;
};

type Row = typeof act.$inferSelect;
type Task = { row: Row; subject: Subject.Subject; wanted: Wanted; relayer: Signer; lease: Lease.Lease };

export function open(parts: Sends, { point = () => {} }: { point?: (name: Point) => void } = {}): Relay {
  const { store, place } = parts;
  const { db } = store;
  const now = async () => (place.ledger.kind === "rehearsal" ? { at: await Forecast.time(parts) } : {});
  return {
    async send({ act: id = "" }) {
      const { relayer } = place;
      if (!relayer || !isOpen(await rowOf(db, id))) return;
      await Lease.sending(store, relayer, async (lease) => {
        // What another node did meanwhile shows only now.
        const row = await rowOf(db, id);
        if (isOpen(row)) await carry(row, relayer, lease);
      });
    },
  };

  async function carry(row: Row, relayer: Signer, lease: Lease.Lease): Promise<void> {
    point("send: taken");
    const subject = await Subject.byLedgerId(db, place, row.ledgerId);
    if (!subject) throw new Error(`act ${row.id} is of an agreement that the node does not have`);
    const task: Task = { row, subject, wanted: Plain.rich<Wanted>(row.call), relayer, lease };
    try {
      const receipt = (await Trace.find(parts, row)) ?? (await once(task));
      point("send: sent");
      await note(parts, row, { status: "done", transaction: receipt.hash });
      // Whoever acts sees soon what came of it.
      parts.indexer.nudge();
    } catch (error) {
      await failed(task, error);
    }
    point("send: noted");
  }

  async function once({ row, subject, wanted, relayer, lease }: Task): Promise<Receipt> {
    const send = async (signer: Signer, transaction: Transaction) => {
      const at = await now();
      if (!(await lease.holds())) throw new Error("another node sends for this account now");
      return place.ledger.send(signer, transaction, at);
    };
    await provide(subject, wanted, send);
    const transaction = await recorded(row, subject, wanted, relayer);
    point("send: recorded");
    const receipt = await send(relayer, transaction);
    if (receipt.ok) return receipt;
    // It was good when it was tried: something came between.
    const at = place.ledger.kind === "rehearsal" ? { at: receipt.block.time } : {};
    await Send.simulate(place, subject, wanted, transaction, { from: relayer.address, ...at });
    throw new Reverted("0x");
  }

  /** Tried, and kept before it is sent. */
  async function recorded(row: Row, subject: Subject.Subject, wanted: Wanted, relayer: Signer): Promise<Transaction> {
    const value = wanted.verb === "arbitrate" ? { value: wanted.value } : {};
    const attempt = async (transaction: Transaction) => {
      await Send.simulate(place, subject, wanted, transaction, { from: relayer.address, ...(await now()) });
      return transaction;
    };
    if (row.data) {
      const { to } = await Send.prepare(place, subject, wanted, signedOf(row));
      try {
        return await attempt({ ...(to ? { to } : {}), data: row.data as Hex, ...value });
      } catch (error) {
        // It carries too little of the terms for how things stand now: as it is it can never happen.
        if (!(error instanceof ActRefused) || error.refusal.refused !== "BranchMissing") throw error;
      }
    }
    const transaction = await attempt(await Send.prepare(place, subject, wanted, signedOf(row)));
    const fromBlock = await Trace.begin(place.ledger);
    await db.update(act).set({ data: transaction.data, fromBlock, updatedAt: new Date() }).where(eq(act.id, row.id));
    return transaction;
  }

  async function provide(
    subject: Subject.Subject,
    wanted: Wanted,
    send: (signer: Signer, transaction: Transaction) => Promise<Receipt>,
  ): Promise<void> {
    if (!PULLING.has(wanted.verb)) return;
    const { client, provider } = subject.agreement.parties;
    if (!(await Funds.persona(db, client)) && !(await Funds.persona(db, provider))) return;
    const state = await Standings.stateOf(db, place, subject.ledgerId, subject.terms);
    const at = await Forecast.time(parts);
    for (const by of [client, provider]) {
      const pulls = await Forecast.ask({ place, subject, state, wanted, by, at }).catch(() => []);
      await Funds.provide(db, place, subject, pulls, send);
    }
  }

  /** Throws what time may heal; the rest is the end of the act. */
  async function failed({ row }: Task, error: unknown): Promise<void> {
    if (error instanceof ActPending && row.transaction !== error.transaction)
      await note(parts, row, { status: "sent", transaction: error.transaction });
    if (!isFinal(error)) throw error;
    // Refused, since it has been done: by ourselves, before a crash.
    const done = await Trace.find(parts, await rowOf(db, row.id));
    if (done) await note(parts, row, { status: "done", transaction: done.hash });
    else await note(parts, row, { status: "refused", problem: problemOf(error) });
  }
}

/** Acts for which the escrow takes money of somebody. */
const PULLING: ReadonlySet<Wanted["verb"]> = new Set(["open", "fund", "contest", "answer", "extend", "amend"]);

const isOpen = (row: Row | undefined): row is Row => row?.status === "queued" || row?.status === "sent";

async function rowOf(db: Db, id: string): Promise<Row | undefined> {
  const [row] = await db.select().from(act).where(eq(act.id, id));
  return row;
}

const signedOf = ({ auth, parts }: Row): Send.Signed => ({ ...(auth ? { auth: auth as Hex } : {}), parts });

const isFinal = (error: unknown): error is InputError.CommendaError =>
  error instanceof ActRefused ||
  error instanceof Reverted ||
  error instanceof NeedsRelayer ||
  (error instanceof Problem.Problem && error.next !== "retry");

/** In both languages; who reads it chooses. */
export const problemOf = (error: InputError.CommendaError): Record<string, unknown> => ({
  ...{ en: error.toProblem("en"), zh: error.toProblem("zh") },
});

type News = Partial<Pick<Row, "transaction" | "problem">> & { status: Row["status"] };

/** What has become of an act, in one transaction with its event. */
async function note({ store, events }: Needs, { id, agreement, verb }: Row, news: News): Promise<void> {
  await store.transaction(async (tx) => {
    await tx
      .update(act)
      .set({ ...news, updatedAt: new Date() })
      .where(eq(act.id, id));
    const { status, transaction } = news;
    const data = { act: id, verb, status, ...(transaction ? { transaction } : {}) };
    await events.append(tx, { kind: "act.changed", ...(agreement ? { agreement } : {}), data });
  });
}

/** Part of the transaction: the act goes to the ledger soon. */
export async function queue({ jobs }: Pick<Needs, "jobs">, tx: Db, id: string): Promise<void> {
  await jobs.add(tx, "send", { act: id }, { key: id });
}

/** Adds a job for every act that waits to be sent: at a start, for those whose job was lost with its node. */
export async function sweep(parts: Needs): Promise<void> {
  await parts.store.transaction(async (tx) => {
    const rows = await tx
      .select({ id: act.id })
      .from(act)
      .where(inArray(act.status, ["queued", "sent"]));
    for (const { id } of rows) await queue(parts, tx, id);
  });
}
