/** Pay by result, pauses, fees for ending early, and what the terms hold in another form. */
import { both, type Words } from "../../agreement/InputError.ts";
import { format, sums } from "./Amounts.ts";
import { dates, timeOf } from "./Dates.ts";
import { nameOf } from "./Milestones.ts";
import { ofWords } from "./Roles.ts";
import { at, captured, onlyMilestone, type Reading, type Sentence, written } from "./Sentences.ts";
import { tidy } from "./Source.ts";

const RESULT =
  /奖金|奖励|按(?:效果|成果|结果)|绩效|成果付款|效果付费|激励|success fee|performance (?:fee|bonus)|outcome (?:fee|payment|bonus)|bonus|result/i;
const REACHED_ZH =
  /(达到|不低于|不少于|达|超过|突破)\s*([\d,]+(?:\.\d+)?)\s*(万|千|百万)?\s*(个|名|人次|人|单|笔|户|家|次|件|张|台|套|页|份|篇|辆|吨|公里|座|间|批|条|门|所|%|分)?/;
const REACHED_EN =
  /\b(reach(?:es)?|is at least|are at least|at least|not less than|averages?|exceeds?|once|as soon as)\s+([\d,]+)\s+((?:[a-z]+ ?){1,4}?)(?=\s*(?:,|\.|;|\b(?:have|has|are|is|were|register|sign|use|join|book|buy|subscribe)\b|\bin\b|\bby\b|\bon\b|\bduring\b|\bfor\b|\bwithin\b|\bthe\b|\bover\b|$))/i;

export function outcome(reading: Reading) {
  const { notes, source } = reading;
  // What pays by result may say so in the sentence before.
  const near = new Set(source.lines.filter(({ text }) => RESULT.test(text)).map(({ index }) => index));
  for (const sentence of reading.sentences) {
    const { text, line } = sentence;
    if (!near.has(line.index)) continue;
    const hits = [
      ...text.matchAll(new RegExp(line.language === "zh" ? REACHED_ZH : REACHED_EN, "gi")),
    ] as RegExpExecArray[];
    const paid = sums(text);
    const [hit] = hits;
    if (paid.length === 0) continue;
    if (!hit?.[2] || hit[4] === "%") {
      const what = both(
        "pay by result without a whole number as target: write target and unit",
        "按成果付款但无整数目标：请填写目标与单位",
      );
      notes.gap("outcome.target", what, at(reading, sentence, 0, text.length));
      const [only, ...more] = paid;
      if (RESULT.test(text) && only?.units !== undefined && only.agree && more.length === 0)
        notes.found("outcome.amount", format(only.units), at(reading, sentence, only.start, only.end), written);
      continue;
    }
    const place = captured(reading, sentence, hit, hit[2]);
    // What is above a figure is no target that the figure itself meets.
    const strict = /超过|突破|exceed/i.test(hit[1] ?? "");
    if (hits.length > 1 || paid.length > 1 || strict) {
      const what = both(
        "several steps or an unclear target: write each value with what it pays",
        "有多级或不明确的目标：请逐级填写数值与付款",
      );
      notes.gap("outcome.target", what, ...hits.map((one) => captured(reading, sentence, one, one[2] ?? "")));
      notes.gap("outcome.amount", what, ...paid.map((sum) => at(reading, sentence, sum.start, sum.end)));
      continue;
    }
    const factor = { 千: 1000, 万: 10_000, 百万: 1_000_000 }[line.language === "zh" ? (hit[3] ?? "") : ""] ?? 1;
    const target = Number(hit[2].replaceAll(",", "")) * factor;
    if (!Number.isSafeInteger(target)) continue;
    notes.found(
      "outcome.metric",
      "reported",
      place,
      both("a figure that the ledger does not know itself", "账本自身无法得出的指标"),
    );
    notes.found("outcome.target", String(target), place, written);
    const unit = line.language === "zh" ? hit[4] : hit[3];
    if (unit)
      notes.found(`outcome.unit.${line.language}`, unit.trim(), captured(reading, sentence, hit, unit.trim()), written);
    const [sum] = paid;
    if (sum?.units !== undefined && sum.agree)
      notes.found("outcome.amount", format(sum.units), at(reading, sentence, sum.start, sum.end), written);
  }
}

