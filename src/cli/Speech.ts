/** What happened, in plain sentences of both languages; the words are the glossary's. */
import * as Plain from "../agreement/endings/Words.ts";
import { type Act, Dispute, InputError, type Machine, Money, Refusal, Share, type Terms } from "../agreement/index.ts";
import type { Happening as Fact } from "../ledger/Fact.ts";
import * as Cast from "./Cast.ts";

const { both } = InputError;
type Words = InputError.Words;

/** One text for both languages, or two. */
export const words = (text: Words | string): Words =>
  typeof text === "string" ? both(text, text) : both(text.en, text.zh);

/** Title of a milestone or of the outcome. */
export function tranche(terms: Terms.Terms, index: number): Words {
  return terms.milestones[index]?.title ?? terms.outcome?.title ?? both(`part ${index + 1}`, `第 ${index + 1} 项`);
}

const ROLES: Record<string, Words> = {
  anyone: both("anyone", "任何人"),
  platform: both("the platform", "平台"),
  arbitrator: both("the arbitrator", "仲裁人"),
  escrow: both("the escrow", "托管"),
};

/** How a stand-in is called. */
export function account(name: string, terms: Terms.Terms): Words {
  if (name === "client" || name === "provider") return terms.parties[name].name;
  const principal = /^(client|provider)'s delegate$/.exec(name)?.[1] as "client" | "provider" | undefined;
  if (principal) {
    const { en, zh } = terms.parties[principal].name;
    return both(`the delegate of ${en}`, `${zh}的代理人`);
  }
  const member = /^panel member (\d+)$/.exec(name)?.[1];
  if (member) return both(`panel member ${member}`, `仲裁小组成员 ${member}`);
  return ROLES[name] ?? Cast.callOf(name) ?? both(name, name);
}

/** What an act does, as a sentence. */
export function act(
  act: Act.Act,
  terms: Terms.Terms,
  currency: Money.Currency,
  foretold: Machine.Change | Refusal.Refusal | undefined = undefined,
): Words {
  const who = (name: string) => account(name, terms);
  const [client, provider] = [who("client"), who("provider")];
  /** The party, or its delegate in its place. */
  const acting = (party: Words): Words => {
    const name = Cast.nameOf(act.by);
    if (!name?.endsWith("'s delegate")) return party;
    const { en, zh } = who(name);
    return both(Plain.upper(en), zh);
  };
  const one = (index: number) => tranche(terms, index);
  const several = (mask: number) => joined([0, 1, 2, 3, 4, 5, 6, 7].filter((i) => (mask >> i) & 1).map(one));
  const quoted = ({ en, zh }: Words) => both(`"${en}"`, `“${zh}”`);
  const money = (units: bigint) => Money.show(units, currency);
  const say = (en: string, zh: string) => both(en, zh);
  switch (act.verb) {
    case "open":
      return say("Both have signed: the agreement is opened.", "双方已签署，协议生效。");
    case "revoke": {
      const side = act.byClient ? client : provider;
      return say(`${side.en} revokes the agreement.`, `${side.zh}撤销协议。`);
    }
    case "fund": {
      const it = several(act.tranches);
      return say(`${client.en} funds ${it.en}.`, `${client.zh}为${it.zh}注资。`);
    }
    case "deliver": {
      const it = quoted(one(act.tranche));
      const again = act.round > 0;
      const by = acting(provider);
      return say(`${by.en} delivers ${it.en}${again ? " again" : ""}.`, `${by.zh}${again ? "重新" : ""}交付${it.zh}。`);
    }
    case "accept": {
      const [it, by] = [several(act.tranches), acting(client)];
      return say(`${by.en} accepts ${it.en}.`, `${by.zh}验收${it.zh}。`);
    }
    case "acceptPart": {
      const [it, by] = [quoted(one(act.tranche)), acting(client)];
      const share = Share.format(act.shareBps);
      return say(
        `${by.en} accepts ${share} of ${it.en} and rejects the rest.`,
        `${by.zh}部分验收${it.zh}（${share}），拒收其余。`,
      );
    }
    case "reject": {
      const [it, by] = [quoted(one(act.tranche)), acting(client)];
      return say(`${by.en} rejects ${it.en}, with reasons.`, `${by.zh}附理由拒收${it.zh}。`);
    }
    case "contest": {
      const it = quoted(one(act.tranche));
      const side = act.byClient ? client : provider;
      return say(`${side.en} contests ${it.en}.`, `${side.zh}对${it.zh}提出争议。`);
    }
    case "answer": {
      const it = quoted(one(act.tranche));
      return say(`The other side answers for ${it.en} with the same deposit.`, `对方就${it.zh}缴纳同额押金应答。`);
    }
    case "arbitrate": {
      const it = quoted(one(act.tranche));
      return say(`A dispute about ${it.en} is made at the arbitrator.`, `就${it.zh}在仲裁人处立案。`);
    }
    case "rule":
    case "rulePanel": {
      const awarded = Dispute.shareOf(act.ruling);
      if (awarded === undefined) {
        const share = terms.arbitration.fallback;
        return say(
          `The ${act.verb === "rule" ? "arbitrator" : "panel"} refuses to rule: the fallback share of the terms, ${share}, is what ${provider.en} gets.`,
          `${act.verb === "rule" ? "仲裁人" : "仲裁小组"}拒绝裁决：${provider.zh}按条款约定比例得 ${share}。`,
        );
      }
      const share = Share.format(awarded);
      if (act.verb === "rule")
        return say(`The arbitrator rules ${share} for ${provider.en}.`, `仲裁人裁决${provider.zh}得 ${share}。`);
      const it = quoted(one(act.tranche));
      return say(
        `The panel rules on ${it.en}: ${share} of what is unpaid to ${provider.en}.`,
        `仲裁小组就${it.zh}裁决：未付部分的 ${share} 归${provider.zh}。`,
      );
    }
    case "claim": {
      const it = quoted(one(act.tranche));
      const ending = foretold && !Refusal.is(foretold) ? ended(foretold, act.tranche, terms) : undefined;
      if (!ending) return say(`Anyone claims ${it.en}.`, `任何人申领${it.zh}。`);
      return say(`Anyone claims ${it.en}: ${ending.en}`, `任何人申领${it.zh}：${ending.zh}`);
    }
    case "terminate": {
      const it = several(act.tranches);
      return say(`${client.en} terminates ${it.en} before its start.`, `${client.zh}在开始前终止${it.zh}。`);
    }
    case "extend": {
      const it = quoted(one(act.tranche));
      return say(`${it.en} is extended by the days in the terms.`, `${it.zh}按条款天数延期。`);
    }
    case "report":
      return say(`The reporters attest ${act.value}.`, `报告人证实指标值为 ${act.value}。`);
    case "amend":
      return say(
        "Both sign a change order: the agreement is closed and its successor opened.",
        "双方签署变更：旧协议终结，新协议生效。",
      );
    case "settle":
      return say(
        `Both sign a settlement: ${money(act.toProvider)} to ${provider.en}, ${money(act.toClient)} to ${client.en}.`,
        `双方签署和解：${provider.zh} ${money(act.toProvider)}，${client.zh} ${money(act.toClient)}。`,
      );
    case "namePayee": {
      const payee = who(Cast.nameOf(act.payee) ?? act.payee);
      return say(`${provider.en} names a payee: ${payee.en}.`, `${provider.zh}指定收款人：${payee.zh}。`);
    }
    case "revokeDelegate": {
      const side = act.byClient ? client : provider;
      return say(`${side.en} revokes its delegate.`, `${side.zh}撤销其代理人。`);
    }
    case "redirect": {
      const [owner, to] = [who(Cast.nameOf(act.owner) ?? act.owner), who(Cast.nameOf(act.to) ?? act.to)];
      return say(
        `${owner.en} sends its credit of ${money(act.amount)} to ${to.en}.`,
        `${owner.zh}将余额 ${money(act.amount)} 转给${to.zh}。`,
      );
    }
    case "push": {
      const owner = who(Cast.nameOf(act.owner) ?? act.owner);
      return say(`Anyone tries again to pay the credit of ${owner.en}.`, `任何人再次尝试向${owner.zh}支付余额。`);
    }
  }
}

