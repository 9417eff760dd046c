/**
 * English stems: Porter2 as Snowball publishes it (https://snowballstem.org/algorithms/english/stemmer.html), with the
 * exceptions of its later revisions (`internal` is no `intern`, `organize` no `organ`, `added` and `adding` are `add`).
 * A `Y` inside stands for a y that is a consonant.
 */

const VOWEL = /[aeiouy]/;
const DOUBLE = /(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;
const LI = /[cdeghkmnrt]$/;

const SPECIAL = new Map([
  ["skis", "ski"],
  ["skies", "sky"],
  ["idly", "idl"],
  ["gently", "gentl"],
  ["ugly", "ugli"],
  ["early", "earli"],
  ["only", "onli"],
  ["singly", "singl"],
  ...["sky", "news", "howe", "atlas", "cosmos", "bias", "andes"].map((word) => [word, word] as const),
]);

/** Words that stop after the plural is taken off. */
const SETTLED = new Set([
  "inning",
  "outing",
  "canning",
  "herring",
  "earring",
  "evening",
  "proceed",
  "exceed",
  "succeed",
]);

const STEP_2: readonly (readonly [string, string])[] = [
  ["ational", "ate"],
  ["ization", "ize"],
  ["fulness", "ful"],
  ["ousness", "ous"],
  ["iveness", "ive"],
  ["tional", "tion"],
  ["biliti", "ble"],
  ["lessli", "less"],
  ["entli", "ent"],
  ["ation", "ate"],
  ["alism", "al"],
  ["aliti", "al"],
  ["fulli", "ful"],
  ["ousli", "ous"],
  ["iviti", "ive"],
  ["ogist", "og"],
  ["enci", "ence"],
  ["anci", "ance"],
  ["abli", "able"],
  ["izer", "ize"],
  ["ator", "ate"],
  ["alli", "al"],
  ["bli", "ble"],
  ["ogi", "og"],
  ["li", ""],
];

const STEP_3: readonly (readonly [string, string])[] = [
  ["ational", "ate"],
  ["tional", "tion"],
  ["alize", "al"],
  ["icate", "ic"],
  ["iciti", "ic"],
  ["ative", ""],
  ["ical", "ic"],
  ["ness", ""],
  ["ful", ""],
];

const STEP_4 = [
  ...["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize"],
  ...["ion", "al", "er", "ic"],
];

/** After the first consonant that follows a vowel, from `from` on. */
function region(word: string, from: number): number {
  for (let i = from + 1; i < word.length; i++) {
    if (!VOWEL.test(word[i] as string) && VOWEL.test(word[i - 1] as string)) return i + 1;
  }
  return word.length;
}

function firstRegion(word: string): number {
  const prefix = /^(gener|commun|arsen|past|univers|later|emerg|organ|inter)/.exec(word)?.[0];
  return prefix ? prefix.length : region(word, 0);
}

/** A vowel between consonants at the end, the last of them none of w, x, Y; or vowel and consonant that are the word. */
function endsShort(word: string): boolean {
  return /[^aeiouy][aeiouy][^aeiouywxY]$/.test(word) || /^[aeiouy][^aeiouy]$/.test(word) || word === "past";
}

/** The stem of a word in lower case; what is no English word of a to z and apostrophes stays as it is. */
export function stem(given: string): string {
  const plain = given.replace(/[’‘]/g, "'");
  if (plain.length <= 2 || !/^[a-z']+$/.test(plain)) return given;
  const special = SPECIAL.get(plain);
  if (special !== undefined) return special;
  let word = plain.replace(/^'/, "").replace(/^y/, "Y");
  word = word.replace(/([aeiouy])y/g, "$1Y");
  const r1 = firstRegion(word);
  const r2 = region(word, r1);

  word = word.replace(/('s'|'s|')$/, "");
  word = plural(word);
  if (SETTLED.has(word)) return word;
  word = past(word, r1);
  // step 1c
  if (/.[^aeiouy][yY]$/.test(word)) word = `${word.slice(0, -1)}i`;
  word = longest(word, r1, STEP_2, (ending, before) =>
    ending === "li" ? LI.test(before) : ending === "ogi" ? before.endsWith("l") : true,
  );
  word = longest(word, r1, STEP_3, (ending, before) => ending !== "ative" || before.length >= r2);
  for (const ending of STEP_4) {
    if (!word.endsWith(ending)) continue;
    const before = word.slice(0, -ending.length);
    if (before.length >= r2 && (ending !== "ion" || /[st]$/.test(before))) word = before;
    break;
  }
  // step 5
  if (word.endsWith("e")) {
    const before = word.slice(0, -1);
    if (before.length >= r2 || (before.length >= r1 && !endsShort(before))) word = before;
  } else if (word.endsWith("ll") && word.length - 1 >= r2) word = word.slice(0, -1);
  return word.replaceAll("Y", "y");
}

/** Step 1a. */
function plural(word: string): string {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1);
  if (/(us|ss)$/.test(word)) return word;
  if (word.endsWith("s") && VOWEL.test(word.slice(0, -2))) return word.slice(0, -1);
  return word;
}

/** Step 1b. */
function past(word: string, r1: number): string {
  const [eed] = /eed(ly)?$/.exec(word) ?? [];
  if (eed) return word.length - eed.length >= r1 ? `${word.slice(0, -eed.length)}ee` : word;
  const [ending] = /(ed|ing)(ly)?$/.exec(word) ?? [];
  if (!ending) return word;
  const before = word.slice(0, -ending.length);
  if (ending === "ing" && /^[^aeiouy]y$/.test(before)) return `${before.slice(0, -1)}ie`;
  if (!VOWEL.test(before)) return word;
  if (/(at|bl|iz)$/.test(before)) return `${before}e`;
  if (DOUBLE.test(before)) return /^[aeo]..$/.test(before) ? before : before.slice(0, -1);
  return endsShort(before) && before.length <= r1 ? `${before}e` : before;
}

/** Puts the first ending that fits in place of another, if it lies in the region. */
function longest(
  word: string,
  from: number,
  table: readonly (readonly [string, string])[],
  allows: (ending: string, before: string) => boolean,
): string {
  const found = table.find(([ending]) => word.endsWith(ending));
  if (!found) return word;
  const before = word.slice(0, -found[0].length);
  return before.length >= from && allows(found[0], before) ? before + found[1] : word;
}
