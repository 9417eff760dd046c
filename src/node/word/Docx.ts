/**
 * A Word file as ordered paragraphs and tables with their text. Deleted text is none, inserted text is; numbers that Word
 * gives automatically, headers, footers and comments are left out.
 */
import { SaxesParser } from "saxes";
import { LIMITS, WordFileRefused } from "./Faults.ts";
import { unpack } from "./Zip.ts";

/** A cell's text stands in its table's text from `start`; `column` counts grid columns, `span` of which it covers. */
export type Cell = { text: string; start: number; column: number; span: number };

export type Block =
  | {
      kind: "paragraph";
      text: string;
      /** Of a heading, 1 to 9; 0 for the document's title. */
      level?: number;
      /** Whether Word puts a number or a bullet before it. */
      numbered?: boolean;
      centred?: boolean;
    }
  /** `text` joins the cells of a row by tabs and the rows by line ends. */
  | { kind: "table"; text: string; rows: readonly (readonly Cell[])[] };

export type Document = { blocks: readonly Block[] };

const MAIN = /^word\/document\d*\.xml$/;
const TYPES = "[Content_Types].xml";

/** Throws `WordFileRefused`. */
export function read(bytes: Uint8Array): Document {
  const { names, parts } = unpack(bytes, (name) => MAIN.test(name) || name === TYPES);
  if ([...names].some((name) => /vbaProject|vbaData/i.test(name)) || /macroEnabled/i.test(parts.get(TYPES) ?? "")) {
    throw new WordFileRefused("macros");
  }
  const main = [...parts.keys()].find((name) => MAIN.test(name));
  if (main === undefined) throw new WordFileRefused("notDocx");
  return { blocks: parse(parts.get(main) ?? "") };
}

type Paragraph = { text: string[]; level?: number; numbered?: boolean; centred?: boolean };
type Table = { rows: Cell[][]; column: number };
/** Where finished paragraphs go: the body or a text box, or a cell, whose text is joined. */
type Container = { into: "blocks" } | { into: "cell"; texts: string[]; span: number };

/** Elements whose content is no text of the contract: what was deleted, what is shown twice, how fields are made. */
const SKIPPED = new Set([
  "del",
  "moveFrom",
  "Fallback",
  "instrText",
  "delText",
  "delInstrText",
  "rubyPr",
  "rt",
  "sdtPr",
  "sectPr",
  "tblPr",
  "tcPrChange",
  "pPrChange",
  "rPrChange",
]);
const BREAKS: Record<string, string> = { tab: "\t", br: "\n", cr: "\n", noBreakHyphen: "-", ptab: "\t" };

