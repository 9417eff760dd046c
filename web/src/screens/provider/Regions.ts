/** Regions by their ISO 3166 codes, with the names that the browser knows in both languages. */

/** All codes in use, two letters each. */
const CODES =
  "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGTGUGWGYHKHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW".match(
    /../g,
  ) as readonly string[];

const NAMES = {
  en: new Intl.DisplayNames("en", { type: "region" }),
  zh: new Intl.DisplayNames("zh-CN", { type: "region" }),
};

export function wordsOf(code: string): { en: string; zh: string } {
  const known = CODES.includes(code);
  return { en: (known && NAMES.en.of(code)) || code, zh: (known && NAMES.zh.of(code)) || code };
}

/** Codes that a word means: the code itself first, then names that begin with it, then those it stands in. */
export function search(word: string, without: readonly string[] = [], most = 8): readonly string[] {
  const wanted = word.normalize("NFKC").toLowerCase().trim();
  if (wanted === "") return [];
  const rank = (code: string): number => {
    const { en, zh } = wordsOf(code);
    const names = [en.toLowerCase(), zh];
    if (code.toLowerCase() === wanted) return 0;
    if (names.some((name) => name.startsWith(wanted))) return 1;
    return names.some((name) => name.includes(wanted)) ? 2 : 3;
  };
  return CODES.filter((code) => !without.includes(code) && rank(code) < 3)
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, most);
}
