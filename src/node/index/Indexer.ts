/**
 * Follows the ledger into the store. One transaction a range: facts, projections, cursor and what is told of them, or
 * nothing. The ledger is read outside of it, so a range counts only if the cursor is still where it was read from: two
 * indexers on one store never count a fact twice.
 */
import { eq } from "drizzle-orm";
import { Terms } from "../../agreement/index.ts";
import type { Fact } from "../../ledger/Fact.ts";
import * as Follow from "../../ledger/Follow.ts";
import type { Parts } from "../Call.ts";
import * as Verdicts from "../judge/Verdicts.ts";
import * as Notices from "../notify/Notices.ts";
import { tell } from "../Speech.ts";
import * as Rows from "../store/Rows.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Projection from "./Projection.ts";
import * as Standings from "./Standings.ts";

/** Named points at which a test ends the process. */
export type Point = "index: read" | "index: written" | "index: committed";

export type Indexer = {
  /** Looks at once instead of at the next poll. */
  nudge(): void;
  /** Numbers of the ledger's latest block and of the last one that was read. */
  lag(): { head: number; indexed: number };
  /** Resolves when all that the ledger has now is known. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
};

export type Options = {
  /** Milliseconds between two looks. */
  poll?: number;
  /** Blocks a range. */
  size?: number;
  /** Nobody is told: it was told before. */
  silent?: boolean;
  point?: (name: Point) => void;
  onError?: (error: unknown) => void;
};

export type Needs = Pick<Parts, "store" | "place" | "events" | "jobs" | "config">;

/** The next range, if there is one. @returns whether anything was new. */
export async function step(
  parts: Needs,
  { size = 2_000, silent = false, point = () => {} }: Options = {},
): Promise<boolean> {
  const { store, place, config } = parts;
  const { escrow } = place;
  const [row] = await store.db.select().from(schema.cursor).where(eq(schema.cursor.escrow, escrow));
  const cursor = (row?.data as Follow.Cursor | undefined) ?? Follow.begin(escrow, config.chain?.firstBlock ?? 0);
  const confirmations = config.chain?.confirmations ?? 1;
  const next = await Follow.next(place.ledger, cursor, { size, confirmations });
  if (next.kind === "idle") return false;
  point("index: read");
  await store.transaction(async (tx) => {
    if (!(await take(tx, escrow, row?.data, next.cursor))) return;
    if (next.kind === "undone") {
      const { touched, fallen } = await Projection.undo(tx, next.from);
      await Standings.follow(tx, [...touched]);
      const known = silent ? new Map<string, Known[]>() : await knownOf(tx, [...touched]);
      for (const { ledgerId, kind, transaction } of fallen) {
        for (const { id } of known.get(ledgerId ?? "") ?? [])
          await parts.events.append(tx, { kind: "fact.undone", agreement: id, data: { kind, transaction } });
      }
    } else {
      const touched = await Projection.apply(tx, next.facts);
      await Standings.follow(tx, [...touched]);
      if (!silent) await announce(parts, tx, next.facts, await knownOf(tx, [...touched]));
    }
    point("index: written");
  });
  point("index: committed");
  return true;
}

/** Moves the cursor if it is still where this range began. */
async function take(tx: Db, escrow: string, before: unknown, next: Follow.Cursor): Promise<boolean> {
  const { cursor } = schema;
  const data = { ...next } as Record<string, unknown>;
  if (before === undefined) {
    const made = await tx.insert(cursor).values({ escrow, data }).onConflictDoNothing().returning();
    return made.length > 0;
  }
  const [row] = await tx.select().from(cursor).where(eq(cursor.escrow, escrow)).for("update");
  const was = before as Follow.Cursor;
  const is = row?.data as Follow.Cursor | undefined;
  if (is?.next !== was.next || is.seen.at(-1)?.hash !== was.seen.at(-1)?.hash) return false;
  await tx.update(cursor).set({ data }).where(eq(cursor.escrow, escrow));
  return true;
}