function parse(xml: string): readonly Block[] {
  const blocks: Block[] = [];
  const paragraphs: Paragraph[] = [];
  const tables: Table[] = [];
  const containers: Container[] = [{ into: "blocks" }];
  let depth = 0;
  /** Depth at which skipping began; 0 when nothing is skipped. */
  let skipping = 0;
  let inText = false;
  let inProperties = 0;
  let characters = 0;
  /** Paragraphs, those of cells among them, and lines within them. */
  let lines = 0;
  /** A paragraph whose end was deleted goes on in the next. */
  let carried: Paragraph | undefined;
  let endDeleted = false;

  const emit = (block: Block) => {
    if (blocks.length >= LIMITS.blocks) throw new WordFileRefused("length");
    blocks.push(block);
  };
  const line = () => {
    lines += 1;
    if (lines > LIMITS.blocks) throw new WordFileRefused("length");
  };
  const write = (text: string) => {
    const seen = visible(text);
    if (seen === "\n") line();
    characters += seen.length;
    if (characters > LIMITS.characters) throw new WordFileRefused("length");
    paragraphs.at(-1)?.text.push(seen);
  };
  const open = (name: string, attributes: Record<string, string>) => {
    const value = attributes["w:val"] ?? "";
    const paragraph = paragraphs.at(-1);
    if (name === "p") {
      paragraphs.push(carried ?? { text: [] });
      carried = undefined;
    } else if (name === "pPr") inProperties = depth;
    else if (name === "t") inText = true;
    else if (name === "tbl") tables.push({ rows: [], column: 0 });
    else if (name === "tr") {
      const table = tables.at(-1);
      table?.rows.push([]);
      if (table) table.column = 0;
      if ((table?.rows.length ?? 0) > LIMITS.blocks) throw new WordFileRefused("length");
    } else if (name === "tc") containers.push({ into: "cell", texts: [], span: 1 });
    else if (name === "txbxContent") containers.push({ into: "blocks" });
    else if (name === "gridSpan") {
      const container = containers.at(-1);
      if (container?.into === "cell") container.span = Math.min(64, Math.max(1, Number.parseInt(value, 10) || 1));
    } else if (inProperties > 0 && paragraph) {
      if (name === "pStyle") Object.assign(paragraph, levelOf(value));
      else if (name === "outlineLvl" && /^[0-8]$/.test(value)) paragraph.level ??= Number(value) + 1;
      else if (name === "numId" && value !== "0") paragraph.numbered = true;
      else if (name === "jc" && value === "center") paragraph.centred = true;
    } else if (BREAKS[name] !== undefined && inProperties === 0) write(BREAKS[name]);
  };
  const close = (name: string) => {
    if (name === "t") inText = false;
    else if (name === "pPr") inProperties = 0;
    else if (name === "p") {
      const paragraph = paragraphs.pop();
      if (!paragraph) return;
      if (endDeleted) {
        carried = paragraph;
        endDeleted = false;
        return;
      }
      line();
      finish(paragraph);
    } else if (name === "tc") {
      flush();
      const container = containers.pop();
      const table = tables.at(-1);
      if (container?.into !== "cell" || !table) return;
      const text = container.texts.join("\n").replace(/\n+$/, "");
      table.rows.at(-1)?.push({ text, start: 0, column: table.column, span: container.span });
      table.column += container.span;
    } else if (name === "txbxContent") containers.pop();
    else if (name === "tbl") {
      const table = tables.pop();
      if (table && table.rows.length > 0) emit(laidOut(table.rows.filter((row) => row.length > 0)));
    }
  };
  const finish = ({ text, level, numbered, centred }: Paragraph) => {
    const container = containers.at(-1);
    // A run of blanks that fills a line says no more than forty do.
    const joined = text.join("").replace(/[ \t]{40,}/g, (blanks) => blanks.slice(0, 40));
    if (container?.into === "cell") container.texts.push(joined);
    else if (joined.trim() !== "") {
      const looks = {
        ...(level === undefined ? {} : { level }),
        ...(numbered ? { numbered } : {}),
        ...(centred ? { centred } : {}),
      };
      emit({ kind: "paragraph", text: joined, ...looks });
    }
  };
  const flush = () => {
    if (carried) finish(carried);
    carried = undefined;
  };

  const parser = new SaxesParser();
  parser.on("error", () => {
    throw new WordFileRefused("damaged");
  });
  parser.on("doctype", () => {
    throw new WordFileRefused("doctype");
  });
  parser.on("opentag", ({ name, attributes }) => {
    depth += 1;
    if (depth > LIMITS.nesting) throw new WordFileRefused("nesting");
    const local = name.slice(name.indexOf(":") + 1);
    // A deleted paragraph mark stands in the paragraph's own properties and holds nothing.
    if (local === "del" && inProperties > 0 && skipping === 0) endDeleted = true;
    if (skipping === 0 && SKIPPED.has(local)) skipping = depth;
    if (skipping === 0) open(local, attributes as Record<string, string>);
  });
  parser.on("closetag", ({ name }) => {
    const skipped = skipping > 0;
    if (skipping === depth) skipping = 0;
    depth -= 1;
    if (!skipped) close(name.slice(name.indexOf(":") + 1));
  });
  parser.on("text", (text) => {
    if (inText && skipping === 0) write(text);
  });
  for (let at = 0; at < xml.length; at += CHUNK) parser.write(xml.slice(at, at + CHUNK));
  parser.close();
  flush();
  return blocks;
}

/** Small enough that a doctype's entities are refused before the rest is looked at. */
const CHUNK = 65_536;

/** Without what cannot be seen, and with plain spaces; as many characters as are seen. */
function visible(text: string): string {
  return text
    .replace(/[^\t\n\P{Cc}]|[\p{Cf}\p{Cs}\p{Co}]|(?![\t\n])\p{Default_Ignorable_Code_Point}/gu, "")
    .replace(/\p{Zs}/gu, " ")
    .normalize("NFC");
}

function levelOf(style: string): { level?: number } {
  if (/^(title|标题)$/i.test(style)) return { level: 0 };
  const match = /^(?:heading|标题)? ?([1-9])$/i.exec(style);
  return match ? { level: Number(match[1]) } : {};
}

function laidOut(rows: readonly Cell[][]): Block {
  let at = 0;
  const placed = rows.map((row) =>
    row.map((cell) => {
      const start = at;
      at += cell.text.length + 1;
      return { ...cell, start };
    }),
  );
  return { kind: "table", rows: placed, text: rows.map((row) => row.map(({ text }) => text).join("\t")).join("\n") };
}
