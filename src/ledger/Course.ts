/**
 * The course that an agreement's facts take: what must have come before what, and where it has come to. From the record
 * alone: who holds all facts of an agreement can say so, and a gap shows where one is missing. Not every gap can be told:
 * an acceptance without a delivery is a course too.
 */
import { type Agreement, InputError, State } from "../agreement/index.ts";
import type { Fact, Happening } from "./Fact.ts";
import type { Address, Hex } from "./Ledger.ts";

const { both } = InputError;
const { Code } = State;
type Words = InputError.Words;

/** One tranche after the facts. `codes`: those that the ledger can have for it. */
export type Standing = { codes: readonly State.Code[]; round: number; extended: boolean };

export type Course = {
  /** What does not follow from what came before. Empty: no gap can be told. */
  readonly gaps: readonly Words[];
  readonly tranches: readonly Standing[];
  readonly closed: boolean;
  readonly payee: Address;
  readonly revokedDelegates: readonly Address[];
  /** What was reported of the outcome. */
  readonly value: bigint;
};

type Tranche = Standing & {
  at: "open" | "delivered" | "rejected" | "contested" | "answered" | "arbitrated";
  /** Gross, out of what the tranche holds. */
  out: bigint;
  /** Whether all of its amount was paid in; unknown where the opening may have. */
  funded: boolean | "unknown";
};

