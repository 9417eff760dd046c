/** The taxonomy as people look into it: by its names and synonyms, in either language. */
import * as Skill from "../../../../src/matching/Skill.ts";

type Named = Skill.Skill;

/** What must be held by certificate, not only be known. */
export const COMPLIANCE = [
  ...["gdpr", "hipaa", "mlps", "pipl", "iso27001", "soc2", "pci-dss", "iec62304", "iso26262", "accessibility-law"],
] as const;

/** Names of products and norms, which people write alike in both languages: `Node.js`, `ISO 27001`. */
const PROPER = /^[A-Z0-9][\w.#+/-]*(?: [A-Z0-9][\w.#+/-]*)*$/;
/** What is at home in China is called by its own name there. */
const CHINESE = new Set([
  ...["wechat", "alipay", "dingtalk", "harmonyos", "alibaba-cloud", "tencent-cloud", "huawei-cloud", "mlps", "pipl"],
]);

/** Its words; a name that the taxonomy no longer knows stays what it is. */
export function wordsOf(name: string): { en: string; zh: string } {
  const { en, zh } = Skill.get(name) ?? { en: name, zh: name };
  const isKept = PROPER.test(en) && !zh.includes(en) && !CHINESE.has(name);
  return { en, zh: isKept ? `${en}（${zh}）` : zh };
}

const plain = (text: string) => text.normalize("NFKC").toLowerCase().trim();

/**
 * The skills that a word means, best first: what it is a synonym of, what begins with it, what it stands in, and where nothing does,
 * what is written most like it. `without`: taken already.
 */
export function search(word: string, without: readonly string[] = [], most = 8): readonly string[] {
  const wanted = plain(word);
  if (wanted === "") return [];
  const exact = Skill.parse(word);
  const rank = ({ name, en, zh }: Named): number => {
    if (name === exact) return 0;
    const names = [name, plain(en), plain(zh)];
    if (names.some((one) => one.startsWith(wanted))) return 1;
    return names.some((one) => one.includes(wanted)) ? 2 : 3;
  };
  const found = Skill.ALL.filter((skill) => rank(skill) < 3).sort((one, other) => rank(one) - rank(other));
  const names = found.length > 0 ? found.map(({ name }) => name) : Skill.near(word);
  return names.filter((name) => !without.includes(name)).slice(0, most);
}
