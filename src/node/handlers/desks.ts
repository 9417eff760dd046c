/** Desks of an organisation: set up, taught, paused, stopped; their models, playbooks, tables, figures and logs. */
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { and, asc, count, desc, eq, gt, lt, notInArray, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import { Intake, Log, Mask, Playbook, Route } from "../../desk/index.ts";
import type { Call, Handler, Handlers } from "../Call.ts";
import * as Book from "../desk/Book.ts";
import * as Desk from "../desk/Desk.ts";
import * as Figures from "../desk/Figures.ts";
import * as Models from "../desk/Models.ts";
import * as Tickets from "../desk/Tickets.ts";
import * as Page from "../Page.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { desk, deskExample, deskLine, deskVersion, playbook, ticket } = schema;

/** Of one organisation; of one desk: approved answers, examples of a kind, lines of an export. */
const MOST = { desks: 20, playbooks: 2_000, examples: 100_000, lines: 50_000 };
/** Rows of one statement. */
const STEP = 1_000;
/** Milliseconds that an answer waits until a desk has learnt. */
const PATIENCE = 60_000;
/** Bad rows that are told of one by one. */
export const TOLD = 20;

/** What holds unless something else is said: six minutes of a person for a ticket, and what such work costs in the middle. */
const DEFAULTS = {
  ...{ promise: 0.98, reopenDays: 7, outsideShare: null },
  costs: { minutes: 6, hour: "2000", ticket: "40", currency: { code: "EUR", scale: 2 } },
} as const;

type Settings = Pick<Table.Input<"desk.update">, "promise" | "reopenDays" | "outsideShare" | "costs">;
const bps = (share: number): number => Math.round(share * 10_000);
const settingsOf = ({ promise, reopenDays, outsideShare, costs }: Settings) => ({
  ...(promise === undefined ? {} : { promise: bps(promise) }),
  ...(reopenDays === undefined ? {} : { reopenDays }),
  ...(outsideShare === undefined ? {} : { outsideShare: outsideShare === null ? null : bps(outsideShare) }),
  ...(costs === undefined ? {} : { costs }),
});

const create: Handler<"desk.create"> = async (call, { organisation, name, ...settings }) => {
  const { db, parts } = call;
  await db.select().from(schema.organisation).where(eq(schema.organisation.id, organisation)).for("update");
  const [{ has } = { has: 0 }] = await db
    .select({ has: count() })
    .from(desk)
    .where(eq(desk.organisation, organisation));
  if (has >= MOST.desks) throw tooMany(both("desks", "工单台"), MOST.desks);
  const { address, secret } = Log.createKey();
  const [made] = await db
    .insert(desk)
    .values({
      ...{ id: randomUUID(), organisation, name, key: address, keySecret: secret, head: Log.START },
      routing: Route.DEFAULT as unknown as Record<string, unknown>,
      ...({ ...settingsOf(DEFAULTS), ...settingsOf(settings) } as Required<ReturnType<typeof settingsOf>>),
    })
    .returning();
  if (!made) throw Desk.missing();
  const entry = { kind: "opened", what: { desk: made.id, key: address } } as const;
  const opened = await Book.append(db, made, [entry], parts.clock.now());
  const answers = Playbook.starter().map(({ needs = [], ...one }) => ({ ...one, desk: made.id, needs: [...needs] }));
  await db.insert(playbook).values(answers);
  await tell(call, opened);
  call.note({ desk: made.id });
  return Desk.show(db, opened, parts);
};

const list: Handler<"desk.list"> = async ({ db, parts }, { organisation, after, limit }) => {
  const from = Page.afterTime(after);
  const rows = await db
    .select()
    .from(desk)
    .where(
      and(
        eq(desk.organisation, organisation),
        from && sql`(${desk.createdAt}, ${desk.id}) < (${from.at.toISOString()}::timestamptz, ${from.id})`,
      ),
    )
    .orderBy(desc(desk.createdAt), desc(desk.id))
    .limit(limit + 1);
  const { items, next } = Page.cut(rows, limit, ({ createdAt, id }) => [createdAt.toISOString(), id]);
  return { items: await Desk.shown(db, items, parts), ...(next === undefined ? {} : { next }) };
};

const show: Handler<"desk.show"> = async ({ db, parts }, { organisation, desk: id }) =>
  Desk.show(db, await Desk.find(db, organisation, id), parts);

const update: Handler<"desk.update"> = async (call, { organisation, desk: id, name, ...settings }) => {
  const { db, parts } = call;
  const row = await Desk.hold(db, organisation, id);
  const set = { ...(name === undefined ? {} : { name }), ...settingsOf(settings) };
  call.note({ desk: id, changed: Object.keys(set) });
  if (Object.keys(set).length === 0) return Desk.show(db, row, parts);
  const [changed] = await db.update(desk).set(set).where(eq(desk.id, id)).returning();
  await tell(call, row);
  return Desk.show(db, changed ?? row, parts);
};

type State = Desk.Row["state"];

/** The log says it, and from then on it holds: what was judged before is judged again. */
async function turn(call: Call, organisation: string, id: string, state: State, kind: Log.Kind) {
  const { db, parts } = call;
  const row = await Desk.hold(db, organisation, id);
  if (row.state === state) return row;
  if (state !== "stopped") Desk.going(row);
  await db.update(desk).set({ state }).where(eq(desk.id, id));
  const turned = await Book.append(db, { ...row, state }, [{ kind, what: {} }], parts.clock.now());
  await tell(call, turned);
  call.note({ desk: id, state });
  return turned;
}

const pause: Handler<"desk.pause"> = async (call, { organisation, desk: id }) =>
  Desk.show(call.db, await turn(call, organisation, id, "paused", "paused"), call.parts);

const resume: Handler<"desk.resume"> = async (call, { organisation, desk: id }) =>
  Desk.show(call.db, await turn(call, organisation, id, "working", "resumed"), call.parts);

const stop: Handler<"desk.stop"> = async (call, { organisation, desk: id }) => {
  const { db, parts } = call;
  const row = await turn(call, organisation, id, "stopped", "stopped");
  // What was not decided yet is for people.
  await db
    .update(ticket)
    .set({ state: "handed", reason: "paused", severity: "normal", team: "support" })
    .where(and(eq(ticket.desk, id), eq(ticket.state, "new")));
  return Desk.show(db, row, parts);
};

const rotateKey: Handler<"desk.rotateKey"> = async (call, { organisation, desk: id }) => {
  const { db, parts } = call;
  const row = Desk.going(await Desk.hold(db, organisation, id));
  const { address, secret } = Log.createKey();
  // Sealed by the old key: it is the last thing that it says.
  const grown = await Book.append(db, row, [{ kind: "key", what: { key: address } }], parts.clock.now());
  await db.update(desk).set({ key: address, keySecret: secret }).where(eq(desk.id, id));
  call.note({ desk: id, key: address });
  const turned = { ...grown, key: address, keySecret: secret };
  await tell(call, turned);
  return Desk.show(db, turned, parts);
};

const teach: Handler<"desk.teach"> = async (call, { organisation, desk: id, kind, format, content, replace }) => {
  const { db, note } = call;
  Desk.going(await Desk.hold(db, organisation, id));
  const { feedback, bad } = await Intake.take(Buffer.from(content, "base64"), format);
  const rows = feedback.flatMap(({ text, label, labels }) => {
    const own = kind === "outside" ? "" : (label ?? (labels?.length === 1 ? labels[0] : undefined));
    return own === undefined || (kind !== "outside" && own === "")
      ? []
      : [{ desk: id, kind, text: Mask.mask(text).text, label: own.slice(0, 100) }];
  });
  const mine = and(eq(deskExample.desk, id), eq(deskExample.kind, kind));
  if (replace) await db.delete(deskExample).where(mine);
  if ((await db.$count(deskExample, mine)) + rows.length > MOST.examples)
    throw tooMany(both("examples of a kind", "条同类示例"), MOST.examples);
  for (let from = 0; from < rows.length; from += STEP)
    await db.insert(deskExample).values(rows.slice(from, from + STEP));
  const counts = await db
    .select({ kind: deskExample.kind, count: count() })
    .from(deskExample)
    .where(eq(deskExample.desk, id))
    .groupBy(deskExample.kind);
  const of = (name: string) => counts.find((one) => one.kind === name)?.count ?? 0;
  note({ desk: id, kind, taken: rows.length });
  return {
    ...{ taken: rows.length, unlabelled: feedback.length - rows.length },
    ...{ bad: bad.slice(0, TOLD).map((one) => ({ ...one })), badCount: bad.length },
    examples: { history: of("history"), frozen: of("frozen"), outside: of("outside") },
  };
};

const train: Handler<"desk.train"> = async (call, { organisation, desk: id, starter }) => {
  const { db, parts, caller } = call;
  const row = Desk.going(await Desk.hold(db, organisation, id));
  const user = caller.kind === "user" ? caller.user : null;
  const version = await Models.plan(db, row, { starter, embeddings: parts.config.embeddings, user }, parts.clock.now());
  await parts.jobs.add(db, "desk", { do: "train", version: version.id }, { key: `train:${version.id}` });
  call.note({ desk: id, version: version.id });
  const shown = async (from: Db, one: Models.Version) => {
    const [told] = await Models.shown(from, [one]);
    if (!told) throw Desk.missing();
    return told;
  };
  call.finish(async () => {
    const late = new AbortController();
    // The job goes on where this stops waiting.
    await Promise.race([
      Models.train(Desk.needs(parts), version.id),
      setTimeout(PATIENCE, undefined, { signal: late.signal }).catch(() => {}),
    ]).finally(() => late.abort());
    const [now] = await parts.store.db.select().from(deskVersion).where(eq(deskVersion.id, version.id));
    return shown(parts.store.db, now ?? version);
  });
  return shown(db, version);
};

const models: Handler<"desk.models"> = async ({ db }, { organisation, desk: id, after, limit }) => {
  await Desk.find(db, organisation, id);
  const [before] = Page.afterNumbers(after, 1) ?? [];
  const rows = await db
    .select()
    .from(deskVersion)
    .where(and(eq(deskVersion.desk, id), before === undefined ? undefined : lt(deskVersion.number, before)))
    .orderBy(desc(deskVersion.number))
    .limit(limit + 1);
  const { items, next } = Page.cut(rows, limit, ({ number }) => [number]);
  return { items: await Models.shown(db, items), ...(next === undefined ? {} : { next }) };
};

const rollback: Handler<"desk.rollback"> = async (call, { organisation, desk: id, model }) => {
  const { db, parts, caller } = call;
  const row = Desk.going(await Desk.hold(db, organisation, id));
  const user = caller.kind === "user" ? caller.user : "node";
  const version = await Models.rollback(db, row, model, user, parts.clock.now());
  await tell(call, row);
  call.note({ desk: id, model: version.model });
  const [told] = await Models.shown(db, [version]);
  if (!told) throw Desk.missing();
  return told;
};

const figures: Handler<"desk.figures"> = async ({ db, parts }, { organisation, desk: id, from, to }) => {
  const row = await Desk.find(db, organisation, id);
  const seconds = (time: string | undefined, otherwise: number) =>
    time === undefined ? otherwise : Math.floor(Date.parse(time) / 1_000);
  const now = parts.clock.now();
  return Figures.figures(db, row, { from: seconds(from, 0), to: seconds(to, now + 1) }, now);
};

const log: Handler<"desk.log"> = async ({ db }, { organisation, desk: id, after, limit }) => {
  await Desk.find(db, organisation, id);
  const [from = 0] = Page.afterNumbers(after, 1) ?? [];
  const rows = await db
    .select()
    .from(deskLine)
    .where(and(eq(deskLine.desk, id), gt(deskLine.number, from)))
    .orderBy(asc(deskLine.number))
    .limit(limit + 1);
  const { items, next } = Page.cut(rows, limit, ({ number }) => [number]);
  return {
    items: items.map((one) => Tickets.toldLine(Book.lineOf(one))),
    ...(next === undefined ? {} : { next }),
  };
};

const exported: Handler<"desk.export"> = async ({ db }, { organisation, desk: id }) => {
  const row = await Desk.find(db, organisation, id);
  if (row.lines > MOST.lines) {
    throw new Problem.Problem(
      "body-too-large",
      both(
        `The log has ${row.lines} lines; at most ${MOST.lines} are given at once. Page through desk.log.`,
        `日志共 ${row.lines} 行，一次最多导出 ${MOST.lines} 行。请以 desk.log 分页读取。`,
      ),
    );
  }
  const lines = await Book.all(db, id, row.lines);
  const { head, broken, why } = Log.verify(lines);
  return {
    ...{ log: lines.map(Log.write).join(""), lines: lines.length, head },
    ...(broken === undefined || why === undefined ? {} : { broken: { line: broken, why } }),
  };
};

const playbooks: Handler<"playbook.list"> = async ({ db }, { organisation, desk: id, after, limit }) => {
  await Desk.find(db, organisation, id);
  const [last] = Page.afterKey(after, [Page.TEXT]) ?? [];
  const rows = await db
    .select()
    .from(playbook)
    .where(and(eq(playbook.desk, id), last === undefined ? undefined : gt(playbook.id, String(last))))
    .orderBy(asc(playbook.id))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, (row) => [row.id]);
  const items = page.items.map(({ id: name, intent, language, answer, needs }) => ({
    ...{ id: name, intent, language, answer, needs },
  }));
  return { ...page, items };
};

