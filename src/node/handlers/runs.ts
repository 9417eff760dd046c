/** Runs of criteria by this node, for the caller's side. */
import { and, asc, eq, gte } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import * as Access from "../Access.ts";
import type { Call, Handler, Handlers } from "../Call.ts";
import * as Show from "../draft/Show.ts";
import * as Folders from "../judge/Folders.ts";
import * as Round from "../judge/Round.ts";
import * as Runs from "../judge/Runs.ts";
import * as Subject from "../relay/Subject.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import { noCriterion } from "./seals.ts";

const { both } = InputError;
const { run, runLog } = schema;

/** Runs of an organisation that may be under way at once, in one agreement. */
const MOST = 20;
/** Pieces of a log in one answer. */
const PIECES = 32;

type Start = Table.Input<"run.start">;

const start: Handler<"run.start"> = async (call, input) => {
  const { db, caller, seats } = call;
  const { user } = Show.userOf(caller);
  const [seat] = seats;
  if (!seat) throw Problem.notFound(both("agreement", "协议"));
  await few(db, input.agreement, seat.organisation);
  const row = input.suite === undefined ? await byTerms(call, input, user) : await trial(call, input, user);
  call.note({ run: row.id, criterion: row.criterion });
  return shown(call, row);
};

async function few(db: Db, agreement: string, organisation: string): Promise<void> {
  const ours = and(eq(run.agreement, agreement), eq(run.organisation, organisation));
  const rows = await db.select({ state: run.state }).from(run).where(ours);
  const open = rows.filter(({ state }) => state === "queued" || state === "running").length;
  if (open < MOST) return;
  throw new Problem.Problem(
    "state-conflict",
    both(
      `${open} runs of your organisation are under way in this agreement. Wait for them, or stop some.`,
      `贵组织在该协议中已有 ${open} 个运行进行中。请等待其结束，或中止部分运行。`,
    ),
  );
}

async function byTerms(call: Call, { agreement, milestone = "", criterion, answers }: Start, user: string) {
  const { db, parts, seats } = call;
  const subject = await Subject.latest(db, parts.place, agreement);
  const tranche = subject.terms.milestones.findIndex(({ name }) => name === milestone);
  const round = await Round.of(parts, db, subject, tranche);
  const known = round?.criteria ?? [];
  const coded = criterion === undefined && known.length === 1 ? known[0] : known.find(({ name }) => name === criterion);
  if (!round || !coded) throw noCriterion(subject, milestone, criterion);
  const seat = seats.find((one) => one.seat === "client" || one.seat === "provider" || one.seat === "arbitrator");
  if (!seat || seat.seat === "reporter" || seat.seat === "reader")
    throw Access.forbidden(both("a party or the arbitrator", "当事人或仲裁人"));
  const side = seat.seat;
  const isOpen = side === "arbitrator" ? round.delivered !== undefined : Round.isDelivered(round);
  if (!isOpen || !round.work) throw nothingDelivered(round);
  const { attempt, ...said } = Round.attemptOf(round, coded);
  if (side !== "arbitrator" && said[side]) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        "Your side has said already what it found. If the two differ, the flake rule says whether both run again.",
        "贵方已提交结论。如双方不一致，是否重跑依重试规则。",
      ),
    );
  }
  const asked = { side, criterion: coded, attempt, organisation: seat.organisation, user };
  const row = await Runs.begin(parts, db, round, { ...asked, ...(answers ? { answers } : {}) });
  if (!row) throw nothingDelivered(round);
  return row;
}

const nothingDelivered = ({ delivered, milestone }: Round.Round) =>
  new Problem.Problem(
    "state-conflict",
    delivered
      ? both(
          `What was delivered for "${milestone.name}" is no manifest of one commit or one folder, or was decided already. Let the provider deliver one (manifest.create).`,
          `“${milestone.name}”的交付物不是单一提交或文件夹的交付清单，或已有定论。请乙方以交付清单交付（manifest.create）。`,
        )
      : both(
          `"${milestone.name}" is not delivered in this round: there is nothing to judge yet. A trial needs \`suite\`.`,
          `“${milestone.name}”本轮尚未交付，暂无可判定内容。试跑请指定 suite。`,
        ),
  );

