/** Parts that running text says when they are due: lists, sentences about what is delivered when, records of a heading and labelled lines. */
import { dates } from "./Dates.ts";
import { itemsOf } from "./Items.ts";
import { extend, label, labelIn, OTHER_MONEY } from "./Passage.ts";
import { sentencesOf } from "./Sentences.ts";
import { type Line, placeIn, type Source } from "./Source.ts";
import { type Group, ordinalOf, type Stage } from "./Stages.ts";
import { type Span, titleIn } from "./Titles.ts";

/** A piece of a line about one part. */
type Planned = { line: Line; from: number; to: number; title: Span; stage: Stage };

/** No contract has more parts, nor lists of them; a file made to be slow may. */
const PARTS = 64;
const LISTS = 8;

/** Groups of two and more parts outside of `taken` tables that `marker` does not open. */
export function planned(source: Source, taken: ReadonlySet<number>, marker: RegExp): readonly Group[] {
  const runs: Planned[][] = [];
  const last = new Map<string, Planned[]>();
  for (const line of source.lines) {
    if (taken.has(line.block) || line.cell) continue;
    for (const one of plansOf(source, line)) {
      if (marker.test(line.text.slice(one.from, one.to))) continue;
      const run = last.get(line.language);
      const before = run?.at(-1);
      // Two languages may take turns.
      const follows = run && before && line.index <= before.line.index + 2 && run.length < PARTS;
      if (follows && run.every((other) => named(other) !== named(one)) && paid(before.stage) === paid(one.stage)) {
        one.stage.ordinal = run.length + 1;
        run.push(one);
      } else {
        const begun = [one];
        last.set(line.language, begun);
        runs.push(begun);
      }
    }
  }
  const apart = (run: readonly Planned[]) =>
    run.every((one) => run.filter((other) => named(other).includes(named(one))).length === 1);
  const lists = runs.filter((run) => run.length >= 2 && apart(run) && isWhole(run)).slice(0, LISTS);
  return [
    ...lists.map((run): Group => {
      const stages = run.map(({ stage }) => stage);
      return { stages, block: run[0]?.line.block ?? 0, table: false, ...(stages.every(paid) ? {} : { lacks: "pay" }) };
    }),
    ...records(source, taken),
  ];
}

const SAID =
  /[分共按][为成]?([两二三四五六3-6])个?(?:阶段|期|部分|批次?|步)(?!后|内)|\b(two|three|four|five|six)\s+(?:\w+ )?(?:payments|instal?ments|parts|pieces|stages|phases|tranches|milestones|steps|deliveries)\b/i;

/** Of a sentence that says how many parts there are, all were read: otherwise those that were would take the places of others. */
function isWhole(run: readonly Planned[]): boolean {
  const [first] = run;
  const match = first && run.every(({ line }) => line === first.line) ? SAID.exec(first.line.text) : null;
  const count = match && ordinalOf(match[1] === "两" ? "二" : (match[1] ?? match[2] ?? ""));
  return !count || count === run.length;
}

const paid = ({ amount, share }: Stage): boolean => amount !== undefined || share !== undefined;
const named = ({ line, title }: Planned): string => line.text.slice(title.from, title.to).toLowerCase();

/** The pieces of a line that name a part and its day. */
function plansOf(source: Source, line: Line): readonly Planned[] {
  if (!/\d{4}|年/.test(line.text)) return [];
  const items = itemsOf(line);
  const pieces =
    items.length > 0 ? items : sentencesOf(line).map(({ from, text }) => ({ from, to: from + text.length }));
  return pieces.flatMap(({ from, to }) => {
    const text = line.text.slice(from, to);
    const days = text.length > 400 ? [] : dates(text).filter(({ day, why }) => day !== undefined || why !== undefined);
    // "… the following results: A, by D1; …" leads up to the first.
    const intro = INTRO.exec(text)?.[0].length ?? 0;
    const cuts =
      days.length < 2 ? [{ from: Math.min(intro, days[0]?.start ?? 0), to: text.length }] : chunks(text, days, intro);
    return cuts.flatMap((cut) => {
      const piece = text.slice(cut.from, cut.to);
      const [day, ...more] = dates(piece);
      if (!day?.day || more.length > 0 || OTHER_DAYS.test(piece) || OTHER_MONEY.test(piece)) return [];
      const begin = from + cut.from;
      const stage: Stage = { unclear: [], text: "", ordinal: 1 };
      extend(source, stage, line, begin, from + cut.to);
      const span = stage.due ? titleIn(piece, paid(stage)) : undefined;
      if (!span) return [];
      const title = { from: begin + span.from, to: begin + span.to };
      stage.title = placeIn(source, line, title.from, title.to);
      return [{ line, from: begin, to: from + cut.to, title, stage }];
    });
  });
}

