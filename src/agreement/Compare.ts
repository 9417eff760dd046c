/** What an edit of an agreement changes: field by field, and in its endings. Plain sentences, English and Chinese. */
import type { Agreement, Tranche } from "./Agreement.ts";
import * as Endings from "./Endings.ts";
import * as Say from "./endings/Words.ts";
import { both, type Words } from "./InputError.ts";
import { milestonesOf } from "./machine/Draft.ts";
import * as Time from "./Time.ts";

export type Difference = {
  /** `field`: what is written; `ending`: what follows from it. */
  kind: "field" | "ending";
  /** Path in the agreement, or of the answer of `Endings`. */
  field: string;
  /** Whom it helps, where that is clear. */
  favours: "client" | "provider" | undefined;
  says: Words;
};

/** From `a` to `b`; empty when both have the same fields. */
export function compare(a: Agreement, b: Agreement, options: Endings.Options = {}): readonly Difference[] {
  const speech: Say.Speech = { ...Say.PLAIN, ...options.speech };
  const fields = [...fieldsOf(a, b, speech)];
  if (fields.length === 0) return [];
  // Both from the same minute, so that lengths compare.
  const before = Endings.endings(a, options);
  const from = options.from ?? Math.min(before.from, Endings.endings(b, options).from);
  const [old, next] = [Endings.endings(a, { ...options, from }), Endings.endings(b, { ...options, from })];
  return [
    ...fields,
    ...stalls(old, next, speech),
    ...bounds(old, next, speech),
    ...locks(old, next),
    ...kinds(old, next),
    ...notes(old, next),
  ];
}

type Kind = "money" | "minute" | "length" | "share" | "days" | "flag" | "text";
type Label = { en: string; zh: string; kind: Kind };

const label = (en: string, zh: string, kind: Kind): Label => ({ en, zh, kind });

const TRANCHE: Record<keyof Tranche, Label> = {
  amount: label("amount", "金额", "money"),
  start: label("start", "开始时间", "minute"),
  due: label("due date", "到期日", "minute"),
  review: label("review window", "验收期", "length"),
  cure: label("time to cure", "补正期", "length"),
  fundBy: label("time to fund", "注资期限", "minute"),
  terminable: label("right of the client to terminate", "甲方终止权", "flag"),
  terminationFee: label("termination fee", "终止费", "money"),
  extender: label("who may extend", "可延期方", "text"),
  extensionDays: label("extension", "延期天数", "days"),
  extensionPrice: label("price of the extension", "延期价格", "money"),
};

const OTHERS: Record<string, Label> = {
  "parties.client": label("the client", "甲方", "text"),
  "parties.provider": label("the provider", "乙方", "text"),
  "parties.clientDelegate": label("the client's delegate", "甲方代理人", "text"),
  "parties.providerDelegate": label("the provider's delegate", "乙方代理人", "text"),
  document: label("the terms document", "条款文件", "text"),
  replaces: label("the agreement that this one replaces", "所替代的协议", "text"),
  openBy: label("the last minute to open", "最迟生效时间", "minute"),
  "work.token": label("the token", "代币", "text"),
  "work.feeRecipient": label("who receives the platform fee", "平台费收款人", "text"),
  "work.feeBps": label("the platform fee", "平台费率", "share"),
  "work.sequential": label("the rule that milestones come one after another", "里程碑须依次进行", "flag"),
  "work.payByResult": label("payment by result", "按成果付款", "flag"),
  "arbitration.arbitrator": label("the arbitrator", "仲裁人", "text"),
  "arbitration.panel": label("the included panel", "内置仲裁小组", "flag"),
  "arbitration.deposit": label("the deposit", "押金", "money"),
  "arbitration.answerWithin": label("the time to answer", "答复期", "length"),
  "arbitration.ruleWithin": label("the time to rule", "裁决期", "length"),
  "arbitration.fallbackBps": label("the fallback share", "约定比例", "share"),
  "arbitration.maxCost": label("the most that arbitration may cost", "仲裁费上限", "text"),
  "arbitration.extraData": label("the arbitrator's instructions", "仲裁说明", "text"),
  "outcome.source": label("the reporter", "报告人", "text"),
  "outcome.metric": label("the metric", "指标", "text"),
  "outcome.lines": label("straight lines between the points", "曲线分段连线", "flag"),
  "outcome.defaultValue": label("the value that counts when nobody reports", "无人报告时的取值", "text"),
};

function write(value: unknown, kind: Kind, { money }: Say.Speech): Words {
  if (kind === "money") return money(value as bigint);
  if (kind === "minute")
    return value === 0
      ? both("at opening", "生效时")
      : both(Time.format(value as number), Time.format(value as number));
  if (kind === "length") return both(Time.formatDuration(value as number), Time.formatDuration(value as number, "zh"));
  if (kind === "share") return both(`${(value as number) / 100} %`, `${(value as number) / 100} %`);
  if (kind === "days") return both(`${value} days`, `${value} 天`);
  if (kind === "flag") return value ? both("yes", "有") : both("no", "无");
  return both(String(value), String(value));
}

