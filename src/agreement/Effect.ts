/** What an act would do, in sentences: what money moves, and what then comes of each tranche it touched if nobody acts. */
import * as Deadline from "./Deadline.ts";
import * as Plain from "./endings/Words.ts";
import type { Words } from "./InputError.ts";
import type { Change, Transfer } from "./Machine.ts";
import { cell, type State } from "./State.ts";

/** `minute`: Unix minute, from when on. */
export type Effect = { readonly says: Words; readonly minute?: number };

export function of(
  before: State,
  { state, transfers, next }: Change,
  speech: Plain.Speech = Plain.PLAIN,
): readonly Effect[] {
  const moved = sums(transfers).flatMap((one) => {
    const says = money(one, before.agreement.parties.client, speech);
    return says ? [Plain.say(Plain.upper(says.en), says.zh)] : [];
  });
  // A change order opens what it does not close: that is the one to look at.
  const after = next ?? state;
  const touched = after.agreement.work.tranches.flatMap((_, tranche) => {
    const [was, is] = [cell(before, tranche), cell(after, tranche)];
    const same = was.code === is.code && was.round === is.round && was.clock === is.clock;
    const end = next || !same ? Deadline.of(after, tranche) : undefined;
    return end ? [{ says: then(Deadline.says(end, speech)), minute: end.minute }] : [];
  });
  return [...moved.map((says) => ({ says })), ...touched];
}

const then = ({ en, zh }: Words): Words => Plain.say(`If nobody acts then: ${en}`, `若此后无人操作：${zh}`);

/** One sentence for what goes the same way for the same reason. */
function sums(transfers: readonly Transfer[]): readonly Transfer[] {
  const found = new Map<string, Transfer>();
  for (const one of transfers) {
    const key = [one.from === "escrow", one.to === "escrow", one.part, one.cause === "Deposit", one.to].join();
    const same = found.get(key);
    const fee = (same?.fee ?? 0n) + (one.fee ?? 0n);
    found.set(key, { ...one, amount: (same?.amount ?? 0n) + one.amount, ...(fee > 0n ? { fee } : {}) });
  }
  // Deposits come last: they are the means, the payment is the end.
  const order = ({ cause }: Transfer) => (cause === "Deposit" ? 1 : 0);
  return [...found.values()].filter(({ amount }) => amount > 0n).toSorted((a, b) => order(a) - order(b));
}

/** Nothing for the platform's fee: it is told with the payment that bears it. */
function money(
  { from, to, part, amount, cause, fee = 0n }: Transfer,
  client: string,
  speech: Plain.Speech,
): Words | undefined {
  const sum = speech.money(amount);
  if (to === "escrow") {
    const who = from === client ? speech.client : speech.provider;
    if (cause === "Deposit")
      return Plain.say(`${who.en} puts up a deposit of ${sum.en}.`, `${who.zh}缴纳押金 ${sum.zh}。`);
    return Plain.say(`${who.en} puts ${sum.en} into the escrow.`, `${who.zh}将 ${sum.zh} 存入托管。`);
  }
  if (part === "client" && cause === "Deposit")
    return Plain.say(`${speech.client.en} gets ${sum.en} of deposits back.`, `${speech.client.zh}取回押金 ${sum.zh}。`);
  if (part === "provider" && cause === "Deposit")
    return Plain.say(
      `${speech.provider.en} gets ${sum.en} of deposits back.`,
      `${speech.provider.zh}取回押金 ${sum.zh}。`,
    );
  switch (part) {
    case "client":
      return Plain.say(`${sum.en} goes back to ${speech.client.en}.`, `${sum.zh} 退还${speech.client.zh}。`);
    case "provider": {
      const cut = speech.money(fee);
      if (fee === 0n)
        return Plain.say(`${speech.provider.en} receives ${sum.en}.`, `${speech.provider.zh}收到 ${sum.zh}。`);
      return Plain.say(
        `${speech.provider.en} receives ${sum.en}; the platform fee beside it is ${cut.en}.`,
        `${speech.provider.zh}收到 ${sum.zh}；另有平台费 ${cut.zh}。`,
      );
    }
    case "panel":
      return Plain.say(`${sum.en} of deposits goes to the panel.`, `押金 ${sum.zh} 归仲裁小组。`);
    case "fronter":
      return Plain.say(
        `${sum.en} of deposits goes to who fronted the arbitrator's cost.`,
        `押金 ${sum.zh} 归垫付仲裁费者。`,
      );
    default:
      return undefined;
  }
}