type Known = { id: string; terms: Terms.Terms };

/** The node's own agreements among those, with their terms. */
async function knownOf(tx: Db, ids: readonly string[]): Promise<Map<string, Known[]>> {
  const { version, agreement } = schema;
  const known = new Map<string, Known[]>();
  if (ids.length === 0) return known;
  const rows = await tx
    .select({ id: agreement.id, ledgerId: version.ledgerId, document: version.document })
    .from(version)
    .innerJoin(agreement, eq(agreement.id, version.agreement))
    .where(Rows.among(version.ledgerId, ids));
  for (const { id, ledgerId, document } of rows) {
    if (ledgerId === null || known.get(ledgerId)?.some((one) => one.id === id)) continue;
    known.set(ledgerId, [...(known.get(ledgerId) ?? []), { id, terms: Terms.parse(document) }]);
  }
  return known;
}

/** Whom a fact is news to: those who did not do it. */
const CONCERNS: Partial<Record<Fact["kind"], readonly Notices.SeatRole[]>> = {
  opened: ["client", "provider"],
  delivered: ["client"],
  rejected: ["provider"],
  contested: ["client", "provider", "arbitrator"],
  answered: ["client", "provider", "arbitrator"],
  reported: ["client", "provider"],
  paid: ["provider"],
  refunded: ["client"],
  closed: ["client", "provider"],
};

async function announce(parts: Needs, tx: Db, facts: readonly Fact[], known: Map<string, Known[]>): Promise<void> {
  for (const fact of facts) {
    if (!("agreement" in fact)) continue;
    for (const { id, terms } of known.get(fact.agreement) ?? []) {
      const says = tell(fact, terms);
      const { kind, transaction, index, block } = fact;
      const data = { kind, says, transaction, index, block: block.number };
      await parts.events.append(tx, { kind: "fact", agreement: id, data });
      if (fact.kind === "delivered")
        await Verdicts.consider(parts, tx, { ledgerId: fact.agreement, tranche: fact.tranche });
      const roles = CONCERNS[kind];
      if (!roles) continue;
      const key = `fact:${transaction}:${index}`;
      await Notices.add(parts, tx, { agreement: id, roles, kind: `fact.${kind}`, says, key });
    }
  }
}

/** Follows until it is stopped. A ledger that is down is asked again. */
export function start(parts: Needs, options: Options = {}): Indexer {
  const { poll = parts.place.ledger.kind === "rehearsal" ? 500 : 2_000, onError = () => {} } = options;
  let stopped = false;
  let head = 0;
  let indexed = -1;
  let wake = () => {};
  let nudged = false;
  let waiting: (() => void)[] = [];

  /** Standings are looked through when facts came, and now and then: another node may have ended before it did. */
  let isDue = true;

  async function round(): Promise<void> {
    const asked = waiting;
    waiting = [];
    isDue ||= asked.length > 0;
    try {
      const at = (await parts.place.ledger.head()).number;
      while (!stopped && (await step(parts, options))) isDue = true;
      while (!stopped && isDue) isDue = (await Standings.refresh(parts)) > 0;
      head = at;
      indexed = at;
      for (const resolve of asked) resolve();
    } catch (error) {
      waiting = [...asked, ...waiting];
      onError(error);
    }
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      nudged = false;
      await round();
      if (nudged || stopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          isDue = true;
          resolve();
        }, poll);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  const running = loop();
  return {
    nudge() {
      nudged = true;
      wake();
    },
    lag: () => ({ head, indexed: Math.max(0, indexed) }),
    caughtUp() {
      return new Promise<void>((resolve) => {
        waiting.push(resolve);
        this.nudge();
      });
    },
    async stop() {
      stopped = true;
      wake();
      await running;
      for (const resolve of waiting) resolve();
    },
  };
}
