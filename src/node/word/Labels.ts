/** The words that label a party and what is said of it, as lines and cells write them. */

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

export const ROLES_ZH =
  "甲方|乙方|丙方|丁方|委托方|委托人|委托单位|发包方|发包人|定作方|定作人|采购方|采购人|采购单位|购买方|买方|需方|客户方|客户|受托方|受托人|承包方|承包人|承揽方|承揽人|开发方|研发方|研究开发方|服务提供方|服务提供商|服务方|服务商|供应商|供应方|供货方|供方|卖方|销售方";
export const ROLES_EN =
  "Party A|Party B|Party C|Commissioning Party|Client|Customer|Buyer|Purchaser|Principal|Employer|Company|Service Provider|Provider|Contractor|Supplier|Developer|Vendor|Consultant|Seller|Agency|Freelancer";

const ATTRIBUTES: readonly (readonly [Attribute, string])[] = [
  [
    "registration",
    "统一社会信用代码(?:证号)?|社会信用代码|信用代码|营业执照(?:注册)?号码?|工商注册号|公司注册号|公司编号|商业登记号码?|注册编号|注册号码?|登记号码?|登记证号",
  ],
  ["taxNumber", "纳税人识别号|税务登记号|纳税号|税号"],
  ["signatory", "法定代表人\\s*(?:\\(?或|/|、)\\s*(?:其)?(?:授权代表人?|授权代理人|委托代理人|授权签字人)\\)?"],
  ["legal", "法定代表人(?:\\(负责人\\)|/负责人|或负责人)?|法人代表|经营者|执行事务合伙人|执行董事|董事长|董事|总经理"],
  ["signatory", "授权签字人|授权签署人|授权代表人?|签约代表|签署代表|委托代理人|签署人|签字人|签约人|代表人|代表"],
  ["person", "姓名"],
  ["authority", "职务|职位|职衔"],
  ["name", "公司名称|单位名称|企业名称|法定名称|名称|全称"],
  [
    "other",
    "住所地?|注册资金|注册资本|注册地址|通讯地址|通信地址|办公地址|联系地址|地址|项目联系人|项目负责人|项目经理|联系人|联系方式|联系电话|电话|传真|手机|电子邮箱|电子邮件|邮箱|邮编|开户银行|开户行及账号|开户行|开户名|户名|银行账号|账号|签订日期|签署日期|签约日期|签订地点|签约地点|日期|盖章|签章|签字|身份证号码?|微信",
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
  ["authority", "Job title|Title|Position|Capacity"],
  ["by", "By|Signature"],
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

const ROLES = `${spaced(ROLES_ZH)}|${ROLES_EN}`;
const LABELS = spaced(ATTRIBUTES.map(([, labels]) => labels).join("|"));
const LABEL = `(?:(${ROLES})|(${LABELS}))`;
const BRACKETS = `(?:\\s{0,4}(?:\\([^()]{1,40}\\)|/\\s{0,4}(?:${ROLES_ZH}|${ROLES_EN}|[A-Za-z][A-Za-z .']{2,30}|[\\p{Script=Han}]{2,10})))*`;
/** The same label in the other language, without a stroke between. */
const OTHER_LANGUAGE = `(?:(?<=[\\p{Script=Han})])\\s{1,4}[A-Za-z][A-Za-z .']{1,40}|(?<=[A-Za-z.)])\\s{1,4}(?:${ROLES}|${LABELS}))?`;
/** "买方授权代表：" names the party before the label. */
const OWNED = `(?:(${ROLES_ZH}|${ROLES_EN})(?:的|'s)?\\s{0,4}(?=${LABELS}))?`;
/** A colon, or for a number without one the number itself, and for a signatory the name. */
const ENDS =
  "(?:\\s{0,4}(?:is|为)?\\s{0,4}:|(?<=\\b(?:no\\.?|nr\\.?|number|EIN|UEN|ABN|ID))\\s{1,4}(?=[A-Z]{0,4}[ -]?\\d)|(?<=^\\s*(?:signed|represented) by)\\s{1,4}(?=\\p{L}+ \\p{L}))";

/** Groups: the party before the label, the role, the attribute, what stands in brackets. */
export const IN_LINE = new RegExp(`(?<![\\p{L}\\p{N}])(?:the )?"?${OWNED}${LABEL}"?(${BRACKETS})${ENDS}`, "giu");
/** Groups: the role, the attribute, what stands in brackets. */
export const IN_CELL = new RegExp(
  `^[\\s\\d.、()]{0,8}(?:the )?"?${LABEL}"?(?:名称)?(${BRACKETS}${OTHER_LANGUAGE})\\s{0,4}:?\\s*$`,
  "iu",
);
/** Whose signature follows. */
export const BEHALF = new RegExp(
  `(?:for and on behalf of|on behalf of|^\\s*(?:signed |executed )?(?:for|by))\\s+(?:the )?"?(${ROLES_EN})\\b`,
  "i",
);