const INTRO =
  /^[^:]{0,90}\b(?:two|three|four|five|six|\d) (?:\w+ )?(?:payments|instal?ments|parts|pieces|stages|tranches|milestones|steps)\b[^:]{0,20}:|^[^:]{0,60}(?:(?:[分共按][为成]?)[两二三四五六\d]个?(?:阶段|期|部分|批次?|步|模块)|以下|如下|下列|下述|following|as follows)[^:]{0,20}:/i;
/** Days on which nothing is delivered. */
const OTHER_DAYS = /有效期|服务至|质保|保修|退还|例会|会议|\buntil\b|\bvalid\b|\bmeet(?:s|ings?)?\b|\bwarrant/i;

/** "A by D1, B by D2 and C by D3": a piece for each day, which ends with it, or begins with it where the day comes first. */
function chunks(text: string, days: readonly { start: number; end: number }[], intro: number): readonly Span[] {
  const lead = text.slice(0, days[0]?.start).replace(/^.*[:]/, "");
  const first = !titleIn(lead);
  return days.map(({ start, end }, index) => {
    const [before, after] = [days[index - 1], days[index + 1]];
    if (first) {
      const between = after ? text.slice(end, after.start) : "";
      const cut = /(?:[,;、]|\band\b)[^,;、]*$/.exec(between)?.index ?? between.length;
      return { from: index === 0 ? Math.min(intro, start) : start, to: after ? end + cut : text.length };
    }
    const tail = /^[^,、;]*?(?=[,、;]|\band\b|$)/.exec(text.slice(end))?.[0].length ?? 0;
    const skipped = before
      ? (/^[^,、;]*?(?:[,、;]|\band\b)\s*(?:and\b)?/.exec(text.slice(before.end, start))?.[0].length ?? 0)
      : 0;
    return { from: before ? before.end + skipped : Math.min(intro, start), to: end + tail };
  });
}

/** A line that counts, and names a part. */
const COUNT =
  /^\s*(?:[(]?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[一二三四五六七八九十]{1,2}|[a-z]|[ivx]{1,4})(?:[).、]\s*|\s+))?/i;

/** Headings each with labelled lines below: "Prototype", "Delivery: …", "Price: …". */
function records(source: Source, taken: ReadonlySet<number>): readonly Group[] {
  const groups: Group[] = [];
  let run: { stage: Stage; end: number }[] = [];
  const close = () => {
    const stages = run.map(({ stage }) => stage);
    if (stages.length >= 2) {
      const whole = stages.every((stage) => stage.due && paid(stage));
      groups.push({ stages, block: stages[0]?.title?.block ?? 0, table: false, ...(whole ? {} : { lacks: "pay" }) });
    }
    run = [];
  };
  for (const [at, line] of source.lines.entries()) {
    if (groups.length >= LISTS || run.length >= PARTS) break;
    if (
      taken.has(line.block) ||
      line.cell ||
      labelIn(line) ||
      line.text.length > 80 ||
      /[。;:]|\d{4}|[.]\s*$/.test(line.text)
    )
      continue;
    const stage: Stage = { unclear: [], text: "", ordinal: run.length + 1 };
    let next = at + 1;
    for (let below = source.lines[next]; below && fill(source, stage, below); below = source.lines[next]) next += 1;
    if (!stage.due && !paid(stage)) continue;
    const lead = COUNT.exec(line.text)?.[0].length ?? 0;
    const name = titleIn(line.text.slice(lead), true);
    if (run.length > 0 && run.at(-1)?.end !== at) close();
    if (!name) continue;
    stage.title = placeIn(source, line, lead + name.from, lead + name.to);
    stage.ordinal = run.length + 1;
    run.push({ stage, end: next });
  }
  close();
  return groups;
}

/** Takes what the labels of a line say; false where it has none. */
function fill(source: Source, stage: Stage, line: Line): boolean {
  if (line.cell || line.text.length > 200) return false;
  const parts = sentencesOf(line).map(
    ({ text, from }): Line => ({ ...line, text: text.replace(/\.\s*$/, ""), start: line.start + from }),
  );
  return parts.length > 0 && parts.map((part) => label(source, stage, part)).every(Boolean);
}
