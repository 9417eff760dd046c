/** What happens, in plain sentences, English and Chinese. */
import type { Act, Verb } from "../Act.ts";
import type { Address, Agreement } from "../Agreement.ts";
import { both, type Words } from "../InputError.ts";
import type { Ending } from "../Machine.ts";
import { milestonesOf } from "../machine/Draft.ts";
import * as Time from "../Time.ts";
import { ANYONE } from "./Acts.ts";
import type { Step } from "./Explore.ts";

/** How people call the parties, and how money is written. */
export type Speech = {
  client: Words;
  provider: Words;
  /** Of base units; the bare number when absent. */
  money: (amount: bigint) => Words;
  /** Of a milestone, from 0; its number when absent. */
  title?: (milestone: number) => Words | undefined;
};

export const PLAIN: Speech = {
  client: both("the client", "甲方"),
  provider: both("the provider", "乙方"),
  money: (amount) => both(String(amount), String(amount)),
};

/** Both languages; a name that ends in a full stop ends the sentence too, and a number is set off from the Chinese that follows it. */
export const say = (en: string, zh: string): Words =>
  both(en.replace(/\.\.(?= |$)/g, "."), zh.replace(/(里程碑 \d+)(?=[\u4e00-\u9fff])/g, "$1 "));

export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "milestone 2", or its title in quotes; "the outcome" */
export function part(agreement: Agreement, tranche: number, { title }: Pick<Speech, "title"> = {}): Words {
  if (tranche === milestonesOf(agreement)) return both("the outcome", "成果付款");
  const titled = title?.(tranche);
  if (titled) return both(`"${titled.en}"`, `“${titled.zh}”`);
  return both(`milestone ${tranche + 1}`, `里程碑 ${tranche + 1}`);
}

/** How a tranche ended, as a sentence. */
export function ending(agreement: Agreement, tranche: number, kind: Ending, speech: Speech): Words {
  const { en: it, zh } = part(agreement, tranche, speech);
  const { client, provider } = speech;
  const fallback = `${agreement.arbitration.fallbackBps / 100} %`;
  const table: Record<Ending, Words> = {
    accepted: say(
      `${client.en} accepts ${it}: what is unpaid of it is paid.`,
      `${client.zh}验收${zh}，支付其未付部分。`,
    ),
    silence: say(
      `${client.en} stays silent until review of ${it} ends: it counts as accepted and is paid.`,
      `${client.zh}在${zh}验收期内未答复，视为验收并付款。`,
    ),
    undelivered: say(
      `${provider.en} does not deliver ${it} by its deadline: it is refunded.`,
      `${provider.zh}未在期限内交付${zh}，退款。`,
    ),
    late: say(
      `${it} is delivered after its deadline: anyone can have it refunded.`,
      `${zh}逾期交付，任何人可申请退款。`,
    ),
    lapsed: say(
      `${it} is rejected and not delivered again in time: what is unpaid of it is refunded.`,
      `${zh}被拒收后未按期重新交付，退还未付部分。`,
    ),
    forfeitedToClient: say(
      `${client.en} contests ${it}, ${provider.en} does not answer: what is unpaid goes to ${client.en}.`,
      `${client.zh}对${zh}提出争议而${provider.zh}未应答，未付部分归${client.zh}。`,
    ),
    forfeitedToProvider: say(
      `${provider.en} contests ${it}, ${client.en} does not answer: what is unpaid goes to ${provider.en}.`,
      `${provider.zh}对${zh}提出争议而${client.zh}未应答，未付部分归${provider.zh}。`,
    ),
    unanswered: say(
      `${provider.en} contests ${it} before delivering, ${client.en} does not answer: the fallback share, ${fallback}, is paid.`,
      `${provider.zh}在交付前对${zh}提出争议而${client.zh}未应答，按约定比例 ${fallback} 支付。`,
    ),
    ruled: say(
      `${it} is disputed and the arbitrator rules 0 to 100 % for ${provider.en}.`,
      `${zh}进入争议，由仲裁人裁决${provider.zh}得 0 至 100 %。`,
    ),
    fallback: say(
      `${it} is disputed and no ruling comes in time: the fallback share, ${fallback}, is paid.`,
      `${zh}进入争议而逾期未裁决，按约定比例 ${fallback} 支付。`,
    ),
    noArbitration: say(
      `${it} is contested and no arbitrator is there for it: the fallback share, ${fallback}, is paid.`,
      `${zh}被提出争议且无仲裁，按约定比例 ${fallback} 支付。`,
    ),
    terminated: say(
      `${client.en} ends ${it} before its start, for the termination fee.`,
      `${client.zh}在${zh}开始前终止，并支付终止费。`,
    ),
    unfunded: say(
      `${client.en} does not fund ${it} in time: it ends, and its termination fee goes to ${provider.en}.`,
      `${client.zh}未按期为${zh}注资，该项终止，终止费归${provider.zh}。`,
    ),
    measured: say("the outcome is paid by what the ledger itself measures.", "成果付款按账本自身的计量结算。"),
    reported: say("the outcome is paid by the report that stands.", "成果付款按生效的报告结算。"),
    default: say(
      `nobody reports the outcome in time: the default value in the terms counts.`,
      "无人按期报告成果，按条款中的默认值结算。",
    ),
    settled: say("both sign a settlement: any split of what is held.", "双方签署和解，任意分配所托管款项。"),
    replaced: say("both sign a change order: the money moves to the new agreement.", "双方签署变更，款项转入新协议。"),
  };
  const { en, zh: chinese } = table[kind];
  return say(upper(en), chinese);
}

