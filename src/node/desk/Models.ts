/** The models of desks: each training a row, the bytes by their hash, the one that works named by the desk. */
import { createHash, randomUUID } from "node:crypto";
import { join } from "node:path";
import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Example } from "../../desk/Classifier.ts";
import { HistoryTooSmall } from "../../desk/Errors.ts";
import { Starter } from "../../desk/index.ts";
import type { Notes } from "../../desk/Training.ts";
import type { Parts } from "../Call.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Book from "./Book.ts";
import * as Brain from "./Brain.ts";
import type { Needs, Row } from "./Desk.ts";
import * as Desk from "./Desk.ts";

const { both } = InputError;
const { desk, deskExample, deskModel, deskVersion, ticket } = schema;

export type Version = typeof deskVersion.$inferSelect;
type Told = Table.Output<"desk.train">;

/** Grows when learning itself changes: models of before are not taken for new ones. */
const METHOD = 1;

export const folderOf = ({ home }: Parts["config"]) => join(home, "desk", "embeddings");

/** Bytes of a model. */
export const load =
  ({ store }: Pick<Needs, "store">): Brain.Load =>
  async (hash) => {
    const [row] = await store.db.select({ bytes: deskModel.bytes }).from(deskModel).where(eq(deskModel.hash, hash));
    if (!row) throw new Error(`there is no model ${hash}`);
    return new Uint8Array(row.bytes);
  };

type Plan = { readonly starter: boolean; readonly embeddings: boolean; readonly user: string | null };

/** A training that waits. Part of the transaction; the desk is held. Throws `state-conflict` where one is under way. */
export async function plan(tx: Db, row: Row, { starter, embeddings, user }: Plan, at: number): Promise<Version> {
  const [last] = await tx
    .select()
    .from(deskVersion)
    .where(eq(deskVersion.desk, row.id))
    .orderBy(desc(deskVersion.number))
    .limit(1);
  if (last?.state === "training") {
    throw new Problem.Problem(
      "state-conflict",
      both(
        "The desk is learning already. Ask again when that has ended; `desk.models` says when.",
        "工单台正在学习。请待其结束后再试；可由 desk.models 查看进度。",
      ),
    );
  }
  const [made] = await tx
    .insert(deskVersion)
    .values({
      ...{ id: randomUUID(), desk: row.id, number: (last?.number ?? 0) + 1, state: "training" },
      ...{ starter, embeddings, user, at },
    })
    .returning();
  if (!made) throw Desk.missing();
  return made;
}

const running = new Map<string, Promise<void>>();

/** Learns what was planned, once at a time in this process; another process finds that it was done. */
export function train(parts: Needs, id: string): Promise<void> {
  const known = running.get(id);
  if (known) return known;
  const fresh = learn(parts, id).finally(() => running.delete(id));
  running.set(id, fresh);
  return fresh;
}

async function learn(parts: Needs, id: string): Promise<void> {
  const { store, clock, config, events } = parts;
  const [version] = await store.db.select().from(deskVersion).where(eq(deskVersion.id, id));
  if (version?.state !== "training") return;
  const [row] = await store.db.select().from(desk).where(eq(desk.id, version.desk));
  if (!row) return;
  const given = await learning(store.db, row, version, folderOf(config));
  const outcome = await learnt(parts, given).catch((error: unknown) => {
    // What the same examples would break again is not tried again.
    if (error instanceof HistoryTooSmall) return error.words;
    if (error instanceof BrokeOff) return BROKE_OFF;
    throw error;
  });
  const frozen = await examples(store.db, row.id, "frozen");
  const held = async (hash: string) => {
    const asked = { hash, frozen, folder: folderOf(config) };
    return frozen.length === 0 ? undefined : Brain.hold(asked, load(parts));
  };
  const hash = "hash" in outcome ? outcome.hash : undefined;
  const right = hash === undefined ? undefined : await held(hash);
  const before = hash === undefined || row.model === null ? undefined : await held(row.model);
  await store.transaction(async (tx) => {
    const now = await Desk.hold(tx, row.organisation, row.id);
    const [still] = await tx.select().from(deskVersion).where(eq(deskVersion.id, id));
    if (still?.state !== "training") return;
    if (!("hash" in outcome)) {
      await tx.update(deskVersion).set({ state: "failed", why: outcome }).where(eq(deskVersion.id, id));
    } else {
      const isWorse = right !== undefined && before !== undefined && right < before;
      const figures = {
        model: outcome.hash,
        ...(right === undefined ? {} : { right, frozen: frozen.length }),
        ...(before === undefined ? {} : { before }),
      };
      if (!isWorse) await promote(tx, now, outcome.hash, "train", clock.now());
      await tx
        .update(deskVersion)
        .set({ ...figures, state: isWorse ? "refused" : "working" })
        .where(eq(deskVersion.id, id));
    }
    const data = { desk: row.id, version: id };
    await events.append(tx, { kind: "desk.changed", organisation: row.organisation, data });
  });
}

/** The model works from now on; its version is named so by the caller. */
async function promote(tx: Db, row: Row, hash: string, by: string, at: number): Promise<void> {
  await tx
    .update(deskVersion)
    .set({ state: "past" })
    .where(and(eq(deskVersion.desk, row.id), eq(deskVersion.state, "working")));
  await tx.update(desk).set({ model: hash }).where(eq(desk.id, row.id));
  await Book.append(tx, row, [{ kind: "model", what: { model: hash, by } }], at);
}