const HOLIDAY_ZH =
  /(春节|国庆节?|劳动节|五一|元旦|清明节?|端午节?|中秋节?|圣诞节?|寒假|暑假|高温假|年终|年度|夏季|冬季|双节)(?:法定)?(?:假期|长假|放假|休假|停工|停产|休市|盘点)?/;
const HOLIDAY_EN =
  /\b((?:Spring Festival|Chinese New Year|Lunar New Year|National Day|Golden Week|Labou?r Day|Christmas|New Year|Easter|Thanksgiving|Mid-Autumn(?: Festival)?|Diwali|Midsummer|Ramadan|Eid(?: al-\w+)?|(?:[Tt]he )?(?:[Aa]nnual |[Cc]ompany )?(?:[Ss]ummer|[Ww]inter|[Aa]utumn|[Ss]pring|[Yy]ear-end|[Ss]easonal|[Pp]ublic|[Ss]chool|[Cc]ollective|[Ff]actory|[Oo]ffice)(?= (?:holiday|vacation|break|shut|clos|recess)))(?: (?:and New Year))?(?: (?:holidays?|vacations?|break|shut-?down|closure|closing|recess|week))?)/;

/** Named pauses with their first and last day. */
export function pauses(reading: Reading) {
  const { notes, sentences, zone } = reading;
  let number = 0;
  const seen = new Map<string, number>();
  for (const sentence of sentences) {
    const { text, line } = sentence;
    const days = dates(text);
    for (const [index, first] of days.entries()) {
      const second = days[index + 1];
      if (
        !first.day ||
        !second?.day ||
        !/^\s*[(]?\s*(?:起|含|\))*\s*(?:至|到|-|~|to|until|through|and)\s*(?:and including )?$/i.test(
          text.slice(first.end, second.start),
        )
      )
        continue;
      const before = text.slice(Math.max(0, first.start - 60), first.start);
      const after = text.slice(second.end, second.end + 80);
      const pattern = line.language === "zh" ? HOLIDAY_ZH : HOLIDAY_EN;
      const named = [...before.matchAll(new RegExp(pattern, "g"))].at(-1);
      const follows = named ? null : pattern.exec(after);
      const name = named?.[0] ?? follows?.[0];
      if (!name) continue;
      const from = named ? first.start - before.length + named.index : second.end + (follows?.index ?? 0);
      const key = `${first.day} ${second.day}`;
      const place = at(reading, sentence, first.start, second.end);
      const own = seen.get(key) ?? number++;
      seen.set(key, own);
      notes.found(
        `calendar[${own}].name.${line.language}`,
        tidy(name),
        at(reading, sentence, from, from + name.length),
        written,
      );
      notes.found(`calendar[${own}].from`, timeOf(first.day, zone, false), place, written);
      notes.found(`calendar[${own}].until`, timeOf(second.day, zone, true), place, written);
    }
  }
}

const LATE =
  /(?:逾期|迟延|延迟|延期)[^。;]{0,40}(?:违约金|滞纳金|扣减|罚|%|‰|万分之|千分之)|\b(?:late|delay)[^.;]{0,80}(?:penalt|liquidated damages|per day|per week|each day|%)/i;
const RETAINED = /质保金|质量保证金|保留金|\b(?:retention|retainage|holdback|retained? (?:sum|share|amount))/i;
const ENDING =
  /终止费|解约费|取消费|(?:终止|取消|解除)[^。;]{0,30}补偿(?:金|款)|提前(?:终止|解除)[^。;]{0,40}(?:支付|补偿|赔偿)|\b(?:(?:termination|cancell?ation) (?:fee|charge|payment)|break fee|early termination[^.;]{0,60}(?:pay|fee|compensat)|kill fee|withdraw[^.;]{0,40}(?:payment|fee|compensation))|\b(?:may|can)\b[^.;]{0,30}\b(?:call off|cancel|drop|withdraw from|terminate)\b[^.;]{0,80}\b(?:before|prior to)\b/i;

