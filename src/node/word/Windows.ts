/** Review and cure periods. */
import { both } from "../../agreement/InputError.ts";
import { type Period, periods } from "./Dates.ts";
import { ofWords, type Sides, type Words } from "./Roles.ts";
import { at, onlyMilestone, type Reading, type Sentence, written } from "./Sentences.ts";

type Act = "review" | "cure" | "other";
const ACTS_ZH: readonly (readonly [Act, RegExp])[] = [
  ["other", /支付|付款|付清|结清|退还|开具|通知|解除|终止|保密|维护|质保|保修|赔偿|响应|起诉|协商|仲裁|签署|签订|生效/],
  [
    "cure",
    /整改|修改|修复|补正|改正|改好|完善|返工|修正|更正|重新提交|重新交付|再次提交|重做|纠正|消除|修好|补充|更换|调整|排除|解决|补救/,
  ],
  [
    "review",
    /验收|审核|审查|检验|检查|评审|考核|评估|鉴定|验证|核验|查验|审阅|审定|接受|拒绝|认可|批准|复核|测试|试用|异议|确认|反馈|答复|回复|意见/,
  ],
];
const ACTS_EN: readonly (readonly [Act, RegExp])[] = [
  [
    "other",
    /\b(?:pay|pays|paid|payment|invoice|reimburse|terminate|notify|notice of|warrant|maintain|support|refund|return|respond to|negotiate|commence)/i,
  ],
  [
    "cure",
    /\b(?:correct|cure|remed|rectif|fix|put (?:it |them )?right|mend|amend|revise|re-?submit|repair|re-?perform|re-?deliver|re-?work|make (?:it |them )?good|resolv|replac|adjust)/i,
  ],
  [
    "review",
    /\b(?:try (?:it |them |this |that )?out|look (?:it |them |this )?over|check (?:it |them )?over|review|inspect|accept|evaluat|examin|test|approv|reject|check|verif|refus|confirm|sign(?:s|ed)? off)/i,
  ],
];
const NO_WINDOW =
  /质保|保修|缺陷责任|维护期|试运行|违约|逾期|解除|不可抗力|保密|破产|争议|\b(?:warrant|breach|terminat|confidential|insolven|force majeure|defects? liability|dispute|late\b|delay)/i;

/** Review and cure: one period for all milestones. */
export function windows(reading: Reading) {
  const { notes, milestones, sentences, sides } = reading;
  for (const sentence of sentences) {
    if (sentence.line.cell && sentence.text.length < 12) continue;
    for (const period of periods(sentence.text)) {
      const act = actOf(sentence, period, sides);
      if (act === "other") continue;
      const place = at(reading, sentence, period.start, period.end);
      const only = onlyMilestone(sentence.text, milestones) ?? milestones.ownerOf(sentence.line);
      for (let index = 0; index < milestones.count; index++) {
        if (only !== undefined && only !== index) continue;
        const field = `milestones[${index}].${act}`;
        if (period.length) notes.found(field, period.length, place, written);
        else if (period.why) notes.gap(field, period.why, place);
      }
    }
  }
  for (let index = 0; index < milestones.count; index++) {
    notes.missing(
      `milestones[${index}].review`,
      both("write how long the client has to answer a delivery", "请填写甲方答复交付的期限"),
    );
    notes.missing(
      `milestones[${index}].cure`,
      both("write how long the provider has to mend what was rejected", "请填写乙方补正的期限"),
    );
  }
}

