/** A person as signatures and preambles name one, with the office before the name, behind it or not at all. */

export type Person = { name: string; office?: string };

const NAME_ZH = /^(?:\p{Script=Han}{2,4}|\p{Script=Han}{1,8}(?:·\p{Script=Han}{1,8}){1,3})$/u;
const OFFICE_ZH =
  /^\p{Script=Han}{0,8}(?:代表人?|代理人|负责人|合伙人|经营者|投资人|董事|监事|理事|经理|总裁|总监|主任|主管|主席|书记|会计师|工程师|教授|院士|[长官])$/u;
const NAME_EN =
  /^(?:(?:Mr|Ms|Mrs|Dr|Prof|Sir|Dame)\.? )?\p{Lu}[\p{L}'-]+(?: (?:\p{Lu}[\p{L}'.-]*|(?:bin|binti|van|von|der|den|de|da|al|el|di)))* \p{Lu}[\p{L}'-]+$/u;
export const OFFICE_EN =
  /\b(?:Directors?|Managers?|Member|President|Officer|C[A-Z]O|Partner|Secretary|Owner|Chair\w*|Head|Founder|Principal|Representative|Attorney|Proprietor|Signatory|Dean|Trustees?|Treasurer|Curator|Mayor|Executive|Engineer|Superintendent|Registrar|Administrator|Lead|Counsel)\b/i;

const plain = (text: string): string =>
  text
    .trim()
    .replace(/^(?:an?|its|the|as(?: an?| its)?|in (?:his|her) capacity as)\s+/i, "")
    .replace(/[.,;)\s]+$/, "");

/** Undefined where the text is more or other than a person. */
export function personIn(text: string): Person | undefined {
  if (text.length > 120) return undefined;
  return /\p{Script=Han}/u.test(text) ? personZh(text) : personEn(text);
}

function personZh(text: string): Person | undefined {
  const parts = text
    .replace(/(?:先生|女士|小姐)(?=$|[\s,;(])/u, "")
    .split(/[\s,;、()]+/)
    .filter((part) => part !== "");
  const [one = "", two, ...more] = parts;
  if (more.length > 0) return undefined;
  if (two === undefined) return NAME_ZH.test(one) && !OFFICE_ZH.test(one) ? { name: one } : undefined;
  // What a bracket says of a person is an office, whatever it is called.
  const said = /\(\p{Script=Han}{2,8}\)\s*$/u.test(text) && !/签|章/.test(two);
  if (NAME_ZH.test(one) && (OFFICE_ZH.test(two) || said)) return { name: one, office: two };
  return OFFICE_ZH.test(one) && NAME_ZH.test(two) ? { name: two, office: one } : undefined;
}

function personEn(text: string): Person | undefined {
  const [first = "", ...rest] = text.split(/,\s*|\s*\(|\s+-\s+/).map(plain);
  const second = rest.find((part) => part !== "") ?? "";
  if (isPersonEn(first)) {
    if (second === "") return { name: first };
    return OFFICE_EN.test(second) ? { name: first, office: rest.filter(Boolean).join(", ") } : undefined;
  }
  if (!OFFICE_EN.test(first)) return undefined;
  if (isPersonEn(second)) return { name: second, office: first };
  // "its Director Jane Roe"
  const words = first.split(" ");
  for (let at = words.length - 2; at >= 1; at--) {
    const [office, name] = [words.slice(0, at).join(" "), words.slice(at).join(" ")];
    if (OFFICE_EN.test(words[at - 1] ?? "") && isPersonEn(name)) return { name, office };
  }
  return undefined;
}

const isPersonEn = (text: string): boolean =>
  NAME_EN.test(text) && !OFFICE_EN.test(text) && text.split(" ").length <= 6;
