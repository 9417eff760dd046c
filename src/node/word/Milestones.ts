/** The milestones: the lists of the contract joined where they speak of the same parts, and held against the total. */
import { both, type Words } from "../../agreement/InputError.ts";
import * as Share from "../../agreement/Share.ts";
import { format, SCALE } from "./Amounts.ts";
import * as Currency from "./Currency.ts";
import { timeOf, type Zone } from "./Dates.ts";
import { mention } from "./Mentions.ts";
import { byLanguage } from "./Names.ts";
import type { Notes } from "./Notes.ts";
import { inText } from "./Passages.ts";
import { type Line, narrow, type Place, type Source } from "./Source.ts";
import { type At, countedIn, type Group, hasHan, type Money, merge, type Stage } from "./Stages.ts";
import { inTables } from "./Tables.ts";
import { namesNothing } from "./Titles.ts";
import { retainedOf, totalOf } from "./Total.ts";

/** The milestones as read, for clauses that speak of them. */
export type Milestones = {
  count: number;
  titles: readonly (readonly string[])[];
  total?: At<Money>;
  /** The milestone in whose passages a line stands. */
  ownerOf(line: Line): number | undefined;
};

const HOW = {
  written: both("read as written", "按原文读取"),
  share: both("the share of the total, worked out", "按总价与比例计算"),
  day: both("a day without an hour: until its end", "仅有日期：计至当日结束"),
  dayUtc: both(
    "a day without an hour or time zone: until its end in UTC",
    "仅有日期，未写时区：计至协调世界时当日结束",
  ),
  begin: both("a day without an hour: from its beginning", "仅有日期：自当日开始"),
};

export function read(source: Source, zone: Zone, notes: Notes): Milestones {
  const tables = inTables(source);
  const taken = new Set(tables.map(({ block }) => block));
  const texts = inText(source, taken);
  const total = totalOf(source, tables, notes);
  const stages = joined([...tables, ...texts], total, (parts) => mention(parts, source, taken), notes);
  const resultPay = /奖金|按(?:效果|成果|结果)|绩效|success fee|performance fee|bonus/i.test(
    source.lines.map(({ text }) => text).join("\n"),
  );
  money(stages, total, { resultPay, retained: retainedOf(source) }, notes);
  for (const [index, stage] of stages.entries()) write(`milestones[${index}]`, stage, zone, notes);
  criteria(stages, notes);
  Currency.read(source, stages, total, notes);
  if (stages.length === 0) {
    notes.missing(
      "milestones",
      both(
        "no milestones were found: write title, amount and due day of each",
        "未找到里程碑：请填写各项名称、金额和到期日",
      ),
    );
  }
  ask(stages, source, notes);
  return {
    count: stages.length,
    titles: stages.map(({ title }) => (title ? byLanguage(title).map(({ text }) => text) : [])),
    ...(total ? { total } : {}),
    ownerOf: ({ index }) => {
      const owners = stages.flatMap(({ lines = [] }, own) => (lines.includes(index) ? [own] : []));
      return owners.length === 1 ? owners[0] : undefined;
    },
  };
}

const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, "");
/** How much a list says of each part; a long list of little is no better than a short one. */
function rich({ stages, table }: Group, total: At<Money> | undefined): number {
  const points = stages.reduce(
    (sum, { title, numberOnly, amount, share, due, unclear }) =>
      sum + (title && !numberOnly ? 2 : 0) + (amount || share ? 2 : 0) + (due ? 2 : 0) + (unclear.length > 0 ? 1 : 0),
    0,
  );
  const whole = stages.reduce((units, { amount }) => units + (amount?.value.units ?? 0n), 0n);
  const fits =
    total?.value.units === whole || stages.reduce((bps, { share }) => bps + (share?.value.bps ?? 0), 0) === Share.WHOLE;
  return (points / Math.max(1, stages.length)) * Math.min(3, stages.length) + (table ? 1 : 0) + (fits ? 3 : 0);
}

