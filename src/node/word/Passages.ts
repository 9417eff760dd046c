/** Parts in running text: passages that a number or a name opens, and runs of list lines with a share or an amount. */
import { shares, sums } from "./Amounts.ts";
import { type Line, narrow, placeIn, type Source } from "./Source.ts";
import { type Group, ordinalOf, readDates, readMoney, readShare, type Stage, within } from "./Stages.ts";

const NAMED =
  "首付款|首期款|首款|预付款|定金|签约款|启动款|进度款|中期款|阶段款|验收款|初验款|终验款|上线款|交付款|尾款|余款|质保金|保证金|down payment|advance payment|deposit|final payment|retention";
const ORDINAL = "[一二三四五六七八九十\\d]{1,3}";
/** Where a passage about one part begins. */
const MARKER = new RegExp(
  `(?:^|(?<=[;。:,]\\s*))\\s*(?:[-•*·]\\s*)?(?:\\(?(?:\\d{1,2}(?:\\.\\d{1,2}){1,3}|${ORDINAL}|[a-z]|[ivx]{1,4})(?:[).、]\\s*|\\s+))?(?:第\\s*(${ORDINAL})\\s*个?\\s*(?:阶段|期款?|笔款?|批|里程碑|节点)(?!的?(?:款项|验收|交付)?(?:后|前|之|完成后))|(?:里程碑|阶段)\\s*(${ORDINAL})|(?<![a-z])(?:Milestone|Phase|Stage|Instal?ment|Payment)\\s*(?:No\\.?\\s*)?(\\d{1,2}|[IV]{1,3}\\b|[A-H](?=\\s*[:.(),-])|One\\b|Two\\b|Three\\b|Four\\b|Five\\b)|\\b(?:The )?(First|Second|Third|Fourth|Fifth)\\s+(?:milestone|phase|stage|instal?ment|payment)\\b|(?<![a-z])[MP](\\d)(?=\\s*[:.\\-( ])|(${NAMED})(?![\\p{Script=Han}]*(?:之|后|前|比例)))`,
  "giu",
);
/** A line of a list that opens with a share or an amount: (a) 30% upon signing. */
const ITEM =
  /^\s*(?:[-•*·]\s*|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-z]|[ivx]{1,4}|[一二三四五六七八九十])(?:[).、]\s*|\s+))?(?=\S)/i;
const HEADING =
  /^\s*(?:第[一二三四五六七八九十\d]+条|[一二三四五六七八九十]+、|Article\b|Section\b|Clause\b|Schedule\b|Annex\b|附件|\d{1,2}\.\s*\p{Lu}[\p{L} ,]{2,40}$)/iu;
const CONTINUES =
  /^\s*(?:[-•*·]\s*)?(?:\(?\w{1,2}[).]\s*)?(?:交付|完成|提交|截止|开始|金额|价款|费用|付款|应付|验收|工作内容|内容|成果|due|deadline|deliver|amount|fee|price|payment|accept|start|complet|scope|criteria|description)[^:]{0,24}:/i;

/** Groups in running text outside of `taken` tables. */
export function inText(source: Source, taken: ReadonlySet<number>): readonly Group[] {
  const groups: Group[] = [];
  let current: { group: Group; family: string; last: number } | undefined;
  let open: { stage: Stage; line: Line } | undefined;
  for (const line of source.lines) {
    if (taken.has(line.block)) continue;
    const markers = [...line.text.matchAll(MARKER)].map((match) => ({
      at: match.index,
      ordinal: ordinalOf(match.slice(1, 6).find(Boolean) ?? ""),
      named: match[6],
      match: match[0],
    }));
    if (markers.length === 0) {
      if (open && CONTINUES.test(line.text) && line.index - open.line.index <= 1) {
        extend(source, open.stage, line, 0, line.text.length);
        open = { stage: open.stage, line };
        continue;
      }
      open = undefined;
      if (HEADING.test(line.text) || line.level !== undefined) current = undefined;
      continue;
    }
    for (const [index, { at, ordinal, named, match }] of markers.entries()) {
      const family = `${line.language} ${/阶段|里程碑|节点|milestone|phase|stage|^\s*M\d/i.test(match) ? "work" : "pay"}`;
      const inOrder = current && current.family === family && (ordinal === undefined || ordinal > current.last);
      if (!current || !inOrder) {
        current = { group: { stages: [], block: line.block, table: false }, family, last: 0 };
        groups.push(current.group);
      }
      current.last = ordinal ?? current.last + 1;
      const stage: Stage = { unclear: [], text: "", ordinal: current.last };
      const to = markers[index + 1]?.at ?? line.text.length;
      nameStage(
        source,
        stage,
        line,
        at + match.length,
        to,
        named ? { from: at + match.lastIndexOf(named), text: named } : undefined,
      );
      extend(source, stage, line, at, to);
      current.group.stages.push(stage);
      open = { stage, line };
    }
  }
  groups.push(...listed(source, taken));
  return groups.filter(
    ({ stages }) =>
      stages.length > 0 && stages.some((stage) => stage.amount || stage.share || stage.due || stage.unclear.length > 0),
  );
}

