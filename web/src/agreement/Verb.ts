/** What an act is called where people choose it. */
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";

const VERBS = {
  review: msg`Look at the new version`,
  sign: msg`Sign`,
  open: msg`Open on the ledger`,
  countersign: msg`Sign as well`,
  approve: msg`Approve`,
  fund: msg`Pay into escrow`,
  deliver: msg`Deliver`,
  accept: msg`Accept`,
  acceptPart: msg`Accept a part`,
  reject: msg`Reject with reasons`,
  contest: msg`Contest`,
  answer: msg`Answer the contest`,
  arbitrate: msg`Ask the arbitrator`,
  rule: msg`Rule`,
  claim: msg`Carry out what time decided`,
  report: msg`Report the metric`,
  terminate: msg`Terminate`,
  extend: msg`Extend`,
  amend: msg`Replace by a change order`,
  settle: msg`Settle`,
  revoke: msg`Revoke`,
  namePayee: msg`Name a payee`,
  revokeDelegate: msg`Revoke the delegate`,
  redirect: msg`Redirect a credit`,
  push: msg`Pay a credit out`,
} as const;

export function useVerb(): (verb: string) => string {
  const { i18n } = useLingui();
  return (verb) => (verb in VERBS ? i18n._(VERBS[verb as keyof typeof VERBS]) : verb);
}
