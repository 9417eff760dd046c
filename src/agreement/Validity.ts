/**
 * What the ledger demands of an agreement before it opens (rules 1, 2, 3, 4 and 13), condition by condition as the
 * contract's library of the same name. The contract stops at the first; this finds all.
 */
import type { Address, Agreement, Tranche } from "./Agreement.ts";
import { MAX_PAUSE_MINUTES, MAX_PAUSES } from "./Calendar.ts";
import * as Errors from "./Errors.ts";
import * as Fee from "./Fee.ts";
import { both, type InputError, type Place, type Words } from "./InputError.ts";
import { MAX_POINTS } from "./PayoutCurve.ts";

/** Three days in minutes: longer than any rollup's forced inclusion takes. */
export const MIN_WINDOW = 4320;
export const MAX_TRANCHES = 8;

/** Name of the contract's error. */
export type Name =
  | "PartiesNotDistinct"
  | "FeeOverCap"
  | "BadReceiver"
  | "TokenWithoutCode"
  | "TrancheCount"
  | "BadAmount"
  | "WindowTooShort"
  | "BadDates"
  | "BadOption"
  | "BadPauses"
  | "BadArbitration"
  | "BadOutcome"
  | "BadCurve";

/** `error` and its place as the contract reports it; `field` is a path in the agreement; `problem` says it to people. */
export type Violation = { error: Name; field: string; tranche?: number; problem: InputError };

/** What cannot be known from the agreement alone. */
export type Known = {
  /** The escrow itself may be neither a party nor a receiver. */
  escrow?: Address;
  /** Whether there is a contract at an address. */
  codeAt?: (address: Address) => boolean;
};

/** Tells where a field of the agreement stands in what people read, and with which value. */
export type Locate = (field: string, found: unknown) => { field: string; found: unknown };

const same = (a: string, b: string): boolean => BigInt(a) === BigInt(b);
const isZero = (address: string): boolean => BigInt(address) === 0n;

/** All violations, in the contract's order. No violation: the contract opens it (with signatures and money). */
export function validateAgreement(
  agreement: Agreement,
  known: Known = {},
  locate: Locate = (field, found) => ({ field, found }),
): readonly Violation[] {
  const { work, arbitration } = agreement;
  const violations: Violation[] = [];
  const report = (error: Name, field: string, make: (place: Place) => InputError, others: string[] = []) => {
    const index = /^work\.tranches\[(\d+)\]/.exec(field)?.[1];
    const value = field
      .split(/[.[\]]+/)
      .filter(Boolean)
      .reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], agreement);
    const place = { ...locate(field, value), others: others.map((other) => locate(other, undefined).field) };
    const tranche = index === undefined ? {} : { tranche: Number(index) };
    violations.push({ error, field, ...tranche, problem: make(place) });
  };

  parties(agreement, known, locate, report);

  if (work.feeBps > Fee.MAX_BPS) report("FeeOverCap", "work.feeBps", (place) => new Errors.FeeOverCap(place));
  const { escrow, codeAt } = known;
  if (work.feeBps > 0 && (isZero(work.feeRecipient) || (escrow && same(work.feeRecipient, escrow)))) {
    const expected = both("an address that can hold money, since there is a fee", "可收款的地址（因设有平台费）");
    report("BadReceiver", "work.feeRecipient", (place) => new Errors.ClauseConflict({ ...place, expected }), [
      "work.feeBps",
    ]);
  }
  if (codeAt && !codeAt(work.token))
    report("TokenWithoutCode", "work.token", (place) => new Errors.NotAContract(place));

  const milestones = work.tranches.length - (work.payByResult ? 1 : 0);
  if (milestones <= 0) report("TrancheCount", "work.tranches", (place) => new Errors.NoMilestones(place));
  if (work.tranches.length > MAX_TRANCHES) {
    report(
      "TrancheCount",
      "work.tranches",
      (place) => new Errors.TooManyTranches({ ...place, found: work.tranches.length }),
    );
  }
  for (const [index, tranche] of work.tranches.entries()) {
    const isMilestone = index < milestones;
    const latest = isMilestone ? tranche.start : (work.tranches[index - 1]?.start ?? tranche.start);
    const latestField = `work.tranches[${isMilestone ? index : index - 1}].start`;
    checkTranche(
      tranche,
      `work.tranches[${index}]`,
      { isFirst: index === 0, isMilestone, latest, latestField, agreement },
      report,
    );
  }

  checkPauses(agreement, report);
  checkArbitration(arbitration, report);
  checkOutcome(agreement, milestones, report);
  return violations;
}

type Report = (error: Name, field: string, make: (place: Place) => InputError, others?: string[]) => void;

const conflict = (expected: Words) => (place: Place) => new Errors.ClauseConflict({ ...place, expected });

