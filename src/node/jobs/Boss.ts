/**
 * The job queue: pg-boss on the node's own store, so that a job is added by the transaction whose consequence it is, and
 * is there after a crash. A job runs at least once; whatever it does is keyed.
 */
import type { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { type ConstructorOptions, type Db as Database, fromDrizzle, fromPglite, PgBoss } from "pg-boss";
import type { Store } from "../store/Store.ts";
import { type Jobs, QUEUES, type Queue, type Worker } from "./Jobs.ts";

/** Named points at which a test ends the process. */
export type Point = "job: taken" | "job: worked";

export type Options = {
  /** A job threw and is tried again later, or the queue itself had trouble. */
  onFailure?: (error: unknown, queue?: Queue) => void;
  point?: (name: Point) => void;
};

/** Tries before a job is given up: with the pauses below, more than a day. */
const TRIES = 300;
const QUEUE = {
  policy: "short",
  notify: true,
  retryLimit: TRIES,
  /** Seconds: doubled with each try, up to five minutes. */
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  /** A job of a node that is gone goes to another after so long. */
  heartbeatSeconds: 30,
  /** The longest that a chain may take to include a transaction, and more. */
  expireInSeconds: 3_600,
} as const;
/** Jobs of a queue that this node does side by side. One relayer sends one act after another. */
const SIDE_BY_SIDE: Readonly<Record<Queue, number>> = {
  ...{ send: 1, deliver: 4, mail: 2, desk: 2, judge: 1, round: 1 },
};
/** Seconds that a run may take; its process is ended before. */
const RUN = 86_400 - 60;
/** Seconds between two looks; added jobs are told at once, retries are found. */
const POLL = 1;

/** Makes what the queue needs in the store. Jobs can be added from now on. */
export async function open(store: Store, { onFailure = () => {}, point = () => {} }: Options = {}): Promise<Jobs> {
  const boss = new PgBoss({
    ...connection(store),
    ...{ schedule: false, useListenNotify: true, superviseIntervalSeconds: 15, monitorIntervalSeconds: 15 },
  });
  boss.on("error", (error) => onFailure(error));
  await boss.start();
  for (const name of QUEUES) {
    await boss.createQueue(name, name === "judge" ? { ...QUEUE, expireInSeconds: RUN } : QUEUE);
  }
  if (store.kind === "pglite") await takeBack(store);
  const workers = new Map<Queue, Worker>();
  return {
    async add(tx, queue, data, { key, after } = {}) {
      const when = { ...(key === undefined ? {} : { singletonKey: key }), ...(after ? { startAfter: after } : {}) };
      // Jobs without a key must not stand for each other.
      const keyed = key === undefined ? { singletonKey: crypto.randomUUID() } : {};
      await boss.send(queue, data, {
        ...when,
        ...keyed,
        db: fromDrizzle(tx as Parameters<typeof fromDrizzle>[0], sql),
      });
    },
    handle: (queue, worker) => void workers.set(queue, worker),
    async start() {
      for (const [queue, worker] of workers) {
        const options = { batchSize: 1, localConcurrency: SIDE_BY_SIDE[queue] };
        const poll = { pollingIntervalSeconds: POLL, notifyPollingIntervalSeconds: POLL };
        await boss.work<Record<string, string>>(queue, { ...options, ...poll }, async (jobs) => {
          for (const { data } of jobs) await run(queue, worker, data);
        });
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 30_000 }),
  };

  async function run(queue: Queue, worker: Worker, data: Record<string, string>): Promise<void> {
    point("job: taken");
    try {
      await worker(data);
      point("job: worked");
    } catch (error) {
      onFailure(error, queue);
      throw error;
    }
  }
}

/** An embedded store has one process: what another was at is nobody's, and need not wait until its heart stands still. */
async function takeBack({ db }: Store): Promise<void> {
  await db.execute(
    sql`update pgboss.job set state = 'retry', start_after = now(), heartbeat_on = null where state = 'active'`,
  );
}

function connection({ driver }: Store): ConstructorOptions {
  if ("pglite" in driver) return { db: onPglite(driver.pglite), backend: "pglite" };
  const { connectionString } = driver.pool.options;
  return { ...(connectionString === undefined ? {} : { connectionString }), max: 5 };
}

/**
 * A `BEGIN … COMMIT` text that fails would leave the one connection in its broken transaction, and every statement of
 * others queued behind it would fail: such a text runs as a transaction of PGlite, which rolls back by itself.
 */
function onPglite(pglite: PGlite): Database {
  const adapter = fromPglite(pglite);
  return {
    ...adapter,
    async executeSql(text, values) {
      const body = values?.length ? undefined : /^\s*BEGIN;(.*)COMMIT;?\s*$/is.exec(text)?.[1];
      if (body === undefined) return adapter.executeSql(text, values);
      const results = await pglite.transaction((tx) => tx.exec(body));
      return { rows: results.flatMap(({ rows }) => rows) };
    },
  };
}
