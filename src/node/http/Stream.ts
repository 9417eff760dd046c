/**
 * Events as they happen, by server-sent events. New rows are read once for all who listen; each listener is told what
 * it sees by the membership of the moment. Whoever reads too slowly is dropped, and goes on after the last id it got.
 */
import { setImmediate } from "node:timers/promises";
import { desc } from "drizzle-orm";
import type { Parts, User } from "../Call.ts";
import * as Sight from "../Sight.ts";
import * as schema from "../store/schema.ts";

/** Rows read at once; between two batches readers get their turn. */
const BATCH = 200;
/** Events that wait for a slow reader before it is dropped. */
const BEHIND = 1_024;
/** Milliseconds between signs of life: proxies cut what is silent for a minute. Lost wakes are made good then too. */
const HEARTBEAT = 15_000;
/** Heartbeats after which it is asked again whether the caller may still listen. */
const RECHECK = 4;

export type Listen = {
  readonly caller: User;
  /** Only of this agreement. */
  readonly agreement?: string | undefined;
  /** Number of the last event that the listener has; from now on when absent. */
  readonly after?: number | undefined;
  /** False or an error once the caller may not listen any more. */
  readonly stillMay: () => Promise<boolean>;
};

export type Stream = {
  /** Bytes of `text/event-stream`. */
  listen(options: Listen): ReadableStream<Uint8Array>;
  listeners(): number;
  close(): Promise<void>;
};

type Listener = Listen & {
  /** Number of the last event told or passed over. */
  last: number;
  gone: boolean;
  /** Of a listener that still reads what was before it came. */
  waiting: Sight.Row[] | undefined;
  push(chunk: Uint8Array): void;
  end(): void;
};

const encoder = new TextEncoder();
const ALIVE = encoder.encode(": alive\n\n");
/** After a lost connection, in milliseconds. */
const RETRY = "retry: 2000\n";

function encode(row: Sight.Row): Uint8Array {
  return encoder.encode(`id: ${row.seq}\nevent: ${row.kind}\ndata: ${JSON.stringify(Sight.told(row))}\n\n`);
}

export async function open({ store, events }: Pick<Parts, "store" | "events">): Promise<Stream> {
  const { db } = store;
  const { event } = schema;
  const [newest] = await db.select({ seq: event.seq }).from(event).orderBy(desc(event.seq)).limit(1);
  let head = newest?.seq ?? 0;
  const listeners = new Map<string, Set<Listener>>();
  const all = () => [...listeners.values()].flatMap((set) => [...set]);
  let reading: Promise<void> | undefined;
  let again = false;
  let closed = false;

  /** Reads what is new and tells it, until nothing is. */
  async function read(): Promise<void> {
    for (;;) {
      again = false;
      const rows = await db.query.event.findMany({
        where: (row, { gt }) => gt(row.seq, head),
        orderBy: (row, { asc }) => asc(row.seq),
        limit: BATCH,
      });
      if (rows.length > 0 && listeners.size > 0) {
        const viewers = await Sight.viewers(db, rows);
        for (const row of rows) tell(row, viewers.get(row.seq) ?? []);
      }
      head = rows.at(-1)?.seq ?? head;
      if (rows.length < BATCH && !again) return;
      await setImmediate();
    }
  }

  function tell(row: Sight.Row, viewers: readonly Sight.Viewer[]): void {
    let bytes: Uint8Array | undefined;
    const told = new Set<Listener>();
    for (const { user, organisation } of viewers) {
      for (const listener of listeners.get(user) ?? []) {
        const { caller, agreement, waiting } = listener;
        if (told.has(listener) || (agreement !== undefined && row.agreement !== agreement)) continue;
        if (caller.key && caller.key.organisation !== organisation) continue;
        told.add(listener);
        if (waiting) waiting.push(row);
        else {
          bytes ??= encode(row);
          give(listener, row.seq, bytes);
        }
      }
    }
  }

  function give(listener: Listener, seq: number, bytes: Uint8Array): void {
    if (seq <= listener.last) return;
    listener.last = seq;
    listener.push(bytes);
  }

  function wake(): void {
    again = true;
    if (closed) return;
    // A store that is down now is read at the next wake or heartbeat.
    reading ??= read()
      .catch(() => {})
      .finally(() => {
        reading = undefined;
        if (again && !closed) queueMicrotask(wake);
      });
  }
  const unsubscribe = events.subscribe(wake);

  let beats = 0;
  const heartbeat = setInterval(() => {
    beats++;
    for (const listener of all()) {
      listener.push(ALIVE);
      if (beats % RECHECK !== 0) continue;
      listener.stillMay().then(
        (may) => may || listener.end(),
        () => listener.end(),
      );
    }
    wake();
  }, HEARTBEAT);
  heartbeat.unref();

  /** Tells what was before the listener came, in pages, no faster than it reads; then what came meanwhile. */
  async function catchUp(listener: Listener, drained: () => Promise<void>): Promise<void> {
    for (;;) {
      const { caller, agreement, last: seq } = listener;
      const rows = await Sight.after(db, caller, { seq, agreement, limit: BATCH });
      for (const row of rows) {
        await drained();
        if (listener.gone) return;
        give(listener, row.seq, encode(row));
      }
      if (rows.length < BATCH) break;
    }
    for (const row of listener.waiting ?? []) give(listener, row.seq, encode(row));
    listener.waiting = undefined;
  }

  return {
    listen(options) {
      let isReady = () => {};
      let listener: Listener | undefined;
      const leave = () => {
        if (!listener) return;
        listener.gone = true;
        const set = listeners.get(listener.caller.user);
        set?.delete(listener);
        if (set?.size === 0) listeners.delete(listener.caller.user);
      };
      return new ReadableStream<Uint8Array>(
        {
          start(controller) {
            const end = () => {
              leave();
              try {
                controller.close();
              } catch {
                // Closed by the reader.
              }
              isReady();
            };
            const fresh: Listener = {
              ...options,
              gone: false,
              last: options.after ?? head,
              waiting: options.after === undefined ? undefined : [],
              end,
              push(chunk) {
                if ((controller.desiredSize ?? 0) <= 0) end();
                else controller.enqueue(chunk);
              },
            };
            listener = fresh;
            const set = listeners.get(options.caller.user) ?? new Set();
            listeners.set(options.caller.user, set.add(fresh));
            controller.enqueue(encoder.encode(`${RETRY}id: ${fresh.last}\n\n`));
            if (!fresh.waiting) return;
            const drained = async () => {
              while (!fresh.gone && (controller.desiredSize ?? 0) <= BEHIND / 2) {
                await new Promise<void>((resolve) => {
                  isReady = resolve;
                });
              }
            };
            catchUp(fresh, drained).catch(end);
          },
          pull: () => isReady(),
          cancel() {
            leave();
            isReady();
          },
        },
        { highWaterMark: BEHIND },
      );
    },
    listeners: () => all().length,
    async close() {
      closed = true;
      clearInterval(heartbeat);
      unsubscribe();
      for (const listener of all()) listener.end();
      await reading;
    },
  };
}
