/** Labels with their values: "甲方：…" in a line, or a label's cell with its value's cell, however the table is turned. */
import type { Line, Place, Source } from "./Source.ts";
import { narrow, place, placeIn } from "./Source.ts";

export type Side = "client" | "provider";
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

/** An empty label: a line that says nothing but may name a party. `role` is a party's label with what stands in brackets after it; otherwise `attribute` says what the value is. */
export type Pair = {
  role?: string;
  attribute?: Attribute;
  /** The label as written. */
  label: string;
  hint: string;
  value: string;
  place: Place;
  line: Line;
  /** The label of the role whose column or row this value stands in. */
  under?: string;
};

const ROLES_ZH =
  "甲方|乙方|丙方|丁方|委托方|委托人|委托单位|发包方|发包人|定作方|定作人|采购方|采购人|采购单位|购买方|买方|需方|客户方|客户|受托方|受托人|承包方|承包人|承揽方|承揽人|开发方|研发方|研究开发方|服务提供方|服务提供商|服务方|服务商|供应商|供应方|供货方|供方|卖方|销售方";
const ROLES_EN =
  "Party A|Party B|Party C|Commissioning Party|Client|Customer|Buyer|Purchaser|Principal|Employer|Company|Service Provider|Provider|Contractor|Supplier|Developer|Vendor|Consultant|Seller|Agency|Freelancer";

const ATTRIBUTES: readonly (readonly [Attribute, string])[] = [
  [
    "registration",
    "统一社会信用代码(?:证号)?|社会信用代码|信用代码|营业执照(?:注册)?号码?|工商注册号|公司注册号|商业登记号码?|注册号码?|登记号码?|登记证号",
  ],
  ["taxNumber", "纳税人识别号|税务登记号|税号"],
  ["signatory", "法定代表人\\s*(?:\\(?或|/|、)\\s*(?:其)?(?:授权代表人?|授权代理人|委托代理人|授权签字人)\\)?"],
  ["legal", "法定代表人(?:\\(负责人\\)|/负责人|或负责人)?|法人代表|经营者"],
  ["signatory", "授权签字人|授权签署人|授权代表人?|签约代表|签署代表|委托代理人|签署人|签字人|签约人|代表人|代表"],
  ["person", "姓名"],
  ["authority", "职务|职位"],
  ["name", "公司名称|单位名称|企业名称|名称|全称"],
  [
    "other",
    "住所地?|注册地址|通讯地址|通信地址|办公地址|联系地址|地址|项目联系人|项目负责人|项目经理|联系人|联系方式|联系电话|电话|传真|手机|电子邮箱|电子邮件|邮箱|邮编|开户银行|开户行|开户名|户名|银行账号|账号|签订日期|签署日期|签约日期|签订地点|签约地点|日期|盖章|签章|签字|身份证号码?|微信",
  ],
  [
    "registration",
    "Company (?:registration )?(?:no\\.?|number)|Business registration (?:no\\.?|number)|Registration (?:no\\.?|number)|Registered (?:no\\.?|number)|Unified Social Credit Code|USCC|UEN|EIN|CRN|ABN|ACN",
  ],
  ["taxNumber", "Tax (?:ID|identification|registration)?\\s*(?:no\\.?|number)?|VAT (?:ID|no\\.?|number)"],
  ["legal", "Legal representative"],
  [
    "signatory",
    "Authori[sz]ed signatory|Authori[sz]ed representative|Signatory|Represented by|Signed by|Representative",
  ],
  ["name", "Company name|Legal name|Full legal name|Registered name|Full name"],
  ["person", "Print(?:ed)? name|Name"],
  ["authority", "Job title|Title|Position|Capacity"],
  ["by", "By|Signature"],
  [
    "other",
    "Registered (?:office|address)|Principal (?:office|place of business)|Address|Contact(?: person)?|E-?mail|Telephone|Phone|Fax|Date|Country|Bank|Account(?: no\\.?| number)?|Attention|Place",
  ],
];
const ATTRIBUTE_LABELS = ATTRIBUTES.map(([, labels]) => labels).join("|");
/** Chinese labels may have a space between two characters (甲 方); Word users align them so. */
const LABEL = `(?:(${ROLES_ZH}|甲 方|乙 方|${ROLES_EN})|(${ATTRIBUTE_LABELS}))`;
const BRACKETS = `((?:\\s*(?:\\([^()]{1,40}\\)|/\\s*(?:${ROLES_ZH}|${ROLES_EN}|[A-Za-z][A-Za-z ]{2,30}|[\\p{Script=Han}]{2,10})))*)`;
/** "买方授权代表：" names the party before the label. */
const OWNED = `(?:(${ROLES_ZH}|${ROLES_EN})(?:的|'s)?\\s*(?=${ATTRIBUTE_LABELS}))?`;
const IN_LINE = new RegExp(`(?<![\\p{L}\\p{N}])(?:the )?"?${OWNED}${LABEL}"?${BRACKETS}\\s*(?:is|为)?\\s*:`, "giu");
const IN_CELL = new RegExp(`^[\\s\\d.、()]*(?:the )?"?${LABEL}"?(?:名称)?${BRACKETS}\\s*:?\\s*$`, "iu");

