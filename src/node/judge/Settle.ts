/**
 * What a round comes to, carried out: runs that are missing are begun, two equal verdicts accept or reject by the
 * delegate's signature, and both sides are told. Looking again changes nothing.
 */
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { InputError, Share, State } from "../../agreement/index.ts";
import * as Auth from "../../ledger/Auth.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import type { Parts } from "../Call.ts";
import * as Evidence from "../evidence/Evidence.ts";
import * as Notices from "../notify/Notices.ts";
import * as Approvals from "../relay/Approvals.ts";
import * as Asked from "../relay/Asked.ts";
import * as Authority from "../relay/Authority.ts";
import * as Forecast from "../relay/Forecast.ts";
import * as Subject from "../relay/Subject.ts";
import * as Wanted from "../relay/Wanted.ts";
import * as Plain from "../store/Plain.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Keys from "./Keys.ts";
import * as Round from "./Round.ts";
import * as Runs from "./Runs.ts";

const { both } = InputError;
const { act } = schema;

/** Named points at which a test ends the process. */
export type Point = "round: seen" | "round: settled";

/** Seconds that the delegate's signature is good for. */
const WEEK = 7 * 86_400;
/** Rejections that the rules know (rule 6). */
const MOST_REJECTIONS = 3;

type Needs = Pick<Parts, "config" | "store" | "place" | "clock" | "events" | "jobs" | "files">;

/** Name of the one act that the verdicts of a round come to. */
export const keyOf = (ledgerId: string, tranche: number, round: number): string =>
  `verdicts:${ledgerId}:${tranche}:${round}`;

/** One look at a milestone's round. */
export async function consider(
  parts: Needs,
  { ledgerId, tranche }: { ledgerId: string; tranche: number },
  point: (name: Point) => void = () => {},
): Promise<void> {
  const { store, place } = parts;
  const subject = await Subject.byLedgerId(store.db, place, ledgerId);
  const round = subject && (await Round.of(parts, store.db, subject, tranche));
  if (!round || !Round.isDelivered(round) || round.criteria.length === 0) return;
  const keys = {
    client: await Keys.of(parts, store.db, round.subject, round.state, "client"),
    provider: await Keys.of(parts, store.db, round.subject, round.state, "provider"),
  };
  const at = await Forecast.time(parts);
  point("round: seen");
  await store.transaction(async (tx) => {
    const key = keyOf(ledgerId, tranche, round.round);
    // One after the other, on any number of nodes.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${key}))`);
    await beginRuns(parts, tx, round, keys);
    const outcome = Round.outcomeOf(round);
    if (outcome.kind === "waiting" || outcome.kind === "unknown") return;
    const [known] = await tx.select({ id: act.id }).from(act).where(eq(act.key, key));
    const wanted = known ? undefined : await wantedOf(parts, tx, round, outcome);
    if (wanted && keys.client && place.relayer)
      await carryOut(parts, tx, { round, key, wanted, signs: keys.client, at });
    await tell(parts, tx, round, outcome);
  });
  point("round: settled");
}

type Keyed = Readonly<Record<Round.Side, Keys.Keyed | undefined>>;

/** For the sides whose key this node has. Answers of persons are asked for by persons. */
async function beginRuns(parts: Needs, tx: Db, round: Round.Round, keys: Keyed): Promise<void> {
  for (const side of Round.SIDES) {
    const keyed = keys[side];
    if (!keyed) continue;
    for (const criterion of round.criteria) {
      const { attempt, [side]: mine } = Round.attemptOf(round, criterion);
      if (mine || criterion.run.kind === "manual") continue;
      const { organisation } = keyed;
      await Runs.begin(parts, tx, round, { side, criterion, attempt, organisation, user: null });
    }
  }
}

type Act = { readonly act: Wanted.Act; readonly wanted: Wanted.Wanted };

/** What equal verdicts do by the delegate's signature: nothing where people judge a part of it, or have to decide. */
export function doesOf(round: Round.Round, outcome: Round.Outcome): "accept" | "acceptPart" | "reject" | undefined {
  const { milestone, people, state, tranche } = round;
  if (people) return undefined;
  if (outcome.kind === "passed") return "accept";
  // A share is accepted once a tranche (rule 7).
  const isFree = milestone.acceptance === "by weight" && State.note(state, tranche).shareBps === 0;
  if (outcome.kind === "part" && isFree) return "acceptPart";
  // What could not be checked is nobody's fault; and what cannot be rejected any more is for people.
  const isFault = (outcome.kind === "failed" || outcome.kind === "part") && outcome.isFault;
  return isFault && round.round < MOST_REJECTIONS ? "reject" : undefined;
}