/** Back to the model that worked before, or to one that ever did. Throws `state-conflict`. */
export async function rollback(tx: Db, row: Row, wanted: string | undefined, user: string, at: number) {
  const past = await tx
    .select()
    .from(deskVersion)
    .where(and(eq(deskVersion.desk, row.id), isNotNull(deskVersion.model), eq(deskVersion.state, "past")))
    .orderBy(desc(deskVersion.number));
  const to = past.find(({ model }) => (wanted === undefined ? model !== row.model : model === wanted));
  if (!to?.model) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        "No such model has worked here before. `desk.models` lists those that did.",
        "没有曾经启用过的此模型。可由 desk.models 查看启用过的模型。",
      ),
    );
  }
  const { starter, embeddings } = to;
  const version = await plan(tx, row, { starter, embeddings, user }, at);
  await promote(tx, row, to.model, "rollback", at);
  const [made] = await tx
    .update(deskVersion)
    .set({ state: "working", model: to.model })
    .where(eq(deskVersion.id, version.id))
    .returning();
  return made ?? version;
}

/** Has the desk a model? Else it learns the starter intents, or what it was taught. */
export async function ensure(parts: Needs, row: Row): Promise<void> {
  if (row.model !== null) return;
  const { store, clock } = parts;
  const id = await store.transaction(async (tx) => {
    const now = await Desk.hold(tx, row.organisation, row.id);
    if (now.model !== null) return undefined;
    const [waiting] = await tx
      .select({ id: deskVersion.id })
      .from(deskVersion)
      .where(and(eq(deskVersion.desk, row.id), eq(deskVersion.state, "training")));
    if (waiting) return waiting.id;
    return (await plan(tx, now, { starter: true, embeddings: parts.config.embeddings, user: null }, clock.now())).id;
  });
  if (id !== undefined) await train(parts, id);
}

async function learning(db: Db, row: Row, version: Version, folder: string): Promise<Brain.Learning> {
  const corrected = await db
    .select({ text: ticket.text, label: ticket.intent })
    .from(ticket)
    .where(and(eq(ticket.desk, row.id), isNotNull(ticket.intent)))
    .orderBy(ticket.number);
  const own = await examples(db, row.id, "history");
  const history = [...own, ...corrected.map(({ text, label }) => ({ text, label: label ?? "" }))];
  const outside = await examples(db, row.id, "outside");
  return {
    history,
    outside: outside.map(({ text }) => text),
    ...(row.outsideShare === null ? {} : { outsideShare: row.outsideShare / 10_000 }),
    starter: version.starter || own.length === 0,
    ...{ embeddings: version.embeddings, folder },
  };
}

async function examples(db: Db, id: string, kind: "history" | "frozen" | "outside"): Promise<readonly Example[]> {
  return db
    .select({ text: deskExample.text, label: deskExample.label })
    .from(deskExample)
    .where(and(eq(deskExample.desk, id), eq(deskExample.kind, kind)))
    .orderBy(deskExample.id);
}

/** Of what was learnt from before nothing is learnt again. Throws `HistoryTooSmall`. */
async function learnt({ store }: Needs, given: Brain.Learning): Promise<{ hash: string }> {
  const { folder: _, ...what } = given;
  const starter = given.starter ? Starter.examples() : [];
  const classes = new Set([...given.history, ...starter].map(({ label }) => label)).size;
  if (classes < 2) throw new HistoryTooSmall({ field: "history", examples: given.history.length, classes });
  const source = createHash("sha256")
    .update(JSON.stringify([METHOD, what, starter]))
    .digest("hex");
  const [known] = await store.db.select({ hash: deskModel.hash }).from(deskModel).where(eq(deskModel.source, source));
  if (known) return known;
  const { bytes, hash, intents, notes } = await Brain.learn(given).catch((cause: unknown) => {
    throw new BrokeOff("learning broke off", { cause });
  });
  await store.db
    .insert(deskModel)
    .values({ source, hash, intents: [...intents], notes: { ...notes }, bytes })
    // The same numbers from other examples, or another process that was faster.
    .onConflictDoNothing();
  return { hash };
}

/** The thread ended, or its memory did. */
class BrokeOff extends Error {}
const BROKE_OFF = both(
  "Learning broke off: the examples may need more memory than there is. Give fewer, and train again.",
  "学习中断：示例所需内存可能超出可用范围。请减少示例后重新训练。",
);

/** In the order of the rows. */
export async function shown(db: Db, rows: readonly Version[]): Promise<Told[]> {
  const { user } = schema;
  const [models, people] = [
    await db
      .select({ hash: deskModel.hash, intents: deskModel.intents, notes: deskModel.notes })
      .from(deskModel)
      .where(sql`${deskModel.hash} in ${list(rows.map(({ model }) => model))}`),
    await db
      .select({ id: user.id, name: user.name })
      .from(user)
      .where(sql`${user.id} in ${list(rows.map((row) => row.user))}`),
  ];
  return rows.map((row): Told => {
    const model = models.find(({ hash }) => hash === row.model);
    const by = people.find(({ id }) => id === row.user);
    return {
      ...{ id: row.id, number: row.number, state: row.state, starter: row.starter, embeddings: row.embeddings },
      ...(row.model === null ? {} : { model: row.model }),
      intents: model?.intents ?? [],
      ...(model
        ? { notes: model.notes as unknown as { -readonly [K in keyof Notes]: Notes[K] } & { thin: string[] } }
        : {}),
      ...(row.right === null || row.frozen === null
        ? {}
        : {
            frozen: { rows: row.frozen, right: row.right, ...(row.before === null ? {} : { before: row.before }) },
          }),
      ...(row.why === null ? {} : { why: row.why }),
      by: by?.name ?? "node",
      at: new Date(row.at * 1_000).toISOString(),
    };
  });
}

const list = (values: readonly (string | null)[]) => {
  const known = [...new Set(values.filter((value) => value !== null)), ""];
  return sql`(${sql.join(
    known.map((value) => sql`${value}`),
    sql`, `,
  )})`;
};
