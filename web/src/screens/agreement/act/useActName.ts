/** What an act is called, with the titles of its milestones. */
import { useLingui } from "@lingui/react/macro";
import { OUTCOME } from "../../../agreement/useStanding.ts";
import { useSay, type Words } from "../../../Language.tsx";
import type { Act } from "./Progress.ts";

type Titled = { readonly milestones?: readonly { readonly name: string; readonly title: Words }[] };

/** Title of a milestone by its name, as the document has it. */
export function useMilestoneTitle(document: unknown): (name: string) => string {
  const { t } = useLingui();
  const say = useSay();
  const milestones = (document as Titled | undefined)?.milestones;
  return (name) => {
    if (name === OUTCOME) return t`the outcome`;
    const title = Array.isArray(milestones) ? milestones.find((one) => one.name === name)?.title : undefined;
    return title ? say(title) : name;
  };
}

export function useActName(document: unknown): (act: Act) => string {
  const { t } = useLingui();
  const titleOf = useMilestoneTitle(document);
  return (act) => {
    const named = [act.milestone, ...(Array.isArray(act.milestones) ? act.milestones : [])];
    const it = named.flatMap((one) => (typeof one === "string" ? [titleOf(one)] : [])).join(", ");
    const names: Record<string, string> = {
      open: t`Open the agreement`,
      revoke: t`Revoke the agreement`,
      fund: t`Fund: ${it}`,
      deliver: t`Deliver: ${it}`,
      accept: t`Accept: ${it}`,
      acceptPart: t`Accept in part: ${it}`,
      reject: t`Reject: ${it}`,
      contest: t`Contest: ${it}`,
      answer: t`Answer the contest: ${it}`,
      arbitrate: t`Bring before the arbitrator: ${it}`,
      rule: t`Rule on: ${it}`,
      claim: t`Carry out what is due: ${it}`,
      report: t`Report the outcome`,
      terminate: t`Terminate: ${it}`,
      extend: t`Extend: ${it}`,
      amend: t`Carry out the change order`,
      settle: t`Settle everything`,
      namePayee: t`Name who is paid`,
      revokeDelegate: t`Revoke the delegate`,
      redirect: t`Send a credit elsewhere`,
      push: t`Pay out a credit`,
    };
    return names[act.verb] ?? act.verb;
  };
}
