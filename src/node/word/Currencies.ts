/** Currencies as contracts write them: before an amount, behind it, in a heading or in a sentence. */

/** ISO 4217 code, its signs, its names in Chinese and in English; what stands first is tried first. */
const CURRENCIES: readonly (readonly [code: string, signs: string, chinese: string, english: string])[] = [
  ["CNY", "RMB|CNY|¥", "人民币", "renminbi|yuan"],
  ["USD", "USD|US\\$|U\\.S\\.\\$", "美元|美金", "U\\.?S\\.? dollars?|United States dollars?"],
  ["HKD", "HKD|HK\\$", "港元|港币", "Hong Kong dollars?"],
  ["SGD", "SGD|(?<![A-Z])S\\$", "新加坡元|新元|新币", "Singapore dollars?"],
  ["AUD", "AUD|AU\\$|(?<![A-Z])A\\$", "澳元|澳大利亚元", "Australian dollars?"],
  ["CAD", "CAD|CA\\$|(?<![A-Z])C\\$", "加元|加拿大元", "Canadian dollars?"],
  ["NZD", "NZD|NZ\\$", "新西兰元", "New Zealand dollars?"],
  ["TWD", "TWD|NT\\$", "新台币", "New Taiwan dollars?"],
  ["EUR", "EUR|€", "欧元", "euros?"],
  ["GBP", "GBP|£", "英镑", "pounds? sterling"],
  ["JPY", "JPY", "日元", "yen"],
  ["CHF", "CHF", "瑞士法郎", "Swiss francs?"],
  ["SEK", "SEK", "瑞典克朗", "Swedish kron(?:a|or)"],
  ["NOK", "NOK", "挪威克朗", "Norwegian kron(?:e|er)"],
  ["DKK", "DKK", "丹麦克朗", "Danish kron(?:e|er)"],
  ["PLN", "PLN", "兹罗提", "Polish z(?:ł|l)oty"],
  ["MYR", "MYR|(?<![A-Z])RM(?=\\s?\\d)", "林吉特|马币", "ringgit"],
  ["THB", "THB", "泰铢", "Thai baht"],
  ["KRW", "KRW|₩", "韩元", "Korean won"],
  ["INR", "INR|₹", "印度卢比", "Indian rupees?"],
  ["ZAR", "ZAR", "南非兰特", "South African rand"],
  ["BRL", "BRL|R\\$", "雷亚尔", "Brazilian rea(?:l|is)"],
  ["AED", "AED", "迪拉姆", "dirhams?"],
];

type Signs = readonly (readonly [RegExp, string])[];

/** Right before an amount; `$` may be several. */
export const BEFORE: Signs = [
  ...CURRENCIES.map(([code, signs, chinese]) => [new RegExp(`(?<![a-z])(?:${signs}|${chinese})$`, "i"), code] as const),
  [/\$$/, "$"],
];
/** Right behind it; so may 元 and "dollars". */
export const AFTER: Signs = [
  ...CURRENCIES.map(
    ([code, , chinese, english]) =>
      [
        new RegExp(`^(?:${code === "CNY" ? "元?人民币|RMB" : chinese}|${code}|${english})(?![a-z])`, "i"),
        code,
      ] as const,
  ),
  [/^(?:元|圆|圓)/, "元"],
  [/^pounds?(?![a-z])/i, "GBP"],
  [/^dollars?/i, "$"],
];
/** Anywhere in a text. */
export const NAMED: Signs = CURRENCIES.map(
  ([code, signs, chinese, english]) =>
    [new RegExp(`${signs.replace(/\b([A-Z]{3})\b/g, "\\b$1\\b")}|${chinese}|\\b(?:${english})\\b`, "i"), code] as const,
);
/** Numerals in words are followed by one of these. */
export const UNITS_ZH = ["元", "圆", "圓", ...CURRENCIES.flatMap(([, , chinese]) => chinese.split("|"))].join("|");
export const UNITS_EN = `${CURRENCIES.map(([code, , , english]) => `${english}|${code}`).join("|")}|pounds?|dollars?|RMB`;
/** A code in the heading of a column. */
export const codeIn = (heading: string): string | undefined => NAMED.find(([pattern]) => pattern.test(heading))?.[1];