const putPlaybooks: Handler<"playbook.put"> = async (call, { organisation, desk: id, playbooks: given, replace }) => {
  const { db, caller } = call;
  const row = Desk.going(await Desk.hold(db, organisation, id));
  const user = caller.kind === "user" ? caller.user : null;
  const rows = [...new Map(given.map((one) => [one.id, { ...one, desk: id, user, updatedAt: new Date() }])).values()];
  const names = rows.map((one) => one.id);
  if (replace)
    await db
      .delete(playbook)
      .where(and(eq(playbook.desk, id), names.length === 0 ? undefined : notInArray(playbook.id, names)));
  if (rows.length > 0) {
    const { intent, language, answer, needs, updatedAt } = playbook;
    const taken = (column: { name: string }) => sql.raw(`excluded."${column.name}"`);
    await db
      .insert(playbook)
      .values(rows)
      .onConflictDoUpdate({
        target: [playbook.desk, playbook.id],
        set: {
          ...{ intent: taken(intent), language: taken(language), answer: taken(answer), needs: taken(needs) },
          ...{ user, updatedAt: taken(updatedAt) },
        },
      });
  }
  const has = await db.$count(playbook, eq(playbook.desk, id));
  if (has > MOST.playbooks) throw tooMany(both("approved answers", "条获准答复"), MOST.playbooks);
  await tell(call, row);
  call.note({ desk: id, playbooks: names.length, replace });
  return { playbooks: has };
};