function parties({ parties, arbitration, outcome }: Agreement, { escrow }: Known, locate: Locate, report: Report) {
  const named: Record<string, Address> = {
    "parties.client": parties.client,
    "parties.provider": parties.provider,
    "arbitration.arbitrator": arbitration.arbitrator,
    "outcome.source": outcome.source,
  };
  const clash = (field: string, other: string, label = locate(other, undefined).field) =>
    report("PartiesNotDistinct", field, (place) => new Errors.PartiesCoincide({ ...place, other: label }), [other]);
  for (const field of ["parties.client", "parties.provider"]) {
    const address = named[field] ?? "0x0";
    if (isZero(address)) {
      report("PartiesNotDistinct", field, (place) => new Errors.NotAnAddress(place));
    } else if (escrow && same(address, escrow)) {
      clash(field, field, "the escrow");
    }
  }
  const principals = Object.entries(named).filter(([, address]) => !isZero(address));
  for (const [index, [other, address]] of principals.entries()) {
    for (const [field, later] of principals.slice(index + 1)) if (same(address, later)) clash(field, other);
  }
  const { clientDelegate, providerDelegate } = parties;
  const delegates = [
    ["parties.clientDelegate", clientDelegate, "parties.client"],
    ["parties.providerDelegate", providerDelegate, "parties.provider"],
  ] as const;
  for (const [field, delegate, own] of delegates) {
    if (isZero(delegate)) continue;
    for (const [other, address] of principals) if (other !== own && same(delegate, address)) clash(field, other);
  }
  if (!isZero(clientDelegate) && same(clientDelegate, providerDelegate)) {
    clash("parties.providerDelegate", "parties.clientDelegate");
  }
}

function checkTranche(
  tranche: Tranche,
  field: string,
  at: { isFirst: boolean; isMilestone: boolean; latest: number; latestField: string; agreement: Agreement },
  report: Report,
) {
  const { amount, start, due, review, cure, fundBy, terminationFee, extender, extensionDays, extensionPrice } = tranche;
  const { isFirst, isMilestone, latest, latestField, agreement } = at;
  const { work, openBy } = agreement;
  if (amount === 0n || (work.feeBps > 0 && amount * BigInt(work.feeBps) < 10_000n)) {
    const expected =
      amount === 0n
        ? both("more than zero", "大于零")
        : both("enough that the platform fee is at least one base unit", "足以使平台费至少为一个最小单位");
    report(
      "BadAmount",
      `${field}.amount`,
      (place) => new Errors.AmountTooSmall({ ...place, expected }),
      amount === 0n ? [] : ["work.feeBps"],
    );
  }
  const order = (name: string, en: string, zh: string, others: string[]) =>
    report(
      "BadDates",
      `${field}.${name}`,
      (place) => new Errors.DatesOutOfOrder({ ...place, expected: both(en, zh) }),
      others,
    );
  if (start > due) order("due", "not before its start", "不早于开始时间", [`${field}.start`]);
  if (openBy > due)
    order("due", "not before the last day to open (openBy)", "不早于最迟生效时间（openBy）", ["openBy"]);
  if (!isFirst && isMilestone && work.sequential && start < openBy) {
    order(
      "start",
      "not before the last day to open (openBy), as the terms are sequential",
      "不早于最迟生效时间（openBy），因里程碑按顺序进行",
      ["openBy", "work.sequential"],
    );
  }
  if (review < MIN_WINDOW) report("WindowTooShort", `${field}.review`, (place) => new Errors.WindowTooShort(place));
  if (isMilestone && cure < MIN_WINDOW)
    report("WindowTooShort", `${field}.cure`, (place) => new Errors.WindowTooShort(place));
  if (fundBy !== 0 && fundBy < openBy) {
    order("fundBy", "not before the last day to open (openBy)", "不早于最迟生效时间（openBy）", ["openBy"]);
  }
  if (fundBy !== 0 && fundBy > latest) {
    if (isMilestone) order("fundBy", "not after its start", "不晚于开始时间", [latestField]);
    else order("fundBy", "not after the last milestone's start", "不晚于最后一个里程碑的开始时间", [latestField]);
  }

  const large = (name: string, en: string, zh: string) =>
    report(
      "BadOption",
      `${field}.${name}`,
      (place) => new Errors.AmountTooLarge({ ...place, expected: both(en, zh) }),
      [`${field}.amount`],
    );
  if (terminationFee > amount) large("terminationFee", "at most the tranche's amount", "不超过该付款项金额");
  if (extender === 0) {
    const none = both("none, since nobody may extend", "无（因无人可延期）");
    if (extensionDays !== 0) report("BadOption", `${field}.extensionDays`, conflict(none));
    if (extensionPrice !== 0n) report("BadOption", `${field}.extensionPrice`, conflict(none));
    return;
  }
  if (!isMilestone) {
    report("BadOption", `${field}.extender`, conflict(both("no extension of the outcome", "成果付款不可延期")));
  }
  if (extender > 2) {
    report("BadOption", `${field}.extender`, conflict(both("client or provider", "甲方或乙方")));
  }
  if (extensionDays === 0) {
    report("BadOption", `${field}.extensionDays`, conflict(both("at least one day", "至少一天")));
  }
  if (extender === 2 && extensionPrice >= amount)
    large("extensionPrice", "less than the tranche's amount", "小于该付款项金额");
}

