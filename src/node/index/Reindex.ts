/** Reads the ledger anew: what is of the ledger in the store is thrown away and comes out the same. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import canonicalize from "canonicalize";
import { asc } from "drizzle-orm";
import type { Config } from "../Config.ts";
import * as Events from "../Events.ts";
import type { Jobs } from "../jobs/Jobs.ts";
import * as Place from "../Place.ts";
import * as Presence from "../store/Presence.ts";
import * as Store from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Indexer from "./Indexer.ts";
import * as Standings from "./Standings.ts";

const { fact, standing, credit, deadline, cursor } = schema;

/** `before` and `after`: digests of all projections. Nobody is told of anything again. */
export async function reindex(
  parts: Indexer.Needs,
  onProgress: (block: number) => void = () => {},
): Promise<{ before: string; after: string; facts: number }> {
  const { store } = parts;
  const before = await digest(store.db);
  await store.transaction(async (tx) => {
    for (const table of [fact, standing, credit, deadline, cursor]) await tx.delete(table);
  });
  while (await Indexer.step(parts, { silent: true })) {
    const [row] = await store.db.select().from(cursor);
    onProgress(Number(row?.data.next ?? 0));
  }
  while ((await Standings.refresh(parts)) > 0);
  return { before, after: await digest(store.db), facts: await store.db.$count(fact) };
}

/** SHA-256 over the canonical form of every row of the projections, in the order of their keys. */
export async function digest(db: Store.Db): Promise<string> {
  const hash = createHash("sha256");
  const add = (name: string, rows: readonly unknown[]) => {
    const text = (_: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
    for (const row of rows) hash.update(`${name} ${canonicalize(JSON.parse(JSON.stringify(row, text)))}\n`);
  };
  add("fact", await db.select().from(fact).orderBy(asc(fact.block), asc(fact.index)));
  add("standing", await db.select().from(standing).orderBy(asc(standing.ledgerId)));
  // A credit that was paid and one that never was are the same.
  const credits = await db.select().from(credit).orderBy(asc(credit.token), asc(credit.owner));
  add(
    "credit",
    credits.filter(({ amount }) => amount !== 0n),
  );
  add(
    "deadline",
    await db.select().from(deadline).orderBy(asc(deadline.ledgerId), asc(deadline.tranche), asc(deadline.verb)),
  );
  return `0x${hash.digest("hex")}`;
}

/**
 * The same where no node runs: one that reads on would tell the old news again. Throws `LedgerBusy` where a node runs in
 * the home, `StoreInUse` where one runs on the PostgreSQL, and what store and ledger throw.
 */
export async function standalone(
  config: Config,
  onProgress: (block: number, head: number) => void = () => {},
): ReturnType<typeof reindex> {
  const { home, databaseUrl } = config;
  const store = await Store.open(databaseUrl === undefined ? { folder: join(home, "store") } : { url: databaseUrl });
  const closers: (() => Promise<void>)[] = [store.close];
  try {
    closers.push(await Presence.enter(store, "alone"));
    const now = () => Math.floor(Date.now() / 1_000);
    const place = await Place.open(config, store, { now, point() {}, onError() {} });
    closers.push(() => place.ledger.close());
    const events = await Events.open(store);
    closers.push(events.close);
    const { number: head } = await place.ledger.head();
    // Nobody is told of anything, so there is nothing to do for anyone.
    const jobs: Jobs = { add: async () => {}, handle() {}, start: async () => {}, stop: async () => {} };
    return await reindex({ config, store, place, events, jobs }, (block) => onProgress(block, head));
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}
