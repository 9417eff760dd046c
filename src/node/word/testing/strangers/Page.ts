/** What these contracts are typed with: paragraphs, tables and a file, as a word processor would leave them. */
import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";

type Child = Paragraph | Table;

/** A paragraph. Text between `**` is bold, so a sentence is split over runs; `\t` and `\n` are a tab and a line break. */
export function line(text: string, options: { centred?: boolean } = {}): Paragraph {
  return new Paragraph({
    children: runs(text),
    ...(options.centred ? { alignment: AlignmentType.CENTER } : {}),
  });
}

/** A centred title; its style is one that no outline knows. */
export function title(text: string): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ text, bold: true, size: 36 })] });
}

/** A heading of the outline. */
export function heading(text: string): Paragraph {
  return new Paragraph({ heading: HeadingLevel.HEADING_1, children: runs(text) });
}

/** A clause whose number the word processor counts: `Article I` at level 0, `(a)` at level 1. */
export function clause(text: string, level: 0 | 1): Paragraph {
  return new Paragraph({ numbering: { reference: "articles", level }, children: runs(text) });
}

/** A table. An array is a cell of several paragraphs; `span` is how many columns one covers. */
export function table(rows: readonly (readonly (string | readonly string[] | { text: string; span: number })[])[]) {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map((cells) => new TableRow({ children: cells.map(cell) })),
  });
}

/** The bytes of the file. */
export async function file(children: readonly Child[], footer: string): Promise<Uint8Array> {
  const level = (level: number, format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => ({
    level,
    format,
    text,
    alignment: AlignmentType.START,
  });
  const levels = [level(0, LevelFormat.UPPER_ROMAN, "Article %1"), level(1, LevelFormat.LOWER_LETTER, "(%2)")];
  const foot = new Paragraph({ children: [new TextRun({ children: [`${footer} `, PageNumber.CURRENT] })] });
  const document = new Document({
    numbering: { config: [{ reference: "articles", levels }] },
    sections: [{ footers: { default: new Footer({ children: [foot] }) }, children: [...children] }],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function cell(content: string | readonly string[] | { text: string; span: number }): TableCell {
  if (typeof content === "string") return new TableCell({ children: [line(content)] });
  if ("span" in content) return new TableCell({ columnSpan: content.span, children: [line(content.text)] });
  return new TableCell({ children: content.map((text) => line(text)) });
}

function runs(text: string): TextRun[] {
  return text.split("**").flatMap((part, index) => {
    const pieces = part.split(/([\t\n])/).filter((piece) => piece !== "");
    return pieces.map((piece) => {
      if (piece === "\t") return new TextRun({ children: [new Tab()] });
      if (piece === "\n") return new TextRun({ break: 1 });
      return new TextRun({ text: piece, bold: index % 2 === 1 });
    });
  });
}
