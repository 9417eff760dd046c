/** A contract's text as draft terms: what was found, each with its place, and what is missing or unclear. Nothing is guessed. */
import * as Field from "../../agreement/Field.ts";
import { both } from "../../agreement/InputError.ts";
import * as Terms from "../../agreement/Terms.ts";
import * as Clauses from "./Clauses.ts";
import { dates, type Zone } from "./Dates.ts";
import type { Document } from "./Docx.ts";
import * as Milestones from "./Milestones.ts";
import { byLanguage } from "./Names.ts";
import { type Finding, type Gap, type Notes, notes as noting } from "./Notes.ts";
import * as Parties from "./Parties.ts";
import { type Line, of, placeIn, type Source } from "./Source.ts";

export type Draft = {
  /** What was found, in the form of the terms document, with names that tie its parts: a part of one. */
  terms: Readonly<Record<string, unknown>>;
  findings: readonly Finding[];
  gaps: readonly Gap[];
};

/** Found, but no field of the terms. */
const OUTSIDE = new Set(["total", "signed"]);

export function draft(document: Document): Draft {
  const source = of(document);
  const notes = noting();
  const zone = zoneOf(source);
  title(source, notes);
  const sides = Parties.read(source, notes);
  const milestones = Milestones.read(source, zone, notes);
  Clauses.read(source, zone, sides, milestones, notes);
  signed(source, notes);
  texts(source, notes);
  refuse(notes);
  const findings = notes.findings();
  return { terms: termsOf(findings, notes), findings, gaps: notes.gaps() };
}

