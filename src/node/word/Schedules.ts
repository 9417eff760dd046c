/** A list of the parts with their days, and the lists that speak of the same parts by name: what is paid for each, what it is judged by. */
import { shares, sums } from "./Amounts.ts";
import { dates } from "./Dates.ts";
import { type Item, itemsOf } from "./Items.ts";
import { CRITERIA, extend, NO_TITLE, PAY } from "./Passage.ts";
import { type Line, placeIn, type Source } from "./Source.ts";
import type { Group, Stage } from "./Stages.ts";

type Entry = Item & { line: Line; text: string };
/** An item about one part; `key` is the part's title. */
type About = { entry: Entry; key: string; ordinal?: number };

/** A part, and after it nothing but its day: "Design: by 1 March 2027". */
const DAYED = /^["']?([^,.;:()"。]{2,70}?)["']?\s{0,3}(?:[:,]| - )\s{0,3}([^;。]{6,60}?)[.;。,]?\s{0,3}(?:and)?\s*$/;
const BY_BEFORE =
  /^(?:应?[于在至]?|不[晚迟]于|(?:(?:due|ready|(?:to be )?(?:completed|delivered|finished)) )?(?:by|before|until|on or before|no later than|due|on)?)\s*$/i;
const BY_AFTER = /^\s*(?:之?前|以前|止)?(?:完成|交付|提交|完工|结束|上线)?(?:并?(?:交付|提交))?\s*$/;
/** Pay that falls due as the work on a part begins may be for the part before. */
const BEGINS = /开始|启动|动工|开工|进场|之前|\b(?:start|begin|commence|before|prior)/i;

/** No contract has more parts, nor lists of them; a file made to be slow may. */
const PARTS = 64;
const LISTS = 8;

/** Groups of a schedule and of the lists that name its parts; none where no list pays each of the parts once. */
export function scheduled(source: Source, taken: ReadonlySet<number>, marker: RegExp): readonly Group[] {
  const entries = source.lines.flatMap((line) =>
    taken.has(line.block)
      ? []
      : itemsOf(line).map((item) => ({ ...item, line, text: line.text.slice(item.from, item.to) })),
  );
  // The marker is long: it is tried only on what may count.
  const unmarked = (about: About | undefined) => (about && !marker.test(about.entry.text) ? about : undefined);
  const schedules = runsOf(entries, (entry) => unmarked(dayed(entry))).slice(0, LISTS);
  return schedules.flatMap((parts) => {
    const titles = parts.map(({ key }) => key);
    if (parts.some(({ key }) => titles.filter((title) => title.includes(key)).length > 1)) return [];
    const own = new Set(parts.map(({ entry }) => entry));
    const lists = runsOf(entries, (entry) => (own.has(entry) ? undefined : unmarked(naming(entry, titles))));
    if (!lists.some((list) => list.length === parts.length && list.every(paid))) return [];
    return [
      group(source, parts, (stage, { entry, key }) => {
        const at = entry.from + entry.text.indexOf(key);
        stage.title = placeIn(source, entry.line, at, at + key.length);
      }),
      ...lists.map((list) => group(source, list)),
    ];
  });
}

/** Items that follow each other, two or more, each about another part. */
function runsOf(entries: readonly Entry[], read: (entry: Entry) => About | undefined): readonly (readonly About[])[] {
  const runs: About[][] = [];
  for (const entry of entries) {
    const about = read(entry);
    if (!about) continue;
    const run = runs.at(-1);
    const last = run?.at(-1)?.entry.line.index;
    const follows = last !== undefined && entry.line.index <= last + 1;
    if (run && follows && run.length < PARTS && run.every(({ key }) => key !== about.key)) run.push(about);
    else runs.push([about]);
  }
  return runs.filter((run) => run.length >= 2);
}

function dayed(entry: Entry): About | undefined {
  if (entry.text.length > 160) return undefined;
  const [, key, rest] = DAYED.exec(entry.text) ?? [];
  if (!key || !rest || NO_TITLE.test(key)) return undefined;
  const [date, ...more] = dates(rest);
  if (!date?.day || more.length > 0) return undefined;
  const [before, after] = [rest.slice(0, date.start), rest.slice(date.end)];
  const said = before.trim() !== "" || after.trim() !== "";
  return said && BY_BEFORE.test(before) && BY_AFTER.test(after) ? { entry, key } : undefined;
}

/** An item that names one of the parts, and pays for it or says what it is judged by. */
function naming(entry: Entry, titles: readonly string[]): About | undefined {
  const named = titles.filter((title) => entry.text.toLowerCase().includes(title.toLowerCase()));
  const [key] = named;
  if (!key || named.length > 1) return undefined;
  const about = { entry, key, ordinal: titles.indexOf(key) + 1 };
  return CRITERIA.test(entry.text) || paid(about) ? about : undefined;
}

function paid({ entry: { text }, key }: About): boolean {
  const rest = text.toLowerCase().replace(key.toLowerCase(), " ");
  return !BEGINS.test(rest) && !CRITERIA.test(rest) && PAY.test(rest) && sums(rest).length + shares(rest).length > 0;
}

function group(source: Source, list: readonly About[], name?: (stage: Stage, about: About) => void): Group {
  const stages = list.map((about, index) => {
    const { line, from, to } = about.entry;
    const stage: Stage = { unclear: [], text: "", ordinal: about.ordinal ?? index + 1 };
    extend(source, stage, line, from, to);
    name?.(stage, about);
    return stage;
  });
  return { stages, block: list[0]?.entry.line.block ?? 0, table: false };
}
