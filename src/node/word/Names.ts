/** A name in one language, or in both. */
import { type Language, type Place, tidy } from "./Source.ts";

/** "杭州清禾茶业有限公司 (Hangzhou Qinghe Tea Co., Ltd.)" is two names; a Chinese name with Latin letters in it is one. */
export function byLanguage(place: Place): readonly { language: Language; text: string; place: Place }[] {
  const { text } = place;
  const cuts = [
    ...text.matchAll(
      /\s*[/|\n]\s*|\s*[((](?=[A-Za-z])|\s+(?=[A-Z][a-z]+ )|(?<=[A-Za-z.)])\s*[((]?(?=\p{Script=Han}{2})/gu,
    ),
  ];
  for (const cut of cuts) {
    const [left, right] = [text.slice(0, cut.index), text.slice(cut.index + cut[0].length)];
    const [a, b] = [pure(left), pure(right)];
    if (!a || !b || a === b) continue;
    return [
      { language: a, ...part(place, 0, left.length) },
      { language: b, ...part(place, cut.index + cut[0].length, text.length) },
    ];
  }
  const language = /\p{Script=Han}/u.test(text) ? "zh" : /[A-Za-z]/.test(text) ? "en" : undefined;
  return language ? [{ language, ...part(place, 0, text.length) }] : [];
}

function pure(text: string): Language | undefined {
  const [han, latin] = [/\p{Script=Han}/u.test(text), /[A-Za-z]{2}/.test(text)];
  return han ? "zh" : latin ? "en" : undefined;
}

function part(place: Place, from: number, to: number): { text: string; place: Place } {
  let end = to;
  const opens = place.text.slice(from, to).split(/[((]/).length;
  if (/[))]\s*$/.test(place.text.slice(from, to)) && place.text.slice(from, to).split(/[))]/).length > opens) end -= 1;
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
