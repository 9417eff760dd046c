/**
 * What the node tells of as it happens. Events are rows, written in the transaction of what they tell; their numbers are
 * in the order of commits, so that a reader who goes on after a number misses nothing. Listeners are only woken.
 */
import { sql } from "drizzle-orm";
import type * as z from "zod";
import type { eventKind } from "../api/operations/system.ts";
import type { Db, Store } from "./store/Store.ts";
import * as schema from "./store/schema.ts";

export type Kind = z.infer<typeof eventKind>;

/** For whoever has a seat in the agreement, a membership in the organisation, or is the user. */
export type Event = {
  kind: Kind;
  agreement?: string;
  organisation?: string;
  user?: string;
  /** Never secrets: webhooks carry it too. */
  data: Record<string, unknown>;
};

export type Events = {
  /** Part of the transaction that it is given. */
  append(tx: Db, ...events: readonly Event[]): Promise<void>;
  /** Calls `wake` soon after something was appended, by this node or another. @returns how to stop. */
  subscribe(wake: () => void): () => void;
  close(): Promise<void>;
};

const CHANNEL = "commenda_event";
/** Any number: held from the first event of a transaction to its end, so that numbers come out in the order of commits. */
const ORDER = 7_266_373;

/** Numbered only once it holds the order. Listeners hear it at the commit, whenever it was said. */
const insertion = (events: readonly Event[]) => sql`
  with held as materialized (select pg_advisory_xact_lock(${ORDER}), pg_notify(${CHANNEL}, ''))
  insert into ${schema.event} (kind, agreement, organisation, "user", data)
  select one ->> 'kind', (one ->> 'agreement')::uuid, (one ->> 'organisation')::uuid, one ->> 'user', one -> 'data'
  from held, jsonb_array_elements(${JSON.stringify(events)}::jsonb) with ordinality as list (one, place)
  order by place`;

export async function open(store: Store): Promise<Events> {
  const listeners = new Set<() => void>();
  const stop = await store.listen(CHANNEL, () => {
    for (const wake of listeners) wake();
  });
  return {
    async append(tx, ...events) {
      if (events.length === 0) return;
      await tx.execute(insertion(events));
    },
    subscribe(wake) {
      listeners.add(wake);
      return () => {
        listeners.delete(wake);
      };
    },
    async close() {
      listeners.clear();
      await stop();
    },
  };
}