function changed(field: string, { en, zh, kind }: Label, from: unknown, to: unknown, speech: Say.Speech): Difference {
  const [old, next] = [write(from, kind, speech), write(to, kind, speech)];
  return {
    kind: "field",
    field,
    favours: undefined,
    says: Say.say(`${Say.upper(en)}: ${old.en} becomes ${next.en}.`, `${zh}：由 ${old.zh} 改为 ${next.zh}。`),
  };
}

function* fieldsOf(a: Agreement, b: Agreement, speech: Say.Speech): Generator<Difference> {
  for (const [field, one] of Object.entries(OTHERS)) {
    const read = (agreement: Agreement) =>
      field.split(".").reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], agreement);
    const [from, to] = [read(a), read(b)];
    if (from !== to) yield changed(field, one, from, to, speech);
  }
  yield* tranches(a, b, speech);
  const pauses = (agreement: Agreement) =>
    agreement.work.pauses.map(({ from, until }) => `${Time.format(from)} – ${Time.format(until)}`).join(", ");
  if (pauses(a) !== pauses(b))
    yield changed(
      "work.pauses",
      label("the pauses of review", "验收停顿期", "text"),
      pauses(a) || "–",
      pauses(b) || "–",
      speech,
    );
  const points = (agreement: Agreement) =>
    agreement.outcome.points.map(({ value, pay }) => `${value}: ${pay}`).join(", ");
  if (points(a) !== points(b))
    yield changed(
      "outcome.points",
      label("the payout curve", "付款曲线", "text"),
      points(a) || "–",
      points(b) || "–",
      speech,
    );
}

function* tranches(a: Agreement, b: Agreement, speech: Say.Speech): Generator<Difference> {
  for (const [old, next] of pairs(a, b)) {
    const field = `work.tranches[${next ?? old}]`;
    const before = old === undefined ? undefined : a.work.tranches[old];
    const after = next === undefined ? undefined : b.work.tranches[next];
    if (before && after) {
      const { en, zh } = Say.part(b, next ?? 0);
      for (const [name, one] of Object.entries(TRANCHE)) {
        const [from, to] = [before[name as keyof Tranche], after[name as keyof Tranche]];
        const named = { ...one, en: `${one.en} of ${en}`, zh: `${zh}的${one.zh}` };
        if (from !== to) yield changed(`${field}.${name}`, named, from, to, speech);
      }
    } else if (after) {
      const [it, sum] = [Say.part(b, next ?? 0), speech.money(after.amount)];
      yield {
        kind: "field",
        field,
        favours: undefined,
        says: Say.say(`${Say.upper(it.en)} is new: ${sum.en}.`, `新增${it.zh}：${sum.zh}。`),
      };
    } else if (before) {
      const [it, sum] = [Say.part(a, old ?? 0), speech.money(before.amount)];
      yield {
        kind: "field",
        field,
        favours: undefined,
        says: Say.say(`${Say.upper(it.en)} is gone: ${sum.en}.`, `取消${it.zh}：${sum.zh}。`),
      };
    }
  }
}

/** Milestones by their number, the outcome with the outcome. */
function pairs(a: Agreement, b: Agreement): [number | undefined, number | undefined][] {
  const [old, next] = [milestonesOf(a), milestonesOf(b)];
  const list = Array.from({ length: Math.max(old, next) }, (_, i): [number | undefined, number | undefined] => [
    i < old ? i : undefined,
    i < next ? i : undefined,
  ]);
  if (a.work.payByResult || b.work.payByResult)
    list.push([a.work.payByResult ? old : undefined, b.work.payByResult ? next : undefined]);
  return list;
}

