/**
 * Judges for organisations whose key is here: each run is a job, in a process of its own that ends with this one. A run
 * that a crash cut off is begun anew, and says its verdict once: that is a row of which there can be one.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import { Child, Errors as Judged } from "../../acceptance/index.ts";
import { InputError, Terms, Verdict } from "../../agreement/index.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import type { Parts } from "../Call.ts";
import * as Evidence from "../evidence/Evidence.ts";
import * as Lease from "../jobs/Lease.ts";
import * as Relay from "../relay/Relay.ts";
import * as Subject from "../relay/Subject.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Folders from "./Folders.ts";
import * as Keys from "./Keys.ts";
import * as Repository from "./Repository.ts";
import * as Round from "./Round.ts";
import * as Runs from "./Runs.ts";
import * as Sealed from "./Sealed.ts";
import * as Settle from "./Settle.ts";
import * as Verdicts from "./Verdicts.ts";

const { both, CommendaError } = InputError;
const { run, runLog } = schema;

export type Point = Settle.Point | "run: begun" | "run: printed" | "run: judged" | "run: kept";

type Needs = Pick<Parts, "config" | "store" | "place" | "clock" | "events" | "jobs" | "files">;

export type Judging = {
  /** Resolves when nothing runs any more. */
  stop(): Promise<void>;
};

export type Options = {
  /** Milliseconds between two looks at runs that wait. */
  every?: number;
  point?: (name: Point) => void;
  onFailure?: (error: unknown) => void;
};

/** Characters of a piece of a log, and milliseconds between two. */
const [PIECE, PAUSE] = [16_000, 400];
/** Characters of a log that are kept as it comes; all of it, up to 4 MB, is an artefact. */
const LOG = 1_000_000;
/** How often a run is begun that breaks off each time. */
const TRIES = 5;

/** Before `jobs.start`. */
export function start(parts: Needs, { every = 60_000, point = () => {}, onFailure = () => {} }: Options = {}): Judging {
  const { store, jobs, clock } = parts;
  tidy(parts);
  const running = new Map<string, { stop: AbortController; ended: Promise<unknown> }>();
  let closed = false;
  jobs.handle("round", ({ ledgerId = "", tranche = "" }) =>
    Settle.consider(parts, { ledgerId, tranche: Number(tranche) }, point),
  );
  jobs.handle("judge", async ({ run: id = "" }) => {
    if (closed) throw new Error("the node is stopping");
    const stop = new AbortController();
    const ended = judge(parts, id, stop, point);
    running.set(id, { stop, ended });
    await ended.finally(() => running.delete(id));
  });
  const look = () => {
    void Settle.waiting(parts)
      .then((rounds) =>
        store.transaction(async (tx) => {
          for (const one of rounds) await Verdicts.consider(parts, tx, one);
        }),
      )
      .catch(onFailure);
  };
  const timer = setInterval(look, every);
  const forget = clock.onMoved?.(look);
  look();
  return {
    async stop() {
      closed = true;
      clearInterval(timer);
      forget?.();
      const all = [...running.values()];
      for (const one of all) one.stop.abort();
      await Promise.allSettled(all.map(({ ended }) => ended));
    },
  };
}

/** Adds a job for every run that is under way: at a start, for those whose job was lost with its node. */
export async function sweep(parts: Pick<Parts, "store" | "jobs">): Promise<void> {
  await parts.store.transaction(async (tx) => {
    for (const state of ["queued", "running"] as const) {
      const rows = await tx.select({ id: run.id }).from(run).where(eq(run.state, state));
      for (const { id } of rows) await parts.jobs.add(tx, "judge", { run: id }, { key: id });
    }
  });
}

/** One run, alone among all nodes. Throws what is tried again. */
async function judge(parts: Needs, id: string, stop: AbortController, point: (name: Point) => void): Promise<void> {
  const { store } = parts;
  const lease = await Lease.take(store, `run: ${id}`);
  if (!lease) throw new Error("another node is at this run");
  try {
    const row = await begin(parts, id);
    if (row) await carryOut(parts, row, stop, point);
  } finally {
    await lease.release();
  }
}

