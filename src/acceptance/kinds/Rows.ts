/** Rows of JSON Lines or CSV (RFC 4180), as untrusted programs print them. */
import { parse } from "./Outcome.ts";

export type Row = Readonly<Record<string, unknown>>;

/** Rows, or at which line (from 1) it goes wrong. */
export function jsonLines(text: string): { rows: readonly Row[] } | { line: number } {
  const rows: Row[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const value = parse(line)?.value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return { line: index + 1 };
    rows.push(value as Row);
  }
  return { rows };
}

/** The first line names the columns; every row has as many fields. */
export function csv(text: string): { rows: readonly Row[]; columns: readonly string[] } | { line: number } {
  const records: string[][] = [];
  let [record, field, quoted, closed, line]: [string[], string, boolean, boolean, number] = [[], "", false, false, 1];
  const endField = () => {
    record.push(field);
    [field, closed] = ["", false];
  };
  const endRecord = () => {
    endField();
    if (record.length > 1 || record[0] !== "") records.push(record);
    record = [];
  };
  const plain = text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  for (let at = 0; at < plain.length; at += 1) {
    const letter = plain[at];
    if (letter === "\n") line += 1;
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (plain[at + 1] === '"') {
        field += '"';
        at += 1;
      } else [quoted, closed] = [false, true];
    } else if (letter === '"' && field === "" && !closed) quoted = true;
    else if (letter === ",") endField();
    else if (letter === "\n") endRecord();
    else if (letter === '"' || closed) return { line };
    else field += letter;
  }
  if (quoted) return { line };
  if (field !== "" || closed || record.length > 0) endRecord();
  const [columns = [], ...rest] = records;
  const odd = rest.findIndex((one) => one.length !== columns.length);
  if (odd >= 0 || new Set(columns).size !== columns.length) return { line: odd + 2 };
  const rows = rest.map((one) => Object.fromEntries(columns.map((name, index) => [name, one[index]])));
  return { rows, columns };
}