async function wantedOf(parts: Needs, tx: Db, round: Round.Round, outcome: Round.Outcome): Promise<Act | undefined> {
  const { subject, state, milestone } = round;
  const name = milestone.name;
  const scene = { db: tx, place: parts.place, subject, state, seats: await clientsOf(tx, subject.id) };
  const make = async (one: Wanted.Act): Promise<Act> => ({ act: one, wanted: await Wanted.make(scene, one) });
  switch (doesOf(round, outcome)) {
    case undefined:
      return undefined;
    case "accept":
      return make({ verb: "accept", milestones: [name] });
    case "acceptPart": {
      const share = Share.format("shareBps" in outcome ? outcome.shareBps : 0);
      return make({ verb: "acceptPart", milestone: name, share, evidence: await reasons(parts, tx, round) });
    }
    case "reject":
      return make({ verb: "reject", milestone: name, evidence: await reasons(parts, tx, round) });
  }
}

async function clientsOf(tx: Db, agreement: string) {
  const rows = await tx.select().from(schema.seat).where(eq(schema.seat.agreement, agreement));
  return rows
    .filter(({ role }) => role === "client")
    .map(({ organisation }) => ({ organisation, seat: "client" as const }));
}

/** The verdicts, as the file that a rejection names. @returns its id. */
async function reasons(parts: Needs, tx: Db, round: Round.Round): Promise<string> {
  const verdicts = round.criteria.flatMap((criterion) => {
    const { client, provider } = Round.attemptOf(round, criterion);
    return [client, provider].flatMap((row) => (row ? [row.document] : []));
  });
  const [client] = await clientsOf(tx, round.subject.id);
  const file = await Evidence.keep(parts, tx, {
    ...{ agreement: round.subject.id, user: "node", organisation: client?.organisation ?? "", readers: null },
    name: `verdicts-${round.milestone.name}-${round.round}.json`,
    bytes: Buffer.from(JSON.stringify({ version: "commenda-verdicts/1", verdicts }), "utf8"),
  });
  return file.id;
}

type Carried = { round: Round.Round; key: string; wanted: Act; signs: Keys.Keyed; at: number };

/** Signed by the delegate, kept as one act of the round, and sent like any other. */
async function carryOut(parts: Needs, tx: Db, { round, key, wanted: { act: asked, wanted }, signs, at }: Carried) {
  const { subject } = round;
  const validUntil = at + WEEK;
  const typed = Authority.typedData(parts.place, subject, wanted, validUntil);
  if (!typed) throw new Error(`${wanted.verb} cannot be signed`);
  const auth = Auth.pack({ validUntil }, (await signs.signer.sign(typed)) as Hex);
  const [row] = await tx
    .insert(act)
    .values({
      ...{ id: randomUUID(), agreement: subject.id, ledgerId: subject.ledgerId, verb: wanted.verb, key, auth },
      ...{ act: asked, call: Plain.plain(wanted), status: "waiting", organisation: signs.organisation },
    })
    .onConflictDoNothing()
    .returning();
  if (!row) return;
  // Above the amount of their own rule a second person approves this too.
  await Approvals.ask(parts, tx, { subject, wanted, act: row.id, user: "node" }, [signs.organisation]);
  await Asked.advance(parts, tx, row, 1);
}

/** Once each to both sides; to the arbitrator too, where they differ. */
async function tell(parts: Needs, tx: Db, round: Round.Round, outcome: Round.Outcome): Promise<void> {
  const { subject, milestone } = round;
  const { kind } = outcome;
  const attempts = kind === "rerun" ? Math.max(...round.criteria.map((one) => Round.attemptOf(round, one).attempt)) : 1;
  const key = `acceptance:${subject.ledgerId}:${round.tranche}:${round.round}:${kind}:${attempts}`;
  const said = Round.SAYS[kind];
  const says = both(`${milestone.title.en}: ${said.en}`, `${milestone.title.zh}：${said.zh}`);
  const told = await tx.select().from(schema.notice).where(eq(schema.notice.key, key)).limit(1);
  if (told.length > 0) return;
  const roles =
    kind === "unequal" ? (["client", "provider", "arbitrator"] as const) : (["client", "provider"] as const);
  await Notices.add(parts, tx, { agreement: subject.id, roles, kind: `acceptance.${kind}`, says, key });
  const data = { milestone: milestone.name, round: round.round, state: kind, says };
  await parts.events.append(tx, { kind: "acceptance.changed", agreement: subject.id, data });
}

/** Runs that wait for a sealed part, so that those are looked at whose time has come. */
export async function waiting({
  store,
}: Pick<Parts, "store">): Promise<readonly { ledgerId: string; tranche: number }[]> {
  const { run } = schema;
  const rows = await store.db
    .selectDistinct({ ledgerId: run.ledgerId, tranche: run.tranche })
    .from(run)
    .where(eq(run.state, "waiting"));
  return rows.flatMap(({ ledgerId, tranche }) =>
    ledgerId !== null && tranche !== null ? [{ ledgerId, tranche }] : [],
  );
}