const isOpen = ({ state }: Runs.Row): boolean => state === "queued" || state === "running";

/** Anew, whatever was there of it. Nothing where it has ended. */
async function begin(parts: Needs, id: string): Promise<Runs.Row | undefined> {
  return parts.store.transaction(async (tx) => {
    const [row] = await tx.select().from(run).where(eq(run.id, id)).for("update");
    if (!row || !isOpen(row)) return undefined;
    await tx.delete(runLog).where(eq(runLog.run, id));
    const change = { state: "running" as const, tries: row.tries + 1, startedAt: new Date(parts.clock.now() * 1_000) };
    const [begun] = await tx.update(run).set(change).where(eq(run.id, id)).returning();
    if (begun) await Runs.tell(parts, tx, begun);
    return begun;
  });
}

async function carryOut(parts: Needs, row: Runs.Row, stop: AbortController, point: (name: Point) => void) {
  const place = mkdtempSync(join(room(parts), "run-"));
  const log = logOf(parts, row);
  // It may be stopped by another node.
  const unsubscribe = parts.events.subscribe(() => {
    void parts.store.db
      .select({ state: run.state })
      .from(run)
      .where(eq(run.id, row.id))
      .then(([now]) => {
        if (now?.state === "stopped") stop.abort();
      })
      // The store is away: the next event asks again.
      .catch(() => {});
  });
  try {
    const { order, patience } = await prepare(parts, row, place);
    point("run: begun");
    const onLog = (text: string) => {
      log.add(text);
      point("run: printed");
    };
    const verdict = await Child.judge(order, { onLog, signal: stop.signal, patience });
    point("run: judged");
    await log.close();
    await keep(parts, row, verdict, order.cache ?? "");
    point("run: kept");
  } catch (error) {
    await log.close();
    await failed(parts, row, error, stop.signal.aborted);
  } finally {
    unsubscribe();
    rmSync(place, { recursive: true, force: true });
  }
}

/** Where runs are prepared. What is in it may be deleted while no node runs. */
function room({ config }: Needs): string {
  const folder = join(config.home, "judge");
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  return folder;
}

/** Milliseconds for which what was prepared is kept. */
const KEPT = 30 * 86_400_000;

/** At a start nothing runs here: rooms of runs that a crash cut off, and what was prepared long ago, go. */
function tidy(parts: Needs): void {
  const place = room(parts);
  const kept = join(place, "kept");
  const old = (path: string) => Date.now() - statSync(path).mtimeMs > KEPT;
  for (const name of readdirSync(place))
    if (name.startsWith("run-")) rmSync(join(place, name), { recursive: true, force: true });
  for (const name of existsSync(kept) ? readdirSync(kept) : [])
    if (old(join(kept, name))) rmSync(join(kept, name), { recursive: true, force: true });
}