const routing: Handler<"routing.show"> = async ({ db }, { organisation, desk: id }) =>
  (await Desk.find(db, organisation, id)).routing as Table.Output<"routing.show">;

const putRouting: Handler<"routing.put"> = async (call, { organisation, desk: id, rows, teams }) => {
  const { db } = call;
  const row = await Desk.hold(db, organisation, id);
  const names = new Set(teams.map(({ name }) => name));
  const stray = [...rows.map(({ team }) => team), ...teams.flatMap(({ relief }) => relief ?? [])].find(
    (name) => !names.has(name),
  );
  if (stray !== undefined) {
    throw new Problem.Problem(
      "bad-input",
      both(
        `rows: found the team ${InputError.show(stray)}, which is not among the teams. Add it to teams, or name one of them.`,
        `rows：团队 ${InputError.show(stray)} 不在 teams 之中。请将其加入 teams，或改用其中的团队。`,
      ),
      { field: "rows" },
    );
  }
  await db.update(desk).set({ routing: { rows, teams } }).where(eq(desk.id, id));
  await tell(call, row);
  call.note({ desk: id, rows: rows.length });
  return { rows, teams };
};

/** Says that it changed, to who looks at it. */
async function tell({ db, parts }: Pick<Call, "db" | "parts">, { id, organisation }: Desk.Row): Promise<void> {
  await parts.events.append(db, { kind: "desk.changed", organisation, data: { desk: id } });
}

const tooMany = (what: InputError.Words, most: number) =>
  new Problem.Problem(
    "state-conflict",
    both(
      `There would be more than ${most} ${what.en}. Take out what is not needed.`,
      `将超过 ${most} ${what.zh}的上限。请删除不需要的内容。`,
    ),
  );

export const desks = {
  "desk.create": create,
  "desk.list": list,
  "desk.show": show,
  "desk.update": update,
  "desk.pause": pause,
  "desk.resume": resume,
  "desk.stop": stop,
  "desk.rotateKey": rotateKey,
  "desk.teach": teach,
  "desk.train": train,
  "desk.models": models,
  "desk.rollback": rollback,
  "desk.figures": figures,
  "desk.log": log,
  "desk.export": exported,
  "playbook.list": playbooks,
  "playbook.put": putPlaybooks,
  "routing.show": routing,
  "routing.put": putRouting,
} satisfies Partial<Handlers>;
