/** Columns of text that line up in a terminal, also where Chinese characters take two places. */

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6“”‘’…—]/gu;

/** Places that a text takes. Quotation marks and dashes are as wide as those of the language they stand in. */
export function width(text: string): number {
  const isChinese = /[\u4e00-\u9fff]/.test(text);
  const wide = text.match(WIDE)?.filter((character) => isChinese || !/[“”‘’…—]/.test(character)).length ?? 0;
  return [...text].length + wide;
}

/** Rows as lines; `right` names the columns that are set flush right. */
export function lines(rows: readonly (readonly string[])[], right: readonly number[] = []): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, text] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, width(text));
  return rows.map((row) =>
    row
      .map((text, column) => {
        const gap = " ".repeat((widths[column] ?? 0) - width(text));
        return right.includes(column) ? gap + text : text + gap;
      })
      .join("  ")
      .trimEnd(),
  );
}
