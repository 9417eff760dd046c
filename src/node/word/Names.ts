/** A name in one language, or in both. */
import { type Language, type Place, tidy } from "./Source.ts";

/** "杭州清禾茶业有限公司 (Hangzhou Qinghe Tea Co., Ltd.)" is two names; a Chinese name with Latin letters in it is one. */
export function byLanguage(place: Place): readonly { language: Language; text: string; place: Place }[] {
  const { text } = place;
  for (const cut of text.matchAll(CUT)) {
    const from = cut.index + cut[0].length;
    const [left, right] = [text.slice(0, cut.index), text.slice(from)];
    const [a, b] = [pure(left), pure(right)];
    const whole = /[/|\n]/.test(cut[0]) && a && b && a !== b;
    // Of two languages, one side has no word of the other, and the other begins with its own.
    const apart = HAN.test(left) !== HAN.test(right) && a && b && (a === "zh" || /^\P{L}*\p{Script=Han}/u.test(right));
    if (!whole && !apart) continue;
    const other = (a === "zh" ? right : left).replace(/[)）]\s*$/, "");
    if (/^\s*[(（]?$/.test(cut[0]) && WORD.test(other)) continue;
    return [
      { language: a, ...part(place, 0, left.length) },
      { language: b, ...part(place, from, text.length) },
    ];
  }
  const language = HAN.test(text) ? "zh" : /[A-Za-z]/.test(text) ? "en" : undefined;
  return language ? [{ language, ...part(place, 0, text.length) }] : [];
}

const HAN = /\p{Script=Han}/u;
/** Where one language may end: a stroke, a line, a bracket, a space between the scripts. */
const CUT =
  /\s*[/|\n]\s*|\s*[(（](?:(?:中文名称?|英文名称?|English name|Chinese name|in English|in Chinese)\s*[:：]?\s*)?(?=[A-Za-z\p{Script=Han}])|(?<=[\p{Script=Han})）])\s+(?=[A-Za-z])|(?<=[A-Za-z.)])\s+(?=\p{Script=Han}{2})|(?<=[.)）])(?=\p{Script=Han}{2})/gu;
/** What Chinese names borrow from English stays with them. */
const WORD = /^(?:[A-Z0-9.&-]{1,6}|App|Web|Demo|Beta|Alpha|iOS|Android|Cloud|Mini|Pro|Lite|[Vv]\d.*)$/;

function pure(text: string): Language | undefined {
  return HAN.test(text) ? "zh" : /[A-Za-z]{2}/.test(text) ? "en" : undefined;
}

function part(place: Place, from: number, to: number): { text: string; place: Place } {
  let end = to;
  const opens = place.text.slice(from, to).split(/[(（]/).length;
  if (/[)）]\s*$/.test(place.text.slice(from, to)) && place.text.slice(from, to).split(/[)）]/).length > opens)
    end -= 1;
  const text = place.text.slice(from, end);
  const lead = text.length - text.trimStart().length;
  return {
    text: tidy(text),
    place: {
      block: place.block,
      start: place.start + from + lead,
      end: place.start + from + text.trimEnd().length,
      text: text.trim(),
    },
  };
}
