/** What an act is, in two sentences, before it is signed. */
import { useLingui } from "@lingui/react/macro";
import { type Agreement, documentOf } from "../../../agreement/useStanding.ts";

export function useExplanation(agreement: Agreement): (verb: string) => string | undefined {
  const { t } = useLingui();
  const document = documentOf(agreement);
  const deposit = document?.arbitration.by?.deposit;
  const hasDeposit = deposit !== undefined && Number(deposit) > 0;
  return (verb) => {
    const said: Record<string, string> = {
      open: t`Both have signed. Opening takes the client's money into the escrow and starts the clock of every milestone. The node pays for the sending.`,
      revoke: t`The agreement can then never be opened, whoever has signed it.`,
      fund: t`The money goes into the escrow. It leaves it only by the rules that both signed.`,
      deliver: t`With it the review begins. If the client does not answer in time, it counts as accepted and is paid.`,
      accept: t`What is unpaid is paid at once. It cannot be taken back.`,
      reject: t`The provider has to mend it in time and may deliver again. Say what is missing, measured by the criteria that you agreed on.`,
      contest: hasDeposit
        ? t`The milestone is frozen until it is decided. You put up the deposit of ${deposit}; the other side has to do the same in time or loses.`
        : t`The milestone is frozen until it is decided.`,
      answer: t`You put up the same deposit. Then the arbitrator decides; if you do not, what is unpaid goes to the other side.`,
      claim: t`Time or a ruling has decided this already. Anyone may have it carried out.`,
      arbitrate: t`The case goes to the arbitrator. Who bears the cost gets one of the deposits.`,
      rule: t`Your ruling counts once enough members have signed the same one. It divides what is unpaid of this milestone and nothing else.`,
      terminate: t`The milestone ends before it began. The provider keeps the termination fee, the rest comes back.`,
      extend: t`The due date moves by the days in the terms, for the price in the terms. Once for each milestone.`,
      amend: t`The old agreement closes and the new one opens in the same moment; the money moves along.`,
      namePayee: t`From now on payments go there. It can be changed again for later ones.`,
      revokeDelegate: t`The key that may act for you in this agreement may not any more.`,
      redirect: t`Money that could not be paid out to you goes to another account.`,
      push: t`Money that could not be paid out is sent to its owner once more.`,
    };
    return said[verb];
  };
}