/** All that the run needs, on this disk. */
async function prepare(parts: Needs, row: Runs.Row, place: string): Promise<{ order: Child.Order; patience: number }> {
  const { store, clock, config } = parts;
  const order = Runs.orderOf(row);
  const reader = [{ organisation: row.organisation }];
  // What parties deliver to each other stays among them.
  const base = { now: clock.now(), cache: join(room(parts), "kept", row.agreement) };
  const delivered = order.folder
    ? await Folders.find(store.db, row.agreement, order.folder, reader)
    : order.subject.kind === "tree"
      ? await wanted(store.db, row, order.subject.hash, WORK)
      : undefined;
  const delivery = delivered
    ? { folder: await Folders.unpack(parts, delivered, join(place, "work")) }
    : { ...(await Repository.check(config, order.repository ?? "")), commit: order.subject.hash };
  const answers = order.answers ? { answers: order.answers } : {};
  if (row.ledgerId === null) {
    const suite = await Folders.find(store.db, row.agreement, order.suite ?? "", reader);
    const folder = await Folders.unpack(parts, suite, join(place, "suite"));
    return { order: { ...base, suite: folder, delivery, ...answers }, patience: 7_200 };
  }
  const subject = await Subject.byLedgerId(store.db, parts.place, row.ledgerId, row.agreement);
  const [tranche, round] = [row.tranche ?? 0, row.round ?? 0];
  const criterion = subject && Round.codedOf(subject.terms, tranche).find(({ name }) => name === row.criterion);
  if (!subject || !criterion) throw new Error(`run ${row.id} is of terms that the node does not have`);
  const suite = await wanted(store.db, row, criterion.suite, SUITE);
  const inputs: Record<string, string> = {};
  for (const { name, hash } of criterion.run.inputs)
    inputs[name] = await Folders.unpack(parts, await wanted(store.db, row, hash, INPUT), join(place, `input-${name}`));
  const sealed = await Sealed.of(store.db, row.agreement, criterion, round);
  const shown =
    sealed?.row && sealed.row.shownAt !== null ? await shownAt(parts, sealed.row, join(place, "sealed")) : undefined;
  const checks = ((suite.row.about?.checks as unknown[] | undefined) ?? []).length + (shown?.checks ?? 0);
  return {
    order: {
      ...{ ...base, delivery, criterion, inputs, ...answers },
      suite: await Folders.unpack(parts, suite, join(place, "suite")),
      of: { agreement: row.ledgerId, tranche, round },
      ...(shown ? { shown: shown.shown } : {}),
    },
    patience: Child.patienceOf(criterion.run, Math.max(1, checks)),
  };
}

async function shownAt(parts: Needs, row: Sealed.Row, place: string) {
  const { part, reference } = await Sealed.shownFolders(parts.store.db, row);
  const checks = ((part.row.about?.checks as unknown[] | undefined) ?? []).length;
  const shown = {
    part: await Folders.unpack(parts, part, join(place, "part")),
    ...(reference ? { reference: await Folders.unpack(parts, reference, join(place, "reference")) } : {}),
    salt: row.salt,
  };
  return { shown, checks };
}

const SUITE = both("suite", "用例集");
const INPUT = both("frozen input", "冻结数据");
const WORK = both("delivered folder", "交付文件夹");

/** A folder that the terms or the delivery name. Throws `RunFailed` where nobody has put it. */
async function wanted(db: Db, row: Runs.Row, hash: string, what: InputError.Words): Promise<Folders.Kept> {
  const found = await Folders.byHash(db, row.agreement, hash, [{ organisation: row.organisation }]);
  if (found) return found;
  throw new Judged.RunFailed({
    ...{ name: "FolderMissing", next: "fix" },
    title: both(`the ${what.en} is not here`, `缺少${what.zh}`),
    words: both(
      `The ${what.en} ${hash} is not kept in this agreement. Put the very folder that was agreed (folder.put), and start the run again.`,
      `该协议中未保存${what.zh} ${hash}。请上传约定的原文件夹（folder.put），再重新运行。`,
    ),
  });
}

/** Pieces of what a run prints, written and told of now and then. */
function logOf({ store, events }: Needs, row: Runs.Row) {
  let [waiting, offset] = ["", 0];
  let writing: Promise<void> = Promise.resolve();
  const write = async () => {
    while (waiting !== "") {
      const text = waiting.slice(0, PIECE);
      waiting = waiting.slice(text.length);
      const at = offset;
      offset += text.length;
      // No text of the store holds it.
      const kept = text.replaceAll("\0", "\u2400");
      await store.transaction(async (tx) => {
        await tx.insert(runLog).values({ run: row.id, offset: at, text: kept }).onConflictDoNothing();
        const data = { run: row.id, offset: at, length: text.length };
        const { agreement, organisation } = row;
        await events.append(tx, { kind: "run.log", agreement, organisation, data });
      });
    }
  };
  const flush = () => {
    // What could not be written is missing from the log as it comes; the whole is an artefact.
    writing = writing.then(write).catch(() => {});
  };
  const timer = setInterval(flush, PAUSE);
  return {
    add(text: string) {
      if (offset + waiting.length < LOG) waiting += text;
    },
    async close() {
      clearInterval(timer);
      flush();
      await writing;
    },
  };
}