/** Facts of one agreement, in the ledger's order. `numberOf`: the tranche of a dispute's case. */
export function follow(
  agreement: Agreement.Agreement,
  facts: readonly Happening[],
  numberOf: (dispute: bigint) => number | undefined,
): Course {
  const { work } = agreement;
  const last = work.payByResult ? work.tranches.length - 1 : -1;
  const tranches = work.tranches.map((terms, index) => begin(terms, index, index === last, work.sequential));
  const gaps: Words[] = [];
  const gap = (en: string, zh: string) => gaps.push(both(en, zh));
  let opened = false;
  let revoked = false;
  let closed = false;
  let swept = false;
  let replaced = false;
  let settled = false;
  let payee: Address = State.ZERO;
  let value = 0n;
  const revokedDelegates: Address[] = [];
  const expect = (
    index: number,
    name: Words,
    before: readonly Tranche["at"][],
    codes: readonly State.Code[],
    at?: Tranche["at"],
  ) => {
    const one = tranches[index];
    if (!one) {
      gap(`part ${index + 1} is not in the agreement`, `协议中没有第 ${index + 1} 项`);
      return;
    }
    if (!before.includes(one.at) || isOver(agreement, tranches, index))
      gap(
        `part ${index + 1} was ${name.en}, though it was ${isOver(agreement, tranches, index) ? "over" : SAYS[one.at].en}`,
        `第 ${index + 1} 项在“${isOver(agreement, tranches, index) ? "已结束" : SAYS[one.at].zh}”状态下${name.zh}`,
      );
    one.codes = codes;
    one.at = at ?? one.at;
  };
  const sameRound = (index: number, round: number) => {
    const expected = tranches[index]?.round;
    if (expected !== undefined && expected !== round)
      gap(
        `part ${index + 1} is in round ${round}, after ${expected} rejections`,
        `第 ${index + 1} 项处于第 ${round} 轮，而此前退回 ${expected} 次`,
      );
  };
  for (const fact of facts) {
    if (FREE.has(fact.kind)) {
      if (fact.kind === "delegateRevoked") revokedDelegates.push(fact.delegate);
      if (fact.kind === "dispute") {
        const index = numberOf(fact.case);
        if (index !== undefined)
          expect(
            index,
            both("before an arbitrator", "提交仲裁"),
            ["contested", "answered"],
            [Code.Arbitrated],
            "arbitrated",
          );
      }
      continue;
    }
    if (!opened && fact.kind !== "opened" && fact.kind !== "revoked") {
      gap(`“${fact.kind}” comes before the opening`, `“${fact.kind}”早于生效`);
      opened = true;
    }
    if (closed) gap(`“${fact.kind}” comes after the end`, `“${fact.kind}”晚于终结`);
    switch (fact.kind) {
      case "opened": {
        const { client, provider } = agreement.parties;
        if (opened || revoked) gap("it was opened twice, or after it was revoked", "重复生效，或在撤销后生效");
        if (
          fact.client !== lower(client) ||
          fact.provider !== lower(provider) ||
          fact.document !== lower(agreement.document)
        )
          gap("it was opened with other parties or another document", "生效时的当事人或文件不同");
        opened = true;
        break;
      }
      case "revoked":
        if (opened) gap("it was revoked after it was opened", "在生效后被撤销");
        revoked = true;
        closed = true;
        break;
      case "funded":
        for (const [index, one] of tranches.entries()) {
          if (((fact.tranches >> index) & 1) === 0) continue;
          if (one.funded === true) gap(`part ${index + 1} was funded twice`, `第 ${index + 1} 项重复注资`);
          one.funded = true;
          one.codes = one.codes.filter((code) => code !== Code.Unfunded && code !== Code.Terminated);
        }
        if (fact.amount !== due(agreement, fact.tranches))
          gap("what was funded is not what the terms ask for", "注资金额与条款不符");
        break;
      case "delivered":
        sameRound(fact.tranche, fact.round);
        expect(fact.tranche, both("delivered", "交付"), ["open", "rejected"], [Code.Delivered], "delivered");
        settleFunding(tranches[fact.tranche]);
        break;
      case "rejected": {
        sameRound(fact.tranche, fact.round);
        expect(fact.tranche, both("rejected", "退回"), ["delivered"], [Code.Rejected], "rejected");
        const one = tranches[fact.tranche];
        if (one) one.round += 1;
        break;
      }
      case "extended": {
        const one = tranches[fact.tranche];
        if (one?.extended) gap(`part ${fact.tranche + 1} was extended twice`, `第 ${fact.tranche + 1} 项重复延期`);
        if (one) one.extended = true;
        settleFunding(one);
        break;
      }
      case "contested": {
        const before: Tranche["at"][] = fact.byClient || fact.tranche === last ? ["delivered"] : ["open", "rejected"];
        expect(fact.tranche, both("contested", "被提出争议"), before, CONTESTED, "contested");
        settleFunding(tranches[fact.tranche]);
        break;
      }
      case "answered":
        expect(fact.tranche, both("answered", "应诉"), ["contested"], [Code.Disputed], "answered");
        break;
      case "reported":
        value = fact.value;
        expect(last, both("reported", "报告"), ["open"], [Code.Delivered], "delivered");
        settleFunding(tranches[last]);
        break;
      case "payeeNamed":
        payee = fact.payee;
        break;
      case "replaced":
        replaced = true;
        swept = true;
        break;
      case "paid":
      case "refunded": {
        const one = tranches[fact.tranche];
        if (fact.cause === "Settlement") settled = true;
        if (fact.cause === "Settlement" || fact.cause === "ChangeOrder") swept = true;
        // What the client pays to extend comes from outside the tranche.
        const outside = fact.kind === "paid" && fact.cause === "Extension";
        if (!one) gap(`part ${fact.tranche + 1} is not in the agreement`, `协议中没有第 ${fact.tranche + 1} 项`);
        else if (!outside) one.out += fact.amount;
        if (!one || swept || outside) break;
        if (fact.cause !== "Termination" && fact.cause !== "Lapse") settleFunding(one);
        const { amount } = work.tranches[fact.tranche] as Agreement.Tranche;
        if (one.out > amount)
          gap(`more was paid out of part ${fact.tranche + 1} than it held`, `第 ${fact.tranche + 1} 项支出超过其金额`);
        break;
      }
      case "closed":
        closed = true;
        break;
    }
  }
  if (!opened && !revoked) gap("there is no opening", "没有生效记录");
  if (closed && !revoked && !replaced && !evensOut(agreement, tranches, settled))
    gap("it is closed, yet not all that was held has been paid out", "已终结，但托管金额未全部支出");
  const standings = tranches.map(({ codes, round, extended }, index) => {
    if (revoked) return { codes: [index === 0 ? Code.Closed : Code.None], round: 0, extended };
    if (isOver(agreement, tranches, index)) return { codes: OVER, round, extended };
    if (swept || closed) return { codes: OVER, round, extended };
    return { codes: opened ? codes : [Code.None], round, extended };
  });
  return { gaps, tranches: standings, closed, payee, revokedDelegates, value };
}

