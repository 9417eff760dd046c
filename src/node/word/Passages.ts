/** Parts in running text: passages that a number or a name opens, and runs of list lines with a share or an amount. */
import { listed } from "./Items.ts";
import { extend, label, labelIn, nameStage } from "./Passage.ts";
import { planned } from "./Plans.ts";
import { type Line, matchesOf, type Place, placeIn, type Source } from "./Source.ts";
import { type Group, ordinalOf, type Stage } from "./Stages.ts";

const NAMED =
  "首付款|首期款|首款|预付款|定金|签约款|启动款|进度款|中期款|阶段款|验收款|初验款|终验款|上线款|交付款|尾款|余款|质保金|保证金|down payment|advance payment|deposit|final payment|retention";
/** Any other payment that a list names: "设计款：…". What is paid for a fault, or the price itself, is none. */
const PAYMENT =
  "(?<=(?:^|[;。])\\s*(?:\\(?(?:\\d{1,2}(?:\\.\\d{1,2}){0,3}|[一二三四五六七八九十]{1,2})[).、]?\\s*))[\\p{Script=Han}]{2,6}(?<![价付条罚贷借存赔汇收退请用拨公货税捐扣息欠筹钱笔该本此])款(?=\\s*(?:[:：(,]|为))";
const ORDINAL = "[一二三四五六七八九十\\d]{1,3}";
/** Where a passage about one part begins. */
const MARKER = new RegExp(
  `(?:^|(?<=[;。:,]\\s*))\\s*(?:[-•*·]\\s*)?(?:\\(?(?:\\d{1,2}(?:\\.\\d{1,2}){1,3}|${ORDINAL}|[a-z]|[ivx]{1,4})(?:[).、]\\s*|\\s+))?(?:第\\s*(${ORDINAL})\\s*个?\\s*(?:阶段|期款?|笔款?|批(?:交付物?)?|次交付|里程碑|节点|步)(?!的?(?:款项|验收|交付)?(?:后|前|之|完成后))|(?:里程碑|阶段|(?:节点|步骤|工作包|交付件|交付物|成果|批次)(?=\\s*${ORDINAL}(?:\\s*[:、,(]|\\s+|\\s*$)))\\s*(${ORDINAL})|(?<![a-z])(?:Milestone|Phase|Stage|Instal?ment|Payment|Delivery|Deliverable|Work package|Release|Sprint)\\s*(?:No\\.?\\s*|#\\s*)?(\\d{1,2}|[IV]{1,3}\\b|[A-H](?=\\s*[:.(),-])|One\\b|Two\\b|Three\\b|Four\\b|Five\\b)|\\b(?:The )?(First|Second|Third|Fourth|Fifth)\\s+(?:milestone|phase|stage|instal?ment|payment|delivery|release)\\b|(?<![a-z])[MP](\\d)(?=\\s*[:.\\-( ])|(${NAMED}|${PAYMENT})(?![\\p{Script=Han}]*(?:之|后|前|比例)))`,
  "giu",
);
const HEADING =
  /^\s*(?:第[一二三四五六七八九十\d]+条|[一二三四五六七八九十]+、|Article\b|Section\b|Clause\b|Schedule\b|Annex\b|附件|\d{1,2}\.\s*\p{Lu}[\p{L} ,]{2,40}$)/iu;
const CONTINUES =
  /^\s*(?:[-•*·]\s*)?(?:\(?\w{1,2}[).]\s*)?(?:交付|完成|提交|截止|开始|金额|价款|费用|付款|应付|验收|工作内容|内容|成果|due|deadline|deliver|amount|fee|price|payment|accept|start|complet|scope|criteria|description)[^:]{0,24}:/i;

/** A line that leads up to what each part is judged by. */
const JUDGING =
  /(?:标准|要求|指标|条件|方法)[^。;:]{0,40}(?:验收|考核)[^。;:]{0,8}:\s*$|(?:验收|考核|通过)(?:的)?(?:标准|要求|指标|条件|方法)[^。;:]{0,16}:\s*$|\b(?:accept\w*|tested|judged|measured)\b[^.;:]{0,60}\b(?:criteria|standards?|tests?|as follows|following)\b[^.;:]{0,40}:\s*$|\bcriteria\b[^.;:]{0,40}:\s*$/i;

/** The same, to test a text with. */
const OPENS = new RegExp(MARKER.source, "iu");

type Open = { stage: Stage; line: Line; level?: number };

