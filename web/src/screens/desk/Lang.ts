/** The language of a text that somebody wrote, as browsers and readers of screens name it. */

/** Nothing where the node could not tell: the page's own is assumed then. */
export function langOf(language: string): string | undefined {
  if (language === "zh") return "zh-CN";
  return /^[a-z]{2}$/.test(language) ? language : undefined;
}
