/** Tickets of a desk: taken in, shown, answered, corrected, assigned. */
import { and, asc, desc, eq, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import { Intake as Reading } from "../../desk/index.ts";
import type { Call, Handler, Handlers } from "../Call.ts";
import * as Book from "../desk/Book.ts";
import * as Desk from "../desk/Desk.ts";
import * as Intake from "../desk/Intake.ts";
import * as Models from "../desk/Models.ts";
import * as Tickets from "../desk/Tickets.ts";
import * as Watch from "../desk/Watch.ts";
import * as Work from "../desk/Work.ts";
import * as Page from "../Page.ts";
import * as schema from "../store/schema.ts";
import { TOLD } from "./desks.ts";

const { both } = InputError;
const { member, ticket } = schema;

/** Tickets of an answer, and pieces of one file. */
const SHOWN = 200;
const MOST = 5_000;

type Taken = Table.Output<"desk.take">;

/** Takes pieces in, and answers when the desk has decided, or that it will. */
async function takeIn(
  call: Call<"desk.take"> | Call<"desk.import">,
  row: Desk.Row,
  given: { pieces: readonly Intake.Piece[]; bad: readonly Reading.Bad[]; source: string },
): Promise<Taken> {
  const { parts, db } = call;
  const { pieces, bad } = given;
  const { folded, fresh } = await Intake.take(parts, db, row, given, parts.clock.now());
  const some = fresh.slice(0, SHOWN);
  call.note({ desk: row.id, feedback: pieces.length, tickets: fresh.length });
  const taken = {
    ...{ feedback: pieces.length, folded, known: false },
    ...{ bad: bad.slice(0, TOLD).map((one) => ({ ...one })), badCount: bad.length, ticketCount: fresh.length },
  };
  const shown = async (from: typeof db): Promise<Taken> => {
    const rows =
      some.length === 0
        ? []
        : await from.select().from(ticket).where(inArray(ticket.id, some)).orderBy(asc(ticket.number));
    return { ...taken, tickets: await Tickets.shown(from, rows) };
  };
  call.finish(async () => {
    if (fresh.length > 0) await Work.work(Desk.needs(parts), row.id);
    return shown(parts.store.db);
  });
  return shown(db);
}

const take: Handler<"desk.take"> = async (call, { organisation, desk: id, feedback, source }) => {
  const row = Desk.going(await Desk.hold(call.db, organisation, id));
  const read = feedback.map(({ text, title = "", reference }, index): Intake.Piece | Reading.Bad => ({
    ...Reading.read({ text, title }, index + 1),
    ...(reference === undefined ? {} : { reference }),
  }));
  const pieces = read.filter((one): one is Intake.Piece => "text" in one);
  const bad = read.filter((one): one is Reading.Bad => "why" in one).map(({ at, why }) => ({ at, why }));
  return takeIn(call, row, { pieces, bad, source });
};

const importFile: Handler<"desk.import"> = async (call, { organisation, desk: id, format, content, source }) => {
  const { db } = call;
  const row = Desk.going(await Desk.hold(db, organisation, id));
  const bytes = Buffer.from(content, "base64");
  const { feedback, bad } = await Reading.take(bytes, format);
  const [first] = feedback.slice(MOST, MOST + 1);
  const rest = first ? [{ at: first.at, why: tooLong(feedback.length - MOST) }] : [];
  const pieces = feedback.slice(0, MOST).map((one) => ({ ...one, reference: `${source}#${one.at}` }));
  const isFirst = await Intake.isFirst(db, row, Intake.nameOf(bytes));
  if (!isFirst) {
    const told = { bad: [], badCount: 0, tickets: [], ticketCount: 0 };
    return { feedback: feedback.length, folded: 0, known: true, ...told };
  }
  return takeIn(call, row, { pieces, bad: [...rest, ...bad], source });
};

const tooLong = (more: number) =>
  both(
    `from here on ${more} pieces were left out: send them in another file`,
    `自此起有 ${more} 条未接收：请另存文件后再导入`,
  );

const list: Handler<"ticket.list"> = async (call, input) => {
  const { db, caller } = call;
  const { organisation, desk: id, after, limit, assignee } = input;
  await Desk.find(db, organisation, id);
  const me = caller.kind === "user" ? caller.user : "";
  const given = <T>(value: T | undefined, made: (value: T) => SQL | undefined) =>
    value === undefined ? undefined : made(value);
  const equal = [
    eq(ticket.desk, id),
    given(input.state, (state) => eq(ticket.state, state)),
    given(input.reason, (reason) => eq(ticket.reason, reason)),
    given(input.severity, (severity) => eq(ticket.severity, severity)),
    given(input.team, (team) => eq(ticket.team, team)),
    given(input.language, (language) => eq(ticket.language, language)),
    // What a person said, else what the desk thinks.
    given(input.intent, (intent) => sql`coalesce(${ticket.intent}, ${ticket.guess}) = ${intent}`),
    given(assignee, (who) =>
      who === "nobody" ? isNull(ticket.assignee) : eq(ticket.assignee, who === "me" ? me : who),
    ),
    // Not as a pattern: what is typed is what must stand there.
    given(input.text, (text) => sql`position(lower(${text}) in lower(${ticket.text})) > 0`),
  ];
  const isQueue = input.state === "handed";
  const from = Page.afterNumbers(after, isQueue ? 3 : 1, Number.MAX_SAFE_INTEGER);
  const key = sql`(${ORDER}, coalesce(${ticket.due}, 0), ${ticket.number})`;
  const [first = 0, second = 0, third = 0] = from ?? [];
  const behind = isQueue
    ? from && sql`${key} > (${first}::bigint, ${second}::bigint, ${third}::bigint)`
    : from && lt(ticket.number, Math.min(first, 2 ** 31 - 1));
  const rows = await db
    .select()
    .from(ticket)
    .where(and(...equal, behind))
    .orderBy(...(isQueue ? [sql`${key} asc`] : [desc(ticket.number)]))
    .limit(limit + 1);
  const { items, next } = Page.cut(rows, limit, ({ severity, due, number }) =>
    isQueue ? [urgency(severity), due ?? 0, number] : [number],
  );
  return { items: await Tickets.shown(db, items), ...(next === undefined ? {} : { next }) };
};

const URGENCY = ["critical", "high", "normal", "low"];
const urgency = (severity: string | null) => (severity === null ? 4 : URGENCY.indexOf(severity));
/** The most urgent first, then whose time runs out first. */
const ORDER = sql`(case ${ticket.severity} when 'critical' then 0 when 'high' then 1 when 'normal' then 2 when 'low' then 3 else 4 end)::bigint`;

const show: Handler<"ticket.show"> = async ({ db, parts }, { organisation, desk: id, ticket: which }) => {
  const row = await Desk.find(db, organisation, id);
  return explained(parts, await Tickets.find(db, row, which));
};

/** Never within a transaction: the model is read, and a thread asked. */
const explained = (parts: Call["parts"], row: Tickets.Row) =>
  Tickets.whole(parts.store.db, row, Models.load(Desk.needs(parts)));

const next: Handler<"ticket.next"> = async (call, { organisation, desk: id, team, language }) => {
  const { db, parts } = call;
  const row = await Desk.hold(db, organisation, id);
  const user = userOf(call);
  const fits = and(
    ...[eq(ticket.desk, id), eq(ticket.state, "handed")],
    team === undefined ? undefined : eq(ticket.team, team),
    language === undefined ? undefined : eq(ticket.language, language),
  );
  const [found] = await db
    .select()
    .from(ticket)
    .where(and(fits, or(isNull(ticket.assignee), eq(ticket.assignee, user))))
    .orderBy(
      sql`(${ticket.assignee} is null) asc`,
      sql`${ORDER} asc`,
      sql`${ticket.due} asc nulls last`,
      asc(ticket.number),
    )
    .limit(1);
  const waiting = await db.$count(ticket, fits);
  if (!found) return { waiting };
  const taken =
    found.assignee === user
      ? found
      : await Tickets.change(db, found, { assignee: user, assignedAt: parts.clock.now() });
  if (taken !== found) await Tickets.tell(parts, db, row, taken);
  call.note({ desk: id, ticket: found.id });
  call.finish(async (answer) => ({ ...answer, ticket: await explained(parts, taken) }));
  return { ticket: await Tickets.whole(db, taken), waiting };
};

const assign: Handler<"ticket.assign"> = async (call, { organisation, desk: id, ticket: which, user, team }) => {
  const { db, parts } = call;
  const row = await Desk.hold(db, organisation, id);
  const found = await Tickets.find(db, row, which);
  waits(found);
  if (user !== undefined && user !== null) {
    const [known] = await db
      .select({ role: member.role })
      .from(member)
      .where(and(eq(member.organisation, organisation), eq(member.user, user)));
    if (!known || known.role === "auditor") throw Problem.notFound(both("member", "成员"));
  }
  const names = Desk.tableOf(row).teams.map(({ name }) => name);
  if (team !== undefined && !names.includes(team)) throw noTeam(team, names);
  const changed = await Tickets.change(db, found, {
    ...(user === undefined ? {} : { assignee: user, assignedAt: user === null ? null : parts.clock.now() }),
    ...(team === undefined ? {} : { team }),
    desk: id,
  });
  await Tickets.tell(parts, db, row, changed);
  call.note({
    desk: id,
    ticket: which,
    ...(user === undefined ? {} : { user }),
    ...(team === undefined ? {} : { team }),
  });
  return one(db, changed);
};

const answer: Handler<"ticket.answer"> = async (call, { organisation, desk: id, ticket: which, text, intent }) => {
  const { db, parts } = call;
  const row = await Desk.hold(db, organisation, id);
  const found = await Tickets.find(db, row, which);
  waits(found);
  const user = userOf(call);
  const meant = intent ?? found.intent ?? found.guess ?? undefined;
  const isDangerous = found.danger !== null;
  const approved = text === undefined && !isDangerous ? await Tickets.draft(db, found, meant) : undefined;
  const words = text ?? approved?.text;
  if (words === undefined) throw noWords(meant, isDangerous);
  const now = parts.clock.now();
  const isCorrected = intent !== undefined && intent !== (found.intent ?? found.guess);
  const changed = await Tickets.change(db, found, {
    ...{ state: "solved", answer: words, citations: [...(approved?.citations ?? [])] },
    ...{ answeredBy: user, answeredAt: now, assignee: found.assignee ?? user },
    ...(intent === undefined ? {} : { intent }),
  });
  const grown = await Book.append(
    db,
    row,
    [
      ...(isCorrected ? [{ kind: "correction" as const, what: { ticket: which, intent, by: user } }] : []),
      { kind: "closed", what: { ticket: which, by: user, answer: Tickets.fingerprint(words) } },
    ],
    now,
  );
  await Tickets.tell(parts, db, grown, changed);
  if (isCorrected) await Watch.watch(Desk.needs(parts), db, grown);
  call.note({ desk: id, ticket: which, corrected: isCorrected });
  return one(db, changed);
};

const correct: Handler<"ticket.correct"> = async (call, { organisation, desk: id, ticket: which, intent }) => {
  const { db, parts } = call;
  const row = await Desk.hold(db, organisation, id);
  const found = await Tickets.find(db, row, which);
  if (found.intent === intent) return Tickets.whole(db, found);
  const now = parts.clock.now();
  const right = { ...found, intent };
  // What the desk answered was meant for something else: the writer still waits.
  const isMistaken = found.state === "answered" && intent !== found.guess;
  const changed = await Tickets.change(db, found, {
    ...(isMistaken ? Tickets.again(row, right, "corrected", now) : {}),
    intent,
  });
  const entry = { kind: "correction", what: { ticket: which, intent, by: userOf(call) } } as const;
  // To agree with the desk is no correction that costs it anything.
  const grown = intent === found.guess && found.intent === null ? row : await Book.append(db, row, [entry], now);
  await Tickets.tell(parts, db, grown, changed);
  if (isMistaken) await Tickets.remind(parts, db, row);
  await Watch.watch(Desk.needs(parts), db, grown);
  call.note({ desk: id, ticket: which, intent });
  call.finish(() => explained(parts, changed));
  return Tickets.whole(db, changed);
};

const reopen: Handler<"ticket.reopen"> = async (call, { organisation, desk: id, ticket: which }) => {
  const { db, parts } = call;
  const row = await Desk.hold(db, organisation, id);
  const found = await Tickets.find(db, row, which);
  if (found.state === "handed") return one(db, found);
  if (found.state === "new") throw undecided();
  const now = parts.clock.now();
  const again = Tickets.again(row, found, "reopened", now);
  const changed = await Tickets.change(db, found, { ...again, reopened: found.reopened + 1 });
  const what = { ticket: which, due: again.due ?? now };
  const grown = await Book.append(db, row, [{ kind: "reopened", what }], now);
  await Tickets.tell(parts, db, grown, changed);
  await Tickets.remind(parts, db, row);
  await Watch.watch(Desk.needs(parts), db, grown);
  call.note({ desk: id, ticket: which });
  return one(db, changed);
};

async function one(db: Call["db"], row: Tickets.Row) {
  const [told] = await Tickets.shown(db, [row]);
  if (!told) throw Tickets.missing();
  return told;
}

/** The dispatcher has refused whoever is not signed in. */
const userOf = ({ caller }: Pick<Call, "caller">): string => (caller.kind === "user" ? caller.user : "nobody");

function waits({ state, number }: Tickets.Row): void {
  if (state === "handed") return;
  if (state === "new") throw undecided();
  throw new Problem.Problem(
    "state-conflict",
    both(
      `Ticket ${number} is ${state} and waits for nobody. Reopen it first.`,
      `工单 ${number} 的状态为 ${state}，无需处理。请先重新打开。`,
    ),
    { state },
  );
}

const undecided = () =>
  new Problem.Problem(
    "state-conflict",
    both(
      "The desk has not decided on this ticket yet. Ask again in a moment.",
      "工单台尚未对该工单作出决定。请稍后再试。",
    ),
  );

const noWords = (intent: string | undefined, isDangerous: boolean) =>
  new Problem.Problem(
    "bad-input",
    isDangerous
      ? both(
          "text: missing; expected words of your own, since nothing ready is said to something dangerous.",
          "text：缺失；涉及风险的工单没有现成答复，请自行撰写。",
        )
      : both(
          `text: missing, and there is no approved answer for ${InputError.show(intent ?? "")} in its language. Give a text, or approve an answer by playbook.put.`,
          `text：缺失，且 ${InputError.show(intent ?? "")} 没有该语言的获准答复。请提供文本，或以 playbook.put 批准答复。`,
        ),
    { field: "text" },
  );

const noTeam = (team: string, names: readonly string[]) =>
  new Problem.Problem(
    "bad-input",
    both(
      `team: found ${InputError.show(team)}, expected one of ${names.join(", ")}.`,
      `team：现为 ${InputError.show(team)}，应为 ${names.join("、")} 之一。`,
    ),
    { field: "team" },
  );

export const tickets = {
  "desk.take": take,
  "desk.import": importFile,
  "ticket.list": list,
  "ticket.show": show,
  "ticket.next": next,
  "ticket.assign": assign,
  "ticket.answer": answer,
  "ticket.correct": correct,
  "ticket.reopen": reopen,
} satisfies Partial<Handlers>;