/** The richest list, filled from the others where theirs can only be the same parts, and from what is said of its parts elsewhere. */
function joined(
  groups: readonly Group[],
  total: At<Money> | undefined,
  mention: (stages: readonly Stage[]) => void,
  notes: Notes,
): Stage[] {
  const whole = groups.filter(({ lacks }) => !lacks);
  const list = whole.filter(({ stages, table }) => table || stages.length > 1 || whole.length === 1);
  const fillers: Group[] = [];
  for (const group of groups.filter(({ lacks }) => lacks)) {
    const { stages, lacks } = group;
    if (lacks === "all") {
      fillers.push(group);
      continue;
    }
    mention(stages);
    if (stages.every(({ amount, share, due }) => (lacks === "days" ? due : amount || share))) list.push(group);
    else fillers.push(group);
  }
  // The list that with all the others says most of its parts.
  const tried = [...list]
    .sort((a, b) => rich(b, total) - rich(a, total))
    .slice(0, TRIED)
    .map((base) => gathered(base, list, fillers));
  const best = tried.sort((a, b) => said(b.stages) - said(a.stages))[0];
  if (!best) return [];
  const { stages, apart } = best;
  mention(stages);
  for (const group of apart) {
    if (
      !group.stages.some(({ amount, share }) => amount || share) ||
      stages.every(({ amount, share }) => amount || share)
    )
      continue;
    const what = both(
      "payments are set out apart from the parts of the work: write the amount of each",
      "付款与工作阶段分别列出：请填写各项金额",
    );
    const places = group.stages
      .flatMap(({ amount, share }) => [amount?.place, share?.place])
      .filter((place) => place !== undefined);
    for (const index of stages.keys()) notes.gap(`milestones[${index}].amount`, what, ...places);
  }
  return stages;
}

const TRIED = 3;

/** One list with what the others say of its parts; `apart` are those that do not fit. */
function gathered(base: Group, list: readonly Group[], fillers: readonly Group[]): { stages: Stage[]; apart: Group[] } {
  const stages = base.stages.map((stage) => ({ ...stage, unclear: [...stage.unclear] }));
  const apart: Group[] = [];
  for (const group of [...list, ...fillers]) {
    if (group === base) continue;
    const partners = group.stages.map((stage) => partnerOf(stage, group, stages, base));
    const each = partners.every((partner) => partner !== undefined) && new Set(partners).size === partners.length;
    if (!each) {
      if (list.includes(group)) apart.push(group);
    } else
      for (const [index, stage] of group.stages.entries()) {
        const partner = partners[index];
        if (!partner) continue;
        // A payment's "5 days after acceptance" is no day of delivery where another list gives that.
        if (group.lacks === "pay" && stage.due && !partner.due)
          partner.unclear = partner.unclear.filter(({ field }) => field !== "due");
        // Where only some parts are delivered, all keep the names of one list.
        const { title, ...untitled } = stage;
        merge(partner, title && group.stages.length < stages.length ? untitled : stage);
      }
  }
  return { stages, apart };
}

/** How many of title, pay and day are known, of all that might be. */
function said(stages: readonly Stage[]): number {
  const points = stages.map(
    ({ title, numberOnly, amount, share, due }) =>
      (title && !numberOnly ? 1 : 0) + (amount || share ? 1 : 0) + (due ? 1 : 0),
  );
  return points.reduce((sum, each) => sum + each, 0) / Math.max(1, stages.length);
}

/** What a payment is named after: 上线款, launch payment. */
const PAYMENT =
  /^(?!首付|首期|预付|进度|阶段|中期|尾|余|最终)(.{2,6}?)款$|^(?!first|final|down|advance|last|balance)(.{4,20}?)(?:payment|fee|instalment|installment)$/;

