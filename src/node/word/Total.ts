/** What the whole work costs, and what of it is kept back. */
import { both } from "../../agreement/InputError.ts";
import { type Amount, format, type Sum, shares, sums } from "./Amounts.ts";
import type { Notes } from "./Notes.ts";
import { OTHER_MONEY } from "./Passage.ts";
import { keyed } from "./Rows.ts";
import { type Line, placeIn, type Source } from "./Source.ts";
import type { At, Group, Money } from "./Stages.ts";

const written = both("read as written", "按原文读取");

const TOTAL_ZH =
  /(?:合同|项目|服务|开发|委托|本协议|报酬|费用|价款)?[^,。;:元]{0,6}(?:总价款?|总金额|总额|总费用|总报酬|总计|合计|共计|合同价款|合同金额|合同价格?|开发费用?|服务费用?|服务费|价款|报酬|费用)[^。;元\d]{0,24}$/;
const TOTAL_EN =
  /\b(?:total|aggregate|overall|contract|fixed)\b[^.;]{0,30}\b(?:price|fees?|amount|sum|consideration|value|contract)\b[^.;\d]{0,60}$|\b(?:price|fees?|consideration)\b[^.;\d]{0,40}\b(?:is|are|of|be|total(?:l?ing)?)\b[^.;\d]{0,24}$/i;
const NOT_TOTAL =
  /违约|赔偿|上限|罚|每日|每天|每逾期|阶段|第[一二三四五\d](?:阶段|期|笔|个|次|批)|里程碑|预付|首付|尾款|奖|不超过|押金|保证金|逾期|终止费|平台费|平台服务费|\b(?:penalt|damages|liabilit|cap\b|per day|milestone|instal?ments?\b|phase|stage|bonus|not exceed|terminat|deposit|cancel\w*|one-time|one-off|retain|platform|success)/i;

const NET = /不含税|未税|税前|税额|税款|\b(?:net|excluding|exclusive|VAT|tax)\b/i;

/** "£38,000 in all" */
export const WHOLE_AFTER =
  /^\s*,?\s*(?:in all|in total|in aggregate|altogether|(?:payable |paid )?in (?:two|three|four|five|six|\d) (?:\w+ )?(?:payments|instal?ments|parts|pieces|stages|tranches))\b|^\s*(?:总计|共计|合计)(?=[。;,]|$)/i;

/** What the whole work costs, where the contract says so. */
export function totalOf(source: Source, tables: readonly Group[], notes: Notes): At<Money> | undefined {
  const all: { sum: Sum; line: Line; sure: boolean; net: boolean }[] = [];
  for (const line of [...source.lines, ...keyed(source)]) {
    const list = sums(line.text);
    for (const [index, sum] of list.entries()) {
      const before = line.text.slice(Math.max(0, sum.start - 90), sum.start);
      const sentence = before.slice(
        Math.max(before.lastIndexOf("。"), before.lastIndexOf(";"), before.lastIndexOf(". ")) + 1,
      );
      const says = line.language === "zh" ? TOTAL_ZH.test(sentence) : TOTAL_EN.test(sentence);
      const behind = WHOLE_AFTER.test(line.text.slice(sum.end));
      const rest = /^[^。;,]{0,12}/.exec(line.text.slice(sum.end))?.[0] ?? "";
      if (!(says || behind) || NOT_TOTAL.test(sentence) || OTHER_MONEY.test(`${sentence}1${rest}`)) continue;
      const certain = behind || /总|合同价|合同金额|[合共]计|total|aggregate|fixed/i.test(sentence);
      // "The fees are A, B and C" are of the parts.
      const next = list[index + 1];
      if (!certain && next && /^\s*(?:[,、]|and\b|和|及)\s*$/.test(line.text.slice(sum.end, next.start))) continue;
      all.push({ sum, line, sure: certain, net: NET.test(/[^,;(]*$/.exec(sentence)?.[0] ?? "") });
    }
  }
  // "¥106,000, of which ¥100,000 without tax": what is without tax is the total only where nothing else is.
  const found = all.some(({ net }) => !net) ? all.filter(({ net }) => !net) : all;
  // A sentence that says "total" counts; "the fee is …" only where nothing says it.
  // Several of those are what each part costs.
  const unsure = new Set(found.map(({ sum }) => sum.units)).size > 1 ? [] : found;
  const sure = found.some((one) => one.sure) ? found.filter((one) => one.sure) : unsure;
  let total: At<Money> | undefined;
  for (const { sum, line } of sure) {
    const at = (part: Amount) => placeIn(source, line, part.start, part.end);
    if (!sum.agree || sum.units === undefined) {
      const what = both(
        "the total in words and in figures differ, or can be read in two ways: correct the contract",
        "总价大写与小写不一致，或写法有歧义：请更正合同",
      );
      notes.gap("total", what, ...sum.parts.map(at));
      continue;
    }
    const place = placeIn(source, line, sum.start, sum.end);
    total ??= { value: { sum, units: sum.units, ...(sum.currency ? { currency: sum.currency } : {}) }, place };
    notes.found("total", format(sum.units), place, written);
  }
  for (const { total: row } of tables) {
    if (!row) continue;
    total ??= row;
    notes.found("total", format(row.value.units), row.place, written);
  }
  return notes.valueOf("total") === undefined ? undefined : total;
}

/** The share of the total that is kept back apart from the instalments, in bps; 0 where none is. */
export function retainedOf(source: Source): number {
  const found = source.lines.flatMap(({ text }) => {
    const sentence = text
      .split(/[。;]|\. /)
      .find((part) => /质保金|质量保证金|保留金|\b(?:retention|retainage|holdback|retained)/i.test(part));
    const list = sentence ? shares(sentence) : [];
    return list.length === 1 ? [list[0]?.bps ?? 0] : [];
  });
  return new Set(found).size === 1 ? (found[0] ?? 0) : 0;
}
