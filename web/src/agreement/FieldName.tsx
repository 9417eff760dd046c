/** Fields of a terms document by the names that people know: "Milestone 2 · due date" for `milestones[1].due`. */
import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";
import { stepsOf } from "./Paper.ts";

/** Names of one step each, by its key; where a key says different things in different places, by both. */
function useNames(): Record<string, string> {
  const { t } = useLingui();
  return {
    title: t`title`,
    text: t`text`,
    "text.prevails": t`language that prevails`,
    en: t`English`,
    zh: t`Chinese`,
    parties: t`parties`,
    client: t`client`,
    provider: t`provider`,
    name: t`name`,
    registration: t`register number`,
    taxNumber: t`tax number`,
    country: t`country`,
    signatory: t`who signs`,
    authority: t`by what authority`,
    address: t`account`,
    delegate: t`delegate`,
    rail: t`way of payment`,
    registrar: t`ledger`,
    currency: t`currency`,
    code: t`code`,
    scale: t`decimals`,
    token: t`token`,
    openBy: t`to be opened by`,
    sequential: t`one after the other`,
    replaces: t`replaces`,
    amount: t`amount`,
    net: t`net of tax`,
    tax: t`tax`,
    withholding: t`withheld tax`,
    start: t`start`,
    due: t`due date`,
    review: t`review window`,
    cure: t`time to cure`,
    criteria: t`criteria`,
    invoice: t`invoice`,
    fundBy: t`to be funded by`,
    what: t`what`,
    how: t`how`,
    by: t`by whom`,
    weight: t`weight`,
    suite: t`test suite`,
    sealed: t`hidden parts`,
    commitment: t`hash`,
    round: t`round`,
    acceptance: t`if it passes in part`,
    run: t`how it is run`,
    exact: t`measures that must be equal`,
    within: t`time to run it`,
    flaky: t`unsteady checks`,
    runs: t`runs`,
    passes: t`how many must pass`,
    limits: t`limits`,
    time: t`seconds by the clock`,
    cpu: t`seconds of processors`,
    memory: t`memory`,
    disk: t`disk`,
    output: t`output`,
    processes: t`processes`,
    environment: t`environment`,
    timeZone: t`time zone`,
    locale: t`locale`,
    milestone: t`milestone`,
    metric: t`metric`,
    target: t`target`,
    unit: t`unit`,
    source: t`who reports`,
    measuredAt: t`measured at`,
    reportBy: t`reported by`,
    challenge: t`time to contest`,
    shape: t`shape of the curve`,
    points: t`curve`,
    value: t`value`,
    pay: t`pay`,
    default: t`if nobody reports`,
    of: t`of`,
    fee: t`fee`,
    days: t`days`,
    price: t`price`,
    kind: t`kind`,
    ip: t`rights`,
    owner: t`owner`,
    from: t`from`,
    until: t`until`,
    certificate: t`certificate`,
    background: t`what the provider keeps`,
    law: t`law`,
    governing: t`governing law`,
    forum: t`court or arbitration`,
    seat: t`seat`,
    liabilityCap: t`liability cap`,
    dataIn: t`where data may lie`,
    arbitration: t`disputes`,
    fallback: t`share when nobody rules`,
    deposit: t`deposit`,
    answerWithin: t`time to answer`,
    ruleWithin: t`time to rule`,
    maxCost: t`most it may cost`,
    extraData: t`instructions`,
    fees: t`fees`,
    platform: t`platform fee`,
    recipient: t`recipient of the fee`,
    salt: t`salt`,
    total: t`total`,
    signed: t`date of signing`,
    outcome: t`result`,
    inputs: t`inputs of the client`,
    options: t`options`,
    calendar: t`pauses`,
    milestones: t`milestones`,
  };
}

/** `nameOf("milestones[1].due")`: "Milestone 2 · due date". What has no name is shown as it is written. */
export function useFieldName(): (field: string) => string {
  const { t } = useLingui();
  const names = useNames();
  return useCallback(
    (field: string) => {
      const steps = stepsOf(field);
      const shown: string[] = [];
      for (const [index, step] of steps.entries()) {
        const [before, after] = [steps[index - 1], steps[index + 1]];
        if (typeof step === "number") {
          const number = step + 1;
          const numbered: Record<string, string> = {
            milestones: t`milestone ${number}`,
            criteria: t`criterion ${number}`,
            inputs: t`input ${number}`,
            options: t`option ${number}`,
            calendar: t`pause ${number}`,
            points: t`point ${number}`,
          };
          shown.push(numbered[String(before)] ?? String(number));
        } else if (typeof after !== "number" && !(step === "parties" && after !== undefined)) {
          shown.push(names[`${String(before)}.${step}`] ?? names[step] ?? step);
        }
      }
      const text = shown.join(" · ");
      return text.charAt(0).toUpperCase() + text.slice(1);
    },
    [names, t],
  );
}

/** `stepOf("parties.client.taxNumber")`: "Tax number", the label of a field among its own. */
export function useStepName(): (field: string) => string {
  const names = useNames();
  return (field) => {
    const steps = stepsOf(field).filter((step) => typeof step === "string");
    const [before, last] = [steps.at(-2), steps.at(-1) ?? ""];
    const name = names[`${before}.${last}`] ?? names[last] ?? last;
    return name.charAt(0).toUpperCase() + name.slice(1);
  };
}
