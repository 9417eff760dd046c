/**
 * A round of a milestone as code judges it: what was delivered, by what it is judged, what both sides' runs say, and what
 * that comes to. Read from the rows and the ledger; nothing of it is kept.
 */
import { and, eq, inArray } from "drizzle-orm";
import { type Criterion, InputError, Manifest, State, type Terms, Verdict } from "../../agreement/index.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import type { Parts } from "../Call.ts";
import * as Evidence from "../evidence/Evidence.ts";
import * as Projection from "../index/Projection.ts";
import * as Standings from "../index/Standings.ts";
import type { Subject } from "../relay/Subject.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Sealed from "./Sealed.ts";

const { both } = InputError;
const { evidence, fact, folder, verdict } = schema;

/** Bytes of a manifest. */
const LARGEST = 8_000_000;

export type Side = "client" | "provider";
export const SIDES: readonly Side[] = ["client", "provider"];
/** What runs can fetch: a commit with its repository, or a folder that is kept here. */
export type Work = { readonly kind: "commit" | "tree"; readonly hash: string; readonly repository?: string };
export type Row = typeof verdict.$inferSelect;
/** That code runs, for both sides. */
export type Coded = Criterion.Criterion & { readonly run: Criterion.Run; readonly suite: string };

export type Round = {
  readonly subject: Subject;
  readonly state: State.State;
  readonly tranche: number;
  readonly milestone: Terms.Terms["milestones"][number];
  /** Counts from 0. */
  readonly round: number;
  readonly code: State.Code;
  readonly criteria: readonly Coded[];
  /** Whether criteria are left that people judge. */
  readonly people: boolean;
  /** On the ledger, in this round. `at`: Unix seconds. */
  readonly delivered: { readonly at: number; readonly deliverable: Hex } | undefined;
  /** What that is, where a manifest says it is one commit, or one folder. */
  readonly work: Work | undefined;
  /** Unix seconds: until when both should have run all. */
  readonly until: number | undefined;
  /** Of this round, without those of delegates that were revoked since. */
  readonly verdicts: readonly Row[];
};

/** Criteria of a milestone that code runs for both sides. */
export function codedOf(terms: Terms.Terms, tranche: number): readonly Coded[] {
  const names = terms.milestones[tranche]?.criteria ?? [];
  return terms.criteria.filter(
    (one): one is Coded =>
      names.includes(one.name) && one.run !== undefined && one.suite !== undefined && one.by === "both",
  );
}

/** Nothing where there is no such milestone. */
export async function of(
  parts: Pick<Parts, "place" | "files">,
  db: Db,
  subject: Subject,
  tranche: number,
): Promise<Round | undefined> {
  const state = await Standings.stateOf(db, parts.place, subject.ledgerId, subject.terms);
  return at(parts, db, subject, state, tranche);
}

/** Of a state that is known. */
export async function at(
  parts: Pick<Parts, "files">,
  db: Db,
  subject: Subject,
  state: State.State,
  tranche: number,
): Promise<Round | undefined> {
  const milestone = subject.terms.milestones[tranche];
  if (!milestone) return undefined;
  const { code, round } = State.cell(state, tranche);
  const criteria = codedOf(subject.terms, tranche);
  const delivered = criteria.length > 0 ? await deliveryOf(db, subject, tranche, round) : undefined;
  const rows = await db
    .select()
    .from(verdict)
    .where(and(eq(verdict.ledgerId, subject.ledgerId), eq(verdict.tranche, tranche), eq(verdict.round, round)));
  const ends = delivered ? criteria.map((one) => Sealed.until(one, delivered.at)) : [];
  return {
    ...{ subject, state, tranche, milestone, round, code, criteria, delivered },
    people: criteria.length < milestone.criteria.length,
    work: delivered ? await workOf(parts, db, subject, delivered.deliverable) : undefined,
    until: ends.length > 0 ? Math.max(...ends) : undefined,
    verdicts: rows.filter(({ document }) => !state.revokedDelegates.includes(String(document.by).toLowerCase() as Hex)),
  };
}

async function deliveryOf(db: Db, { ledgerId }: Subject, tranche: number, round: number): Promise<Round["delivered"]> {
  const rows = await db
    .select()
    .from(fact)
    .where(and(eq(fact.ledgerId, ledgerId), eq(fact.kind, "delivered")))
    .orderBy(fact.block, fact.index);
  const found = rows
    .map(Projection.factOf)
    .findLast((one) => one.kind === "delivered" && one.tranche === tranche && one.round === round);
  return found?.kind === "delivered" ? { at: found.block.time, deliverable: found.deliverable } : undefined;
}

/** By the manifest that was delivered; nothing where it is none, was erased, or names several things. */
async function workOf(
  parts: Pick<Parts, "files">,
  db: Db,
  { id, ledgerId }: Subject,
  commitment: Hex,
): Promise<Work | undefined> {
  const [file] = await db
    .select()
    .from(evidence)
    .where(and(eq(evidence.agreement, id), eq(evidence.commitment, commitment)));
  if (!file?.complete || file.object === null || file.size > LARGEST) return undefined;
  const manifest = Manifest.read((await Evidence.bytesOf(parts, file)).toString("utf8"));
  if (manifest?.agreement !== ledgerId) return undefined;
  const [commit, ...more] = manifest.commits;
  if (commit)
    return more.length === 0 ? { kind: "commit", hash: commit.commit, repository: commit.repository } : undefined;
  const named = manifest.files.map((one) => one.commitment);
  if (named.length === 0) return undefined;
  const folders = await db
    .select({ hash: folder.hash })
    .from(folder)
    .innerJoin(evidence, eq(evidence.id, folder.id))
    .where(and(eq(folder.agreement, id), eq(folder.purpose, "work"), inArray(evidence.commitment, named)));
  const [only, ...others] = folders;
  return only && others.length === 0 ? { kind: "tree", hash: only.hash } : undefined;
}

