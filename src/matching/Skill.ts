/** One taxonomy for briefs and profiles, with synonyms in English and Chinese. */
import { Normal, Segment, Stem } from "../text/index.ts";
import { FIELDS } from "./Taxonomy.ts";

export type Skill = {
  /** Its name in data, like `react-native`. */
  readonly name: string;
  readonly field: string;
  /** As it is shown. */
  readonly en: string;
  readonly zh: string;
};

/** A synonym as the words that it is found by. */
type Alias = {
  readonly skill: string;
  readonly text: string;
  readonly words: readonly string[];
  readonly exact: string | undefined;
};

const HAN = /[\u3400-\u9fff]/;
/** A name with its signs, a word or a number; each Han character by itself. */
const WORD = /\.net|[a-z0-9]+\.js|[cf]#|c\+\+|[\u3400-\u9fff]|(?:(?![\u3400-\u9fff])[\p{L}\p{N}])+/giu;

const wordsOf = (text: string) =>
  [...Normal.clean(text).matchAll(WORD)].map(({ 0: written, index }) => ({
    written,
    word: HAN.test(written) ? written : Stem.stem(written.toLowerCase()),
    index,
  }));

const skills: Skill[] = [];
const aliases: Alias[] = [];
for (const [field, lines] of Object.entries(FIELDS)) {
  for (const line of lines.trim().split("\n")) {
    const [name = "", en = "", zh = ""] = line.split(";").map((part) => part.trim());
    const [english, chinese] = [en, zh].map((names) => names.split(",").map((each) => each.trim())) as [
      string[],
      string[],
    ];
    const shown = (names: string[]) => (names[0] ?? name).replace("!", "");
    skills.push({ name, field, en: shown(english), zh: shown(chinese) });
    for (const alias of [...english, ...chinese]) {
      const exact = alias.startsWith("!") ? alias.slice(1) : undefined;
      aliases.push({
        skill: name,
        text: exact ?? alias,
        words: wordsOf(exact ?? alias).map(({ word }) => word),
        exact,
      });
    }
  }
}

/** All of them, in the order of the taxonomy. */
export const ALL: readonly Skill[] = skills;

const byName = new Map(skills.map((skill) => [skill.name, skill]));
/** By first word, longest first: `React Native` before `React`. */
const byFirst = new Map<string, Alias[]>();
for (const alias of aliases) {
  const [first = ""] = alias.words;
  byFirst.set(first, [...(byFirst.get(first) ?? []), alias]);
}
for (const list of byFirst.values()) list.sort((one, other) => other.words.length - one.words.length);

/** Chinese words of the taxonomy: what `Token.tokens` segments by. */
export const dictionary: Segment.Dictionary = Segment.dictionary(
  aliases.map(({ words }) => words.join("")).filter((word) => /^[\u3400-\u9fff]+$/.test(word)),
);

/** The skill of this name; nothing where there is none. */
export const get = (name: string): Skill | undefined => byName.get(name);

/** The skills that a text names, in either language, each once, in the order of their first mention. */
export function find(text: string): readonly string[] {
  const clean = Normal.clean(text);
  const words = wordsOf(clean);
  const found = new Set<string>();
  for (let at = 0; at < words.length; ) {
    const alias = (byFirst.get(words[at]?.word ?? "") ?? []).find(({ words: wanted, exact }) => {
      if (wanted.some((word, next) => words[at + next]?.word !== word)) return false;
      if (exact === undefined) return true;
      const { written, index = 0 } = words[at] as (typeof words)[number];
      return written === exact && !beginsSentence(clean, index);
    });
    if (alias) found.add(alias.skill);
    at += alias ? alias.words.length : 1;
  }
  return [...found];
}

/** Whether nothing stands before a word but the end of a sentence; after a list's comma it is no beginning. */
function beginsSentence(text: string, index: number): boolean {
  return (
    /(^|[.!?。！？\n])\s*$/.test(text.slice(Math.max(0, index - 4), index)) && /^\S+\s+[a-z]/.test(text.slice(index))
  );
}

/** The skill that a name or synonym stands for; nothing where the taxonomy knows none. */
export function parse(name: string): string | undefined {
  if (byName.has(name)) return name;
  const words = wordsOf(name).map(({ word }) => word);
  const is = (alias: Alias) =>
    alias.words.length === words.length && alias.words.every((word, at) => word === words[at]);
  return (byFirst.get(words[0] ?? "") ?? []).find(is)?.skill;
}

/** The skills that are written most like a name that the taxonomy does not know: what may have been meant. */
export function near(name: string, most = 3): readonly string[] {
  const grams = (text: string) => {
    const plain = ` ${Normal.normalise(text)} `;
    return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, at) => plain.slice(at, at + 2)));
  };
  const wanted = grams(name.slice(0, 100));
  const likeness = new Map<string, number>();
  for (const { skill, text } of aliases) {
    const own = grams(text);
    const shared = [...own].filter((gram) => wanted.has(gram)).length / Math.max(1, own.size + wanted.size);
    likeness.set(skill, Math.max(likeness.get(skill) ?? 0, shared));
  }
  return [...likeness]
    .filter(([, shared]) => shared > 0.15)
    .sort(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([skill]) => skill);
}
