/** What a desk did, in numbers: promised against realised, risk by coverage, times, and what it saves. */
import { and, asc, eq, gte, inArray, lt } from "drizzle-orm";
import type { Table } from "../../api/index.ts";
import { Drift } from "../../desk/index.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Book from "./Book.ts";
import type { Row } from "./Desk.ts";
import * as Tickets from "./Tickets.ts";

const { deskLine, ticket } = schema;

type Figures = Table.Output<"desk.figures">;
/** Unix seconds; of tickets that came between them. */
export type Period = { readonly from: number; readonly to: number };

/** Points of the curve, tickets and lines that are looked at. */
const POINTS = 20;
const MOST = 50_000;
/** Tickets of which the minutes must be known, before they count for those that are guessed. */
const ENOUGH = 5;
/** Minutes after which somebody who took a ticket did something else. */
const LONGEST = 60;

/** Weeks of the log, with alarms. `expected`: share outside of scope that was reckoned with. */
export async function weeks(db: Db, row: Row, { from, to }: Period, expected: number): Promise<readonly Drift.Week[]> {
  const found = await db
    .select()
    .from(deskLine)
    .where(
      and(
        ...[eq(deskLine.desk, row.id), gte(deskLine.at, from), lt(deskLine.at, to)],
        inArray(deskLine.kind, ["decision", "correction", "reopened"]),
      ),
    )
    .orderBy(asc(deskLine.number))
    .limit(MOST);
  return Drift.weekly(found.map(Book.lineOf), row.promise / 10_000, expected);
}

export async function figures(db: Db, row: Row, period: Period, now: number): Promise<Figures> {
  const rows = await db
    .select({
      ...{ state: ticket.state, reason: ticket.reason, count: ticket.count, sure: ticket.sure, guess: ticket.guess },
      ...{ intent: ticket.intent, danger: ticket.danger, at: ticket.at, answeredAt: ticket.answeredAt },
      ...{ answeredBy: ticket.answeredBy, assignedAt: ticket.assignedAt, due: ticket.due, reopened: ticket.reopened },
      decision: ticket.decision,
    })
    .from(ticket)
    .where(and(eq(ticket.desk, row.id), gte(ticket.at, period.from), lt(ticket.at, period.to)))
    .orderBy(asc(ticket.number))
    .limit(MOST);
  const decided = rows.filter(({ state }) => state !== "new");
  const outcomeOf = ({ decision }: (typeof rows)[number]) => Tickets.decisionOf({ decision })?.outcome;
  const byDesk = decided.filter((one) => outcomeOf(one) === "answered");
  const isWrong = (one: (typeof rows)[number]) => one.reopened > 0 || (one.intent !== null && one.intent !== one.guess);
  const stayed = byDesk.filter((one) => !isWrong(one));
  const byPeople = decided.filter((one) => outcomeOf(one) !== "answered" || isWrong(one));
  const solved = decided.filter(({ state }) => state === "answered" || state === "solved");
  const expected = row.outsideShare === null ? 0.05 : row.outsideShare / 10_000;
  return {
    promise: row.promise / 10_000,
    tickets: rows.length,
    feedback: rows.reduce((sum, { count }) => sum + count, 0),
    answered: byDesk.length,
    handed: decided.length - byDesk.length,
    ...(byDesk.length === 0 ? {} : { realised: stayed.length / byDesk.length }),
    weeks: (await weeks(db, row, period, expected)).map((week) => ({
      ...{ from: new Date(week.from * 1_000).toISOString(), tickets: week.tickets, answered: week.answered },
      ...{ wrong: week.wrong, outside: week.outside, alarms: [...week.alarms] },
      ...(week.realised === undefined ? {} : { realised: week.realised }),
    })),
    curve: curve(
      decided
        .filter(
          (one) =>
            one.sure !== null && one.danger === null && (outcomeOf(one) === "answered" || one.state === "solved"),
        )
        .map((one) => ({ sure: one.sure ?? 0, isWrong: isWrong(one) })),
      decided.length,
    ),
    reasons: counted(decided.flatMap(({ reason }) => reason ?? [])).map(([reason, count]) => ({
      ...{ reason, says: Tickets.sayReason(reason), count },
    })),
    intents: counted(decided.flatMap(({ intent, guess }) => intent ?? guess ?? [])).map(([intent, count]) => ({
      ...{ intent, count },
      answered: byDesk.filter((one) => (one.intent ?? one.guess) === intent).length,
    })),
    firstAnswer: times(solved),
    level: level(byPeople, now),
    // All that was decided is solved in the end, by the desk or by people: what still waits is no reason to divide by less.
    perThousand: spent(row, { all: decided.length, byPeople, byDesk: stayed.length }),
  };
}

