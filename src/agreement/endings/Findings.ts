/** What stands in the terms beside the endings: who can stall by which clause, what is not in the escrow, what never applies. */
import type { Agreement } from "../Agreement.ts";
import * as Calendar from "../Calendar.ts";
import { both, type Words } from "../InputError.ts";
import * as Account from "../machine/Account.ts";
import { MAX_REJECTIONS } from "../machine/Check.ts";
import { MINUTES_A_DAY } from "../machine/Clock.ts";
import { milestonesOf } from "../machine/Draft.ts";
import { unopened } from "../State.ts";
import * as Time from "../Time.ts";
import { trancheAt } from "./Acts.ts";
import type { Found } from "./Explore.ts";
import { part, type Speech, say, upper } from "./Words.ts";

export type Clause =
  | "openBy"
  | "fundBy"
  | "due"
  | "cure"
  | "review"
  | "rejections"
  | "sequential"
  | "extension"
  | "termination"
  | "contest"
  | "answerWithin"
  | "ruleWithin"
  | "arbitration"
  | "reportBy"
  | "curve"
  | "defaultValue"
  | "pauses"
  | "amount";

export type Who = "client" | "provider" | "either" | "arbitrator" | "reporter";

/** Somebody can hold things up for so long without breaking a rule. */
export type Stall = { who: Who; clause: Clause; tranche: number; minutes: number; says: Words };

/** `unfunded`: the money is promised, not held. `unreachable`: the clause never applies. `risk`: what a reader should know. */
export type Finding = { kind: "unfunded" | "unreachable" | "risk"; clause: Clause; tranche?: number; says: Words };

/** Longest that one review can take: its own length and the pauses that fall into it. */
export function longestReview({ work }: Agreement, tranche: number, from: number): number {
  const { review } = trancheAt({ work } as Agreement, tranche);
  const beginnings = [from, ...work.pauses.map((pause) => pause.from).filter((minute) => minute > from)];
  return Math.max(...beginnings.map((minute) => Calendar.add(work.pauses, minute, review) - minute));
}

export function stalls(agreement: Agreement, from: number, speech: Speech): Stall[] {
  const { work, arbitration, outcome } = agreement;
  const list: Stall[] = [];
  const { client, provider } = speech;
  const anyone = both(`${client.en} or ${provider.en}`, `${client.zh}或${provider.zh}`);
  const names: Record<Who, Words> = {
    client,
    provider,
    either: anyone,
    arbitrator: both("the arbitrator", "仲裁人"),
    reporter: both("the reporter", "报告人"),
  };
  const stall = (who: Who, clause: Clause, tranche: number, minutes: number, en: string, zh: string) => {
    if (minutes <= 0) return;
    const length = both(Time.formatDuration(minutes), Time.formatDuration(minutes, "zh"));
    const says = say(
      `${upper(names[who].en)} ${en} for up to ${length.en}.`,
      `${names[who].zh}${zh}，最长 ${length.zh}。`,
    );
    list.push({ who, clause, tranche, minutes, says });
  };
  const milestones = milestonesOf(agreement);
  const view = unopened(agreement);
  for (const [i, tranche] of work.tranches.entries()) {
    const it = part(agreement, i, speech);
    const hasArbitration = Account.hasArbitration(view, i);
    const hasDeposit = hasArbitration && arbitration.deposit > 0n;
    if (tranche.fundBy > 0)
      stall("client", "fundBy", i, tranche.fundBy - from, `can leave ${it.en} unfunded`, `可迟不为${it.zh}注资`);
    if (i === milestones) {
      if (outcome.metric === 1) {
        stall(
          "reporter",
          "reportBy",
          i,
          tranche.due - tranche.start,
          "can leave the outcome unreported",
          "可迟不报告成果",
        );
        stall(
          "either",
          "review",
          i,
          tranche.review,
          "can wait before contesting the report",
          "可在异议期内迟不提出异议",
        );
      }
    } else {
      stall(
        "provider",
        "due",
        i,
        tranche.due + tranche.cure - from,
        `can hold back ${it.en}, with the money locked,`,
        `可迟不交付${it.zh}而款项仍被锁定`,
      );
      const review = longestReview(agreement, i, from);
      stall("client", "review", i, review, `can stay silent on a delivery of ${it.en}`, `可对${it.zh}的交付保持沉默`);
      stall(
        "client",
        "rejections",
        i,
        MAX_REJECTIONS * review,
        `can reject ${it.en} three times, each at the end of review, and so delay it`,
        `可三次于验收期末拒收${it.zh}，由此拖延`,
      );
      stall(
        "provider",
        "cure",
        i,
        MAX_REJECTIONS * (tranche.cure + 1),
        `can take the whole time to cure ${it.en} after each of three rejections, together`,
        `可在三次拒收后各用足${it.zh}的补正期，合计`,
      );
      if (work.sequential && i + 1 < milestones) {
        const next = part(agreement, i + 1, speech);
        stall(
          "provider",
          "sequential",
          i + 1,
          tranche.due + tranche.cure - from,
          `can hold back ${next.en} by holding back ${it.en}`,
          `可因不交付${it.zh}而拖延${next.zh}`,
        );
      }
      if (tranche.extender > 0) {
        const who = tranche.extender === 1 ? "client" : "provider";
        stall(
          who,
          "extension",
          i,
          tranche.extensionDays * MINUTES_A_DAY,
          `can move the due date of ${it.en}`,
          `可推迟${it.zh}的到期日`,
        );
      }
    }
    if (!hasArbitration || (i === milestones && outcome.metric !== 1)) continue;
    if (hasDeposit)
      stall(
        "either",
        "answerWithin",
        i,
        arbitration.answerWithin + 1,
        `can leave a contest of ${it.en} unanswered`,
        `可迟不应答对${it.zh}的争议`,
      );
    stall(
      "arbitrator",
      "ruleWithin",
      i,
      arbitration.ruleWithin + 1,
      `can leave a dispute over ${it.en} without a ruling`,
      `可迟不就${it.zh}的争议作出裁决`,
    );
  }
  return list.sort((a, b) => b.minutes - a.minutes);
}

