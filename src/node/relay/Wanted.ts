/** An act in people's terms, made into what the ledger takes: names into numbers, files into commitments. */
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { Dispute, InputError, Machine, Outcome, Share, State, type Terms } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type { act } from "../../api/operations/acts.ts";
import * as Abi from "../../ledger/Abi.ts";
import * as Escrow from "../../ledger/Escrow.ts";
import type { Address, Hex } from "../../ledger/Ledger.ts";
import type { Place, Seat } from "../Call.ts";
import * as Evidence from "../evidence/Evidence.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Subject from "./Subject.ts";

const { both } = InputError;

export type Act = z.infer<typeof act>;

/** A panel's ruling. `choice`: as `Dispute.choiceOf`, 0 refuses to rule. `given`: of a dispute created at it, not of the escrow's own. */
export type Rule = { verb: "rule"; tranche: number; number: bigint; choice: bigint; given: boolean };
/** What is sent: an act of the escrow, or a ruling at the panel. */
export type Wanted = Escrow.Call | Rule;

type Scene = {
  readonly db: Db;
  readonly place: Place;
  readonly subject: Subject.Subject;
  /** As the ledger has it now. */
  readonly state: State.State;
  /** Of who acts. */
  readonly seats: readonly Pick<Seat, "organisation" | "seat">[];
};

/** Throws `bad-input`, `state-conflict`, `not-found`, and `ShareOutOfRange`. */
export async function make(scene: Scene, act: Act): Promise<Wanted> {
  const { place, subject, state } = scene;
  const one = (name: string) => indexOf(name, subject.terms);
  const mask = (names: readonly string[] = []) => names.reduce((bits, name) => bits | (1 << one(name)), 0);
  const round = (i: number) => State.cell(state, i).round;
  const token = subject.agreement.work.token;
  const at = (name: string) => ({ tranche: one(name), round: round(one(name)) });
  switch (act.verb) {
    case "open":
      return { verb: "open", fundNow: mask(act.fund), ...(await signatures(scene.db, subject)) };
    case "amend":
      return { verb: "amend", fundNow: mask(act.fund), ...(await replacement(scene, act.by)) };
    case "revoke":
    case "revokeDelegate":
      return { verb: act.verb, byClient: sits(scene, "client") };
    case "fund":
    case "terminate":
      return { verb: act.verb, tranches: mask(act.milestones) };
    case "deliver":
      return { verb: "deliver", ...at(act.milestone), deliverable: await named(scene, act, true) };
    case "accept": {
      const rounds = state.cells.reduce((bits, cell, i) => bits | (cell.round << (2 * i)), 0);
      return { verb: "accept", tranches: mask(act.milestones), rounds, deliverables: NONE };
    }
    case "acceptPart": {
      const shareBps = Share.parse(act.share);
      const reasons = await named(scene, act);
      return { verb: "acceptPart", ...at(act.milestone), shareBps, deliverable: NONE, reasons };
    }
    case "reject":
      return { verb: "reject", ...at(act.milestone), deliverable: NONE, reasons: await named(scene, act) };
    case "contest": {
      const delivered = State.cell(state, one(act.milestone)).code === State.Code.Delivered;
      // Who sits on both sides contests as whom the stage lets.
      const byClient = sits(scene, "client") && (delivered || !sits(scene, "provider"));
      return { verb: "contest", ...at(act.milestone), byClient, reasons: await named(scene, act) };
    }
    case "answer":
      return { verb: "answer", ...at(act.milestone) };
    case "arbitrate":
      return { verb: "arbitrate", tranche: one(act.milestone), value: await cost(scene) };
    case "rule":
      return ruling(scene, one(act.milestone), act.share);
    case "claim": {
      const tranche = one(act.milestone);
      const number = state.cases[tranche]?.number;
      return { verb: "claim", tranche, ...(number === undefined ? {} : { number }) };
    }
    case "report":
      return { verb: "report", value: BigInt(act.value), proof: "0x" };
    case "extend":
      return { verb: "extend", tranche: one(act.milestone) };
    case "settle": {
      const { toProvider, toClient, depositsToProvider, depositsToClient } = act;
      return {
        verb: "settle",
        ...{ toProvider: BigInt(toProvider), toClient: BigInt(toClient) },
        ...{ depositsToProvider: BigInt(depositsToProvider), depositsToClient: BigInt(depositsToClient) },
      };
    }
    case "namePayee": {
      const nonce = await nonceOf(place, subject.agreement.parties.provider);
      return { verb: "namePayee", payee: act.payee as Address, nonce };
    }
    case "redirect": {
      const owner = await creditor(scene, BigInt(act.amount));
      const nonce = await nonceOf(place, owner);
      return { verb: "redirect", token, owner, to: act.to as Address, amount: BigInt(act.amount), nonce };
    }
    case "push":
      return { verb: "push", token, owner: act.owner as Address };
  }
}

const NONE: Hex = `0x${"00".repeat(32)}`;

const sits = ({ seats }: Scene, side: Seat["seat"]): boolean => seats.some(({ seat }) => seat === side);

/** Index of a milestone by its name; the outcome by `outcome`. */
function indexOf(name: string, terms: Terms.Terms): number {
  const names = [...terms.milestones.map((one) => one.name), ...(terms.outcome ? [Outcome.NAME] : [])];
  const index = names.indexOf(name);
  if (index >= 0) return index;
  const [found, list] = [InputError.show(name), names.join(", ")];
  throw new Problem.Problem(
    "bad-input",
    both(`milestone: found ${found}, expected one of ${list}.`, `milestone：现为 ${found}，应为 ${list} 之一。`),
    { field: "act.milestone" },
  );
}

