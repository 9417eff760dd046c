/** Parts as plain list items, without a word such as milestone before them. */
import { shares, sums } from "./Amounts.ts";
import { dates } from "./Dates.ts";
import { extend } from "./Passage.ts";
import { type Line, matchesOf, placeIn, type Source } from "./Source.ts";
import type { Group, Stage } from "./Stages.ts";
import { NO_TITLE, namesNothing, titleIn } from "./Titles.ts";

/** A line of a list that opens with a share or an amount: (a) 30% upon signing. */
const ITEM =
  /^\s*(?:[-•*·①-⑳]\s*|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-z]|[ivx]{1,4}|[一二三四五六七八九十])(?:[).、]\s*|\s+))?(?=\S)/i;
/** What an item names before it goes on to its pay and its day. */
const TITLED = /^["']?([^,.;:()"]{2,70}?)["']?\s{0,3}(?:[,:(]| - )/;

const LETTERED = /(?:^|(?<=[\s:;,.]))\((?:[a-h]|[ivx]{1,4}|\d{1,2}|[一二三四五六七八九十])\)\s{0,3}/g;

export type Item = { from: number; to: number; inner: boolean };

/** A line of a list, or the lettered parts of one sentence: (a) …; (b) …. */
export function itemsOf(line: Line): readonly Item[] {
  const marks = matchesOf(LETTERED, line.text);
  if (marks.length >= 2) {
    return marks.map((mark, index) => ({
      from: mark.index + mark[0].length,
      to: marks[index + 1]?.index ?? line.text.length,
      inner: index > 0,
    }));
  }
  const lead = ITEM.exec(line.text)?.[0].length ?? 0;
  return lead === 0 && !line.numbered ? [] : [{ from: lead, to: line.text.length, inner: false }];
}

/** Runs of list lines that each open with a share or an amount, or name a part with its pay and its day; none that `marker` opens. */
export function listed(source: Source, taken: ReadonlySet<number>, marker: RegExp): readonly Group[] {
  const groups: Group[] = [];
  /** By language, since two may take turns. */
  const runs = new Map<string, { group: Group; last: number }>();
  for (const line of source.lines) {
    if (taken.has(line.block)) continue;
    for (const { from, to, inner } of itemsOf(line)) {
      const text = line.text.slice(from, to);
      if (marker.test(text)) continue;
      const [sum, share] = [sums(text)[0], shares(text)[0]];
      const opens = Math.min(sum?.start ?? 99, share?.start ?? 99) <= 3;
      const title = opens ? undefined : TITLED.exec(text)?.[1];
      const named = title && (sum || share) && dates(text).length > 0 && !NO_TITLE.test(title) && !namesNothing(title);
      if (!opens && !named) continue;
      let run = runs.get(line.language);
      if (!run || line.index > run.last + 2 || (line.index === run.last && !inner)) {
        run = { group: { stages: [], block: line.block, table: false }, last: line.index };
        runs.set(line.language, run);
        groups.push(run.group);
      }
      const { group } = run;
      run.last = line.index;
      const stage: Stage = { unclear: [], text: "", ordinal: group.stages.length + 1 };
      extend(source, stage, line, from, to);
      if (title) {
        const at = from + text.indexOf(title);
        stage.title = placeIn(source, line, at, at + title.length);
      }
      if (!stage.title) {
        const span = titleIn(text);
        if (span) stage.title = placeIn(source, line, from + span.from, from + span.to);
      }
      if (share && opens)
        stage.share ??= { value: share, place: placeIn(source, line, from + share.start, from + share.end) };
      group.stages.push(stage);
    }
  }
  return groups.filter(({ stages }) => stages.length >= 2);
}