const lower = (hex: Hex): Hex => hex.toLowerCase() as Hex;

/** Facts that can stand anywhere. */
const FREE: ReadonlySet<Fact["kind"]> = new Set(["delegateRevoked", "credited", "creditPaid", "dispute", "ruling"]);
const OVER = [Code.Paid, Code.Ended, Code.Terminated, Code.Closed];
const CONTESTED = [Code.ContestedByClient, Code.ContestedByProvider, Code.ContestedUndelivered, Code.Disputed];
const SAYS: Record<Tranche["at"], Words> = {
  open: both("open", "进行中"),
  delivered: both("delivered", "已交付"),
  rejected: both("rejected", "已退回"),
  contested: both("contested", "争议中"),
  answered: both("disputed", "争议中"),
  arbitrated: both("before an arbitrator", "仲裁中"),
};

function begin(terms: Agreement.Tranche, index: number, outcome: boolean, sequential: boolean): Tranche {
  const blocked = sequential && index > 0 && !outcome;
  const open = outcome ? [Code.Awaiting] : blocked ? [Code.Waiting, Code.Active] : [Code.Active];
  // A part that holds nothing ends without a word.
  const silent = terms.terminationFee === 0n ? [Code.Terminated] : [];
  const codes = terms.fundBy === 0 ? open : [Code.Unfunded, ...open, ...silent];
  const funded = terms.fundBy === 0 ? true : "unknown";
  return { codes, round: 0, extended: false, at: "open", out: 0n, funded };
}

/** What happened to it happens only to a funded one. */
function settleFunding(one: Tranche | undefined): void {
  if (one) one.funded = true;
}

const due = ({ work }: Agreement.Agreement, mask: number): bigint =>
  work.tranches.reduce(
    (sum, { amount, terminationFee }, k) => sum + ((mask >> k) & 1 ? amount - terminationFee : 0n),
    0n,
  );

/** What a tranche can have held in all: its amount, or of one that may be unfunded its termination fee. */
function holds({ work }: Agreement.Agreement, one: Tranche, index: number): readonly bigint[] {
  const { amount, terminationFee } = work.tranches[index] as Agreement.Tranche;
  return one.funded === true ? [amount] : [terminationFee, amount];
}

/** Whether all that a tranche held has been paid out. */
function isOver(agreement: Agreement.Agreement, tranches: readonly Tranche[], index: number): boolean {
  const one = tranches[index];
  return one !== undefined && one.out > 0n && holds(agreement, one, index).includes(one.out);
}

function evensOut(agreement: Agreement.Agreement, tranches: readonly Tranche[], settled: boolean): boolean {
  const held = tranches.map((one, index) => holds(agreement, one, index));
  if (!settled) return tranches.every((one, index) => held[index]?.includes(one.out));
  // A settlement is booked on the first tranche.
  const out = tranches.reduce((sum, one) => sum + one.out, 0n);
  const bound = (pick: (values: readonly bigint[]) => bigint | undefined) =>
    held.reduce((sum, values) => sum + (pick(values) ?? 0n), 0n);
  return bound((values) => values[0]) <= out && out <= bound((values) => values.at(-1));
}
