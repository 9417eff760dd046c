/** Law, forum, liability cap, prevailing language and platform fee. */
import { both } from "../../agreement/InputError.ts";
import * as Share from "../../agreement/Share.ts";
import { format, shares, sums } from "./Amounts.ts";
import { at, captured, type Reading, type Sentence, written } from "./Sentences.ts";
import { tidy } from "./Source.ts";
import { ordinalOf } from "./Stages.ts";

const LAW_ZH =
  /(?:适用|受|依据|依照|按照|按|遵循|遵守|依)(?:于)?[:为]?\s*((?:中华人民共和国|中华民国|中国|香港|澳门|台湾|新加坡|英国|英格兰|美国|日本|德国|瑞士)(?:\([^()]{0,40}\))?[\p{Script=Han}()、]{0,16}?法律?)(?:法规)?(?=[^\p{Script=Han}]|管辖|解释|约束|调整|并|的|和|及|$)/u;
/** Other countries than those. */
const LAW_ELSEWHERE_ZH =
  /(?:适用|受)\s*((?!有关|相关|现行|国家|上述|下列|该|其|任何|不|于|本|双方|各自|所在)[\p{Script=Han}]{2,12}?法律)(?=[^\p{Script=Han}]|管辖|解释|约束|并|的|和|及|$)/u;
const LAW_EN =
  /\b(?:governed by|governing law(?: of this [a-z]+)?(?: is| shall be)?|construed (?:in accordance )?(?:with|under)|subject to)\b[^.;]{0,70}?((?:the )?(?:substantive |applicable |internal |domestic )?laws? of (?:the )?[A-Z][^.;,()]{2,70}?(?: and the (?:federal )?laws? of [A-Z]\w+(?: applicable therein)?)?|[A-Z][a-z]+(?: [A-Z][a-z]+)? law)(?=[.;,()]|$| without| and (?:disputes?|any|the|all|each|every|both|shall|is|are|no)\b| excluding| exclusive)/;
const LAW_GOVERNS =
  /\b((?:[Tt]he )?laws? of (?:the )?[A-Z][\w ,]{2,50}?|(?!What|Which|Whose|The|This)[A-Z][a-z]+(?: [A-Z][a-z]+)? law)\s+(?:shall )?(?:governs?|appl(?:y|ies))/;
const ARBITRATION_ZH =
  /(?:提交|提请|向|由|至|为|[:])\s*([^,。;:、向由]{2,30}?(?:仲裁委员会|仲裁中心|仲裁院|仲裁机构|仲裁协会)(?:\([^()]{2,30}\))?)/;