export function findings(
  agreement: Agreement,
  from: number,
  found: readonly (readonly Found[])[],
  speech: Speech,
): Finding[] {
  const list: Finding[] = [];
  const add = (kind: Finding["kind"], clause: Clause, tranche: number | undefined, en: string, zh: string) =>
    list.push({ kind, clause, ...(tranche === undefined ? {} : { tranche }), says: say(upper(en), zh) });
  const { work, arbitration } = agreement;
  const milestones = milestonesOf(agreement);
  const view = unopened(agreement);
  for (const [i, tranche] of work.tranches.entries()) {
    const { en, zh } = part(agreement, i, speech);
    const reached = new Set(found[i]?.map(({ kind }) => kind));
    if (tranche.fundBy > 0) {
      const missing = speech.money(tranche.amount - tranche.terminationFee);
      const held = speech.money(tranche.terminationFee);
      const day = Time.format(tranche.fundBy);
      add(
        "unfunded",
        "fundBy",
        i,
        `${en}: of it only ${held.en} is held at opening; ${missing.en} is a promise until ${day}.`,
        `${zh}：生效时仅托管 ${held.zh}，其余 ${missing.zh} 在 ${day} 前只是承诺。`,
      );
    }
    if (tranche.terminable && !reached.has("terminated")) {
      add(
        "unreachable",
        "termination",
        i,
        `${en} cannot be terminated: its start does not lie ahead when the agreement opens.`,
        `${zh}无法终止：协议生效时其开始时间已不在未来。`,
      );
    }
    if (!tranche.terminable && tranche.fundBy === 0 && tranche.terminationFee > 0n) {
      add(
        "unreachable",
        "termination",
        i,
        `the termination fee of ${en} is never paid: it can neither be terminated nor stay unfunded.`,
        `${zh}的终止费不会发生：既不可终止，也不会未注资。`,
      );
    }
    if (BigInt(arbitration.arbitrator) !== 0n && !Account.hasArbitration(view, i)) {
      add(
        "unreachable",
        "arbitration",
        i,
        `${en} is worth less than twice the deposit: contesting it applies the fallback share at once.`,
        `${zh}金额不足押金两倍：提出争议即适用约定比例。`,
      );
    }
    if (i < milestones && i > 0 && !work.sequential && tranche.start < (work.tranches[i - 1]?.start ?? 0)) {
      add("risk", "due", i, `${en} starts before the one before it.`, `${zh}早于其前一里程碑开始。`);
    }
  }
  arbitrationFindings(agreement, add);
  if (work.payByResult) outcomeFindings(agreement, add);
  for (const [index, pause] of work.pauses.entries()) {
    if (pause.until > from) continue;
    add(
      "unreachable",
      "pauses",
      undefined,
      `pause ${index + 1} is over before the agreement can open.`,
      `第 ${index + 1} 个停顿期在协议生效前已结束。`,
    );
  }
  return list;
}