/** By the same title, by a title that its text names, or by the same number in a list as long. */
function partnerOf(stage: Stage, group: Group, stages: readonly Stage[], base: Group): Stage | undefined {
  const own = stage.title && plain(stage.title.text);
  const same = stages.filter(
    ({ title }) => title && own && (plain(title.text).includes(own) || own.includes(plain(title.text))),
  );
  if (same.length === 1) return same[0];
  const text = plain(stage.text);
  const named = stages.filter(
    ({ title }) => title && plain(title.text).length >= 2 && text.includes(plain(title.text)),
  );
  if (named.length === 1) return named[0];
  // "设计款: upon acceptance of the prototype" is paid for what the other list delivers.
  const holding =
    own && own.length >= (hasHan(own) ? 2 : 5) ? stages.filter((other) => plain(other.text).includes(own)) : [];
  if (holding.length === 1) return holding[0];
  const stemmed = stages.filter(({ title }) => {
    const stem = title && PAYMENT.exec(plain(title.text))?.slice(1).find(Boolean);
    return stem && text.includes(stem);
  });
  if (stemmed.length === 1) return stemmed[0];
  const [counted, ...more] = countedIn(stage.text);
  if (counted && more.length === 0) {
    const partner = stages.find((other, index) => (other.ordinal ?? index + 1) === counted.ordinal);
    if (partner) return partner;
  }
  // A list that only counts speaks of the parts with those numbers.
  if (
    !stage.title &&
    stage.ordinal !== undefined &&
    group.stages.length === base.stages.length &&
    group.stages.every(({ title }) => !title)
  )
    return stages.find((other, index) => (other.ordinal ?? index + 1) === stage.ordinal);
  // Two languages of one list: as long, and no figure of theirs differs.
  const index = group.stages.indexOf(stage);
  const twin = base.stages[index];
  const translated =
    group.stages.length === base.stages.length && own && twin?.title && hasHan(own) !== hasHan(twin.title.text);
  const agrees = !stage.amount || !twin?.amount || stage.amount.value.units === twin.amount.value.units;
  return translated && agrees ? stages[index] : undefined;
}

/** Amounts that are missing are worked out from shares; those that do not add up are no amounts. */
function money(
  stages: Stage[],
  total: At<Money> | undefined,
  { resultPay, retained }: { resultPay: boolean; retained: number },
  notes: Notes,
) {
  const all = (what: Words, ...places: (Place | undefined)[]) => {
    const known = places.filter((place) => place !== undefined);
    for (const stage of stages) stage.unclear.push({ field: "amount", what, places: known });
  };
  const parts = stages.map(({ share }) => share?.value.bps);
  const whole = parts.reduce<number>((sum, bps) => sum + (bps ?? 0), 0);
  const shared = stages.length > 0 && parts.every((bps) => bps !== undefined);
  if (shared && whole !== Share.WHOLE && whole + retained !== Share.WHOLE && !(resultPay && whole < Share.WHOLE)) {
    const what = both(
      `the shares sum to ${Share.format(whole)}, not 100 %: correct them, then write the amounts`,
      `比例合计为 ${Share.format(whole)}，而非 100 %：请更正后填写金额`,
    );
    all(what, ...stages.map(({ share }) => share?.place));
    return;
  }
  for (const stage of stages) {
    const bps = stage.share?.value.bps;
    if (bps === undefined || !stage.share) continue;
    if (!total) {
      if (!stage.amount) {
        const what = both(
          "a share of a total that the contract does not give: write the amount",
          "合同未写明总价，无法按比例计算：请填写金额",
        );
        stage.unclear.push({ field: "amount", what, places: [stage.share.place] });
      }
      continue;
    }
    const units = (total.value.units * BigInt(bps)) / 10_000n;
    if (stage.amount && stage.amount.value.units !== units) {
      const what = both(
        `the amount differs from its share of the total, ${format(units)}: correct one of them`,
        `金额与按比例计算的 ${format(units)} 不一致：请更正其一`,
      );
      stage.unclear.push({ field: "amount", what, places: [stage.amount.place, stage.share.place, total.place] });
    } else if (!stage.amount && units % 10n ** BigInt(SCALE - 2) !== 0n) {
      const what = both("the share gives fractions of a cent: write the amount", "按比例计算不足一分：请填写金额");
      stage.unclear.push({ field: "amount", what, places: [stage.share.place, total.place] });
    } else if (!stage.amount) {
      const { currency } = total.value;
      stage.amount = { value: { units, ...(currency ? { currency } : {}) }, place: stage.share.place };
    }
  }
  const unclear = stages.some((stage) => !stage.amount || stage.unclear.some(({ field }) => field === "amount"));
  if (!total || unclear || stages.length === 0) return;
  const sum = stages.reduce((units, { amount }) => units + (amount?.value.units ?? 0n), 0n);
  const kept = (total.value.units * BigInt(retained)) / 10_000n;
  if (sum === total.value.units || sum + kept === total.value.units || (resultPay && sum < total.value.units)) return;
  const what = both(
    `the amounts sum to ${format(sum)}, the total says ${format(total.value.units)}: correct one of them`,
    `各项合计 ${format(sum)}，与总价 ${format(total.value.units)} 不一致：请更正其一`,
  );
  const places = stages.map(({ amount }) => amount?.place);
  all(what, total.place, ...places);
  notes.gap("total", what, total.place, ...places.filter((place) => place !== undefined));
}