const NO_TITLE =
  /支付|付款|日内|[日天]后|后$|满\d|%|\d元|签订|签署|应当|应于|甲方|乙方|之日|\b(?:shall|pays?|paid|within|upon|percent|due|USD|US\$|EUR|is|are|will)\b|[$¥€£]|\d{4}/i;

function nameStage(
  source: Source,
  stage: Stage,
  line: Line,
  from: number,
  to: number,
  named?: { from: number; text: string },
) {
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

const CRITERIA =
  /(?:验收标准|验收条件|验收要求|通过标准|acceptance criteri(?:a|on)|accept(?:ed|ance) (?:when|if|once)|criteri(?:a|on))\s*(?:为|是|is|are)?\s*[:：]?\s*([^。;]{4,300}?)(?=[。;]|\.\s|\.?$)/i;

/** What a passage says of the stage. */
function extend(source: Source, stage: Stage, line: Line, from: number, to: number) {
  const where = placeIn(source, line, from, to);
  const text = narrow(where.text);
  stage.text += `${text}\n`;
  const criteria = CRITERIA.exec(text);
  if (criteria?.[1] && !stage.criteria) {
    const at = criteria.index + criteria[0].indexOf(criteria[1]);
    stage.criteria = within(where, at, at + criteria[1].length);
  }
  // Figures of a criterion are no pay, and its days no dates.
  const rest = criteria
    ? text.slice(0, criteria.index) + " ".repeat(criteria[0].length) + text.slice(criteria.index + criteria[0].length)
    : text;
  if (!stage.amount) readMoney(stage, "amount", rest, where);
  if (!stage.share) readShare(stage, rest, where);
  if (!stage.due) readDates(stage, /^\s*\W*(?:开始|start|commence)/i.test(rest) ? "start" : "due", rest, where);
}

/** Runs of list lines that each open with a share or an amount. */
function listed(source: Source, taken: ReadonlySet<number>): readonly Group[] {
  const groups: Group[] = [];
  let group: Group | undefined;
  let last = -1;
  for (const line of source.lines) {
    if (taken.has(line.block)) continue;
    MARKER.lastIndex = 0;
    const lead = ITEM.exec(line.text)?.[0].length ?? 0;
    const body = line.text.slice(lead);
    const [sum, share] = [sums(body)[0], shares(body)[0]];
    const opens = Math.min(sum?.start ?? 99, share?.start ?? 99) <= 3;
    if (!opens || (lead === 0 && !line.numbered) || MARKER.test(line.text)) continue;
    if (!group || line.index !== last + 1) {
      group = { stages: [], block: line.block, table: false };
      groups.push(group);
    }
    last = line.index;
    const stage: Stage = { unclear: [], text: "", ordinal: group.stages.length + 1 };
    extend(source, stage, line, lead, line.text.length);
    if (share) stage.share ??= { value: share, place: placeIn(source, line, lead + share.start, lead + share.end) };
    group.stages.push(stage);
  }
  return groups.filter(({ stages }) => stages.length >= 2);
}