type Add = (kind: Finding["kind"], clause: Clause, tranche: number | undefined, en: string, zh: string) => void;

function arbitrationFindings({ arbitration }: Agreement, add: Add) {
  const { arbitrator, panel, maxCost, deposit, answerWithin } = arbitration;
  if (BigInt(arbitrator) === 0n) {
    add(
      "risk",
      "arbitration",
      undefined,
      "there is no arbitrator: whoever contests gets the fallback share at once.",
      "未指定仲裁人：任何一方提出争议即按约定比例分配。",
    );
    return;
  }
  if (!panel && maxCost === 0n) {
    add(
      "risk",
      "arbitration",
      undefined,
      "only an arbitrator that costs nothing can be asked.",
      "仲裁费上限为零，仅能请求免费的仲裁人。",
    );
  }
  if (deposit === 0n) {
    add(
      "risk",
      "arbitration",
      undefined,
      "contesting costs nothing: there is no deposit.",
      "未设押金，提出争议没有成本。",
    );
    if (answerWithin > 0)
      add(
        "unreachable",
        "answerWithin",
        undefined,
        "the time to answer never applies: there is no deposit to post.",
        "答复期不会适用：无押金可缴。",
      );
  }
}

function outcomeFindings(agreement: Agreement, add: Add) {
  const { outcome, work } = agreement;
  const i = milestonesOf(agreement);
  const { metric, points, defaultValue, lines } = outcome;
  const most = metric === 3 ? 10_000n : metric === 2 ? BigInt(65_535 * i) : undefined;
  for (const [index, { value }] of points.entries()) {
    if (most === undefined || value <= most) continue;
    add(
      "unreachable",
      "curve",
      i,
      `point ${index + 1} of the curve is never reached: the metric is at most ${most}.`,
      `曲线第 ${index + 1} 点无法达到：该指标至多为 ${most}。`,
    );
  }
  if (metric !== 1 && defaultValue !== 0n) {
    add(
      "unreachable",
      "defaultValue",
      i,
      "the default value never applies: the ledger knows the metric.",
      "默认值不会适用：该指标由账本自行得出。",
    );
  }
  const best = points.reduce((pay, point) => (point.pay > pay ? point.pay : pay), 0n);
  if (best < trancheAt(agreement, i).amount) {
    add(
      "unreachable",
      "amount",
      i,
      "no point of the curve pays the whole amount of the outcome: the rest always goes back unless a dispute gives it away.",
      "曲线上没有一点支付成果的全额：除非争议另有裁决，余额必定退回。",
    );
  }
  const jump = points.findIndex((point, index) => index > 0 && point.pay > (points[index - 1]?.pay ?? 0n));
  if (!lines && metric === 1 && jump > 0) {
    add(
      "risk",
      "curve",
      i,
      "the pay jumps at a point of the curve: that invites buying the metric. Slopes are safer.",
      "付款在曲线某点跳升，易诱发刷量；建议采用斜线。",
    );
  }
  if (metric === 3 && !points.every(({ pay }, index) => pay >= (points[index - 1]?.pay ?? 0n))) {
    add("risk", "curve", i, "the more is accepted, the less the outcome pays.", "验收越多，成果付款越少。");
  }
  if (work.tranches[i]?.terminable) {
    add(
      "risk",
      "termination",
      i,
      "the client can end the outcome before it is measured, for its termination fee.",
      "甲方可在计量前终止成果付款，仅付终止费。",
    );
  }
}
