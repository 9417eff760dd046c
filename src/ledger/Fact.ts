/** What happened on the ledger, read from the escrow's events. Nothing else writes the record (rule 20). */
import * as Abi from "./Abi.ts";
import type { Address, Block, Hex, Log } from "./Ledger.ts";

/** Why money moved, by the contract's numbers. */
export const CAUSES = [
  "None",
  "Acceptance",
  "PartAcceptance",
  "Silence",
  "Deadline",
  "Lapse",
  "Termination",
  "Extension",
  "Forfeit",
  "Ruling",
  "Fallback",
  "Outcome",
  "Default",
  "Settlement",
  "ChangeOrder",
] as const;
export type Cause = (typeof CAUSES)[number];

/** Tranches count from 0; amounts are token base units, gross. */
export type Happening =
  | { kind: "opened"; agreement: Hex; client: Address; provider: Address; document: Hex }
  | { kind: "revoked"; agreement: Hex; by: Address }
  | { kind: "funded"; agreement: Hex; tranches: number; amount: bigint }
  | { kind: "delivered"; agreement: Hex; tranche: number; round: number; deliverable: Hex }
  | { kind: "rejected"; agreement: Hex; tranche: number; round: number; reasons: Hex }
  | { kind: "extended"; agreement: Hex; tranche: number }
  | { kind: "contested"; agreement: Hex; tranche: number; byClient: boolean; reasons: Hex }
  | { kind: "answered"; agreement: Hex; tranche: number }
  | { kind: "reported"; agreement: Hex; value: bigint }
  | { kind: "outcomeSettled"; agreement: Hex; value: bigint; pay: bigint }
  | { kind: "delegateRevoked"; agreement: Hex; delegate: Address }
  | { kind: "payeeNamed"; agreement: Hex; payee: Address }
  | { kind: "replaced"; agreement: Hex; by: Hex }
  | {
      kind: "paid";
      agreement: Hex;
      tranche: number;
      cause: Cause;
      amount: bigint;
      /** Of the amount to the fee recipient, now or at close. */
      fee: bigint;
      onTime: boolean;
      disputed: boolean;
    }
  | { kind: "refunded"; agreement: Hex; tranche: number; cause: Cause; amount: bigint }
  | { kind: "closed"; agreement: Hex }
  | { kind: "credited"; token: Address; owner: Address; amount: bigint }
  | { kind: "creditPaid"; token: Address; owner: Address; to: Address; amount: bigint }
  | { kind: "dispute"; arbitrator: Address; number: bigint; case: bigint }
  | { kind: "ruling"; arbitrator: Address; number: bigint; ruling: bigint };

/** A happening with its place on the ledger. */
export type Fact = Happening & { readonly block: Block; readonly transaction: Hex; readonly index: number };

/** The happening of a log; nothing for a log that is no event of the escrow, or one that says nothing new. */
export function read(log: Log): Happening | undefined {
  const event = Abi.event("Escrow", log);
  if (!event) return undefined;
  const of = <T>(name: string) => event.args[name] as T;
  const agreement = of<Hex>("id");
  const tranche = Number(of<bigint>("tranche"));
  switch (event.name) {
    case "Opened": {
      const { client, provider } = { client: lower(of("client")), provider: lower(of("provider")) };
      return { kind: "opened", agreement, client, provider, document: of("document") };
    }
    case "Revoked":
      return { kind: "revoked", agreement, by: lower(of("by")) };
    case "Funded":
      return { kind: "funded", agreement, tranches: Number(of<bigint>("tranches")), amount: of("amount") };
    case "Delivered":
      return {
        kind: "delivered",
        agreement,
        tranche,
        round: Number(of<bigint>("round")),
        deliverable: of("deliverable"),
      };
    case "Rejected":
      return { kind: "rejected", agreement, tranche, round: Number(of<bigint>("round")), reasons: of("reasons") };
    case "Extended":
      return { kind: "extended", agreement, tranche };
    case "Contested":
      return { kind: "contested", agreement, tranche, byClient: of("byClient"), reasons: of("reasons") };
    case "Answered":
      return { kind: "answered", agreement, tranche };
    case "Reported":
      return { kind: "reported", agreement, value: of("value") };
    case "OutcomeSettled":
      return { kind: "outcomeSettled", agreement, value: of("value"), pay: of("pay") };
    case "DelegateRevoked":
      return { kind: "delegateRevoked", agreement, delegate: lower(of("delegate")) };
    case "PayeeNamed":
      return { kind: "payeeNamed", agreement, payee: lower(of("payee")) };
    case "Replaced":
      return { kind: "replaced", agreement, by: of("by") };
    case "Paid": {
      const facts = of<bigint>("facts");
      const amount = facts >> 40n;
      const feeBps = (facts >> 24n) & 0xffffn;
      return {
        kind: "paid",
        agreement,
        ...split(facts),
        amount,
        fee: (amount * feeBps) / 10_000n,
        onTime: (facts & 1n) !== 0n,
        disputed: (facts & 2n) !== 0n,
      };
    }
    case "Refunded": {
      const facts = of<bigint>("facts");
      return { kind: "refunded", agreement, ...split(facts), amount: facts >> 40n };
    }
    case "Closed":
      return { kind: "closed", agreement };
    case "Credited":
      return { kind: "credited", token: lower(of("token")), owner: lower(of("owner")), amount: of("amount") };
    case "CreditPaid": {
      const { token, owner, to } = { token: lower(of("token")), owner: lower(of("owner")), to: lower(of("to")) };
      return { kind: "creditPaid", token, owner, to, amount: of("amount") };
    }
    case "Dispute": {
      const arbitrator = lower(of("arbitrator"));
      return { kind: "dispute", arbitrator, number: of("disputeID"), case: of("evidenceGroupID") };
    }
    case "Ruling":
      return { kind: "ruling", arbitrator: lower(of("arbitrator")), number: of("disputeID"), ruling: of("ruling") };
    default:
      return undefined;
  }
}

const split = (facts: bigint) => ({
  tranche: Number((facts >> 16n) & 0xffn),
  cause: CAUSES[Number((facts >> 8n) & 0xffn)] ?? "None",
});
const lower = (address: Address) => address.toLowerCase() as Address;
