/**
 * What anyone can do to an agreement. `by` is whose authority the act has: its sender, or the signer of what a relayer
 * sends. Whether a signature is good is not judged here.
 */
import type { Address, Agreement, Hex } from "./Agreement.ts";
import type { Branch } from "./Codec.ts";
import { Code, cell, type State } from "./State.ts";

/** What a relayed act brings beside its fields. */
type Relayed = {
  by: Address;
  /** Unix seconds; only of a signature. */
  validUntil?: number;
  /** What the relayer takes of the signer's money in the agreement's token. */
  tip?: { to: Address; amount: bigint };
  /** Branches that travel in full; those that the act needs when absent. */
  branches?: readonly Branch[];
};

/** Acts that carry both parties' signatures: `signers` have signed, `by` sends. */
type Both = Relayed & { signers: readonly Address[] };
type OfTranche = { tranche: number };
type OfRound = OfTranche & { round: number };
/** Bit i is tranche i. */
type OfMask = { tranches: number };

export type Act = Relayed &
  (
    | ({ verb: "open"; fundNow: number } & Both)
    | { verb: "revoke"; byClient: boolean }
    | ({ verb: "fund" } & OfMask)
    | ({ verb: "deliver" } & OfRound)
    /** `rounds`: of each tranche by its index. */
    | ({ verb: "accept"; rounds: readonly number[] } & OfMask)
    | ({ verb: "acceptPart"; shareBps: number } & OfRound)
    | ({ verb: "reject" } & OfRound)
    | ({ verb: "contest"; byClient: boolean } & OfRound)
    | ({ verb: "answer" } & OfRound)
    /**
     * `cost` and `number` are the arbitrator's answers; `taken`: the number is bound to another agreement;
     * `ruling`: it rules before `createDispute` returns. `value` is the wei sent, `cost` when absent.
     */
    | ({
        verb: "arbitrate";
        cost: bigint;
        number: bigint;
        value?: bigint;
        taken?: boolean;
        ruling?: bigint;
      } & OfTranche)
    | { verb: "rule"; number: bigint; ruling: bigint }
    | ({ verb: "rulePanel"; ruling: bigint; payees: readonly Address[] } & OfTranche)
    | ({ verb: "claim"; number?: bigint } & OfTranche)
    | ({ verb: "terminate" } & OfMask)
    | ({ verb: "extend" } & OfTranche)
    /** `attested`: what the source says of the proof. */
    | { verb: "report"; value: bigint; attested: boolean }
    /** `next` replaces this agreement; `nextUsed`: its id was opened or revoked before. */
    | ({ verb: "amend"; next: Agreement; nextId: Hex; nextUsed?: boolean; fundNow: number } & Both)
    | ({
        verb: "settle";
        toProvider: bigint;
        toClient: bigint;
        depositsToProvider: bigint;
        depositsToClient: bigint;
      } & Both)
    | { verb: "namePayee"; payee: Address }
    | { verb: "revokeDelegate"; byClient: boolean }
    | { verb: "redirect"; owner: Address; to: Address; amount: bigint }
    | { verb: "push"; owner: Address }
  );

export type Verb = Act["verb"];
export type Of<V extends Verb> = Extract<Act, { verb: V }>;

const ALL = ["parties", "work", "arbitration", "outcome"] as const;
const PARTIES = ["parties"] as const;
const MONEY = ["parties", "work"] as const;
const DISPUTE = ["parties", "work", "arbitration"] as const;

/** Branches of the terms that every act of this verb carries in full. */
const NEEDED: Record<Verb, readonly Branch[]> = {
  open: ALL,
  revoke: PARTIES,
  fund: MONEY,
  deliver: PARTIES,
  accept: MONEY,
  acceptPart: MONEY,
  reject: MONEY,
  contest: DISPUTE,
  answer: DISPUTE,
  arbitrate: ["work", "arbitration"],
  rule: [],
  rulePanel: DISPUTE,
  claim: MONEY,
  terminate: MONEY,
  extend: MONEY,
  report: ["work", "outcome"],
  amend: MONEY,
  settle: DISPUTE,
  namePayee: PARTIES,
  revokeDelegate: PARTIES,
  redirect: [],
  push: [],
};

/** Branches that must travel in full with this act in this state; the others go as their hash. */
export function branches(state: State, act: Act): readonly Branch[] {
  const needed = new Set<Branch>(NEEDED[act.verb]);
  if (act.verb === "deliver") {
    const { code, clock } = cell(state, act.tranche);
    if (code === Code.Active && clock !== 0) needed.add("work");
  }
  if (act.verb === "accept") {
    const contested = (code: Code) => code >= Code.ContestedByClient && code <= Code.Arbitrated;
    if (state.cells.some(({ code }, tranche) => (act.tranches >> tranche) & 1 && contested(code)))
      needed.add("arbitration");
  }
  if (act.verb === "claim") {
    const { code } = cell(state, act.tranche);
    if (code >= Code.ContestedByClient && code <= Code.Arbitrated) needed.add("arbitration");
    const isOutcome = state.agreement.work.payByResult && act.tranche === state.agreement.work.tranches.length - 1;
    if (isOutcome && (code === Code.Awaiting || code === Code.Delivered)) needed.add("outcome");
  }
  return ALL.filter((branch) => needed.has(branch));
}
