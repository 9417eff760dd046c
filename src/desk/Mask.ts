/**
 * Takes personal data out of a text before anything else sees it: mail addresses, telephone numbers, cards, numbers of
 * identity papers, in the forms of China and of English-speaking countries.
 */
import { Normal } from "../text/index.ts";

export type Kind = "mail" | "phone" | "card" | "identity";
export type Masked = { readonly text: string; readonly found: readonly Kind[] };

/**
 * The name is of Latin letters: in Chinese, where nothing parts words, any other would take the sentence along. Lengths
 * are those of RFC 5321, so that a long text without any takes no time.
 */
const MAIL = /[A-Za-z0-9._%+-]{1,64}\s?@\s?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
/** 18 digits, the last may be X; or the 15 digits of before 1999. */
const CHINESE_ID =
  /(?<![0-9])(?:[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]|[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3})(?![0-9])/g;
/** Social security (US), national insurance (GB). */
const OTHER_ID =
  /(?<![0-9-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9-])|\b[A-CEGHJ-PR-TW-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b/g;
const DIGITS = /(?<![0-9])[0-9](?:[ -]?[0-9]){12,18}(?![0-9])/g;
const PHONE =
  /(?<![0-9A-Za-z])(?:(?:\+|00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])|(?<![0-9])0[0-9]{2,3}-[0-9]{7,8}(?![0-9])|\+[0-9]{1,3}(?:[ .-]?\(?[0-9]{1,4}\)?){2,5}(?![0-9])|(?<![0-9])\(?[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}(?![0-9])/g;

/** Luhn's sum, which every card's number keeps. */
function isCard(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const twice = at % 2 === 1 ? 2 * digit : digit;
    sum += twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0 && !/^(\d)\1*$/.test(digits);
}

/** The text in its plain form (NFKC, nothing invisible) with `[mail]`, `[phone]`, `[card]`, `[identity]` for what it held. */
export function mask(text: string): Masked {
  const found: Kind[] = [];
  const put = (kind: Kind) => () => {
    found.push(kind);
    return `[${kind}]`;
  };
  const clean = Normal.clean(text);
  const masked = (clean.includes("@") ? clean.replace(MAIL, put("mail")) : clean)
    .replace(CHINESE_ID, put("identity"))
    .replace(OTHER_ID, put("identity"))
    .replace(DIGITS, (digits) => (isCard(digits.replace(/[ -]/g, "")) ? put("card")() : digits))
    .replace(PHONE, put("phone"));
  return { text: masked, found };
}
