/** How the node speaks of an agreement: with the names, titles and money of its own terms. */
import type * as Plain from "../agreement/endings/Words.ts";
import { InputError, Money, Terms } from "../agreement/index.ts";
import type { Fact } from "../ledger/Fact.ts";

const { both } = InputError;
type Words = InputError.Words;

export function speech(terms: Terms.Terms): Plain.Speech {
  const currency = Terms.currencyOf(terms);
  return {
    client: terms.parties.client.name,
    provider: terms.parties.provider.name,
    money: (units) => both(Money.show(units, currency), Money.show(units, currency)),
    title: (milestone) => terms.milestones[milestone]?.title,
  };
}

/** What happened, as a sentence. Without the terms, in general words. */
export function tell(fact: Fact, terms?: Terms.Terms): Words {
  const [client, provider] = [
    terms?.parties.client.name ?? both("the client", "甲方"),
    terms?.parties.provider.name ?? both("the provider", "乙方"),
  ];
  const of = (index: number): Words => {
    const title =
      terms?.milestones[index]?.title ??
      (terms && index === terms.milestones.length ? terms.outcome?.title : undefined);
    return title ? both(`"${title.en}"`, `“${title.zh}”`) : both(`milestone ${index + 1}`, `里程碑 ${index + 1} `);
  };
  const money = (units: bigint) => (terms ? Money.show(units, Terms.currencyOf(terms)) : String(units));
  switch (fact.kind) {
    case "opened":
      return both("The agreement is open: both have signed it.", "双方已签署，协议生效。");
    case "revoked":
      return both("The agreement was revoked before it was opened.", "协议在生效前被撤销。");
    case "funded":
      return both(`${client.en} has put up ${money(fact.amount)}.`, `${client.zh}已注资 ${money(fact.amount)}。`);
    case "delivered": {
      const it = of(fact.tranche);
      return both(`${provider.en} has delivered ${it.en}.`, `${provider.zh}已交付${it.zh}。`);
    }
    case "rejected": {
      const it = of(fact.tranche);
      return both(`${client.en} has rejected ${it.en}.`, `${client.zh}已拒收${it.zh}。`);
    }
    case "extended": {
      const it = of(fact.tranche);
      return both(`${it.en} was extended.`, `${it.zh}已延期。`);
    }
    case "contested": {
      const [it, by] = [of(fact.tranche), fact.byClient ? client : provider];
      return both(`${by.en} contests ${it.en}.`, `${by.zh}对${it.zh}提出争议。`);
    }
    case "answered": {
      const it = of(fact.tranche);
      return both(`The other side answers the contest of ${it.en}.`, `对方已就${it.zh}的争议应答。`);
    }
    case "reported":
      return both(`The outcome is reported as ${fact.value}.`, `成果指标报告为 ${fact.value}。`);
    case "outcomeSettled":
      return both(`The outcome pays ${money(fact.pay)}.`, `成果付款为 ${money(fact.pay)}。`);
    case "delegateRevoked":
      return both("A delegate was revoked.", "代理人已被撤销。");
    case "payeeNamed":
      return both(`${provider.en} has named who receives its payments.`, `${provider.zh}已指定收款人。`);
    case "replaced":
      return both("A change order replaces the agreement.", "协议已由变更单取代。");
    case "paid": {
      const it = of(fact.tranche);
      const amount = money(fact.amount);
      return both(`${amount} is paid for ${it.en}.`, `${it.zh}付款 ${amount}。`);
    }
    case "refunded": {
      const it = of(fact.tranche);
      const amount = money(fact.amount);
      return both(`${amount} of ${it.en} goes back to ${client.en}.`, `${it.zh}的 ${amount} 退还${client.zh}。`);
    }
    case "closed":
      return both("The agreement is closed: nothing is held any more.", "协议已终结，托管已清空。");
    case "credited":
      return both(
        `${money(fact.amount)} could not be paid out and waits as a credit.`,
        `${money(fact.amount)} 未能付出，记为余额。`,
      );
    case "creditPaid":
      return both(`A credit of ${money(fact.amount)} was paid.`, `余额 ${money(fact.amount)} 已支付。`);
    case "dispute":
      return both("The dispute is before the arbitrator.", "争议已提交仲裁人。");
    case "ruling":
      return both("The arbitrator has ruled.", "仲裁人已裁决。");
  }
}
