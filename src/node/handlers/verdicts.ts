/** Verdicts of both sides, and what they come to. */
import { and, desc, eq, lt, or } from "drizzle-orm";
import { InputError, State, Verdict } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Handler, Handlers } from "../Call.ts";
import * as Evidence from "../evidence/Evidence.ts";
import * as Standings from "../index/Standings.ts";
import * as Round from "../judge/Round.ts";
import * as Settle from "../judge/Settle.ts";
import * as Verdicts from "../judge/Verdicts.ts";
import * as Page from "../Page.ts";
import * as Subject from "../relay/Subject.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { act, evidence, run, verdict } = schema;

const submit: Handler<"verdict.submit"> = async (call, { agreement, signed: given }) => {
  const { db, parts, seats } = call;
  const signed = Verdict.parseSigned(given);
  const subject = await Subject.latest(db, parts.place, agreement);
  const round = await Round.of(parts, db, subject, signed.verdict.tranche ?? 0);
  if (!round) throw Problem.notFound(both("milestone", "里程碑"));
  const sides = seats.flatMap(({ seat }) => (seat === "client" || seat === "provider" ? [seat] : []));
  const side = Verdicts.sideOf(round, signed, sides);
  const seat = seats.find((one) => one.seat === side);
  if (!seat || call.caller.kind !== "user") throw Problem.notFound(both("agreement", "协议"));
  const by = { organisation: seat.organisation, user: call.caller.user, sides };
  const row = await Verdicts.take(parts, db, round, signed, by);
  call.note({ verdict: row.id, side, criterion: row.criterion, passed: row.passed });
  return Verdicts.told(row, subject.terms);
};

const list: Handler<"verdict.list"> = async ({ db, parts }, { agreement, after, limit }) => {
  const from = Page.afterTime(after);
  const older = from
    ? [or(lt(verdict.createdAt, from.at), and(eq(verdict.createdAt, from.at), lt(verdict.id, from.id)))]
    : [];
  const rows = await db
    .select()
    .from(verdict)
    .where(and(eq(verdict.agreement, agreement), ...older))
    .orderBy(desc(verdict.createdAt), desc(verdict.id))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, ({ createdAt, id }) => [createdAt.toISOString(), id]);
  const subject = await Subject.find(db, parts.place, agreement);
  return { ...page, items: page.items.map((row) => Verdicts.told(row, subject?.terms)) };
};

const show: Handler<"verdict.show"> = async ({ db, parts }, input) => {
  const row = await Verdicts.find(db, input.agreement, input.verdict);
  const subject = await Subject.find(db, parts.place, input.agreement);
  return { ...Verdicts.told(row, subject?.terms), signed: row.document };
};

const compare: Handler<"verdict.compare"> = async ({ db }, input) => {
  const rows = [
    await Verdicts.find(db, input.agreement, input.verdict),
    await Verdicts.find(db, input.agreement, input.other),
  ] as const;
  const [one, other] = [Round.documentOf(rows[0]).verdict, Round.documentOf(rows[1]).verdict];
  const ids = [...new Set([...one.checks, ...other.checks].map(({ id }) => id))];
  const checks = ids.map((id) => {
    const [left, right] = [one, other].map((each) => each.checks.find((check) => check.id === id));
    return {
      id,
      ...(left ? { one: left.result } : {}),
      ...(right ? { other: right.result } : {}),
      why: [left, right].flatMap((check) => (check?.why ? [check.why] : [])),
    };
  });
  const differences = Verdict.compare(one, other).map((each) => ({ ...each, criterion: one.criterion }));
  return { equal: differences.length === 0, differences, checks };
};

type Told = Table.Output<"acceptance.show">["items"][number];

const acceptance: Handler<"acceptance.show"> = async ({ db, parts }, { agreement }) => {
  const subject = await Subject.latest(db, parts.place, agreement);
  const state = await Standings.stateOf(db, parts.place, subject.ledgerId, subject.terms);
  const items: Told[] = [];
  for (const tranche of subject.terms.milestones.keys()) {
    const round = await Round.at(parts, db, subject, state, tranche);
    if (round) items.push(await told(db, round));
  }
  return { items };
};

async function told(db: Db, round: Round.Round): Promise<Told> {
  const { subject, tranche, milestone, criteria, work, delivered, until, people } = round;
  const outcome = Round.outcomeOf(round);
  const does = Settle.doesOf(round, outcome);
  const acts = await db.select({ id: act.id, key: act.key }).from(act).where(eq(act.ledgerId, subject.ledgerId));
  // Of this round, or of the one before, which a rejection has ended.
  const rounds = [round.round, round.round - 1].map((number) => Settle.keyOf(subject.ledgerId, tranche, number));
  const carried = rounds.flatMap((key) => acts.filter((one) => one.key === key));
  const iso = (seconds: number) => new Date(seconds * 1_000).toISOString();
  return {
    ...{ milestone: milestone.name, title: milestone.title, criteria: criteria.map(({ name }) => name), people },
    ...{ stage: stageOf(round), round: round.round, state: outcome.kind, says: Round.SAYS[outcome.kind] },
    ...(work ? { subject: { kind: work.kind, hash: work.hash } } : {}),
    ...(work?.repository ? { repository: work.repository } : {}),
    ...(delivered ? { deliveredAt: iso(delivered.at) } : {}),
    ...(until === undefined ? {} : { until: iso(until) }),
    waits: "waits" in outcome ? await underWay(db, round, outcome.waits) : [],
    differences: "differences" in outcome ? [...outcome.differences] : [],
    ...("shareBps" in outcome ? { shareBps: outcome.shareBps } : {}),
    ...(does ? { does } : {}),
    ...(carried[0] ? { act: carried[0].id } : {}),
    ...(outcome.kind === "unequal" ? { command: `commenda accept check ${subject.id} ${milestone.name}` } : {}),
  };
}

type Waits = Told["waits"];

/** With how far the runs of this node are. */
async function underWay(db: Db, { subject, tranche, round }: Round.Round, waits: Readonly<Waits>): Promise<Waits> {
  const rows = await db
    .select({ side: run.side, criterion: run.criterion, state: run.state })
    .from(run)
    .where(and(eq(run.ledgerId, subject.ledgerId), eq(run.tranche, tranche), eq(run.round, round)));
  return waits.map((one) => {
    const mine = rows.filter(({ side, criterion }) => side === one.side && criterion === one.criterion);
    const state = UNDER_WAY.find((state) => mine.some((row) => row.state === state));
    return state === undefined ? one : { ...one, run: state };
  });
}
const UNDER_WAY = ["running", "queued", "waiting"] as const;

const CODES = new Map(Object.entries(State.Code).map(([name, code]) => [code as number, name]));
const stageOf = ({ code }: Round.Round): string => (CODES.get(code) ?? String(code)).toLowerCase();

const artefact: Handler<"artefact.show"> = async ({ db, seats }, { agreement, hash }) => {
  const rows = await db
    .select()
    .from(evidence)
    .where(and(eq(evidence.agreement, agreement), eq(evidence.contentHash, hash)));
  const row = rows.find((one) => Evidence.mayRead(one, seats) && one.erasedAt === null);
  if (!row) throw Problem.notFound(both("file of a run", "运行产物"));
  return { evidence: row.id, name: row.name ?? "", size: row.size, hash };
};

export const verdicts = {
  "verdict.submit": submit,
  "verdict.list": list,
  "verdict.show": show,
  "verdict.compare": compare,
  "acceptance.show": acceptance,
  "artefact.show": artefact,
} satisfies Partial<Handlers>;
