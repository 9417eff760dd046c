/** Who owns the work, from when, and what the provider keeps. */
import { both } from "../../agreement/InputError.ts";
import { ofWords } from "./Roles.ts";
import { at, captured, type Reading, written } from "./Sentences.ts";
import { tidy } from "./Source.ts";

const SUBJECT_ZH =
  "(?:知识产权|著作权|版权|专利申请权|专利权|所有权|工作成果|开发成果|项目成果|交付成果|阶段成果|交付物|源代码|源码|(?:软件|系统|程序|文档|数据|设计|成果|一切|全部|所有)的?(?:权利|权益))";
const patterns = ofWords(({ speakers: { zh, en } }) => ({
  owned: [
    // A cost is borne 由乙方 as well: there only the verb says that something is owned.
    new RegExp(
      `${SUBJECT_ZH}[^。;]{0,80}?(?:(?:归属于|归属|归于|归|属于|属(?=[^,。;]{2,12}所有)|转移至|转移给|转让给|转让予)\\s*|(?:由|为)\\s*(?=[^,。;]{2,16}(?:所有|享有|共有|拥有|取得|持有)))(双方|甲乙双方|${zh})(共同|共有)?(?:\\s*(?:和|与|及|、)\\s*(${zh}))?`,
    ),
    new RegExp(
      `\\b(?:intellectual property|(?:new |foreground |project )?IPRs?\\b|IP\\b|copyright|title|ownership|rights?|deliverables|work product|source code|software|materials|results|inventions|documentation)[^.;]{0,160}?\\b(?:belongs?(?: exclusively| solely| jointly)? to|vests?(?: exclusively| solely)? in|transfers? to|pass(?:es)? to|assign(?:s|ed)?(?: [^.;]{0,40}?)? to|(?:is|be|are) (?:solely |exclusively |jointly )?owned(?: solely| exclusively| jointly)? by|property of|remains? with|(?:is|are|be) vested in|vests? with|lies? with|rests? with|accrues? to)\\s+(?:the )?(?:both )?"?(parties|${en})\\b`,
      "i",
    ),
    new RegExp(
      `(双方|甲乙双方|${zh})(共同)?(?:享有|拥有|保留|取得|持有|是|为)[^。;,]{0,24}?(?:${SUBJECT_ZH}|(?:权利|所有|著作权)人)[^。;,]*`,
    ),
    new RegExp(`${SUBJECT_ZH}[^。;]{0,24}?(双方|甲乙双方)(各占|共有|共享|各享)`),
    new RegExp(
      `\\b(${en}|parties)"?\\s+(?:shall |will |jointly )*(?:own|owns|retain|hold)s?\\s+(?:all|the|any|full|ownership|title|copyright)[^.;]{0,60}?(?:intellectual property|rights|title|copyright|deliverables|work product|software|results|of)\\b`,
      "i",
    ),
    new RegExp(
      `\\bassigns?\\s+[^.;]{0,60}?\\b(?:rights?|title|copyright|intellectual property|ownership)\\b[^.;]{0,80}?\\s+to\\s+(?:the )?"?(${en})\\b`,
      "i",
    ),
    new RegExp(
      `\\b(${en}|parties)"?\\s+(?:shall |will )?(?:becomes?|is|are|be)\\s+(?:the )?(?:sole |exclusive |joint |legal )*owners?\\s+of\\b`,
      "i",
    ),
    new RegExp(
      `\\b(?:hereby )?assigns?\\s+to\\s+(?:the )?"?(${en})\\b[^.;]{0,100}(?:rights?|title|copyright|intellectual property)`,
      "i",
    ),
    /\b(?:rights?|copyright|ownership|title|IP|work|code|deliverables|results|materials|everything|piece|software)\b[^.;]{0,80}?\b(?:(?:is|are|becomes?|will be) (?:then )?(?=ours\b|yours\b)|(?:belongs?|pass(?:es)?|transfers?|goes|assign(?:ed)?(?: (?:it|them|these|this))?) to (?=us\b|you\b))(ours|yours|us|you)\b/i,
    new RegExp(
      `^\\s*(?:知识产权|著作权|成果|权利)(?:归属|的归属)?\\s*:\\s*(双方|${zh})(共同|共有)?(?:所有)?\\s*$|^\\s*(?:intellectual property|ownership|copyright)[\\w ]{0,20}:\\s*(?:the )?(parties|${en})\\s*$`,
      "i",
    ),
  ],
  second: new RegExp(`^"?\\s+and\\s+(?:the )?"?(${en})\\b(?!"?\\s+(?:shall|will|may|must|has))`, "i"),
  /** Who keeps what was there before. */
  keeps: new RegExp(
    `(?:归(?:属于?)?|属于|由)\\s*(${zh})|(?:remains? (?:with|the property of)|retained by|owned by|belongs? to|property of)\\s+(?:the )?(${en})|(${zh}|${en})[^.。;]{0,12}(?:保留|retains?|keeps?|(?:shall )?owns?)`,
    "i",
  ),
}));
const BACKGROUND =
  /原有|既有|背景|自有|此前|事先|第三方|通用组件|组件库|已有|\b(?:background|pre-?existing|existing|third[- ]part|prior|before the|independently|own tools)\b/i;