/** Why a claim was good: "the client stays silent until review ends ..." */
function ended({ events, state }: Machine.Change, tranche: number, terms: Terms.Terms): Words | undefined {
  const ending = events.find((event) => event.name === "Ended" && event.tranche === tranche)?.ending;
  if (!ending) return undefined;
  const [client, provider] = [terms.parties.client.name, terms.parties.provider.name];
  return Plain.ending(state.agreement, tranche, ending, {
    ...Plain.PLAIN,
    client,
    provider,
    title: (milestone) => terms.milestones[milestone]?.title,
  });
}

function joined(list: readonly Words[]): Words {
  const en = list.map((one) => `"${one.en}"`);
  const last = en.pop() ?? "";
  return both(en.length > 0 ? `${en.join(", ")} and ${last}` : last, list.map((one) => `“${one.zh}”`).join("、"));
}

/** An event of the escrow, by its kind. */
export const FACTS: Record<Fact["kind"], Words> = {
  opened: both("opened", "已生效"),
  revoked: both("revoked", "已撤销"),
  funded: both("funded", "已注资"),
  delivered: both("delivered", "已交付"),
  rejected: both("rejected", "已拒收"),
  extended: both("extended", "已延期"),
  contested: both("contested", "已提出争议"),
  answered: both("answered", "已应答"),
  reported: both("reported", "已报告"),
  outcomeSettled: both("outcome settled", "成果已结算"),
  delegateRevoked: both("delegate revoked", "代理人已撤销"),
  payeeNamed: both("payee named", "已指定收款人"),
  replaced: both("replaced", "已被替代"),
  paid: both("paid", "已付款"),
  refunded: both("refunded", "已退款"),
  closed: both("closed", "已关闭"),
  credited: both("credited", "已记余额"),
  creditPaid: both("credit paid", "余额已付"),
  dispute: both("dispute made", "已立案"),
  ruling: both("ruled", "已裁决"),
};