/** Groups in running text outside of `taken` tables. */
export function inText(source: Source, taken: ReadonlySet<number>): readonly Group[] {
  const groups: Group[] = [];
  /** What each payment is called. */
  const payments = new Map<Stage, Place>();
  /** By language and kind, since two languages may take turns. */
  const current = new Map<string, { group: Group; last: number }>();
  let open: Open | undefined;
  let judging = false;
  for (const line of source.lines) {
    if (taken.has(line.block)) continue;
    const markers = matchesOf(MARKER, line.text).map((match) => ({
      at: match.index,
      ordinal: ordinalOf(match.slice(1, 6).find(Boolean) ?? ""),
      named: match[6],
      match: match[0],
    }));
    if (markers.length === 0) {
      judging = JUDGING.test(line.text);
      if (open && belongs(open, line)) {
        if (!label(source, open.stage, line))
          extend(source, open.stage, line, 0, line.text.length, open.level !== undefined && !CONTINUES.test(line.text));
        if (open.level !== undefined) open.stage.lines = [...(open.stage.lines ?? []), line.index];
        open = { ...open, line };
        continue;
      }
      open = undefined;
      if (HEADING.test(line.text) || line.level !== undefined) current.clear();
      continue;
    }
    for (const [index, { at, ordinal, named, match }] of markers.entries()) {
      const work =
        /阶段|里程碑|节点|批|步|成果|交付|milestone|phase|stage|deliver|release|sprint|package|^\s*M\d/i.test(match);
      const family = `${line.language} ${work ? "work" : "pay"}`;
      let run = current.get(family);
      if (!run || (ordinal !== undefined && ordinal <= run.last)) {
        run = { group: { stages: [], block: line.block, table: false, ...(judging ? { lacks: "all" } : {}) }, last: 0 };
        current.set(family, run);
        groups.push(run.group);
      }
      run.last = ordinal ?? run.last + 1;
      const stage: Stage = {
        unclear: [],
        text: "",
        ordinal: run.last,
        ...(markers.length === 1 ? { lines: [line.index] } : {}),
      };
      const to = markers[index + 1]?.at ?? ends(line.text, markers[0]?.at ?? at, at);
      if (named) {
        const begin = at + match.lastIndexOf(named);
        payments.set(stage, placeIn(source, line, begin, begin + named.length));
      }
      const name = named ? { from: at + match.lastIndexOf(named), text: named } : undefined;
      if (run.group.lacks === "all") {
        // "第一阶段：…" below "accepted by these standards" says by what it is judged, and no more.
        const said = /^[\s:,.\-、)]*(.+?)[\s;。.]*$/su.exec(line.text.slice(at + match.length, to));
        const begin = said?.[1] ? at + match.length + said[0].indexOf(said[1]) : to;
        if (said?.[1]) stage.criteria = placeIn(source, line, begin, begin + said[1].length);
        stage.text = match;
      } else {
        nameStage(source, stage, line, at + match.length, to, name);
        extend(source, stage, line, at, to);
      }
      run.group.stages.push(stage);
      open = { stage, line, ...(line.level === undefined ? {} : { level: line.level }) };
    }
  }
  for (const { stages } of groups) {
    // Payments of which one has no other name all keep their own.
    if (!stages.every((stage) => payments.has(stage)) || !stages.some(({ numberOnly }) => numberOnly)) continue;
    for (const stage of stages) {
      const name = payments.get(stage);
      if (name) stage.title = name;
      stage.numberOnly = true;
    }
  }
  groups.push(...listed(source, taken, OPENS));
  const stated = groups.filter(
    ({ stages, lacks }) =>
      stages.length > 0 &&
      stages.some((stage) => lacks === "all" || stage.amount || stage.share || stage.due || stage.unclear.length > 0),
  );
  return [...stated, ...planned(source, taken, OPENS)];
}

/** Where the last passage of a line ends: with its sentence, where those before it are of one sentence. */
function ends(text: string, first: number, last: number): number {
  const stop = (from: number) => /[。]|\.\s/.exec(text.slice(from))?.index ?? text.length;
  return first < last && first + stop(first) > last ? Math.min(text.length, last + stop(last) + 1) : text.length;
}

/** Whether a line goes on about a part: all under its own heading, else what a label such as "Price:" opens. */
function belongs({ level, line }: Open, next: Line): boolean {
  if (next.index - line.index > 1) return false;
  if (level === undefined) return CONTINUES.test(next.text) || labelIn(next) !== undefined;
  return next.level === undefined && !HEADING.test(next.text);
}
