/** The words that label a party and what is said of it, as lines and cells write them. */
import { ofWords } from "./Roles.ts";

export type Attribute =
  | "name"
  | "registration"
  | "taxNumber"
  | "signatory"
  | "legal"
  | "person"
  | "authority"
  | "by"
  | "other";

/** Word users align labels with spaces between their characters (甲　方). */
const spaced = (words: string): string => words.replace(/(\p{Script=Han})(?=\p{Script=Han})/gu, "$1 {0,4}");

const ATTRIBUTES: readonly (readonly [Attribute, string])[] = [
  [
    "registration",
    "统一社会信用代码(?:证号)?|社会信用代码|信用代码|营业执照(?:注册)?号码?|工商注册号|公司注册号|公司编号|商业登记号码?|注册编号|注册号码?|登记号码?|登记证号|组织机构代码|机构代码|社会统一信用代码|统一编号",
  ],
  ["taxNumber", "纳税人识别号|税务登记号|纳税号|税号"],
  ["signatory", "法定代表人\\s*(?:\\(?或|/|、)\\s*(?:其)?(?:授权代表人?|授权代理人|委托代理人|授权签字人)\\)?"],
  [
    "legal",
    "法定代表人(?:\\(负责人\\)|/负责人|或负责人)?|法人代表|经营者|投资人|负责人|执行事务合伙人|执行董事|董事长|董事|总经理",
  ],
  [
    "signatory",
    "(?:签署人|签字人|代表人?)(?:及|和|/|、)(?:其)?职务|签字代表|(?:授权)?代表人?(?:签字|签名|签章)|经办人?|经手人|授权签字人|授权签署人|授权代表人?|签约代表|签署代表|委托代理人|签署人|签字人|签约人|代表人|代表",
  ],
  ["person", "姓名"],
  ["authority", "职务|职位|职衔"],
  ["name", "公司名称|单位名称|企业名称|法定名称|名称|全称"],
  [
    "other",
    "住所地?|注册资金|注册资本|注册地址|通讯地址|通信地址|办公地址|联系地址|地址|项目联系人|项目负责人|项目经理|联系人|联系方式|联系电话|电话|传真|手机|电子邮箱|电子邮件|邮箱|邮编|开户银行|开户行及账号|开户行|开户名|户名|银行账号|账号|签订日期|签署日期|签约日期|签订地点|签约地点|日期|盖章|签章|身份证号码?|微信",
  ],
  [
    "taxNumber",
    "(?:Federal )?Tax(?:payer)? (?:identification|ID|registration)?\\s*(?:no\\.?|number|code)?|(?:VAT|GST) (?:registration |identification )?(?:ID|no\\.?|number)|EIN|TIN|NIP|USt-?IdNr\\.?|Federal (?:ID|EIN)(?: no\\.?| number)?",
  ],
  [
    "registration",
    "(?:Company|Business|Commercial|Trade|Corporate|Entity)? ?(?:registration|register|registered|registry) (?:ID|no\\.?|number|code)|(?:Company|Business|Entity|Corporate|Organi[sz]ation) (?:ID|no\\.?|number)|Unified Social Credit Code|USCC|UEN|CRN|ABN|ACN|SIRE[NT]|(?:CVR|KvK|HRB|CHE|Org\\.?)(?: ?-? ?(?:no\\.?|nr\\.?|number))?",
  ],
  [
    "legal",
    "Legal representative|Managing director|Director|Chief Executive(?: Officer)?|CEO|President|General manager|Managing (?:partner|member)|Sole (?:proprietor|member|director)|Owner|Proprietor",
  ],
  ["signatory", "Authori[sz]ed (?:signatory|signer|representative)|Signatory|Represented by|Signed by|Representative"],
  ["name", "Company name|Legal name|Full legal name|Registered name|Full name"],
  ["person", "Print(?:ed)? name|Name"],
  ["authority", "Job title|Title|Position|Capacity|Role|Its"],
  ["by", "By|Signature|签字|签名"],
  [
    "other",
    "Registered (?:office|address)|State of (?:organi[sz]ation|incorporation)|Principal (?:office|place of business)|Address|Contact(?: person)?|E-?mail|Telephone|Tel|Phone|Fax|Date|Country|Bank|Account(?: no\\.?| number)?|Attention|Place",
  ],
];

