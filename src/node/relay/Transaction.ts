/** The transaction of an act, whoever sends it, and a try of it that leaves no trace. */
import { Codec } from "../../agreement/index.ts";
import * as Abi from "../../ledger/Abi.ts";
import * as Escrow from "../../ledger/Escrow.ts";
import type { Address, Hex, Transaction } from "../../ledger/Ledger.ts";
import type { Place } from "../Call.ts";
import * as Quorum from "./Quorum.ts";
import type { Subject } from "./Subject.ts";
import type { Rule, Wanted } from "./Wanted.ts";

/** `auth`: of an act of one party. `parts`: by signer in lower case, of an act that several sign. */
export type Signed = { readonly auth?: Hex; readonly parts?: Readonly<Record<string, string>> };

/** With the branches of the terms that it needs as things stand. */
export async function prepare(
  place: Place,
  subject: Subject,
  wanted: Wanted,
  signed: Signed = {},
): Promise<Transaction> {
  const { parts = {} } = signed;
  if (wanted.verb === "rule") return rule(place, subject, wanted, parts);
  return Escrow.prepare(place.ledger, subject, await complete(place, subject, wanted, parts), signed.auth);
}

async function complete(
  place: Place,
  { agreement }: Subject,
  call: Escrow.Call,
  parts: Readonly<Record<string, string>>,
): Promise<Escrow.Call> {
  if (call.verb === "report")
    return {
      ...call,
      proof: Quorum.proof(await Quorum.at(place, "SignedReports", agreement.outcome.source), parts),
    };
  if (call.verb !== "settle") return call;
  const { client, provider } = agreement.parties;
  const auth = (address: Address) => parts[address] as Hex | undefined;
  const [clientAuth, providerAuth] = [auth(client), auth(provider)];
  return { ...call, ...(clientAuth ? { clientAuth } : {}), ...(providerAuth ? { providerAuth } : {}) };
}

async function rule(
  place: Place,
  { agreement }: Subject,
  { tranche, number, choice, given }: Rule,
  parts: Readonly<Record<string, string>>,
): Promise<Transaction> {
  const quorum = await Quorum.at(place, "Panel", agreement.arbitration.arbitrator);
  const by = [quorum.members, Quorum.inOrder(quorum, parts)];
  if (given) return { to: quorum.address, data: Abi.encode("Panel", "give", [number, choice, ...by]) };
  const args = [place.escrow, Codec.encode(agreement, DISPUTE), BigInt(tranche), choice, ...by];
  return { to: quorum.address, data: Abi.encode("Panel", "decide", args) };
}

const DISPUTE = ["parties", "work", "arbitration"] as const;

/** Throws `ActRefused` with the rule, or `Reverted`. `at`: Unix seconds, of a rehearsal. */
export async function simulate(
  { ledger, escrow }: Place,
  { agreement }: Subject,
  wanted: Wanted,
  transaction: Transaction,
  options: { from: Address; at?: number },
): Promise<void> {
  if (wanted.verb === "rule" && !wanted.given) {
    // What the escrow refuses the panel would only record: the escrow itself is asked.
    const args = [Codec.encode(agreement, DISPUTE), BigInt(wanted.tranche), wanted.choice, [options.from]];
    const direct = { to: escrow, data: Abi.encode("Escrow", "rulePanel", args) };
    await Escrow.simulate(ledger, direct, { ...options, from: agreement.arbitration.arbitrator });
  }
  await Escrow.simulate(ledger, transaction, options);
}