/** The commitment of evidence kept here, or of what is kept elsewhere. */
async function named(
  { db, subject, seats }: Scene,
  { evidence: id, commitment }: { evidence?: string | undefined; commitment?: string | undefined },
  needed = false,
): Promise<Hex> {
  if (id === undefined) {
    if (commitment !== undefined) return commitment as Hex;
    if (!needed) return NONE;
    throw new Problem.Problem(
      "bad-input",
      both(
        "act: a delivery names what is delivered. Give `evidence`, a file kept here, or `commitment`, its salted hash.",
        "act：交付须指明交付物。请提供 evidence（存于本节点的文件）或 commitment（其加盐哈希）。",
      ),
      { field: "act.evidence" },
    );
  }
  const { evidence } = schema;
  const [row] = await db
    .select()
    .from(evidence)
    .where(and(eq(evidence.id, id), eq(evidence.agreement, subject.id)));
  if (!row || !Evidence.mayRead(row, seats)) throw Problem.notFound(both("evidence of this agreement", "本协议证据"));
  if (row.complete && row.commitment) return row.commitment as Hex;
  throw new Problem.Problem(
    "state-conflict",
    both(
      "The evidence is not there in full: its upload has not ended, or it was erased. Upload it, then act.",
      "该证据不完整：上传未结束，或已被删除。请上传后再操作。",
    ),
  );
}

/** Both sides' signatures over the version. Throws `state-conflict` where one is missing. */
async function signatures(db: Db, { id, version }: Pick<Subject.Subject, "id" | "version">) {
  const { signature } = schema;
  const rows = await db
    .select({ side: signature.side, signature: signature.signature })
    .from(signature)
    .where(and(eq(signature.agreement, id), eq(signature.version, version)));
  const of = (side: "client" | "provider") => rows.find((row) => row.side === side)?.signature as Hex | undefined;
  const [clientSignature, providerSignature] = [of("client"), of("provider")];
  if (clientSignature && providerSignature) return { clientSignature, providerSignature };
  const missing = clientSignature ? both("the provider", "乙方") : both("the client", "甲方");
  throw new Problem.Problem(
    "state-conflict",
    both(
      `Version ${version} is not signed by ${missing.en} yet. It can be opened when both have signed it.`,
      `第 ${version} 版尚未由${missing.zh}签署。双方签署后方可生效。`,
    ),
  );
}

/** The agreement that replaces this one, which sits with the same parties. */
async function replacement({ db, place, subject, seats }: Scene, by: string) {
  const { seat } = schema;
  const theirs = await db.select().from(seat).where(eq(seat.agreement, by));
  if (!theirs.some((one) => seats.some(({ organisation }) => organisation === one.organisation)))
    throw Problem.notFound(both("agreement", "协议"));
  const next = await Subject.latest(db, place, by);
  if (next.agreement.replaces !== subject.ledgerId) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        `The agreement does not replace this one: its \`replaces\` is ${next.agreement.replaces}, expected ${subject.ledgerId}.`,
        `该协议并非用以替代本协议：其 replaces 为 ${next.agreement.replaces}，应为 ${subject.ledgerId}。`,
      ),
    );
  }
  return { next: next.agreement, ...(await signatures(db, next)) };
}

async function ruling({ subject, state }: Scene, tranche: number, share: string | undefined): Promise<Rule> {
  const bps = share === undefined ? undefined : Share.parse(share);
  const choice = bps === undefined ? 0 : Dispute.choiceOf(bps);
  if (choice === undefined) {
    throw new Problem.Problem(
      "bad-input",
      both(
        `share: found ${InputError.show(share)}, expected a whole percent, such as 60 %.`,
        `share：现为 ${InputError.show(share)}，应为整数百分比，例如 60 %。`,
      ),
      { field: "act.share" },
    );
  }
  const created = state.cases[tranche]?.number;
  const number = created ?? Machine.panelNumber(subject.ledgerId, tranche);
  return { verb: "rule", tranche, number, choice: BigInt(choice), given: created !== undefined };
}

/** Wei that the arbitrator asks. */
async function cost({ place, subject }: Scene): Promise<bigint> {
  const { arbitrator, panel, extraData } = subject.agreement.arbitration;
  if (arbitrator === State.ZERO || panel) return 0n;
  const data = Abi.encode("Panel", "arbitrationCost", [extraData]);
  return Abi.decode("Panel", "arbitrationCost", await place.ledger.call({ to: arbitrator, data })) as bigint;
}

/** Only what is signed for others to send has one. */
const nonceOf = async ({ ledger, escrow }: Place, owner: Address): Promise<bigint> =>
  (await Escrow.read(ledger, escrow, "nonces", [owner])) as bigint;

/** Whose credit is meant: an account of the one who acts that has so much. */
async function creditor({ db, place, subject, seats }: Scene, amount: bigint): Promise<Address> {
  const { account } = schema;
  const { client, provider } = subject.agreement.parties;
  const parties = seats.flatMap(({ seat }) => (seat === "client" ? [client] : seat === "provider" ? [provider] : []));
  const others: Address[] = [];
  for (const { organisation } of seats) {
    const rows = await db
      .select({ address: account.address })
      .from(account)
      .where(eq(account.organisation, organisation));
    others.push(...rows.map(({ address }) => address as Address));
  }
  const owners = [...parties, ...others];
  for (const owner of owners) {
    const credit = await Escrow.credit(place.ledger, place.escrow, subject.agreement.work.token, owner);
    if (credit > 0n && credit >= amount) return owner;
  }
  const [first] = owners;
  if (first) return first;
  throw Problem.notFound(both("account of yours", "您的账户"));
}
