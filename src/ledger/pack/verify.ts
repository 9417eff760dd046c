/** Verifies a pack: what it proves, what it does not, and what was not checked. Nothing in it is believed. */
import * as Course from "../Course.ts";
import type { Hex, Ledger } from "../Ledger.ts";
import * as Agreed from "./Agreed.ts";
import * as Blocks from "./Blocks.ts";
import * as Chain from "./Chain.ts";
import { caseOf, factsOf, openingOf } from "./collect.ts";
import * as Files from "./Files.ts";
import type { Finding } from "./Finding.ts";
import * as Form from "./Form.ts";
import * as Limits from "./Limits.ts";
import * as Manifests from "./Manifests.ts";
import * as Signatures from "./Signatures.ts";
import * as Statement from "./Statement.ts";
import * as Verdicts from "./Verdicts.ts";

export type Options = {
  /** Of the chain that the pack names. */
  ledger?: Ledger;
  /** Hash of a block that the reader trusts: those acts are proven that are in it or in its parents. */
  blockHash?: Hex;
};

/** What a pack proves, in order; with `proven: "not checked"` what nobody can prove from what was given. Never throws on bad contents. */
export async function verify(pack: Form.Pack, { ledger, blockHash }: Options = {}): Promise<readonly Finding[]> {
  const agreement = Form.agreementOf(pack);
  const facts = factsOf(agreement, { id: pack.id, escrow: pack.ledger.escrow }, pack.blocks, pack.acts);
  const opening = openingOf(agreement, pack.ledger, facts, pack.acts);
  const tranches = new Map(agreement.work.tranches.map((_, tranche) => [caseOf(pack.id, tranche), tranche]));
  const course = Course.follow(agreement, facts, (dispute) => tranches.get(dispute));
  const context = { pack, agreement, facts, opening, course };
  const ofLedger = ledger ? await Chain.onLedger(context, ledger) : Chain.unasked();
  return [
    ...Agreed.terms(context),
    ...(await Signatures.signatures(context, ledger)),
    ...pack.blocks.map((_, k) => Blocks.block(pack, k)),
    ...(await Promise.all(pack.acts.map((_, k) => Blocks.act(context, k)))),
    ...Blocks.happened(context),
    ...Files.evidence(context),
    ...Manifests.manifests(context),
    ...Verdicts.verdicts(context),
    ...Statement.statement(context),
    ...(blockHash ? [Blocks.named(pack, blockHash)] : []),
    ...ofLedger,
    ...Limits.limits(context, ledger),
  ];
}

/** Whether nothing was found to be wrong. What was not checked is not wrong, and not proven. */
export const sound = (findings: readonly Finding[]): boolean => findings.every(({ proven }) => proven !== false);
