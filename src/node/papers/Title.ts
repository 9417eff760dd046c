/**
 * Whose the work is: what was delivered, by its hash, and from which moment on it belongs to whom, by the ownership clause
 * that both signed and the facts of the ledger.
 */
import { InputError, Money, Terms } from "../../agreement/index.ts";
import type { Fact } from "../../ledger/Fact.ts";

const { both } = InputError;
type Words = InputError.Words;

export type Title = {
  readonly milestone: string;
  readonly title: Words;
  readonly owner: "client" | "provider" | "both";
  readonly from: "signing" | "delivery" | "payment";
  /** Salted hash of what was delivered last, and where the ledger names it. */
  readonly deliverable?: { readonly hash: string; readonly at: string; readonly transaction: string };
  /** Base units. */
  readonly amount: bigint;
  readonly paid: bigint;
  /** The fact from which on. Absent: it has not passed. */
  readonly passed?: { readonly at: string; readonly transaction: string };
  readonly says: Words;
};

/** Of every milestone, in order. */
export function all(terms: Terms.Terms, facts: readonly Fact[]): readonly Title[] {
  const { owner, from } = terms.ip;
  return terms.milestones.map(({ name: milestone, title, amount: text }, tranche): Title => {
    const amount = Money.parse(text, terms.currency.scale);
    const own = facts.filter((fact) => "tranche" in fact && fact.tranche === tranche);
    const delivered = own.findLast((fact) => fact.kind === "delivered");
    let paid = 0n;
    let last: Fact | undefined;
    for (const fact of own) {
      if (fact.kind !== "paid" || fact.cause === "Extension" || fact.cause === "Termination") continue;
      paid += fact.amount;
      if (paid >= amount) last ??= fact;
    }
    const moment = { signing: facts.find(({ kind }) => kind === "opened"), delivery: delivered, payment: last }[from];
    const refunded = own.some((fact) => fact.kind === "refunded");
    const about = { owner, from, paid, amount, isOver: refunded };
    return {
      ...{ milestone, title, owner, from, amount, paid },
      ...(delivered?.kind === "delivered" ? { deliverable: { hash: delivered.deliverable, ...place(delivered) } } : {}),
      ...(moment ? { passed: place(moment) } : {}),
      says: says(terms, about, moment),
    };
  });
}

const place = ({ block, transaction }: Fact) => ({ at: new Date(block.time * 1000).toISOString(), transaction });

const OWNERS: Readonly<Record<Title["owner"], Words>> = {
  client: both("the client", "甲方"),
  provider: both("the provider", "乙方"),
  both: both("both parties together", "双方共有"),
};

const MOMENTS: Readonly<Record<Title["from"], Words>> = {
  signing: both("the opening of the agreement", "协议生效"),
  delivery: both("its delivery", "交付"),
  payment: both("the payment in full", "付清款项"),
};

type About = Pick<Title, "owner" | "from" | "paid" | "amount"> & { readonly isOver: boolean };

function says(terms: Terms.Terms, { owner, from, paid, amount, isOver }: About, moment: Fact | undefined): Words {
  const [whose, when] = [OWNERS[owner], MOMENTS[from]];
  const show = (units: bigint) => Money.show(units, Terms.currencyOf(terms));
  if (moment) {
    const { at, transaction } = place(moment);
    return both(
      `It belongs to ${whose.en} from ${when.en} on, ${at}, in transaction ${transaction}.`,
      `自${when.zh}起（${at}，交易 ${transaction}）归${whose.zh}所有。`,
    );
  }
  if (from !== "payment") {
    return both(
      `It belongs to ${whose.en} from ${when.en} on, which is still to come.`,
      `自${when.zh}起归${whose.zh}所有，目前尚未发生。`,
    );
  }
  const sum = both(`${show(paid)} of ${show(amount)} is paid`, `已付 ${show(paid)}，应付 ${show(amount)}`);
  return isOver
    ? both(
        `It has not passed to ${whose.en}: ${sum.en}, and the rest went back to the client. Who owns what is for both to agree.`,
        `尚未归${whose.zh}所有：${sum.zh}，余款已退甲方。归属由双方另行约定。`,
      )
    : both(`It has not passed to ${whose.en} yet: ${sum.en}.`, `尚未归${whose.zh}所有：${sum.zh}。`);
}