function counted(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1));
}

/** If only so many of the surest were answered. */
function curve(judged: readonly { sure: number; isWrong: boolean }[], all: number): Figures["curve"] {
  const sorted = judged.toSorted((one, other) => other.sure - one.sure);
  const points: Figures["curve"] = [];
  let wrong = 0;
  for (const [at, { sure, isWrong }] of sorted.entries()) {
    if (isWrong) wrong++;
    const done = at + 1;
    const isPoint = Math.floor((done * POINTS) / sorted.length) > Math.floor((at * POINTS) / sorted.length);
    if (isPoint) points.push({ coverage: done / all, risk: wrong / done, sure: Math.max(0, Math.min(1, sure)) });
  }
  return points;
}

type Timed = { readonly at: number; readonly answeredAt: number | null; readonly answeredBy: string | null };

function times(solved: readonly Timed[]): Figures["firstAnswer"] {
  const seconds = (some: readonly Timed[]) =>
    some.flatMap(({ at, answeredAt }) => (answeredAt === null ? [] : [answeredAt - at])).sort((a, b) => a - b);
  const at = (list: readonly number[], share: number) => list[Math.floor((list.length - 1) * share)];
  const all = seconds(solved);
  const people = at(seconds(solved.filter(({ answeredBy }) => answeredBy !== null)), 0.5);
  const [median, p90] = [at(all, 0.5), at(all, 0.9)];
  return {
    ...(median === undefined ? {} : { median }),
    ...(p90 === undefined ? {} : { p90 }),
    ...(people === undefined ? {} : { byPeople: people }),
  };
}

function level(rows: readonly (Timed & { readonly due: number | null })[], now: number): Figures["level"] {
  const due = rows.filter((one) => one.due !== null && (one.answeredAt !== null || one.due <= now));
  const met = due.filter(({ answeredAt, due: by }) => answeredAt !== null && answeredAt <= (by ?? 0)).length;
  return { due: due.length, met, late: due.length - met };
}

type Worked = Timed & { readonly assignedAt: number | null };

/** For 1,000 solved: minutes of people and money, by this desk and by people alone. */
function spent(
  { costs }: Row,
  { all, byPeople, byDesk }: { all: number; byPeople: readonly Worked[]; byDesk: number },
): Figures["perThousand"] {
  const measured = byPeople.flatMap(({ assignedAt, answeredAt, answeredBy }) =>
    assignedAt === null || answeredAt === null || answeredBy === null
      ? []
      : [Math.min(LONGEST, (answeredAt - assignedAt) / 60)],
  );
  const isMeasured = measured.length >= ENOUGH;
  const minutes = isMeasured ? measured.reduce((sum, one) => sum + one, 0) / measured.length : costs.minutes;
  const scale = Math.max(1, all);
  const seconds = (tickets: number) => BigInt(Math.round(tickets * minutes * 60));
  const [hour, ticketCost] = [BigInt(costs.hour), BigInt(costs.ticket)];
  const cost = (1_000n * ((seconds(byPeople.length) * hour) / 3_600n + BigInt(byDesk) * ticketCost)) / BigInt(scale);
  return {
    minutes: (1_000 * byPeople.length * minutes) / scale,
    minutesByPeople: 1_000 * minutes,
    measured: isMeasured,
    cost: String(cost),
    costByPeople: String((seconds(1_000) * hour) / 3_600n),
    currency: costs.currency,
  };
}