function write(field: string, stage: Stage, zone: Zone, notes: Notes) {
  for (const { field: name, what, places } of stage.unclear) notes.gap(`${field}.${name}`, what, ...places);
  for (const title of [stage.title, stage.translated]) {
    for (const part of title && !namesNothing(narrow(title.text)) ? byLanguage(title) : [])
      notes.found(`${field}.title.${part.language}`, part.text, part.place, HOW.written);
  }
  for (const name of ["amount", "net", "tax"] as const) {
    const amount = stage[name];
    if (amount)
      notes.found(
        `${field}.${name}`,
        format(amount.value.units),
        amount.place,
        amount.value.sum ? HOW.written : HOW.share,
      );
  }
  const end = zone === "china" ? HOW.day : HOW.dayUtc;
  if (stage.start) notes.found(`${field}.start`, timeOf(stage.start.value, zone, false), stage.start.place, HOW.begin);
  if (stage.due) notes.found(`${field}.due`, timeOf(stage.due.value, zone, true), stage.due.place, end);
  for (const name of ["review", "cure"] as const) {
    const period = stage[name];
    if (period) notes.found(`${field}.${name}`, period.value, period.place, HOW.written);
  }
}

/** A milestone's name inside the terms. */
export const nameOf = (index: number): string => `milestone-${index + 1}`;

/** One criterion for each milestone that has one; its name says which. */
function criteria(stages: readonly Stage[], notes: Notes) {
  let number = 0;
  for (const [index, { criteria }] of stages.entries()) {
    notes.frame(`milestones[${index}].name`, nameOf(index));
    if (!criteria || /^[-/无]*$|^(?:n\/?a|none)$/i.test(criteria.text)) continue;
    for (const part of byLanguage(criteria)) {
      if (part.text.length <= 400)
        notes.found(`criteria[${number}].what.${part.language}`, part.text, part.place, HOW.written);
    }
    notes.frame(`criteria[${number}].name`, `criterion-${number + 1}`);
    notes.frame(`milestones[${index}].criteria[0]`, `criterion-${number + 1}`);
    number += 1;
  }
}

const ASKED: Record<string, Words> = {
  amount: both("write what is paid for this part", "请填写该项金额"),
  net: both("write the amount without tax", "请填写不含税金额"),
  tax: both("write the tax in the amount, 0 for none", "请填写税额，无则为 0"),
  withholding: both("write what is withheld for the tax office, 0 for none", "请填写代扣税额，无则为 0"),
  criteria: both("write what it is judged by", "请填写验收标准"),
  start: both("write when work on it begins", "请填写开始时间"),
  due: both("write the day on which it is due", "请填写到期日"),
  invoice: both("say when the invoice is due", "请选择开票时点"),
};

function ask(stages: readonly Stage[], source: Source, notes: Notes) {
  for (const index of stages.keys()) {
    for (const [name, what] of Object.entries(ASKED)) {
      const framed =
        name === "criteria" && notes.frames().some(([field]) => field === `milestones[${index}].criteria[0]`);
      if (!framed) notes.missing(`milestones[${index}].${name}`, what);
    }
    for (const language of ["zh", "en"] as const) {
      const own = source.languages.includes(language);
      const what = own
        ? both("write a title for this part", "请填写该项名称")
        : both("translate the title of this part", "请翻译该项名称");
      notes.missing(`milestones[${index}].title.${language}`, what);
    }
  }
}
