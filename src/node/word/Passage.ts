/** One passage of running text about one part of the work or of the pay. */
import { sums } from "./Amounts.ts";
import { dates } from "./Dates.ts";
import { type Column, columnOf } from "./Headings.ts";
import { type Line, narrow, type Place, placeIn, type Source } from "./Source.ts";
import { readDates, readField, readMoney, readShare, type Stage, within } from "./Stages.ts";
import { CRITERIA, NO_TITLE, namesNothing, titleIn } from "./Titles.ts";

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
    /^[\s:,.\-、"]*(?:款项?)?(?:为|是|即)?[\s:,.\-、"]*(?:\(([^()]{2,60})\)|([^,。;:"()]{2,90}?)(?=\s*(?:,(?!\d{3})|[。;:"()]|\.\s|\.$| - |$)))/.exec(
      rest,
    );
  const text = match?.[1] ?? match?.[2];
  if (match && text && !NO_TITLE.test(text) && !namesNothing(text)) {
    const at = from + match[0].indexOf(text);
    stage.title = placeIn(source, line, at, at + text.length);
    return;
  }
  const said = titleIn(rest, true);
  if (said) stage.title = placeIn(source, line, from + said.from, from + said.to);
  else if (named) {
    stage.title = placeIn(source, line, named.from, named.from + named.text.length);
    stage.numberOnly = true;
  }
}

const TWICE =
  /^\s*[/(]?\s*(?:(?:Milestone|Phase|Stage|Instal?ment|Payment|Delivery)\s*(?:No\.\s*)?\d{1,2}|第[一二三四五六七八九十\d]{1,2}(?:阶段|期|笔))\s*\)?(?=\s*[:,.-])/i;
/** Money that is no pay for a part: penalties, insurance, deposits, what is due again and again. */
export const OTHER_MONEY =
  /违约|赔偿|罚|保险|投保|履约保证金|投标保证金|押金|缴纳|(?:每|\/)(?:年|月|日|天|人天|小时)|逾期[^。;]{0,20}(?:元|%|‰)|\b(?:penalt|insur|liquidated|damages|liabilit|expenses|reimburs|for each day|annual|monthly|(?:per|an?|each|every) (?:day|week|month|year|hour|person|user|seat|annum)\b)/i;
export const PAY =
  /价|款|费|金额|报酬|付|\b(?:price|fees?|amount|pay(?:s|able|ment)?|paid|remuneration|consideration|instal?ment)\b/i;

const LABEL = /^\s*(?:[-•*·]\s*)?(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?\s*|\(?\w{1,2}[).]\s*)?([^:]{1,24}):\s{0,4}(?=\S)/;

/** What a line such as "Price: …" says of the stage, as a cell below that heading would. */
export function labelIn(line: Line): { column: Column; heading: string; from: number } | undefined {
  const label = LABEL.exec(line.text);
  const column = columnOf(label?.[1] ?? "");
  // What goes on with another sentence says more than its label.
  return label?.[1] && column && !/[.。;]\s*\S/.test(line.text.slice(label[0].length).replace(/\d[.]\d/g, ""))
    ? { column, heading: label[1], from: label[0].length }
    : undefined;
}

/** Takes a labelled line; false where it says nothing that a stage has. */
export function label(source: Source, stage: Stage, line: Line): boolean {
  const label = labelIn(line);
  if (!label) return false;
  const where = placeIn(source, line, label.from, line.text.length);
  if (label.column === "title" && (!stage.title || stage.numberOnly) && where.text.length <= 90) {
    stage.title = where;
    stage.numberOnly = false;
    return true;
  }
  return readField(stage, label.column, where, label.heading);
}

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