export function ip(reading: Reading) {
  const { notes, sides, sentences, source } = reading;
  const { owned, second: partner, keeps } = patterns(sides.words);
  for (const [index, sentence] of sentences.entries()) {
    const { text } = sentence;
    if (BACKGROUND.test(text)) {
      const keeper = keeps.exec(text)?.slice(1).find(Boolean);
      const lead =
        /^\s*(?:第.{1,4}条|\(?[\d.]{1,6}[).、]?\s|[(]?[一二三四五六七八九十]{1,3}[)、.]|Article \d+\s)\s*/.exec(
          text,
        )?.[0].length ?? 0;
      const place = at(reading, sentence, lead, text.replace(/[.。;]\s*$/, "").length);
      if (keeper && sides.of(keeper) === "provider" && place.text.length <= 400) {
        notes.found(`ip.background.${sentence.line.language}`, tidy(place.text), place, written);
      }
      continue;
    }
    const match = first(owned, text);
    if (!match?.[1]) continue;
    const second = match[3] ?? partner.exec(text.slice(match.index + match[0].length))?.[1];
    const joint = /双方|parties/i.test(match[1]) || match[2] || /\bjoint(?:ly)?\b/i.test(match[0]);
    const twice = second !== undefined && sides.of(second) !== sides.of(match[1]);
    const owner = joint || twice ? "both" : sides.of(match[1]);
    if (!owner) continue;
    if (/授权|许可|使用权|侵犯|侵权|licen[cs]|infring/i.test(match[0])) continue;
    notes.found("ip.owner", owner, captured(reading, sentence, match, match[1]), written);
    const next = sentences[index + 1];
    for (const each of [
      sentence,
      ...(next && next.line.index === sentence.line.index && /转移|归属|transfer|vest/i.test(next.text) ? [next] : []),
    ]) {
      const when = FROM.map(([from, pattern]) => [from, pattern.exec(each.text)] as const).filter(([, hit]) => hit);
      const [only] = when;
      if (only?.[1] && when.length === 1)
        notes.found("ip.from", only[0], captured(reading, each, only[1], only[1][0]), written);
      else if (when.length > 1) {
        notes.gap(
          "ip.from",
          both("two moments are named: choose signing, delivery or payment", "涉及两个时点：请选择签署、交付或付款"),
          at(reading, each, 0, each.text.length),
        );
      }
    }
  }
  notes.missing(
    "ip.owner",
    both("say who owns the work: client, provider or both", "请选择成果归属：甲方、乙方或双方"),
  );
  notes.missing("ip.from", both("say from when: signing, delivery or payment", "请选择权属转移时点：签署、交付或付款"));
  notes.missing(
    "ip.certificate",
    both("say whether payment issues a title certificate", "请选择付款时是否出具权属证书"),
  );
  for (const language of ["zh", "en"] as const) {
    const own = source.languages.includes(language);
    const what = own
      ? both("write what the provider keeps", "请填写乙方保留的内容")
      : both("translate what the provider keeps", "请翻译乙方保留的内容");
    notes.missing(`ip.background.${language}`, what);
  }
}

function first(patterns: readonly RegExp[], text: string): RegExpExecArray | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match) return match;
  }
  return undefined;
}

const FROM: readonly (readonly ["signing" | "delivery" | "payment", RegExp])[] = [
  [
    "payment",
    /(?:付清|支付(?:完毕|完成|全部)|全额(?:支付|付款)|结清|付款(?:完成|后|之日)|支付[^,。;]{0,20}(?:款项?|价款|费用|金额)(?:之日|之时|后|时)|款项[^,。;]{0,8}(?:支付|到账)[^,。;]{0,6}(?:后|之日|时))|\b(?:upon|on|after|against|subject to|following|once|when|as soon as|from|until)\b[^.;,]{0,60}\bpa(?:yment|id|ys)\b/i,
  ],
  [
    "delivery",
    /(?:自|于|在)?[^,。;验]{0,12}交付(?:之日|时|后|完成)|\b(?:upon|on|from|at|after|when|once|as soon as)\b[^.;,]{0,24}\bdeliver(?:y|ed)\b/i,
  ],
  [
    "signing",
    /(?:签订|签署|签字)(?:之日|时|后|起)|\b(?:upon|on|from|at)\b[^.;,]{0,24}\b(?:sign(?:ing|ature)|execution)\b/i,
  ],
];
