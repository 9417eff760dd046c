/**
 * Papers to be printed: one page that needs nothing else, in both languages, without a script. What others wrote is text
 * in it, kept from turning the text around it.
 */
import { createHash } from "node:crypto";
import type { InputError } from "../../agreement/index.ts";

type Words = InputError.Words;

/** Markup of ours. What is not is escaped by `html`. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Markup | readonly Markup[];

/** Markup with texts in it, each by itself and escaped. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const inside = pieces.map((piece) => {
    if (piece instanceof Markup) return piece.text;
    if (typeof piece === "object") return piece.map(({ text }) => text).join("");
    return `<bdi>${escaped(String(piece))}</bdi>`;
  });
  return new Markup(parts.map((part, index) => part + (inside[index] ?? "")).join(""));
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);

/** The same in both languages, one above the other. */
export const words = ({ en, zh }: Words): Markup =>
  html`<span lang="en">${en}</span><span class="other" lang="zh-CN">${zh}</span>`;

/** Rows of a name and what it is. */
export const facts = (rows: readonly (readonly [Words, Piece])[]): Markup =>
  html`<dl>${rows.map(([name, value]) => html`<dt>${words(name)}</dt><dd>${value}</dd>`)}</dl>`;

/** Columns that are not the first are set flush right where they are numbers. */
export const table = (head: readonly Words[], rows: readonly (readonly Piece[])[]): Markup =>
  html`<table><thead><tr>${head.map((one) => html`<th scope="col">${words(one)}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((one) => (isNumber(one) ? html`<td class="number">${one}</td>` : html`<td>${one}</td>`))}</tr>`,
  )}</tbody></table>`;

const isNumber = (piece: Piece): boolean => typeof piece === "string" && /^-?[\d,]+(\.\d+)?$/.test(piece);

const STYLE = `
:root { color-scheme: light; }
body { font: 11pt/1.5 "Inter", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; color: #111; margin: 2rem auto; max-width: 46rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 1.5rem; }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
span.other { display: block; color: #444; font-size: .9em; }
dl { display: grid; grid-template-columns: minmax(9rem, 14rem) 1fr; gap: .4rem 1rem; margin: 0; }
dt { color: #444; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .95em; }
th, td { border-bottom: 1px solid #999; padding: .4rem .5rem; text-align: left; vertical-align: top; }
td { overflow-wrap: anywhere; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.note { border: 1px solid #999; padding: .6rem .8rem; margin: 1.5rem 0 0; font-size: .9em; }
@page { size: A4; margin: 18mm; }
@media print { body { margin: 0; max-width: none; padding: 0; } thead { display: table-header-group; } tr, dl { break-inside: avoid; } }
`;
const HASH = createHash("sha256").update(STYLE).digest("base64");
const POLICY = `default-src 'none'; style-src 'sha256-${HASH}'; base-uri 'none'; form-action 'none'`;

/** A whole page. */
export function page(title: Words, body: readonly Markup[]): string {
  const head = `${escaped(title.en)} · ${escaped(title.zh)}`;
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    `<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">`,
    `<title>${head}</title><style>${STYLE}</style></head>`,
    `<body><main>${html`<h1>${words(title)}</h1>`.text}${body.map(({ text }) => text).join("")}</main></body></html>`,
  ].join("");
}
