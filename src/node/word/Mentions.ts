/** What text elsewhere says of parts that are known, by their names or their numbers: what is paid, when they are due, what they are judged by. */
import { type Portion, type Sum, sums } from "./Amounts.ts";
import { type Dated, dates } from "./Dates.ts";
import { OTHER_MONEY, PAY } from "./Passage.ts";
import { type Sentence, sentencesOf } from "./Sentences.ts";
import { narrow, type Place, placeIn, type Source } from "./Source.ts";
import { countedIn, merge, paidShares, readDates, readMoney, readShare, type Stage, within } from "./Stages.ts";
import { CRITERIA } from "./Titles.ts";
import { WHOLE_AFTER } from "./Total.ts";

/** A word for a part in a sentence. */
type Key = { index: number; from: number; to: number };
type Kind = "amount" | "share" | "due";
type Said = { index: number; sentence: Sentence; from: number; to: number };

/** Pay that falls due as the work on a part begins may be for the part before. */
const BEGINS = /开始|启动|动工|开工|进场|之前|\b(?:start|begin|commence|before|prior)/i;
const DELIVERED =
  /交付|完成|提交|上线|移交|完工|日期|\b(?:deliver|complet|due|ready|submit|hand(?:ed)? over|launch|date|finish)/i;
const PAID = /支付|付款|付清|开票|发票|\b(?:pay|paid|payable|payment|invoice)/i;
const IN_ORDER = /依次|分别|\brespectively\b/i;
/** A sum of all, among the sums of the parts. */
const WHOLE =
  /(?:共计?|合计|总计|总额|总价|小计)[^,。;\d]{0,8}$|\b(?:in all|total(?:l?ing)?|together|aggregate|altogether|sum)\b[^,;\d]{0,12}$/i;
/** More is no contract. */
const SENTENCES = 4000;

/** Fills what the parts lack; amounts and days only where every part that lacks one is given one. `taken` are blocks that are read already. */
export function mention(stages: readonly Stage[], source: Source, taken: ReadonlySet<number>) {
  const titles = stages.map(({ title, translated }) =>
    [title, translated].flatMap((each) => (each ? [nameOf(each)] : [])),
  );
  const lines = source.lines.filter(({ block }) => !taken.has(block));
  const sentences = lines
    .flatMap(sentencesOf)
    .filter(
      (each) =>
        !stages.some(({ title }) => title && holds(each, title)) &&
        /\d|[零一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾]/.test(each.text),
    );
  const known = sentences
    .slice(0, SENTENCES)
    .map((sentence) => ({ sentence, keys: keysIn(sentence.text, titles, stages) }));
  for (const kind of ["amount", "share", "due"] as const) {
    const lacking = stages.flatMap((stage, index) => (lacks(stage, kind) ? [index] : []));
    if (lacking.length === 0) continue;
    const said = known.flatMap(({ sentence, keys }) => saidOf(kind, sentence, keys, stages.length));
    if (!lacking.every((index) => said.some((one) => one.index === index))) continue;
    for (const one of said) if (lacking.includes(one.index)) fill(kind, stages[one.index], one, source);
  }
  for (const { sentence, keys } of known) {
    const judged = CRITERIA.exec(sentence.text);
    const stage = stages[new Set(keys.map(({ index }) => index)).size === 1 ? (keys[0]?.index ?? -1) : -1];
    if (!judged?.[1] || !stage || stage.criteria) continue;
    const at = sentence.from + judged.index + judged[0].indexOf(judged[1]);
    stage.criteria = placeIn(source, sentence.line, at, at + judged[1].length);
  }
}

/** The sentence that names the part first. */
const holds = ({ line, from, text }: Sentence, { block, start }: Place): boolean =>
  line.block === block && line.start + from <= start && start < line.start + from + text.length;

const lacks = (stage: Stage, kind: Kind): boolean =>
  !stage[kind] && !stage.unclear.some(({ field }) => field === (kind === "due" ? "due" : "amount"));

function nameOf({ text }: Place): string {
  return narrow(text)
    .toLowerCase()
    .replace(/^the\s+/, "")
    .trim();
}

