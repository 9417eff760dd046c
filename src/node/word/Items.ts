/** Parts as plain list items, without a word such as milestone before them. */
import { shares, sums } from "./Amounts.ts";
import { dates } from "./Dates.ts";
import { extend, NO_TITLE } from "./Passage.ts";
import { placeIn, type Source } from "./Source.ts";
import type { Group, Stage } from "./Stages.ts";

/** A line of a list that opens with a share or an amount: (a) 30% upon signing. */
const ITEM =
  /^\s*(?:[-•*·]\s*|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-z]|[ivx]{1,4}|[一二三四五六七八九十])(?:[).、]\s*|\s+))?(?=\S)/i;
/** What an item names before it goes on to its pay and its day. */
const TITLED = /^["']?([^,.;:()"]{3,70}?)["']?\s{0,3}(?:[,:(]| - )/;

/** Runs of list lines that each open with a share or an amount, or name a part with its pay and its day; none that `marker` opens. */
export function listed(source: Source, taken: ReadonlySet<number>, marker: RegExp): readonly Group[] {
  const groups: Group[] = [];
  let group: Group | undefined;
  let last = -1;
  for (const line of source.lines) {
    if (taken.has(line.block)) continue;
    marker.lastIndex = 0;
    const lead = ITEM.exec(line.text)?.[0].length ?? 0;
    if ((lead === 0 && !line.numbered) || marker.test(line.text)) continue;
    const body = line.text.slice(lead);
    const [sum, share] = [sums(body)[0], shares(body)[0]];
    const opens = Math.min(sum?.start ?? 99, share?.start ?? 99) <= 3;
    const title = opens ? undefined : TITLED.exec(body)?.[1];
    const named = title && (sum || share) && dates(body).length > 0 && !NO_TITLE.test(title);
    if (!opens && !named) continue;
    if (!group || line.index !== last + 1) {
      group = { stages: [], block: line.block, table: false };
      groups.push(group);
    }
    last = line.index;
    const stage: Stage = { unclear: [], text: "", ordinal: group.stages.length + 1 };
    extend(source, stage, line, lead, line.text.length);
    if (title) {
      const at = lead + body.indexOf(title);
      stage.title = placeIn(source, line, at, at + title.length);
    }
    if (share && opens)
      stage.share ??= { value: share, place: placeIn(source, line, lead + share.start, lead + share.end) };
    group.stages.push(stage);
  }
  return groups.filter(({ stages }) => stages.length >= 2);
}
