/** Shares as people read them. */

/** `0.984` as `98.4 %`; whole percents without a point. */
export function percentText(share: number, language: "en" | "zh", digits = 1): string {
  const format = new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en", { maximumFractionDigits: digits });
  return `${format.format(share * 100)} %`;
}