/** Signed where the key is here, and kept with what the run left, in one transaction. */
async function keep(parts: Needs, row: Runs.Row, verdict: Verdict.Verdict, cache: string): Promise<void> {
  const { store, place, clock } = parts;
  const subject =
    row.ledgerId === null ? undefined : await Subject.byLedgerId(store.db, place, row.ledgerId, row.agreement);
  const round = subject && (await Round.of(parts, store.db, subject, row.tranche ?? 0));
  const side = row.side === "client" || row.side === "provider" ? row.side : undefined;
  const keyed = round && side ? await Keys.of(parts, store.db, round.subject, round.state, side) : undefined;
  const signed =
    round && keyed && keyed.organisation === row.organisation && round.round === row.round
      ? { verdict, by: keyed.signer.address, signature: await sign(keyed, round.subject.terms, verdict) }
      : undefined;
  await store.transaction(async (tx) => {
    const mine = and(eq(run.id, row.id), eq(run.state, "running"));
    const ended = { state: "done" as const, verdict: { ...verdict }, endedAt: new Date(clock.now() * 1_000) };
    const [done] = await tx.update(run).set(ended).where(mine).returning();
    // It was stopped meanwhile.
    if (!done) return;
    for (const { name, hash } of verdict.artefacts) {
      const file = join(cache, "artefacts", hash.slice(2));
      if (!existsSync(file)) continue;
      const { agreement, organisation, user } = row;
      // With the verdict, whoever sits in the agreement may see what was seen; a trial is its organisation's.
      const readers = signed ? null : [organisation];
      const by = { agreement, organisation, user: user ?? "node" };
      await Evidence.keep(parts, tx, {
        ...by,
        readers,
        name: `run-${row.id.slice(0, 8)}-${name}`,
        bytes: readFileSync(file),
      });
    }
    await Runs.tell(parts, tx, done);
    if (!signed || !round || !side) return;
    const { organisation, user } = row;
    await Verdicts.take(parts, tx, round, signed, { organisation, user, run: row.id, sides: [side] }).catch(
      (error: unknown) => {
        // The round went on, or the other way to run it was first: the run says so, and binds nobody.
        if (!(error instanceof CommendaError)) throw error;
        return tx
          .update(run)
          .set({ problem: Relay.problemOf(error) })
          .where(eq(run.id, row.id));
      },
    );
  });
}

const sign = ({ signer }: Keys.Keyed, terms: Terms.Terms, verdict: Verdict.Verdict): Promise<Hex> =>
  signer.sign(Verdict.typedData(Terms.domain(terms), verdict));

/** Throws what a later try may heal; the rest is the end of the run. */
async function failed(parts: Needs, row: Runs.Row, error: unknown, isStopped: boolean): Promise<void> {
  const known = error instanceof CommendaError ? error : undefined;
  const heals = known === undefined || known.next === "retry";
  const [now] = await parts.store.db.select({ state: run.state }).from(run).where(eq(run.id, row.id));
  if (now?.state === "stopped") return;
  // The node is stopping: its next start goes on.
  if (isStopped) throw error;
  if (heals && row.tries < TRIES) throw error;
  await parts.store.transaction(async (tx) => {
    const ended = {
      ...{ state: "failed" as const, endedAt: new Date(parts.clock.now() * 1_000) },
      problem: Relay.problemOf(known ?? brokeOff()),
    };
    const [over] = await tx
      .update(run)
      .set(ended)
      .where(and(eq(run.id, row.id), eq(run.state, "running")))
      .returning();
    if (over) await Runs.tell(parts, tx, over);
  });
}

const brokeOff = () =>
  new Judged.RunFailed({
    ...{ name: "RunBroken", next: "stop" },
    title: both("the run broke off", "运行异常中断"),
    words: both(
      `The run broke off ${TRIES} times. Look at the node's log, and start it again when its cause is gone.`,
      `运行已中断 ${TRIES} 次。请查看节点日志，排除原因后重新运行。`,
    ),
  });