const BY_LABEL = ATTRIBUTES.map(([attribute, labels]) => [attribute, new RegExp(`^(?:${labels})$`, "i")] as const);

export const plainLabel = (label: string): string =>
  label.replace(/(?<=\p{Script=Han}) +(?=\p{Script=Han})/gu, "").trim();

export function attributeOf(label: string): Attribute {
  const plain = plainLabel(label);
  return BY_LABEL.find(([, pattern]) => pattern.test(plain))?.[0] ?? "other";
}

const LABELS = spaced(ATTRIBUTES.map(([, labels]) => labels).join("|"));
/** A colon, or for a number without one the number itself, and for a signatory the name. */
const ENDS =
  "(?:\\s{0,4}(?:is|为)?\\s{0,4}:|(?<=\\b(?:no\\.?|nr\\.?|number|EIN|UEN|ABN|ID))\\s{1,4}(?=[A-Z]{0,4}[ -]?\\d)|(?<=^\\s*(?:signed|represented) by)\\s{1,4}(?=\\p{L}+ \\p{L}))";

/** How the words of a contract label its parties. */
export const labelsOf = ofWords(({ zh, en }) => {
  const roles = `${spaced(zh)}|${en}`;
  const label = `(?:(${roles})|(${LABELS}))`;
  const brackets = `(?:\\s{0,4}(?:\\([^()]{1,40}\\)|/\\s{0,4}(?:${zh}|${en}|[A-Za-z][A-Za-z .']{2,30}|[\\p{Script=Han}]{2,10})))*`;
  /** The same label in the other language, without a stroke between. */
  const other = `(?:(?<=[\\p{Script=Han})])\\s{1,4}[A-Za-z][A-Za-z .']{1,40}|(?<=[A-Za-z.)])\\s{1,4}(?:${roles}|${LABELS}))?`;
  /** "买方授权代表：" names the party before the label. */
  const owned = `(?:(${zh}|${en})(?:的|'s)?\\s{0,4}(?=${LABELS}))?`;
  return {
    /** Groups: the party before the label, the role, the attribute, what stands in brackets. */
    inLine: new RegExp(`(?<![\\p{L}\\p{N}])(?:the )?"?${owned}${label}"?\\)?(${brackets})${ENDS}`, "giu"),
    /** Groups: the role, the attribute, what stands in brackets. */
    inCell: new RegExp(`^[\\s\\d.、()]{0,8}(?:the )?"?${label}"?(?:名称)?(${brackets}${other})\\s{0,4}:?\\s*$`, "iu"),
    /** Whose signature follows. */
    behalf: new RegExp(
      `(?:for and on behalf of|on behalf of|^\\s*(?:signed |executed )?(?:for|by))\\s+(?:the )?"?(${en})\\b`,
      "i",
    ),
    /** "Signed by N, title, for and on behalf of P": groups 2 the signatory, 3 the party, 4 its role. */
    signedBehalf: new RegExp(
      `^(\\s*(?:signed|executed)(?: as a deed)? by\\s+)(\\p{L}[^:;]{3,90}?),?\\s+(?:(?:for and )?on behalf of|for)\\s+((?:the )?"?(${en})?\\b.{0,100})$`,
      "iu",
    ),
    /** 代表甲方签署：某某 — groups 1 the party, 2 the signatory. */
    behalfZh: new RegExp(`^\\s*代表\\s*(${zh})\\s*(?:签署|签字|签章)?(?:人)?\\s*:\\s*(\\S.{1,40})$`),
  };
});