const BEHALF = new RegExp(
  `(?:for and on behalf of|on behalf of|^\\s*(?:signed |executed )?(?:for|by))\\s+(?:the )?"?(${ROLES_EN})\\b`,
  "i",
);

export { ROLES_EN, ROLES_ZH };

/** All pairs in the order of the document. */
export function pairs(source: Source): readonly Pair[] {
  const found: Pair[] = [];
  const tables = new Set<number>();
  for (const line of source.lines) {
    if (line.cell && !tables.has(line.block)) {
      tables.add(line.block);
      found.push(...inTable(source, line.block));
    }
    found.push(...inLine(source, line));
  }
  return found;
}

function inLine(source: Source, line: Line): readonly Pair[] {
  const matches = [...line.text.matchAll(IN_LINE)];
  if (matches.length === 0) {
    // A line of its own may say whose signature follows.
    const alone = (line.cell ? null : IN_CELL.exec(line.text)) ?? BEHALF.exec(line.text);
    if (alone?.[1]) return [{ ...pairOf(source, line, [alone[0], alone[1], undefined, "signature"], 0, 0), value: "" }];
    return line.text.length > 160 ? [] : [{ ...pairOf(source, line, ["", undefined, "", ""], 0, line.text.length) }];
  }
  return matches.map((match, index) => {
    const from = match.index + match[0].length;
    const limit = matches[index + 1]?.index ?? line.text.length;
    const rest = line.text.slice(from, limit);
    // A value ends with its sentence, or where tabs set the next column apart.
    const stop =
      /[。;]|\t| {3,}|(?<=\S) {2,}(?=\S)/.exec(rest.replace(/^\s+/, (space) => "x".repeat(space.length)))?.index ??
      rest.length;
    const [whole, owner, role, attribute, hint] = match;
    return {
      ...pairOf(source, line, [whole, role, attribute, hint], from, from + stop),
      ...(owner ? { under: owner } : {}),
    };
  });
}

function pairOf(source: Source, line: Line, match: readonly (string | undefined)[], from: number, to: number): Pair {
  const at = placeIn(source, line, from, to);
  const [, role, attribute, hint = ""] = match;
  const label = role ?? attribute ?? "";
  return {
    ...(role ? { role: role.replace(/\s+(?=方)/, "") } : { attribute: attributeOf(label) }),
    label,
    hint,
    value: narrow(at.text),
    place: at,
    line,
  };
}

function attributeOf(label: string): Attribute {
  return ATTRIBUTES.find(([, labels]) => new RegExp(`^(?:${labels})$`, "i").test(label))?.[0] ?? "other";
}

type Labelled = { match: RegExpMatchArray; role?: string };

/** A table of cells: each value belongs to the label left of it, or to its column's role and its row's attribute. */
function inTable(source: Source, block: number): readonly Pair[] {
  const table = source.blocks[block];
  if (table?.kind !== "table") return [];
  const lineOf = (start: number) => source.lines.find((line) => line.block === block && line.start >= start);
  const columns = new Map<number, Labelled>();
  const found: Pair[] = [];
  for (const [number, row] of table.rows.entries()) {
    const labels = row.map((cell): Labelled | undefined => {
      const match = IN_CELL.exec(narrow(cell.text));
      return match ? { match, ...(match[1] ? { role: match[1] } : {}) } : undefined;
    });
    const emit = (label: Labelled, index: number, under?: string) => {
      const cell = row[index];
      const line = cell && lineOf(cell.start);
      if (!cell || !line || cell.text.trim() === "") return;
      const at = place(source, block, cell.start, cell.start + cell.text.length);
      const pair = pairOf(source, line, label.match, 0, 0);
      found.push({ ...pair, value: narrow(at.text), place: at, ...(under ? { under } : {}) });
    };
    const roles = labels.filter((label) => label?.role).length;
    const header = labels.filter(Boolean).length >= 2 && labels.every((label, index) => label || index === 0);
    if (header && (number === 0 || roles >= 2)) {
      columns.clear();
      for (const [index, label] of labels.entries()) {
        const cell = row[index];
        if (!label || !cell) continue;
        columns.set(cell.column, label);
        // The heading itself names the roles that the columns below speak of.
        const line = lineOf(cell.start);
        if (label.role && line) found.push({ ...pairOf(source, line, label.match, 0, 0), value: "" });
      }
      continue;
    }
    for (const [index, label] of labels.entries()) {
      if (!label) continue;
      if (label.role && [...columns.values()].some((above) => !above.role)) {
        // A row of a party under a heading of attributes.
        for (const [at, cell] of row.entries()) {
          const above = columns.get(cell.column);
          if (at > index && above && !above.role) emit(above, at, label.role);
        }
        break;
      }
      if (!label.role && [...columns.values()].some((above) => above.role)) {
        for (const [at, cell] of row.entries()) {
          const above = columns.get(cell.column);
          if (at > index && above?.role) emit(label, at, above.role);
        }
        break;
      }
      if (row[index + 1] && !labels[index + 1]) emit(label, index + 1);
    }
  }
  return found;
}
