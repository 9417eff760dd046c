/** Why an act was refused: the name of the contract's error, the rule behind it, and its facts. */
import { both, type Words } from "./InputError.ts";
import * as Time from "./Time.ts";
import type { Name as Invalidity } from "./Validity.ts";

export type Facts = Readonly<Record<string, bigint | number | string>>;

export type Refusal = { readonly refused: Name; readonly rule: number; readonly facts: Facts };

type Row = { rule: number; says: (facts: Facts) => Words };

const invalid = (rule: number, en: string, zh: string): Row => ({
  rule,
  says: ({ field = "" }) =>
    both(`These terms cannot be opened: ${en} (${field}).`, `该条款不能生效：${zh}（${field}）。`),
});
const nth = (facts: Facts) => Number(facts.tranche) + 1;
const at = (minute: bigint | number | string | undefined) => Time.format(Number(minute));

const TABLE = {
  PartiesNotDistinct: invalid(4, "parties coincide or are missing", "当事人重合或缺失"),
  FeeOverCap: invalid(3, "the fee is over the cap", "平台费超过上限"),
  BadReceiver: {
    rule: 17,
    says: ({ receiver = "" }) => both(`${receiver} cannot receive money here.`, `${receiver} 不能作为收款地址。`),
  },
  TokenWithoutCode: invalid(4, "the token is no contract", "代币地址不是合约"),
  TrancheCount: invalid(
    4,
    "there must be one to eight tranches, at least one a milestone",
    "付款项应为一至八项且至少一个里程碑",
  ),
  BadAmount: invalid(4, "an amount is too small", "金额过小"),
  WindowTooShort: invalid(4, "a window is under three days", "期限短于三天"),
  BadDates: invalid(2, "dates are out of order", "日期先后颠倒"),
  BadOption: invalid(11, "a termination or extension does not fit", "终止或延期条款不合规"),
  BadPauses: invalid(9, "pauses overlap or are too long", "停顿期重叠或过长"),
  BadArbitration: invalid(14, "the arbitration does not fit", "仲裁条款不合规"),
  BadOutcome: invalid(13, "the outcome does not fit", "成果条款不合规"),
  BadCurve: invalid(13, "the payout curve does not fit", "付款曲线不合规"),
  BranchMissing: {
    rule: 1,
    says: ({ branch = "" }) => both(`The act needs the ${branch} in full.`, `该操作须附完整的 ${branch} 部分。`),
  },
  NotOpen: { rule: 1, says: () => both("No such agreement is open.", "该协议尚未生效。") },
  AlreadyUsed: {
    rule: 1,
    says: () => both("This agreement was opened or revoked before.", "该协议已生效过或已被撤销。"),
  },
  PastOpenBy: {
    rule: 1,
    says: ({ openBy }) => both(`It could be opened until ${at(openBy)}.`, `最迟须在 ${at(openBy)} 前生效。`),
  },
  ReplacesMismatch: {
    rule: 10,
    says: () => both("The agreement does not replace this one.", "该协议所替代的并非此协议。"),
  },
  NotAuthorised: {
    rule: 1,
    says: ({ expected = "" }) => both(`Only ${expected} may do this.`, `仅 ${expected} 可执行此操作。`),
  },
  SignatureExpired: {
    rule: 6,
    says: () => both("The signature is no longer valid. Sign again.", "签名已过期，请重新签署。"),
  },
  NothingToRevoke: {
    rule: 1,
    says: () => both("There is no such delegate, or it has been revoked.", "没有该代理人，或其授权已撤销。"),
  },
  WrongTranche: {
    rule: 5,
    says: (facts) => both(`Part ${nth(facts)} is not one that this act is for.`, `第 ${nth(facts)} 项不适用此操作。`),
  },
  WrongStage: {
    rule: 5,
    says: (facts) =>
      both(`Part ${nth(facts)} is not at a stage for this act.`, `第 ${nth(facts)} 项当前阶段不能执行此操作。`),
  },
  WrongRound: {
    rule: 6,
    says: (facts) =>
      both(
        `Part ${nth(facts)} is in round ${facts.round}: the act was for another delivery.`,
        `第 ${nth(facts)} 项处于第 ${facts.round} 轮，此操作针对的是另一次交付。`,
      ),
  },
  TooEarly: {
    rule: 9,
    says: (facts) =>
      both(
        `Part ${nth(facts)}: not before ${at(facts.allowedFrom)}.`,
        `第 ${nth(facts)} 项：不得早于 ${at(facts.allowedFrom)}。`,
      ),
  },
  TooLate: {
    rule: 9,
    says: (facts) =>
      both(
        `Part ${nth(facts)}: the time for it ended at ${at(facts.endedAt)}.`,
        `第 ${nth(facts)} 项：期限已于 ${at(facts.endedAt)} 届满。`,
      ),
  },
  NoRejectionsLeft: {
    rule: 6,
    says: (facts) =>
      both(
        `Part ${nth(facts)} was rejected three times: accept or contest.`,
        `第 ${nth(facts)} 项已三次拒收，只能验收或提出争议。`,
      ),
  },
  ShareTaken: {
    rule: 7,
    says: (facts) => both(`Part ${nth(facts)} was accepted in part before.`, `第 ${nth(facts)} 项已部分验收过。`),
  },
  BadShare: {
    rule: 7,
    says: () => both("The share must pay something, and less than all.", "部分验收比例须大于零且小于全部。"),
  },
  NotTerminable: {
    rule: 11,
    says: (facts) => both(`Part ${nth(facts)} cannot be terminated.`, `第 ${nth(facts)} 项不可终止。`),
  },
  NotExtendable: {
    rule: 11,
    says: (facts) =>
      both(`Part ${nth(facts)} cannot be extended, or was already.`, `第 ${nth(facts)} 项不可延期或已延期。`),
  },
  NothingToAccept: {
    rule: 8,
    says: () => both("None of the listed parts can be accepted.", "所列各项均无可验收者。"),
  },
  MilestonesOpen: {
    rule: 13,
    says: () => both("The outcome settles after all milestones have ended.", "全部里程碑结束后方可结算成果。"),
  },
  BadReport: { rule: 13, says: () => both("The source does not attest this report.", "报告未获来源证实。") },
  NotArbitrator: {
    rule: 16,
    says: ({ expected = "" }) => both(`Only the panel ${expected} rules here.`, `仅仲裁小组 ${expected} 可裁决。`),
  },
  DisputeNumberTaken: {
    rule: 14,
    says: () => both("The arbitrator gave the number of another dispute.", "仲裁人给出的案号已被占用。"),
  },
  WrongDisputeNumber: {
    rule: 14,
    says: () => both("This is not the number of the tranche's dispute.", "该案号不属于此项争议。"),
  },
  CostOverCap: {
    rule: 14,
    says: () => both("The arbitrator asks more than the terms allow.", "仲裁费用超过条款上限。"),
  },
  ValueTooLow: { rule: 14, says: () => both("Too little was sent for the arbitrator.", "所付仲裁费不足。") },
  BadSplit: {
    rule: 12,
    says: ({ expected, found }) =>
      both(`The split must come to ${expected}, and comes to ${found}.`, `分配总额应为 ${expected}，现为 ${found}。`),
  },
  InexactTransfer: {
    rule: 2,
    says: ({ expected, received }) =>
      both(`Expected ${expected}, and ${received} arrived.`, `应到账 ${expected}，实到 ${received}。`),
  },
  TransferFailed: {
    rule: 2,
    says: ({ from = "" }) => both(`The token would not move money of ${from}.`, `代币未能从 ${from} 转出。`),
  },
  MalformedTerms: {
    rule: 1,
    says: () => both("The packed terms are not well formed. Encode them again.", "条款打包数据有误，请重新编码。"),
  },
  TipOverCap: {
    rule: 19,
    says: ({ asked, cap }) =>
      both(
        `The tip asked is ${asked}, the signer allows ${cap}, in time.`,
        `所取酬金为 ${asked}，签名人按期允许 ${cap}。`,
      ),
  },
  InvalidAccountNonce: {
    rule: 1,
    says: ({ currentNonce }) =>
      both(
        `The signature was used: the next number is ${currentNonce}.`,
        `该签名已用过，下一个编号为 ${currentNonce}。`,
      ),
  },
  GasTooLow: {
    rule: 17,
    says: () => both("Too little gas was sent for an honest payment.", "所附 gas 不足以完成付款。"),
  },
  NativeReturnFailed: {
    rule: 14,
    says: () => both("What was sent too much could not be returned.", "多付的费用无法退回。"),
  },
  CreditTooLow: {
    rule: 17,
    says: ({ credit, asked }) =>
      both(`The credit is ${credit}, asked was ${asked}.`, `余额为 ${credit}，所取为 ${asked}。`),
  },
} satisfies Record<string, Row> & Record<Invalidity, Row>;

/** Name of the contract's error; `TransferFailed` stands for whatever the token itself reverts with. */
export type Name = keyof typeof TABLE;

export function of(refused: Name, facts: Facts = {}): Refusal {
  return { refused, rule: TABLE[refused].rule, facts };
}

/** Whether an error of the contract has this name. */
export const isName = (name: string): name is Name => Object.hasOwn(TABLE, name);

export function is(result: object): result is Refusal {
  return "refused" in result;
}

/** In plain words. */
export function explain({ refused, facts }: Refusal): Words {
  const row: Row = TABLE[refused];
  return row.says(facts);
}