/** Whose deed the period bounds: what follows it in Chinese, what the modal before it governs in English. */
function actOf({ text, line }: Sentence, { start, end }: Period, sides: Sides): Act {
  const { words } = sides;
  if (line.language === "zh") {
    const [before, after] = [text.slice(Math.max(0, start - 30), start), text.slice(end, end + 34)];
    // Either party answers the other's letters, and a criterion says how long a test runs.
    if (/(?:一方|各方|双方|对方)[^,。;]{0,8}$/.test(before) || JUDGED.test(text.slice(0, start))) return "other";
    // Not to object is to accept: "逾期10日未提出异议的".
    if (/^\s*(?:内|仍)?\s*未(?:书面)?(?:提出|答复|验收|反馈|确认|回复)/.test(after))
      return /异议|意见|答复|验收|反馈|确认|回复/.test(after) ? "review" : "other";
    if (SIGNED_ZH.test(before) || /(?:质保|保修|质量保证|维护|维保|服务期)期?[^,。;]{0,4}$/.test(before))
      return "other";
    if (/(?:超过|逾期|迟延|延迟|延期|每)\s*$/.test(before) || /^\s*(?:以上|前)/.test(after)) return "other";
    if (/(?:验收期限?|审核期限?|验收时间|验收周期)[^,。;]{0,24}$/.test(before)) return "review";
    if (/(?:整改期限?|补正期限?|修改期限?|修复期限?)[^,。;]{0,24}$/.test(before)) return "cure";
    if (NO_WINDOW.test(text.replace(/逾期(?=未|不|没有|视为|即视)/g, "")) && !/验收|整改|补正/.test(after))
      return "other";
    const hit = earliest(after, ACTS_ZH);
    const actor = actorsZh(sides.words).exec(text.slice(0, start))?.[1];
    // The client answers a delivery, and the provider mends it.
    if (actor && hit && sides.of(actor) === (hit === "review" ? "provider" : "client")) return "other";
    if (hit === "review" && !/^[^。;]{0,6}内|^\s*[,的]/.test(after)) return "other";
    return hit ?? "other";
  }
  const before = text.slice(0, start);
  if (/(?:more than|exceed(?:s|ing)?|over|each|every|late by)\s*$/i.test(before)) return "other";
  // "a two-week pilot"
  if (/^[\s-]*(?:pilot|trial|test(?:ing)?\b|run\b|warranty|sprint|support|training|consecutive)/i.test(text.slice(end)))
    return "other";
  // "with 14 days' notice" ends a contract.
  if (/^\s*'?s?\s*(?:prior |advance |written )*notice\b/i.test(text.slice(end))) return "other";
  // What is payable within a period, and may be invoiced after acceptance, is no review.
  if (/\b(?:payable|paid|pays?|payment)\b[^.;,]{0,24}$/i.test(before)) return "other";
  const label =
    /\b(review|acceptance|inspection|evaluation|cure|correction|rectification|remedy)\s+(?:period|window|time)\b[^.;]{0,40}$/i.exec(
      before,
    );
  if (label) return /cure|correct|rectif|remed/i.test(label[1] ?? "") ? "cure" : "review";
  if (NO_WINDOW.test(text) || GUARANTEED.test(before) || SIGNED_EN.test(text.slice(end))) return "other";
  // "two days of training" are what is given, not by when.
  if (/^\s*of\b/i.test(text.slice(end)) && !/\b(?:within|in|inside)\b[^.;,]{0,30}$/i.test(before)) return "other";
  const act = deedOf(text, start, end, words);
  return act === "cure" && ACCEPTED.test(text.slice(end)) ? "other" : act;
}

/** Who has to act: the last party that a duty or a right follows. */
const actorsZh = ofWords(
  ({ speakers: { zh } }) =>
    new RegExp(
      `^.*(?<!收到|接到|向|对|给|通知|经|由)(${zh})(?=\\s*(?:应|须|需|将|可|有权|在|于|自|必须|收到|接到|有|对))`,
    ),
);
/** What is due after signing is no answer to a delivery. */
const SIGNED_ZH = /(?:签订|签署|生效|订立|签字)[^,。;]{0,6}$/;
const SIGNED_EN = /^\s*(?:of|after|from|following)\b[^.;,]{0,24}\b(?:sign|execution|effective date|commencement)/i;
/** What is judged, before the colon of a criterion. */
const JUDGED = /(?:验收标准|验收要求|通过标准)\s*(?:为|是|:)[^。;]*$/;
/** Defects that come to light later are mended under the warranty; so are those that are counted from acceptance. */
const GUARANTEED =
  /\b(?:defects?|errors?|faults?|bugs?)\b[^.;,]{0,30}\b(?:reported|notified|discovered|found|identified|detected|aris\w+|appear\w*|occur\w*)\b[^.;,]{0,40}$/i;
const ACCEPTED =
  /^[^.;,]{0,60}\b(?<!\bnot\s)(?:acceptance|accepted|go-live|launch)\b(?![^.;,]{0,20}\b(?:refus|reject|den(?:y|ied)|fail|test|criteri))/i;

/** Whose deed an English sentence says. */
function deedOf(text: string, start: number, end: number, words: Words): Act {
  const before = text.slice(0, start);
  const modals = [...text.matchAll(/\b(?:shall|must|will|has|have|may|agrees to|is to|undertakes to)\b|'ll\b/gi)];
  const modal =
    modals.filter((match) => match.index < start).at(-1) ??
    /\b(?:does not|do not|fails? to)\b/i.exec(before) ??
    modals.find((match) => match.index >= end);
  if (!modal) {
    // "The Client accepts within …", "within … the Client accepts": a duty in the present tense.
    const duty = present(words).exec(before);
    if (duty) return earliest(text.slice(duty.index + duty[0].length - 1), ACTS_EN) ?? "other";
    const after = /^[^,;.]{0,100}/.exec(text.slice(end))?.[0] ?? "";
    // "Please let us know within … whether you accept it"
    if (/\b(?:please|kindly)\b/i.test(before))
      return earliest(text.slice(before.search(/\b(?:please|kindly)\b/i)), ACTS_EN) ?? "other";
    // "within 30 days after the Client accepts" counts from what the Client does.
    const later = FROM_EVENT.test(after) && present(words).test(after.slice(0, 40)) ? null : present(words).exec(after);
    if (later) return earliest(after.slice(later.index + later[0].length - 1), ACTS_EN) ?? "other";
    const passive = SUFFERED.exec(before);
    return passive && !MONEY_EN.test(before) ? (earliest(passive[0], ACTS_EN) ?? "other") : "other";
  }
  const deed = text.slice(modal.index, modal.index + 120);
  const act = earliest(deed, ACTS_EN);
  if (act) return act;
  // "Acceptance testing by the Client shall be completed within …"
  const subject = /[^,;.]*$/.exec(text.slice(0, modal.index))?.[0] ?? "";
  return /\bbe (?:completed|carried out|done|finished|concluded|performed)\b/i.test(deed)
    ? (earliest(subject, ACTS_EN) ?? "other")
    : "other";
}

const FROM_EVENT = /^\s*(?:after|of|from|following)\s+(?:the\s+)?\p{Lu}/u;
const present = ofWords(
  ({ speakers: { en } }) => new RegExp(`(?:^|[,;:]|\\b(?:then|and|the))\\s{0,4}"?(?:${en})"?\\s+(?=[a-z]+s\\b)`, "i"),
);

/** "is reviewed by the Client within", "acceptance takes place within" */
const SUFFERED =
  /\b(?:(?:is|are)\s+(?:to be\s+)?[a-z-]+ed(?:\s+by\s[^,;.]{1,40})?|(?:acceptance|review|inspection)\b[^,;.]{0,50}?\b(?:takes place|follows|happens|occurs))\s+(?:within|in|no later than)\s*$/i;
const MONEY_EN = /\b(?:invoices?|fees?|expenses?|payments?|costs?|changes?|deposit)\b/i;

/** To say that it is accepted or what is wrong with it is to review it. */
const TELLS =
  /\b(?:notif(?:y|ies)|notices?|inform|tell|let|respond|advise)\b(?=[^.;]{0,60}\b(?:accept|reject|defect|deficien|non-?conform|refus|approv|whether|what(?:'s| is) wrong))|通知(?=[^。;]{0,12}(?:验收|缺陷|异议|结果|意见))/gi;

function earliest(said: string, acts: readonly (readonly [Act, RegExp])[]): Act | undefined {
  const text = said.replace(TELLS, (word) => (word === "通知" ? "验收" : "accept"));
  const hits = acts
    .map(([act, pattern]) => ({ act, index: pattern.exec(text)?.index ?? Number.POSITIVE_INFINITY }))
    .filter(({ index }) => Number.isFinite(index));
  return hits.sort((a, b) => a.index - b.index)[0]?.act;
}
