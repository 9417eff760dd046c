/** In what a text is written: which scripts, which way they run, and whether it is English or Chinese. */

export type Script = "latin" | "han" | "kana" | "hangul" | "cyrillic" | "greek" | "arabic" | "hebrew" | "other";
export type Language = "en" | "zh" | "other";

/** First and last code points. Written out, so that a newer Unicode gives the same answer. */
const RANGES: readonly (readonly [Script, number, number])[] = [
  ["latin", 0x41, 0x5a],
  ["latin", 0x61, 0x7a],
  ["latin", 0xc0, 0xd6],
  ["latin", 0xd8, 0xf6],
  ["latin", 0xf8, 0x24f],
  ["greek", 0x370, 0x3ff],
  ["cyrillic", 0x400, 0x52f],
  ["hebrew", 0x590, 0x5ff],
  ["arabic", 0x600, 0x6ff],
  ["arabic", 0x750, 0x77f],
  ["arabic", 0x8a0, 0x8ff],
  ["hangul", 0x1100, 0x11ff],
  ["latin", 0x1e00, 0x1eff],
  ["greek", 0x1f00, 0x1fff],
  ["han", 0x3005, 0x3007],
  ["kana", 0x3040, 0x30ff],
  ["hangul", 0x3130, 0x318f],
  ["han", 0x3400, 0x4dbf],
  ["han", 0x4e00, 0x9fff],
  ["hangul", 0xac00, 0xd7af],
  ["han", 0xf900, 0xfaff],
  ["hebrew", 0xfb1d, 0xfb4f],
  ["arabic", 0xfb50, 0xfdff],
  ["arabic", 0xfe70, 0xfeff],
  ["kana", 0xff66, 0xff9f],
  ["han", 0x20000, 0x323af],
];

const LETTER = /\p{L}/u;

/** Words that hardly any English sentence does without, and that German, French or Spanish have not. */
const ENGLISH = new Set(
  "the and of to for with is are we our you your this that which from not it its by as be can should when have has will need needs want must who how what or all any at on in into".split(
    " ",
  ),
);
const FOREIGN = new Set(
  "der die das und ist nicht ein eine mit für wir le la les des est et une pour avec nous que el los las una con para por il di che per non um uma não com een het van de du au en y".split(
    " ",
  ),
);

/** The script of a letter; nothing for what is no letter. */
export function of(character: string): Script | undefined {
  const point = character.codePointAt(0) ?? 0;
  let [low, high] = [0, RANGES.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [script, first, last] = RANGES[middle] as (typeof RANGES)[number];
    if (point < first) high = middle - 1;
    else if (point > last) low = middle + 1;
    else return script === "han" || LETTER.test(character) ? script : undefined;
  }
  // Beyond the first plane only Han is read: the rest grows with every Unicode.
  return point < 0x1_0000 && LETTER.test(character) ? "other" : undefined;
}

/** How many letters of each script. */
export function count(text: string): Readonly<Partial<Record<Script, number>>> {
  const counts: Partial<Record<Script, number>> = {};
  for (const character of text) {
    const script = of(character);
    if (script) counts[script] = (counts[script] ?? 0) + 1;
  }
  return counts;
}

/**
 * Chinese, if there is no kana or hangul and Han leads: a third as many as the Latin letters (names of products stay Latin
 * in Chinese texts), or an eighth of all letters without one English function word. English, if Latin leads and
 * no other language's function words outnumber the English ones. Else other.
 */
export function language(text: string): Language {
  const counts = count(text);
  const letters = Object.values(counts).reduce((sum, each) => sum + each, 0);
  if (letters === 0) return "other";
  const { han = 0, kana = 0, hangul = 0, latin = 0 } = counts;
  const words = text.toLowerCase().match(/[a-zà-öø-ɏ]+/gu) ?? [];
  const english = words.filter((word) => ENGLISH.has(word)).length;
  const isHan = han > 0 && kana + hangul === 0;
  if (isHan && (han * 3 >= letters - han || (han * 8 >= letters && english === 0))) return "zh";
  if (latin * 2 < letters) return "other";
  const foreign = words.filter((word) => FOREIGN.has(word)).length;
  return foreign > english ? "other" : "en";
}

/** Whether the first letter belongs to a script that runs from right to left. */
export function isRightToLeft(text: string): boolean {
  for (const character of text) {
    const script = of(character);
    if (script) return script === "arabic" || script === "hebrew";
  }
  return false;
}