/** Of a suite that was put, on a folder that was put or on a commit. */
async function trial(call: Call, input: Start, user: string): Promise<Runs.Row> {
  const { db, parts, seats } = call;
  const { agreement, suite = "", folder, commit, repository, answers } = input;
  const kept = await Folders.find(db, agreement, suite, seats);
  if (kept.row.about === null || (folder === undefined) === (commit === undefined || repository === undefined)) {
    throw new Problem.Problem(
      "bad-input",
      both(
        "suite: expected a folder put as a suite or a sealed part, and beside it either `folder`, or `commit` with `repository`.",
        "suite：应为以用例集或密封部分保存的文件夹，并另附 folder，或 commit 与 repository。",
      ),
      { field: "suite" },
    );
  }
  const work = folder === undefined ? undefined : await Folders.find(db, agreement, folder, seats);
  const order: Runs.Order = {
    subject: work ? { kind: "tree", hash: work.row.hash } : { kind: "commit", hash: commit ?? "" },
    ...(work ? { folder: work.row.id } : {}),
    ...(repository === undefined ? {} : { repository }),
    ...{ suite: kept.row.id, suiteHash: kept.row.hash },
    ...(answers ? { answers } : {}),
  };
  const organisation = seats[0]?.organisation ?? kept.row.organisation;
  return Runs.attempt(parts, db, { agreement, organisation, user, order });
}

async function shown(call: Pick<Call, "db" | "parts" | "caller">, row: Runs.Row): Promise<Table.Output<"run.show">> {
  const [one] = await told(call, row.agreement, [row]);
  if (!one) throw new Error("a run that was found is not shown");
  return one;
}

async function told({ db, parts, caller }: Pick<Call, "db" | "parts" | "caller">, agreement: string, rows: Runs.Row[]) {
  const subject = await Subject.find(db, parts.place, agreement);
  const milestones = subject?.terms.milestones.map(({ name }) => name) ?? [];
  return Runs.told(db, rows, milestones, Show.languageOf(caller));
}

const list: Handler<"run.list"> = async (call, { agreement, ...page }) => {
  const { items, ...next } = await Runs.list(call.db, agreement, call.seats, page);
  return { items: await told(call, agreement, items), ...next };
};

const show: Handler<"run.show"> = async (call, input) =>
  shown(call, await Runs.find(call.db, input.agreement, input.run, call.seats));

const log: Handler<"run.log"> = async ({ db, seats }, input) => {
  const row = await Runs.find(db, input.agreement, input.run, seats);
  const pieces = await db
    .select()
    .from(runLog)
    // A piece may begin before the offset: none is longer than that.
    .where(and(eq(runLog.run, row.id), gte(runLog.offset, Math.max(0, input.offset - 16_000))))
    .orderBy(asc(runLog.offset))
    .limit(PIECES);
  const fit = pieces.filter(({ offset, text }) => offset + text.length > input.offset);
  const [first] = fit;
  const text = fit.map((piece) => piece.text).join("");
  const from = first === undefined ? input.offset : Math.max(input.offset, first.offset);
  const rest = first === undefined ? "" : text.slice(from - first.offset);
  return { text: rest, offset: from + rest.length, state: row.state };
};

const stop: Handler<"run.stop"> = async (call, input) => {
  const { db, parts } = call;
  const row = await Runs.find(db, input.agreement, input.run, call.seats);
  if (row.state === "stopped") return shown(call, row);
  if (row.state === "done" || row.state === "failed") {
    throw new Problem.Problem(
      "state-conflict",
      both("The run has ended already. See run.show.", "该运行已结束，请查看 run.show。"),
    );
  }
  const ended = { state: "stopped" as const, endedAt: new Date(parts.clock.now() * 1_000) };
  const [stopped] = await db.update(run).set(ended).where(eq(run.id, row.id)).returning();
  if (stopped) await Runs.tell(parts, db, stopped);
  return shown(call, stopped ?? row);
};

export const runs = {
  "run.start": start,
  "run.list": list,
  "run.show": show,
  "run.log": log,
  "run.stop": stop,
} satisfies Partial<Handlers>;