/** Which parts a sentence names, in its order; a longer name takes its characters from a shorter one. */
function keysIn(text: string, titles: readonly (readonly string[])[], stages: readonly Stage[]): readonly Key[] {
  const lower = text.toLowerCase();
  const found: Key[] = [];
  const add = (key: Key) => {
    if (!found.some(({ from, to }) => key.from < to && from < key.to)) found.push(key);
  };
  const names = titles.flatMap((own, index) => own.filter((name) => name.length >= 2).map((name) => ({ name, index })));
  for (const { name, index } of names.sort((a, b) => b.name.length - a.name.length)) {
    for (
      let at = lower.indexOf(name), count = 0;
      at >= 0 && count < 20;
      at = lower.indexOf(name, at + name.length), count++
    )
      add({ index, from: at, to: at + name.length });
  }
  for (const { ordinal, from, to } of countedIn(text)) {
    const index = stages.findIndex((stage, position) => (stage.ordinal ?? position + 1) === ordinal);
    if (index >= 0) add({ index, from, to });
  }
  return found.sort((a, b) => a.from - b.from);
}

/** What one sentence gives each part that it names. */
function saidOf(kind: Kind, sentence: Sentence, keys: readonly Key[], count: number): readonly Said[] {
  const { text } = sentence;
  if (kind !== "due" && (OTHER_MONEY.test(text) || BEGINS.test(text) || CRITERIA.test(text))) return [];
  if (kind === "due" && (PAID.test(text) || !DELIVERED.test(text))) return [];
  const figures: readonly (Sum | Portion | Dated)[] =
    kind === "amount" ? parted(text) : kind === "share" ? paidShares(text) : dates(text).filter(({ day }) => day);
  if (figures.length === 0) return [];
  const at = (index: number, { start, end }: { start: number; end: number }) => ({
    index,
    sentence,
    from: start,
    to: end,
  });
  const distinct = new Set(keys.map(({ index }) => index));
  if (IN_ORDER.test(text) && figures.length === count && (distinct.size === 0 || distinct.size === count)) {
    const order = distinct.size === 0 ? figures.map((_, index) => index) : [...distinct];
    return figures.map((figure, position) => at(order[position] ?? position, figure));
  }
  if (distinct.size === 0) return [];
  const [only] = keys;
  if (distinct.size === 1 && only) {
    const [figure, ...more] = figures;
    const beside = /^\s*["']?\s*(?:[:,]|-|为|是)/.test(text.slice(only.to));
    // "Prototype EUR 12,000;" says nothing else.
    const bare = figure && text.length - (only.to - only.from) - (figure.end - figure.start) <= 6;
    const opens = figure !== undefined && text.slice(0, figure.start).replace(/[^\p{L}\d]/gu, "").length <= 2;
    return figure && more.length === 0 && (kind === "due" || PAY.test(text) || beside || opens || bare)
      ? [at(only.index, figure)]
      : [];
  }
  // Names and figures by turns.
  if (figures.length !== keys.length || distinct.size !== keys.length) return [];
  const ahead = (keys[0]?.from ?? 0) < (figures[0]?.start ?? 0);
  const turns = keys.every((key, index) => {
    const [figure, next] = [figures[index], ahead ? keys[index + 1]?.from : figures[index + 1]?.start];
    if (!figure) return false;
    const inTurn = ahead ? key.to <= figure.start : figure.end <= key.from;
    return inTurn && (next === undefined || (ahead ? figure.end : key.to) <= next);
  });
  return turns ? keys.flatMap((key, index) => (figures[index] ? [at(key.index, figures[index])] : [])) : [];
}

/** The sums of a sentence but that of all. */
function parted(text: string): readonly Sum[] {
  const after = /其中|\bof which\b/i.exec(text)?.index ?? 0;
  return sums(text).filter(
    ({ start, end }) =>
      start >= after && !WHOLE.test(text.slice(Math.max(0, start - 40), start)) && !WHOLE_AFTER.test(text.slice(end)),
  );
}

function fill(kind: Kind, stage: Stage | undefined, { sentence, from, to }: Said, source: Source) {
  if (!stage) return;
  const { line } = sentence;
  const whole = placeIn(source, line, sentence.from, sentence.from + sentence.text.length);
  const start = line.start + sentence.from + from - whole.start;
  const where = within(whole, start, start + to - from);
  const text = narrow(where.text);
  const fresh: Stage = { unclear: [], text };
  if (kind === "amount") readMoney(fresh, "amount", text, where);
  else if (kind === "share") readShare(fresh, text, where, true);
  else readDates(fresh, "due", text, where);
  fresh.lines = [line.index];
  merge(stage, fresh);
}
