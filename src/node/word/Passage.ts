/** One passage of running text about one part of the work or of the pay. */
import { sums } from "./Amounts.ts";
import { dates } from "./Dates.ts";
import { type Line, narrow, type Place, placeIn, type Source } from "./Source.ts";
import { readDates, readMoney, readShare, type Stage, within } from "./Stages.ts";

export const NO_TITLE =
  /支付|付款|日内|[日天]后|后$|满\d|%|\d元|签订|签署|应当|应于|甲方|乙方|之日|\b(?:shall|pays?|paid|within|upon|percent|due|USD|US\$|EUR|is|are|will)\b|[$¥€£]|\d{4}/i;

/** Takes the title from what follows the marker, or from the marker that says it itself. */
export function nameStage(
  source: Source,
  stage: Stage,
  line: Line,
  from: number,
  to: number,
  named?: { from: number; text: string },
) {
  // "第一期 / Instalment 1: …" counts twice.
  from += TWICE.exec(line.text.slice(from, to))?.[0].length ?? 0;
  const rest = line.text.slice(from, to);
  const match =
    /^[\s:,.\-、"]*(?:款项?)?(?:为|是|即)?[\s:,.\-、"]*(?:\(([^()]{2,60})\)|([^,。;:"()]{2,90}?)(?=\s*(?:[,。;:"()]|\.\s|\.$| - |$)))/.exec(
      rest,
    );
  const text = match?.[1] ?? match?.[2];
  if (match && text && !NO_TITLE.test(text)) {
    const at = from + match[0].indexOf(text);
    stage.title = placeIn(source, line, at, at + text.length);
  } else if (named) stage.title = placeIn(source, line, named.from, named.from + named.text.length);
}

const TWICE =
  /^\s*[/(]?\s*(?:(?:Milestone|Phase|Stage|Instal?ment|Payment|Delivery)\s*(?:No\.\s*)?\d{1,2}|第[一二三四五六七八九十\d]{1,2}(?:阶段|期|笔))\s*\)?(?=\s*[:,.-])/i;
const OTHER_MONEY =
  /违约|赔偿|罚|保险|投保|逾期[^。;]{0,20}(?:元|%|‰)|\b(?:penalt|insur|liquidated|damages|liabilit|expenses|reimburs|per day of|for each day)/i;
export const PAY =
  /价|款|费|金额|报酬|付|\b(?:price|fees?|amount|pay(?:s|able|ment)?|paid|remuneration|consideration|instal?ment)\b/i;

export const CRITERIA =
  /(?:验收标准|验收条件|验收要求|通过标准|acceptance criteri(?:a|on)|accept(?:ed|ance) (?:when|if|once)|criteri(?:a|on))\s*(?:为|是|is|are)?\s*[:：]?\s*([^。;]{4,300}?)(?=[。;]|\.\s|\.?$)/i;

/** What a passage says of the stage; `loose` where the line stands in its section and may speak of other things. */
export function extend(source: Source, stage: Stage, line: Line, from: number, to: number, loose = false) {
  const where = placeIn(source, line, from, to);
  const text = narrow(where.text);
  stage.text += `${text}\n`;
  const criteria = CRITERIA.exec(text);
  if (criteria?.[1] && !stage.criteria) {
    const at = criteria.index + criteria[0].indexOf(criteria[1]);
    stage.criteria = within(where, at, at + criteria[1].length);
  }
  // Figures of a criterion are no pay, and its days no dates.
  const said = criteria
    ? text.slice(0, criteria.index) + " ".repeat(criteria[0].length) + text.slice(criteria.index + criteria[0].length)
    : text;
  // Nor are those of a penalty, an insurance or an expense.
  const rest = said.replace(/[^.。;]+(?:[.](?!\s|$)[^.。;]*)*/g, (sentence) =>
    OTHER_MONEY.test(sentence) ? " ".repeat(sentence.length) : sentence,
  );
  const paid = taxed(stage, rest, where);
  if (loose) {
    if (!stage.amount && PAY.test(rest)) readMoney(stage, "amount", paid, where);
    if (!stage.share && PAY.test(rest)) readShare(stage, rest, where);
    if ((!stage.due || !stage.start) && dates(rest).some(({ day }) => day)) readDates(stage, "due", rest, where);
    return;
  }
  if (!stage.amount) readMoney(stage, "amount", paid, where);
  if (!stage.share) readShare(stage, rest, where);
  if (!stage.due) readDates(stage, /^\s*\W*(?:开始|start|commence)/i.test(rest) ? "start" : "due", rest, where);
}

const SPLIT = /\([^()]{0,160}(?:不含税|未税|税额|税金|增值税|\b(?:net|VAT|GST|tax)\b)[^()]{0,160}\)/gi;

/** Takes the net amount and the tax that a bracket splits an amount into, and gives the text without them. */
function taxed(stage: Stage, text: string, where: Place): string {
  return text.replace(SPLIT, (bracket, at: number) => {
    let taken = false;
    let from = at;
    for (const part of bracket.split(/(?<=[,;、](?!\d{3})|\band\b)/)) {
      const place = within(where, from, from + part.length);
      from += part.length;
      const net = /不含税|未税|\bnet\b|\bexcl/i.test(part);
      const tax = !net && /税额|税金|增值税|\b(?:VAT|GST|tax)\b/i.test(part) && !/含税|价税|\bincl/i.test(part);
      if ((!net && !tax) || sums(part).length !== 1) continue;
      readMoney(stage, net ? "net" : "tax", narrow(place.text), place);
      taken = true;
    }
    return taken ? " ".repeat(bracket.length) : bracket;
  });
}