/** China, where the contract is Chinese or lies there: its days begin eight hours before UTC's. */
function zoneOf({ languages, lines }: Source): Zone {
  if (languages.includes("zh")) return "china";
  return lines.some(({ text }) => /People's Republic of China|\bPRC\b|Hong Kong|Singapore/.test(text))
    ? "china"
    : "utc";
}

const NAMES =
  /合同|合约|协议|订单|委托书|任务书|说明书|确认书|协定|契约|\b(?:agreement|contract|statement of work|order|letter of engagement|engagement letter|terms of engagement)\b/i;
const LABELLED = /^\s*(?:合同名称|协议名称|项目名称|title|(?:agreement|contract) title|事由|主题|subject|re)\s*:\s*/i;

/** The line that names a contract: the document's own title, what is labelled so, or the first before anything that is a clause. */
function title(source: Source, notes: Notes) {
  for (const language of source.languages) {
    const head = source.lines
      .slice(0, 30)
      .filter((line) => line.language === language && (!line.cell || line.block === 0));
    const clause = head.findIndex(({ text, level }) => CLAUSE.test(text) && level !== 0);
    const opening = clause < 0 ? head : head.slice(0, clause);
    const own = head.filter(({ level, text }) => level === 0 && text.trim().length >= 3 && text.length <= 140);
    const line =
      own.find(({ text }) => NAMES.test(text)) ??
      own[0] ??
      opening.find(({ text, centred }) => centred && NAMES.test(text) && !REFERENCE.test(text) && text.length <= 140) ??
      opening.find(isTitle) ??
      (isLetter(source) ? head.find(({ text }) => RE.test(text) && text.length <= 140) : undefined) ??
      head.find((each) => LABELLED.test(each.text) && NAMES.test(each.text) && isTitle(each)) ??
      (head[0]?.level === 1 ? head.slice(0, 1).find(isTitle) : undefined);
    if (!line) continue;
    const from = LABELLED.exec(line.text)?.[0].length ?? 0;
    const place = placeIn(source, line, from, line.text.length);
    const how = both("the line that names the contract", "合同名称所在行");
    for (const part of byLanguage(place)) notes.found(`title.${part.language}`, part.text, part.place, how);
  }
  for (const language of ["zh", "en"] as const) {
    const own = source.languages.includes(language);
    notes.missing(
      `title.${language}`,
      own ? both("write the title", "请填写标题") : both("translate the title", "请翻译标题"),
    );
  }
}

const RE = /^\s*(?:re|subject|事由|主题|关于)\s*:\s*\S.{2,}/i;
/** A letter is named by what it is about. */
const isLetter = ({ lines }: Source): boolean =>
  lines
    .slice(0, 40)
    .some(({ text }) =>
      /^\s*(?:Dear|To)\s+\p{Lu}[^.;:]{0,60}[,:]?\s*$|^\s*(?:尊敬的|致)\s*:?[^。;]{1,40}:?\s*$/u.test(text),
    );

/** Where the clauses begin. */
const CLAUSE =
  /^\s*(?:第[一二三四五六七八九十\d]{1,3}[条章]|[一二三]、|1[.、]\s|(?:Article|Section|Clause)\s+(?:1|I|One)\b)|[。;]\s*$|[a-z]{2,}\.\s*$/i;

/** Said of a contract, and not its name. */
const REFERENCE = /(?:编号|文号|合同号)\s*:|[。;]|^\s*(?:附件|附录|Annex|Appendix|Exhibit|Schedule)/i;

/** A number within a title: "Order No. 4: Berth Planning". One with nothing after it is only a reference. */
const NUMBERED = /(?<=\p{L})\s+(?:No\.?|Nr\.?|Number|#)\s*(?=[\w./-]*\d)[\w./-]{1,20}(?=\s*(?::| - )\s*\p{L}{2})/iu;

function isTitle({ text, language }: Line): boolean {
  const plain = text.trim().replace(LABELLED, "").replace(NUMBERED, "");
  const short = plain.length >= 3 && plain.length <= (language === "zh" ? 60 : 140);
  const sentence =
    /[。;]|[a-z]{2,}\.$|(?:编号|文号|合同号|\bNo\.|\bRef(?:erence)?\b\.?|\bnumber)\s*:?|^\s*(?:第.{1,3}[条章]|\d+[.、]|[(（]|附)|:\s*$|\b(?:is|are|has|have|was|made|entered into|dated|between|shall|will|we|you)\b|本合同|本协议|签订|根据|甲方|乙方/i;
  // "Services Contract: Berth Planning" names it before the colon; "Client: …" does not.
  const [lead = "", ...rest] = plain.split(":");
  return short && NAMES.test(rest.length > 0 ? lead : plain) && !sentence.test(plain);
}

/** The day of signing, where one is written; the terms have no field for it. */
function signed(source: Source, notes: Notes) {
  for (const line of source.lines) {
    const label =
      /(?:签订日期|签署日期|签约日期|签订时间|签署时间|date of signature|signing date|date signed|signature date)\s*:?|(?:于|在)(?=[^,。;]{6,14}(?:签订|签署))|\b(?:is made|is entered into|entered into|dated)\b[^.;]{0,24}?(?=\d|[A-Z][a-z]+ \d)/i.exec(
        line.text,
      );
    if (!label) continue;
    const from = label.index + label[0].length;
    const first = dates(line.text).find(({ start }) => start >= from - 1 && start <= from + 12);
    if (first?.day) {
      const place = placeIn(source, line, first.start, first.end);
      notes.found("signed", first.day, place, both("the day of signing as written", "合同所写签订日期"));
    }
  }
}

function texts(source: Source, notes: Notes) {
  const block = source.blocks[0];
  for (const language of ["zh", "en"] as const) {
    const text = source.texts[language];
    if (text === undefined || !block) {
      notes.missing(`text.${language}`, both("translate the text", "请翻译正文"));
      continue;
    }
    const last = source.blocks.length - 1;
    const place = { block: 0, start: 0, end: block.text.length, text: block.text };
    const how = both(`the whole text, blocks 0 to ${last}`, `全文，第 0 至 ${last} 块`);
    if (text.length <= 200_000) notes.found(`text.${language}`, text, place, how);
    else
      notes.gap(
        `text.${language}`,
        both("the text is longer than 200,000 characters: shorten it", "正文超过 200,000 个字符：请缩短"),
      );
  }
}

/** What the terms' own rules refuse is no value: it becomes a gap that says why. */
function refuse(notes: Notes) {
  for (let round = 0; round < 3; round++) {
    const found = new Map(notes.findings().map((finding) => [finding.field, finding]));
    const checked = Terms.check(termsOf([...found.values()], notes));
    const problems = "problems" in checked ? checked.problems : [];
    let refused = 0;
    for (const problem of problems) {
      const finding = found.get(problem.field);
      if (!finding) continue;
      refused += 1;
      notes.gap(finding.field, problem.words, finding.place);
    }
    if (refused === 0) return;
  }
}

/** The findings as one object, lists without holes. */
function termsOf(findings: readonly Finding[], notes: Notes): Record<string, unknown> {
  const terms: Record<string, unknown> = { version: "commenda/1" };
  const framed = notes.frames().map(([field, value]) => ({ field, value }));
  for (const { field, value } of [...framed, ...findings]) {
    if (OUTSIDE.has(field)) continue;
    let holder: Record<PropertyKey, unknown> = terms;
    const steps = Field.stepsOf(field);
    for (const [index, step] of steps.entries()) {
      if (index === steps.length - 1) holder[step] = value;
      else {
        holder[step] ??= typeof steps[index + 1] === "number" ? [] : {};
        holder = holder[step] as Record<PropertyKey, unknown>;
      }
    }
  }
  for (const list of [terms.milestones, terms.criteria, terms.calendar, terms.options]) {
    if (Array.isArray(list)) for (let index = 0; index < list.length; index++) list[index] ??= {};
  }
  return terms;
}
