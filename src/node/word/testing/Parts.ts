/** The expected fields of a contract's parts, a row each. */
type Row = readonly [title: string | undefined, amount?: string, due?: string, more?: Readonly<Record<string, string>>];

/** `each` holds at every part; a row's own fields stand beside it. Titles are in the language given, or `zh / en`. */
export function parts(
  language: "en" | "zh" | "both",
  each: Readonly<Record<string, string>>,
  rows: readonly Row[],
): Record<string, string> {
  const fields: [string, string][] = rows.flatMap(([title, amount, due, more], index) => {
    const [zh, en] = language === "both" ? (title?.split(" / ") ?? []) : [title, title];
    const own = {
      ...(zh && language !== "en" ? { "title.zh": zh } : {}),
      ...(en && language !== "zh" ? { "title.en": en } : {}),
      ...(amount ? { amount } : {}),
      ...(due ? { due } : {}),
      ...each,
      ...more,
    };
    return Object.entries(own).map(([field, value]): [string, string] => [`milestones[${index}].${field}`, value]);
  });
  return Object.fromEntries(fields);
}