function checkPauses({ work }: Agreement, report: Report) {
  const unfit = (field: string, expected: Words, others: string[] = []) =>
    report("BadPauses", field, (place) => new Errors.PausesUnfit({ ...place, expected }), others);
  if (work.pauses.length > MAX_PAUSES) {
    report(
      "BadPauses",
      "work.pauses",
      (place) => new Errors.TooMany({ ...place, found: work.pauses.length, max: MAX_PAUSES }),
    );
  }
  let last = 0;
  for (const [index, { from, until }] of work.pauses.entries()) {
    const field = `work.pauses[${index}]`;
    const previous = index > 0 ? [`work.pauses[${index - 1}].until`] : [];
    if (from < last)
      unfit(`${field}.from`, both("not before the end of the pause before it", "不早于前一停顿期的结束"), previous);
    if (from >= until) unfit(`${field}.until`, both("later than its start", "晚于其开始"), [`${field}.from`]);
    if (until - from > MAX_PAUSE_MINUTES) {
      unfit(`${field}.until`, both("at most 30 days after its start", "距其开始不超过 30 天"), [`${field}.from`]);
    }
    last = until;
  }
}

function checkArbitration(arbitration: Agreement["arbitration"], report: Report) {
  const { arbitrator, deposit, answerWithin, ruleWithin, fallbackBps, panel } = arbitration;
  const bad = (name: string, make: (place: Place) => InputError, others: string[] = []) =>
    report("BadArbitration", `arbitration.${name}`, make, others);
  if (fallbackBps > 10_000) bad("fallbackBps", (place) => new Errors.ShareOutOfRange({ ...place, max: "100 %" }));
  if (isZero(arbitrator)) {
    const none = conflict(both("none, since there is no arbitrator", "无（因未指定仲裁人）"));
    if (deposit !== 0n) bad("deposit", none);
    if (panel) bad("panel", none);
    return;
  }
  if (deposit !== 0n && answerWithin < MIN_WINDOW) bad("answerWithin", (place) => new Errors.WindowTooShort(place));
  const least = deposit === 0n ? MIN_WINDOW : MIN_WINDOW + answerWithin;
  if (ruleWithin < least) {
    const expected = both(
      "at least 3 days, beyond the time to answer where there is a deposit",
      "至少 3 天；设押金时须比答复期再长 3 天",
    );
    bad("ruleWithin", (place) => new Errors.WindowTooShort({ ...place, expected }), ["arbitration.answerWithin"]);
  }
}

function checkOutcome({ work, outcome }: Agreement, milestones: number, report: Report) {
  const { metric, points, source } = outcome;
  const bad = (name: string, en: string, zh: string) => report("BadOutcome", `outcome.${name}`, conflict(both(en, zh)));
  if (!work.payByResult) {
    if (metric !== 0) bad("metric", "none, since nothing is paid by result", "无（因不按成果付款）");
    if (points.length !== 0) bad("points", "none, since nothing is paid by result", "无（因不按成果付款）");
    if (!isZero(source)) bad("source", "none, since nothing is paid by result", "无（因不按成果付款）");
    return;
  }
  const tranche = work.tranches[milestones];
  if (metric === 0 || metric > 3)
    bad("metric", "a metric, since something is paid by result", "有指标（因按成果付款）");
  if (metric === 1) {
    if (isZero(source)) bad("source", "the address of who reports", "报告人地址");
    if (tranche && tranche.start === tranche.due) {
      const field = `work.tranches[${milestones}]`;
      const expected = both("later than the time of measurement", "晚于计量时间");
      report("BadOutcome", `${field}.due`, (place) => new Errors.DatesOutOfOrder({ ...place, expected }), [
        `${field}.start`,
      ]);
    }
  } else if (metric !== 0 && !isZero(source)) {
    bad("source", "none: the ledger knows this metric itself", "无（该指标由账本自行得出）");
  }
  if (points.length === 0) report("BadCurve", "outcome.points", (place) => new Errors.MissingField(place));
  if (points.length > MAX_POINTS) {
    report(
      "BadCurve",
      "outcome.points",
      (place) => new Errors.TooMany({ ...place, found: points.length, max: MAX_POINTS }),
    );
  }
  for (const [index, { value, pay }] of points.entries()) {
    const last = points[index - 1];
    if (last ? value <= last.value : value !== 0n) {
      const expected = last
        ? both("more than the point before it", "大于前一点")
        : both("0 at the first point", "首点为 0");
      const others = last ? [`outcome.points[${index - 1}].value`] : [];
      report(
        "BadCurve",
        `outcome.points[${index}].value`,
        (place) => new Errors.PointsUnsorted({ ...place, expected }),
        others,
      );
    }
    if (tranche && pay > tranche.amount) {
      const expected = both("at most the outcome's amount", "不超过成果付款金额");
      report("BadCurve", `outcome.points[${index}].pay`, (place) => new Errors.AmountTooLarge({ ...place, expected }), [
        `work.tranches[${milestones}].amount`,
      ]);
    }
  }
}