/** What the terms hold in another form, or not at all: said, never turned into figures. */
export function unmeasured(reading: Reading) {
  const { notes, sentences } = reading;
  const rules: readonly (readonly [string, RegExp, Words])[] = [
    [
      "outcome",
      LATE,
      both(
        "a penalty for lateness is written as pay by the metric daysLate: write its steps",
        "逾期违约金以 daysLate 指标的成果付款表示：请逐级填写",
      ),
    ],
    [
      "milestones",
      RETAINED,
      both(
        "a retained share is a milestone of its own with its own due day: write it so",
        "质保金须列为单独的里程碑并写明到期日",
      ),
    ],
    [
      "options",
      ENDING,
      both(
        "a fee for ending early is an option of one milestone: name the milestone and the fee",
        "提前终止费为某一里程碑的选择权：请写明里程碑与费用",
      ),
    ],
  ];
  const rate = sentences.find(({ text }) =>
    /税率|增值税[^。;]{0,12}%|\b(?:VAT|sales tax|GST|tax)\b[^.;]{0,20}\d+(?:\.\d+)?\s*%|\d\s*%\s*(?:VAT|GST|tax)/i.test(
      text,
    ),
  );
  if (rate) {
    const what = both(
      "a rate is stated, but not what it makes of each amount: write net and tax",
      "合同只写明税率：请填写各项不含税金额与税额",
    );
    const place = at(reading, rate, 0, rate.text.length);
    for (let index = 0; index < reading.milestones.count; index++) {
      for (const name of ["net", "tax"]) {
        if (notes.valueOf(`milestones[${index}].${name}`) === undefined)
          notes.gap(`milestones[${index}].${name}`, what, place);
      }
    }
  }
  for (const [field, pattern, what] of rules) {
    for (const sentence of sentences) {
      const hit = pattern.exec(sentence.text);
      if (!hit) continue;
      if (field === "options" && option(reading, sentence)) continue;
      notes.gap(field, what, at(reading, sentence, 0, sentence.text.length));
      break;
    }
  }
}

const entitled = ofWords(
  ({ speakers: { zh, en } }) =>
    new RegExp(`(${zh}|${en})[^。.;,]{0,30}(?:可|有权|may|can|is entitled|ends|terminates|cancels|withdraws)`, "i"),
);

/** One fee for ending one named milestone before its start. */
function option(reading: Reading, sentence: Sentence): boolean {
  const { notes, milestones, sides, sentences } = reading;
  // "… may cancel it before it begins; in that case …" goes on behind the semicolon.
  const next = sums(sentence.text).length === 0 ? sentences[sentences.indexOf(sentence) + 1] : undefined;
  const joins = next && next.line.index === sentence.line.index && next.from === sentence.from + sentence.text.length;
  const text = joins ? sentence.text + next.text : sentence.text;
  const [sum, ...more] = sums(text);
  const only = onlyMilestone(text, milestones);
  const subject = entitled(sides.words).exec(text)?.[1];
  const before = /(?:开始|启动|开工|动工)之?前|\bbefore\b[^.;,]{0,40}(?:start|begin|commence)|prior to/i.test(text);
  if (
    !sum?.units ||
    !sum.agree ||
    more.length > 0 ||
    only === undefined ||
    !before ||
    !subject ||
    sides.of(subject) !== "client"
  )
    return false;
  notes.frame("options[0].kind", "termination");
  notes.frame("options[0].of", nameOf(only));
  notes.found("options[0].fee", format(sum.units), at(reading, sentence, sum.start, sum.end), written);
  return true;
}