const VERBS: Record<Verb | "unblock", (it: Words) => Words> = {
  open: () => say("opens the agreement", "使协议生效"),
  unblock: (it) => say(`the milestone before ${it.en} moves on`, `${it.zh}之前的里程碑已推进`),
  revoke: () => say("revokes the agreement", "撤销协议"),
  fund: (it) => say(`funds ${it.en}`, `为${it.zh}注资`),
  deliver: (it) => say(`delivers ${it.en}`, `交付${it.zh}`),
  accept: (it) => say(`accepts ${it.en}`, `验收${it.zh}`),
  acceptPart: (it) => say(`accepts ${it.en} in part and rejects the rest`, `部分验收${it.zh}并拒收其余`),
  reject: (it) => say(`rejects ${it.en}`, `拒收${it.zh}`),
  contest: (it) => say(`contests ${it.en}`, `对${it.zh}提出争议`),
  answer: (it) => say(`answers with the same deposit for ${it.en}`, `就${it.zh}缴纳同额押金应答`),
  arbitrate: (it) => say(`fronts the arbitrator's cost for ${it.en}`, `垫付${it.zh}的仲裁费`),
  rule: (it) => say(`rules on ${it.en}`, `就${it.zh}作出裁决`),
  rulePanel: (it) => say(`rules on ${it.en}`, `就${it.zh}作出裁决`),
  claim: (it) => say(`carries out what is due on ${it.en}`, `执行${it.zh}的到期结果`),
  terminate: (it) => say(`terminates ${it.en}`, `终止${it.zh}`),
  extend: (it) => say(`extends ${it.en}`, `延长${it.zh}的期限`),
  report: (it) => say(`reports ${it.en}`, `报告${it.zh}`),
  amend: () => say("signs a change order", "签署变更"),
  settle: () => say("signs a settlement", "签署和解"),
  namePayee: () => say("names a payee", "指定收款人"),
  revokeDelegate: () => say("revokes a delegate", "撤销代理人"),
  redirect: () => say("sends a credit elsewhere", "转移余额"),
  push: () => say("pushes a credit", "支付余额"),
};

/** Who acts. */
export function actor({ parties, arbitration }: Agreement, by: Address | undefined, speech: Speech): Words {
  if (by === parties.client) return speech.client;
  if (by === parties.provider) return speech.provider;
  if (by === arbitration.arbitrator && by !== ANYONE) return say("the arbitrator", "仲裁人");
  return say("anyone", "任何人");
}

export function step(agreement: Agreement, tranche: number, { at, act }: Step, speech: Speech): Words {
  const it = part(agreement, tranche, speech);
  const what = VERBS[act.verb](it);
  const time = Time.format(at);
  if (act.verb === "unblock" || act.verb === "open") {
    const { en, zh } = act.verb === "open" ? say("the agreement opens", "协议生效") : what;
    return say(`${upper(en)} (${time}).`, `${zh}（${time}）。`);
  }
  const who = actor(agreement, (act as Act).by, speech);
  return say(`${upper(who.en)} ${what.en} (${time}).`, `${who.zh}${what.zh}（${time}）。`);
}

/** "x", or "x to y". */
export function range(from: bigint, to: bigint, { money }: Speech): Words {
  const [low, high] = [money(from), money(to)];
  return from === to ? low : say(`${low.en} to ${high.en}`, `${low.zh} 至 ${high.zh}`);
}
