/**
 * What must reach a person whatever any score says: vulnerabilities, leaks, accounts taken over, payment fraud, legal
 * threats, danger to somebody's life. A phrase of the lexicon is enough, and so is what was learnt from sentences: a false
 * alarm costs a minute of a person, a miss may cost much more.
 */
import { Normal, Script } from "../text/index.ts";
import * as Dangers from "./Danger.ts";
import type * as Matrix from "./Matrix.ts";

export type Alarm = {
  readonly danger: Dangers.Danger;
  readonly by: "lexicon" | "classifier" | "embedding";
  readonly evidence: string;
};

/** What hardly anybody writes without cause, most urgent first. It is short on purpose: words alone are poor witnesses. */
const LEXICON: readonly (readonly [Dangers.Danger, RegExp])[] = [
  ["harm", /\b(kill|hang|shoot|drown|starve|cut|hurt|harm)(ing|s|ed)? (my|him|her|them)sel(f|ves)\b/],
  ["harm", /\bsuicid(e|al)\b(?! (squad|prevention|knobs?|doors?))|\bkms\b|\bunalive\b/],
  ["harm", /\b(end|ends|ending|take|takes|taking|took|taken) (my|his|her|their) (own )?li(fe|ves)\b/],
  ["harm", /\b(don'?t|do not|no longer|not|never) want to (live|be alive|wake up|go on living|exist)\b/],
  ["harm", /\b(i|he|she|they) (just |really |only )?wants? to die\b|\b(better off|rather be|wish i (was|were)) dead\b/],
  ["harm", /自杀(?!小队|式)|割腕|轻生|自残|寻短见|不想活|(结束|了结)(自己的?|我的?)(生命|性命)|喝农药/],
  ["leak", /\bdata (breach|leak)\b|(信息|资料|数据|隐私|名单|病历|通讯录)(被|遭)(泄露|泄漏|外泄|卖)/],
  [
    "takeover",
    /\b(my|our) (\w+ )?(account|profile|page|e-?mail|shop) (was|were|is|has been|got|just got) (hacked|hijacked|taken over|compromised)\b|我的?(账号|账户|号|店铺)被(人)?(盗|黑|劫持)了/,
  ],
  [
    "fraud",
    /\b(unauthori[sz]ed|fraudulent) (\w+ )?(charges?|payments?|transactions?|purchases?|withdrawals?|transfers?|debits?)\b|\b(i|we) (did not|didn'?t|never) authori[sz]ed?\b/,
  ],
  [
    "legal",
    /\b(to|will|'ll|gonna|must|shall|going to) sue\b|\b(cease and desist|subpoena|small claims|letter before action)\b/,
  ],
  ["legal", /起诉(你们|贵|到|至)|律师函|集体诉讼|索赔/],
];

/** How much must speak for a danger. Chosen on texts of authors that were left out of the learning. */
const LEAST = { words: -1.2, meaning: -1.8, zh: -1 };
/** What the odds of a danger by its embedding add to the height by its n-grams. */
const ODDS = 0.8;
/** A long text is read by its sentences too, so many characters of them together: what one tells must not drown in a letter. */
const PIECE = { en: 160, zh: 60 };
const LONG = 2;

/**
 * What is dangerous about a text; nothing if nothing is. No score of any other kind is asked.
 * @param vector Its embedding, where there is one: English dangers in words that nobody thought of are found by it.
 */
export function alarm(text: string, vector?: Matrix.Matrix): Alarm | undefined {
  const clean = Normal.normalise(text).replaceAll("’", "'");
  for (const [danger, pattern] of LEXICON) {
    const match = pattern.exec(clean);
    if (match) return { danger, by: "lexicon", evidence: match[0].trim().slice(0, 80) };
  }
  const isChinese = Script.language(text) === "zh";
  const least = isChinese ? LEAST.zh : LEAST.words;
  const brain = Dangers.open();
  const whole = Dangers.byWords(brain, clean);
  const meaning = vector && !isChinese ? Dangers.byMeaning(brain, vector) : undefined;
  if (meaning) {
    const height = whole.height + ODDS * meaning.height;
    if (height >= LEAST.meaning) return { danger: meaning.danger, by: "embedding", evidence: height.toFixed(2) };
  }
  const parts = pieces(clean, isChinese ? PIECE.zh : PIECE.en).map((piece) => Dangers.byWords(brain, piece));
  for (const { danger, height } of meaning ? parts : [whole, ...parts]) {
    if (height >= least) return { danger, by: "classifier", evidence: height.toFixed(2) };
  }
  return undefined;
}

/** The sentences of a long text, as many together as fit; of a short one nothing. */
function pieces(text: string, longest: number): readonly string[] {
  if (text.length <= LONG * longest) return [];
  const all: string[] = [];
  let piece = "";
  for (const sentence of text.match(/[^.!?。！？\n]+[.!?。！？\n]*/g) ?? []) {
    if (piece !== "" && piece.length + sentence.length > longest) {
      all.push(piece);
      piece = "";
    }
    piece += sentence;
  }
  return [...all, piece];
}
