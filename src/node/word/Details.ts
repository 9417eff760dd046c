/** What is said of a party beside its name: its numbers, and who signs for it. */
import type { Words } from "../../agreement/InputError.ts";
import type { Notes } from "./Notes.ts";
import { OFFICE_EN, type Person, personIn } from "./Person.ts";
import { opposite, type Side } from "./Roles.ts";
import { type Line, placeIn, type Source, tidy } from "./Source.ts";

/** `text` stands in `line` from `from`. */
export type Details = { line: Line; from: number; text: string };

const NUMBER_EN =
  /(?:company|incorporation|corporate|charity|entity|compan(?:y|ies) house|(?:with|under) number|registration|registered|register|registry|business|org|HR[AB]|CVR|KvK|UEN|CRN|ABN|ACN|Unified Social Credit Code|USCC)[^()\d,;]{0,40}?\b((?:HR[AB] )?(?=[A-Z0-9./-]{0,24}\d)[A-Z0-9][A-Z0-9./-]{3,22}[A-Z0-9]|\d{2,4}(?: \d{2,4}){2,4})(?![\w-])/i;
const TAX_EN = /\b(?:EIN|TIN|VAT|tax)\b[^()\d,;]{0,40}?\b((?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{4,23})\b/i;
const NUMBER_ZH =
  /(?:统一社会信用代码|信用代码|注册号码?|登记号码?|公司编号|公司注册编号)(?:证号)?(?:为)?[:\s]*([0-9A-Z]{6,24}|\d{2,4}(?: \d{2,4}){2,4})/;
const TAX_ZH = /(?:纳税人识别号|税号)(?:为)?[:\s]*([0-9A-Z]{6,24})/;

const SIGNS_ZH = /(法定代表人|授权代表|董事|负责人)(?:为|:)?\s*(\p{Script=Han}{2,4})(?=[,;。()\s]|$)/u;
/** 由其总经理何知远代表签署 */
const SIGNS_FOR_ZH =
  /由(?:其|该公司|本公司)?(\p{Script=Han}{0,6}?(?:法定代表人|授权代表|委托代理人|代表人|董事长|董事|经理|总裁|总监|主任|院长|校长|馆长|厂长|局长|会长|理事长|秘书长|所长|社长|店长|主席|合伙人|负责人|经营者|执行官))(?:为|:)?\s*(\p{Script=Han}{2,4}?)(?:先生|女士)?(?:作为)?(?:代表)?(?:其|公司|签约)?(?:签署|签字|签订)/u;
/** What follows until the sentence turns to something else. */
const SIGNS_EN = /\b(?:represented|acting|signing) (?:herein )?(?:by|through)\s+([^;:()"]{4,120})/;

const chinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** Writes the numbers. */
export function readNumbers(source: Source, details: Details, side: Side, notes: Notes, how: Words) {
  const { text } = details;
  const [tax, number] = [
    TAX_ZH.exec(text)?.[1] ?? TAX_EN.exec(text)?.[1],
    NUMBER_ZH.exec(text)?.[1] ?? NUMBER_EN.exec(text)?.[1],
  ];
  for (const [key, found] of [
    ["registration", number === tax ? undefined : number],
    ["taxNumber", tax],
  ] as const) {
    // No two firms have one number: what was said of the other stands.
    if (found && !/^X{4,}/i.test(found) && notes.valueOf(`parties.${opposite(side)}.${key}`) !== found)
      notes.found(`parties.${side}.${key}`, found, placeOf(source, details, found, 0), how);
  }
}

/** Writes who signs, where nobody is named beside a label. */
export function readSigner(source: Source, details: Details, side: Side, notes: Notes, how: Words) {
  const language = chinese(details.text) ? "zh" : "en";
  const signs = language === "zh" ? signsZh(details.text) : signsEn(details.text);
  if (!signs || notes.valueOf(`parties.${side}.signatory.name.${language}`) !== undefined) return;
  for (const [key, text] of [
    ["name", signs.name],
    ["authority", signs.office],
  ] as const) {
    if (!text) continue;
    const where = placeOf(source, details, text, signs.index);
    notes.found(`parties.${side}.signatory.${key}.${language}`, tidy(where.text), where, how);
  }
}

function placeOf(source: Source, { line, from, text }: Details, found: string, after: number) {
  const at = from + text.indexOf(found, after);
  return placeIn(source, line, at, at + found.length);
}

type Signs = Person & { index: number };

function signsZh(text: string): Signs | undefined {
  const hit = SIGNS_FOR_ZH.exec(text) ?? SIGNS_ZH.exec(text);
  return hit?.[1] && hit[2] ? { name: hit[2], office: hit[1], index: hit.index } : undefined;
}

/** "by Jane Roe, its Director", "by its Director, Jane Roe", "by its Director Jane Roe" */
function signsEn(text: string): Signs | undefined {
  const hit = SIGNS_EN.exec(text);
  if (!hit?.[1]) return undefined;
  const [first = "", second = ""] = hit[1].split(/,\s*|\.?\s+(?=(?:and|hereinafter|of the|to)\b)/);
  const both =
    OFFICE_EN.test(first) !== OFFICE_EN.test(second) && second !== "" ? personIn(`${first}, ${second}`) : undefined;
  const person = both ?? personIn(first);
  return person ? { ...person, index: hit.index } : undefined;
}