export const isDelivered = ({ code, delivered }: Round): boolean =>
  code === State.Code.Delivered && delivered !== undefined;

/** How often both sides run one criterion: twice where its flake rule knows more than one run. */
export const mostAttempts = ({ run }: Coded): number => (run.flaky.runs > 1 ? 2 : 1);

export const documentOf = ({ document }: Row): Verdict.Signed => document as unknown as Verdict.Signed;

export type Attempt = { readonly attempt: number } & { readonly [S in Side]: Row | undefined };

/** The attempt that counts: the first that is not said by both, is equal, or is the last. */
export function attemptOf({ verdicts }: Round, criterion: Coded): Attempt {
  const most = mostAttempts(criterion);
  for (let attempt = 1; ; attempt += 1) {
    const by = (side: Side) =>
      verdicts.find((row) => row.criterion === criterion.name && row.side === side && row.attempt === attempt);
    const [client, provider] = [by("client"), by("provider")];
    if (!client || !provider || client.digest === provider.digest || attempt >= most)
      return { attempt, client, provider };
  }
}

export type Outcome =
  | { readonly kind: "none" | "open" | "unknown" | "ended" }
  | { readonly kind: "waiting" | "rerun"; readonly waits: readonly { side: Side; criterion: string }[] }
  | { readonly kind: "unequal"; readonly differences: readonly (Verdict.Difference & { criterion: string })[] }
  | { readonly kind: "unconfined" }
  /** `isFault`: a check failed, rather than that it could not be made. */
  | { readonly kind: "failed" | "part" | "passed"; readonly shareBps: number; readonly isFault: boolean };

/** What it has come to. */
export function outcomeOf(round: Round): Outcome {
  const { criteria, code } = round;
  if (criteria.length === 0) return { kind: "none" };
  if (code < State.Code.Delivered || code === State.Code.Rejected) return { kind: "open" };
  if (code !== State.Code.Delivered) return { kind: "ended" };
  if (!round.delivered || !round.work) return { kind: "unknown" };
  const attempts = criteria.map((criterion) => attemptOf(round, criterion));
  const of = (side: Side) => attempts.flatMap((one) => (one[side] ? [documentOf(one[side]).verdict] : []));
  const names = criteria.map(({ name }) => name);
  const settled = Verdict.settle(names, criteria, { client: of("client"), provider: of("provider") });
  switch (settled.kind) {
    case "waiting": {
      const kind = attempts.some(({ attempt }) => attempt > 1) ? "rerun" : "waiting";
      return { kind, waits: settled.for };
    }
    case "unequal":
      return { kind: "unequal", differences: settled.differences };
    case "unconfined":
      return { kind: "unconfined" };
    case "equal": {
      const whole = Verdict.shareAccepted(names, criteria, passing(criteria));
      const kind = settled.shareBps === 0 ? "failed" : settled.shareBps < whole ? "part" : "passed";
      const isFault = of("client").some(({ checks }) => checks.some(({ result }) => result === "fail"));
      return { kind, shareBps: settled.shareBps, isFault };
    }
  }
}

/** Verdicts that all pass, to know what all of it counts. */
const passing = (criteria: readonly Coded[]): readonly Verdict.Verdict[] =>
  criteria.map(
    ({ name }) =>
      ({ criterion: name, confined: true, checks: [{ id: "all", result: "pass" }] }) as unknown as Verdict.Verdict,
  );

/** In people's words. */
export const SAYS: Readonly<Record<Outcome["kind"], InputError.Words>> = {
  none: both("People judge this milestone.", "本里程碑由人工验收。"),
  open: both("It is judged once it is delivered.", "交付后进行判定。"),
  unknown: both(
    "Delivered, but not by a manifest of one commit or one folder: people judge it.",
    "已交付，但交付清单并非单一提交或文件夹：须人工验收。",
  ),
  waiting: both("It waits for runs.", "等待运行。"),
  rerun: both("The runs differ: both run it once more.", "运行结果不一致：双方再运行一次。"),
  unequal: both(
    "The runs differ and decide nothing: accept, reject or contest before the review ends, or what was agreed for silence applies. The arbitrator can run the same.",
    "双方运行结果不一致，不产生任何结论：请在验收期届满前接受、拒收或提出争议，否则按约定的沉默规则处理；仲裁人可运行同一用例。",
  ),
  unconfined: both(
    "Both agree, but one ran without a sandbox: a person decides.",
    "双方结果一致，但其中一方未在沙箱中运行：须人工决定。",
  ),
  failed: both("Both agree that it does not pass. No money moves.", "双方一致认定未通过，不发生付款。"),
  part: both("Both agree that it passes in part.", "双方一致认定部分通过。"),
  passed: both("Both agree that it passes.", "双方一致认定通过。"),
  ended: both("It is decided.", "已有定论。"),
};