/** "This gives the client 30 days more to stay silent on a delivery of milestone 1." */
function* stalls(a: Endings.Endings, b: Endings.Endings, { client, provider }: Say.Speech): Generator<Difference> {
  const key = ({ who, clause, tranche }: Endings.Stall) => [who, clause, tranche].join();
  const keys = new Set([...a.stalls, ...b.stalls].map(key));
  for (const one of keys) {
    const old = a.stalls.find((stall) => key(stall) === one);
    const next = b.stalls.find((stall) => key(stall) === one);
    const gained = (next?.minutes ?? 0) - (old?.minutes ?? 0);
    const stall = next ?? old;
    if (gained === 0 || !stall) continue;
    const names: Record<Endings.Stall["who"], Words> = {
      client,
      provider,
      either: both(`${client.en} or ${provider.en}`, `${client.zh}或${provider.zh}`),
      arbitrator: both("the arbitrator", "仲裁人"),
      reporter: both("the reporter", "报告人"),
    };
    const who = names[stall.who];
    const length = both(Time.formatDuration(Math.abs(gained)), Time.formatDuration(Math.abs(gained), "zh"));
    const en = gained > 0 ? `This gives ${who.en} ${free(length.en)}` : `This takes ${length.en} from ${who.en}`;
    const says = Say.say(
      `${en}: ${stall.says.en}`,
      `使${who.zh}${gained > 0 ? "多得" : "减少"} ${length.zh}：${stall.says.zh}`,
    );
    const gainer =
      gained > 0 ? stall.who : stall.who === "client" ? "provider" : stall.who === "provider" ? "client" : undefined;
    const favours = gainer === "client" || gainer === "provider" ? gainer : undefined;
    yield { kind: "ending", field: `stalls.${stall.clause}[${stall.tranche}]`, favours, says };
  }
}

/** "30 free days", "1 day 2 hours free" */
const free = (length: string): string =>
  /^\d+ days?$/.test(length) ? length.replace(" ", " free ") : `${length} free`;

function* bounds(a: Endings.Endings, b: Endings.Endings, { money }: Say.Speech): Generator<Difference> {
  for (const party of ["client", "provider", "platform"] as const) {
    for (const side of ["worst", "best"] as const) {
      const [old, next] = [a[party][side], b[party][side]];
      const gained = next.sums[party] - old.sums[party];
      if (gained === 0n) continue;
      const by = money(gained < 0n ? -gained : gained);
      const [en, zh] =
        party === "platform"
          ? gained > 0n
            ? ["more", "增加"]
            : ["less", "减少"]
          : gained > 0n
            ? ["better", "改善"]
            : ["worse", "变差"];
      const loser = party === "client" ? "provider" : "client";
      const favours = party === "platform" ? undefined : gained > 0n ? party : loser;
      yield {
        kind: "ending",
        field: `${party}.${side}`,
        favours,
        says: Say.say(`${next.says.en} That is ${by.en} ${en} than before.`, `${next.says.zh}较此前${zh} ${by.zh}。`),
      };
    }
  }
}

function* locks(a: Endings.Endings, b: Endings.Endings): Generator<Difference> {
  const gained = b.lock.until - a.lock.until;
  if (gained === 0) return;
  const length = both(Time.formatDuration(Math.abs(gained)), Time.formatDuration(Math.abs(gained), "zh"));
  const [en, zh] = gained > 0 ? ["longer", "延长"] : ["shorter", "缩短"];
  yield {
    kind: "ending",
    field: "lock",
    favours: undefined,
    says: Say.say(
      `Money can be locked ${length.en} ${en}: until ${Time.format(b.lock.until)}.`,
      `款项最长锁定时间${zh} ${length.zh}，至 ${Time.format(b.lock.until)}。`,
    ),
  };
}

/** Endings that appear or vanish. */
function* kinds(a: Endings.Endings, b: Endings.Endings): Generator<Difference> {
  for (const [old, next] of pairs(a.agreement, b.agreement)) {
    const of = ({ endings }: Endings.Endings, tranche: number | undefined) =>
      endings.filter((one) => one.tranche === tranche && !one.byConsent);
    const [before, after] = [of(a, old), of(b, next)];
    if (old === undefined || next === undefined) continue;
    for (const one of after) {
      if (before.some(({ kind }) => kind === one.kind)) continue;
      yield {
        kind: "ending",
        field: `endings[${next}].${one.kind}`,
        favours: undefined,
        says: Say.say(`A new ending: ${one.says.en}`, `新增结局：${one.says.zh}`),
      };
    }
    for (const one of before) {
      if (after.some(({ kind }) => kind === one.kind)) continue;
      yield {
        kind: "ending",
        field: `endings[${old}].${one.kind}`,
        favours: undefined,
        says: Say.say(`No longer an ending: ${one.says.en}`, `不再有的结局：${one.says.zh}`),
      };
    }
  }
}

function* notes(a: Endings.Endings, b: Endings.Endings): Generator<Difference> {
  const has = ({ findings }: Endings.Endings, text: string) => findings.some(({ says }) => says.en === text);
  for (const { clause, says } of b.findings) {
    if (!has(a, says.en))
      yield {
        kind: "ending",
        field: `findings.${clause}`,
        favours: undefined,
        says: Say.say(`New: ${says.en}`, `新情况：${says.zh}`),
      };
  }
  for (const { clause, says } of a.findings) {
    if (!has(b, says.en))
      yield {
        kind: "ending",
        field: `findings.${clause}`,
        favours: undefined,
        says: Say.say(`No longer so: ${says.en}`, `不再如此：${says.zh}`),
      };
  }
}
