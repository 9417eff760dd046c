/** What the name of a firm looks like, and what is no name. */

export const SUFFIX =
  "(?:INC|LTD|LIMITED|CORP|CORPORATION|Inc|LLC|L\\.L\\.C|Ltd|Limited|LLP|LP|L\\.P|Corp|Corporation|Co|Company|PLC|S\\.A|S\\.A\\.S|AG|GmbH|Pte|Pty|B\\.V|S\\.r\\.l|N\\.V|ApS|A\\/S|s\\.r\\.o|a\\.s|AB|AS|Oy|SE|KG|SpA|S\\.p\\.A|Designated Activity Company)\\b";

/** Bodies without a legal form in their name. */
export const BODY =
  "(?:Trust|Foundation|Authority|University|Council|Society|Association|Institute|Museums?|College|Hospital|Bank|Group|Cooperative|Department|Ministry|Agency|Charity|Library|Club|Studios?|Hospice|Clinic|Church|School|Centre|Union|Commission|Federation|Partnership)\\b";

export const FIRM_ZH =
  "公司|工作室|事务所|中心|集团|商行|大学|学院|学校|中学|小学|研究院|研究所|医院|银行|协会|基金会|博物馆|图书馆|合伙企业|合作社|门诊部|有限合伙\\)";
const FIRM = new RegExp(
  `(?:${FIRM_ZH}|厂|店|局|委员会)(?:$|[\\s,;(\\n])|(?:公司|集团)|\\b${BODY}|\\b(?:Inc|LLC|Ltd|Limited|LLP|Corp|Corporation|Company|PLC|GmbH|Pte|Pty|Labs?|Partners|Holdings|Systems|Technolog(?:y|ies)|Software|Solutions|Consulting)\\b`,
  "iu",
);
/** Legal forms that are words as well when written small. */
const FORM =
  /[\p{L}\d&.)] (?:B\.?V|S\.?A|S\.?A\.?S|S\.?p\.?A|S\.?r\.?l|AG|AB|AS|Oy|Oyj|ApS|A\/S|KG|SE|N\.?V|s\.r\.o|a\.s|LP|L\.P|d\.o\.o|Kft|Lda|Ltda|S\.L)\.?(?=$|[\s,;)])/u;

export const looksLikeFirm = (text: string): boolean => FIRM.test(text) || FORM.test(text);

/** Lines to write on, and no more. */
export const blank = (text: string): boolean =>
  text.replace(/[_\s.…\-/[\]]|\(?(?:盖章|签字|签章|公章|签名|seal|signature)\)?/gi, "") === "";

export function isName(text: string): boolean {
  return (
    text.length >= 2 &&
    text.length <= 150 &&
    !blank(text) &&
    !/^[\p{Script=Han}]{1,6}(?:单位|方|人)$/u.test(text) &&
    !/_{2,}|。|以下简称|应当|应于|应在|负责|支付|\b(?:shall|will|must|may|agrees?)\b|\bentered into\b|\bis made\b|\bThis (?:Agreement|Contract|Statement)\b|\?/.test(
      text,
    )
  );
}