const COURT_ZH = /(?:向|由|提交|提请|至|为|归|在|以|[:])\s*((?:(?!向|由|提交|仲裁|为)[^,。;:、]){0,40}?(?:人民)?法院)/;
const ARBITRATION_EN =
  /\b((?:[A-Z][\w&'-]{0,30}\s+(?:of |and |for |the )*){1,8}(?:Cent(?:re|er)|Commission|Court of (?:International )?Arbitration|Association|Institute|Chamber|Tribunal|Committee|Council|Board|Service)(?: of (?:[A-Z]\w+ ?)+)?)(?:\s*\([^()]{2,20}\))?/;
/** Institutions that are known by their letters. */
const ACRONYM = /\b(CIETAC|HKIAC|SIAC|LCIA|ICC|ICDR|AAA|JAMS|SCC|DIAC|VIAC|SHIAC|SCIA|BIAC|KCAB|JCAA|NAI)\b/;
const COURT_EN = new RegExp(
  [
    String.raw`\b((?:the )?(?:competent |ordinary |local |state and federal |federal and state |state or federal |People's )*courts?\s+(?:of|located in|sitting in|in|at|for|having jurisdiction (?:in|over))\s+(?:the )?[A-Z][^.;(),]{2,70}?(?:, [A-Z]\w+(?: [A-Z]\w+)?)?`,
    String.raw`(?:the )?(?:[A-Z][\w'-]{1,30}\s+(?:(?:and|of|for|the)\s+){0,2}){1,7}(?:People's )?[Cc]ourts?(?: (?:of|in|at|for) (?:the )?[A-Z][\w'-]{1,30}(?:,? (?:(?:and|of|the) )?[A-Z][\w'-]{1,30}){0,4})?`,
    String.raw`(?:the )?(?:Landgericht|Amtsgericht|Rechtbank|Tribunal(?: de [Cc]ommerce)?(?: de)?) [A-Z][\w'-]{1,30})(?=[.;,()]|$| shall| will| have| has| for| decides?| hears?| and (?:the|each|both|waive)| to | alone| only| under)`,
  ].join("|"),
);

export function law(reading: Reading) {
  const { notes, sentences, source } = reading;
  for (const [index, sentence] of sentences.entries()) {
    const { text, line } = sentence;
    const governing =
      LAW_ZH.exec(text) ??
      LAW_EN.exec(text) ??
      LAW_ELSEWHERE_ZH.exec(text) ??
      /(?:适用法律|管辖法律)\s*[:为]\s*([^,。;]{2,30})/.exec(text) ??
      LAW_GOVERNS.exec(text) ??
      /((?:中华人民共和国|中国)(?:的)?法律)(?:为|作为)(?:准据法|适用法律)/.exec(text) ??
      /^\s*(?:\d+\.\s*)?Governing law\s*:\s*([^.;]{4,80})/i.exec(text);
    if (governing?.[1] && !/民法典|》/.test(governing[1])) {
      const place = captured(reading, sentence, governing, governing[1]);
      notes.found(`law.governing.${line.language}`, tidy(place.text), place, written);
    }
    if (
      /执行|保全|强制措施|仲裁员|enforce|injunct|interim|judgment (?:on|upon)/i.test(text) &&
      !/提交|提请|起诉|诉讼|refer|submit|settled|resolved/i.test(text)
    )
      continue;
    const chinese = line.language === "zh";
    const arbitrated = chinese
      ? ARBITRATION_ZH.exec(text)
      : /arbitrat/i.test(text)
        ? (ARBITRATION_EN.exec(text) ?? ACRONYM.exec(text))
        : null;
    const sued = chinese
      ? COURT_ZH.exec(text)
      : /court/i.test(text) &&
          !/Court of (?:International )?Arbitration/.test(text) &&
          /jurisdiction|venue|proceedings|lawsuits?|litigat|submit|brought|resolved|settled|heard|decided?|disputes?/i.test(
            text,
          )
        ? COURT_EN.exec(text)
        : /\b(?:place|seat) of jurisdiction\b[^.;]{0,20}?\b(?:is|shall be|are)\s+([A-Z][\w ,]{2,40}?)(?=[.;]|$)/.exec(
            text,
          );
    for (const [kind, hit] of [
      ["arbitration", arbitrated],
      ["court", sued],
    ] as const) {
      // A form's line that nobody filled in, and its choice that was not made, name nobody.
      if (
        !hit?.[1] ||
        /_|^(?:[\s/]|×)*(?:仲裁委员会|人民法院|法院|第?一审(?:管辖)?法院|管辖法院)$/.test(hit[1]) ||
        isUnchosen(sentences, index)
      )
        continue;
      const name = hit[1].replace(/^(?:有权|依法)/, "");
      const place = captured(reading, sentence, hit, name);
      notes.found("law.forum.kind", kind, place, written);
      notes.found(`law.forum.seat.${line.language}`, tidy(place.text).replace(/^the /, ""), place, written);
    }
  }
  const kind = both("say whether disputes go to a court or to arbitration", "请选择争议由法院还是仲裁机构处理");
  notes.missing("law.forum.kind", kind);
  for (const language of ["zh", "en"] as const) {
    const own = source.languages.includes(language);
    const to = (en: string, zh: string) =>
      own ? both(`write ${en}`, `请填写${zh}`) : both(`translate ${en}`, `请翻译${zh}`);
    notes.missing(`law.governing.${language}`, to("the governing law", "适用法律"));
    notes.missing(`law.forum.seat.${language}`, to("the court or institution", "受理法院或仲裁机构"));
  }
}

/** 按以下第__2__种方式处理 */
const CHOSEN =
  /第[_\s(]*([一二三12345])[_\s)]*(?:种|项)[^。;]{0,12}|\b(?:option|alternative)\s*[_(]*\s*([1-3A-C])\b|[(]\s*([1-3])\s*[)]\s*种方式/i;
const CHOICE = /^\s*[(]?\s*([一二三\d]|[A-C])\s*[)、.]/;

/** Whether a sentence stands in a list of choices, of which the contract chose another. */
function isUnchosen(sentences: readonly Sentence[], index: number): boolean {
  const line = sentences[index]?.line;
  const own = line && CHOICE.exec(line.text)?.[1];
  if (!line || !own) return false;
  for (let at = index - 1; at >= 0 && at > index - 12; at--) {
    const { text } = sentences[at] ?? { text: "" };
    const match = /方式|option|alternative/i.test(text) ? CHOSEN.exec(text) : null;
    const chosen = match?.slice(1).find(Boolean);
    if (chosen) return ordinalOf(chosen) !== ordinalOf(own);
  }
  return false;
}

export function cap(reading: Reading) {
  const { notes, sentences, milestones } = reading;
  for (const sentence of sentences) {
    const { text } = sentence;
    const capped =
      /(?:责任|赔偿)[^。;]{0,50}(?:不超过|不得超过|不高于|不大于|上限|以[^。;]{0,24}为限|限于|最高|封顶)|liabilit[^.;]{0,220}(?:exceed|limited to|capped|cap\b|at most|no more than|be more than|no greater than)|(?:maximum|aggregate|total)[^.;]{0,30}liabilit[^.;]{0,40}\bis\b|\b(?:neither|no) (?:side|party)\b[^.;]{0,40}\bmore than\b|\bnot be liable\b[^.;]{0,60}(?:in excess of|more than|beyond)|^\s*(?:责任上限|赔偿上限|责任限额|赔偿限额|(?:total |aggregate |maximum )?liability(?: cap| limit)?[^:]{0,24}):|\bliable for (?:no )?more than|\b(?:neither|none) of (?:us|the parties)\b[^.;]{0,60}\b(?:more than|exceed)|\b(?:owe|pay)\b[^.;]{0,24}\b(?:no|not|never) more than\b[^.;]{0,60}\bin total\b/i.exec(
        text,
      );
    if (!capped || /违约金总额|滞纳金|penalt(?:y|ies) (?:shall|may)/i.test(text)) continue;
    const rest = text.slice(capped.index);
    const [sum, ...more] = sums(rest);
    const [share, ...others] = shares(rest);
    const place = at(reading, sentence, capped.index, text.length);
    const total = milestones.total?.value.units;
    const whole =
      /合同(?:总)?(?:价款?|金额|额)|总价|总金额|总费用|全部费用|总报酬|total (?:contract )?(?:price|fees?|amount|value|sum)|contract (?:price|sum|value)|fees? (?:paid|payable)|price/i.test(
        rest,
      );
    // A share beside its amount says it twice.
    const twice =
      share?.bps === undefined || total === undefined || (total * BigInt(share.bps)) / 10_000n === sum?.units;
    if (sum?.units !== undefined && sum.agree && more.length === 0 && others.length === 0 && twice) {
      notes.found(
        "law.liabilityCap",
        format(sum.units),
        at(reading, sentence, capped.index + sum.start, capped.index + sum.end),
        written,
      );
    } else if (
      !sum &&
      whole &&
      total !== undefined &&
      others.length === 0 &&
      (!share || share.bps !== undefined) &&
      !/actually paid|实际(?:支付|收取)|已(?:支付|收取|付)|months|个月/i.test(rest)
    ) {
      const units = (total * BigInt(share?.bps ?? Share.WHOLE)) / 10_000n;
      notes.found("law.liabilityCap", format(units), place, both("worked out from the total", "按总价计算"));
    } else {
      notes.gap(
        "law.liabilityCap",
        both("the cap is no fixed amount: write one", "责任上限不是确定金额：请填写金额"),
        place,
      );
    }
  }
  notes.missing("law.liabilityCap", both("write the most that either side owes", "请填写责任上限金额"));
}

export function prevails(reading: Reading) {
  const { notes, sentences } = reading;
  for (const sentence of sentences) {
    const { text } = sentence;
    const match =
      /(中文|英文|汉语|英语)(?:文本|版本|版|本|合同|条款)*\s*(?:的?内容)?(?:为准|优先|具有优先)/.exec(text) ??
      /\b(Chinese|English)(?:[- ]language)?\s+(?:version|text|language|original)?(?:(?!Chinese|English)[^.;]){0,40}?\b(?:prevail|govern|control|takes? precedence|(?:shall be|is) (?:binding|decisive|authoritative))/i.exec(
        text,
      );
    if (!match?.[1]) continue;
    notes.found(
      "text.prevails",
      /中|汉|chinese/i.test(match[1]) ? "zh" : "en",
      captured(reading, sentence, match, match[1]),
      written,
    );
  }
  notes.missing("text.prevails", both("say which language prevails: en or zh", "请选择以何种语言为准：en 或 zh"));
}

const PLATFORM_FEE =
  /平台(?:服务|使用|技术|手续)?费|平台手续费|平台[^,。;]{0,24}(?:收取|扣除|扣收|提取)[^,。;]{0,24}(?:费|佣金)|(?:托管|支付)(?:平台|服务|机构|方)[^。;]{0,24}(?:收取|扣除|扣收)[^。;]{0,12}%|platform(?:'s)? (?:service )?(?:fee|charge)|\bescrow (?:service|agent|provider|platform)\b[^.;]{0,30}\b(?:charges?|retains?|deducts?|takes|keeps)\b|\bplatform\b[^,.;]{0,24}\b(?:retains?|charges?|deducts?|takes|keeps)\b[^,.;]{0,24}\b(?:fee|commission)/i;

export function platformFee(reading: Reading) {
  const { notes, sentences } = reading;
  for (const [index, sentence] of sentences.entries()) {
    if (!PLATFORM_FEE.test(sentence.text)) continue;
    const { cell, block } = sentence.line;
    const next = sentences[index + 1];
    // A label in a table has its value beside it.
    const beside = cell && next?.line.block === block && next.line.cell?.row === cell.row ? next : undefined;
    const stated = shares(sentence.text).length === 0 && beside ? beside : sentence;
    // A heading names the fee and does not state it.
    if (stated === sentence && !/[%。;.]\s*$|\d\s*%|百分|成|\bper ?cent/i.test(sentence.text)) continue;
    const [share, ...more] = shares(stated.text);
    const place = share && at(reading, stated, share.start, share.end);
    if (share?.bps !== undefined && place && more.length === 0)
      notes.found("fees.platform", Share.format(share.bps), place, written);
    else
      notes.gap(
        "fees.platform",
        both("write the platform fee as a share", "请以百分比填写平台费"),
        at(reading, sentence, 0, sentence.text.length),
      );
  }
  notes.missing("fees.platform", both("write the platform fee, 0 % for none", "请填写平台费，无则为 0 %"));
}
