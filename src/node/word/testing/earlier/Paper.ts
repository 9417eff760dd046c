/** The paper of the six contracts: the few ways in which an office writes a page in Word. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";

type Part = Paragraph | Table;

/** The title of a contract: centred, bold, without a style, as most offices do it. */
export function title(text: string): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 320 },
    children: [new TextRun({ text, bold: true, size: 36 })],
  });
}

/** A heading with Word's own style. */
export function heading(text: string): Paragraph {
  return new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(text)] });
}

/** A heading that is only a bold line. */
export function bold(text: string): Paragraph {
  return new Paragraph({ spacing: { before: 200 }, children: [new TextRun({ text, bold: true })] });
}

export function line(text: string): Paragraph {
  return new Paragraph({ spacing: { line: 360 }, children: [new TextRun(text)] });
}

/** A line of a form: what was printed and, underlined, what was filled in, by turns. */
export function form(...parts: readonly string[]): Paragraph {
  const children = parts.map((text, index) => new TextRun(index % 2 === 0 ? text : { text, underline: {} }));
  return new Paragraph({ spacing: { line: 360 }, children });
}

/** One paragraph in two languages, the second below the first. */
export function pair(first: string, second: string): Paragraph {
  return new Paragraph({
    spacing: { after: 160 },
    children: [new TextRun(first), new TextRun({ text: second, break: 1 })],
  });
}

/** A clause that Word numbers: `level` 0 is "1.", 1 is "1.1". */
export function clause(text: string, level: 0 | 1): Paragraph {
  return new Paragraph({
    numbering: { reference: "clauses", level },
    children: [new TextRun(level === 0 ? { text, bold: true } : text)],
  });
}

/** A table with ruled lines. The first row is bold where `head` says so. */
export function table(rows: readonly (readonly string[])[], head = true): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (cells, index) =>
        new TableRow({
          tableHeader: head && index === 0,
          children: cells.map((text) => new TableCell({ children: lines(text, head && index === 0) })),
        }),
    ),
  });
}

/** Two columns without lines, as signatures stand. */
export function columns(left: string, right: string): Table {
  const none = { style: BorderStyle.NONE, size: 0, color: "auto" };
  const borders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders,
    rows: [
      new TableRow({ children: [left, right].map((text) => new TableCell({ children: lines(text, false), borders })) }),
    ],
  });
}

/** The file, with the page's number at its foot. */
export async function bytes(children: readonly Part[]): Promise<Uint8Array> {
  const foot = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT, " / ", PageNumber.TOTAL_PAGES] })],
  });
  const levels = ["%1.", "%1.%2"].map((text, level) => ({
    level,
    format: LevelFormat.DECIMAL,
    text,
    alignment: AlignmentType.START,
  }));
  const file = new Document({
    numbering: { config: [{ reference: "clauses", levels }] },
    sections: [{ footers: { default: new Footer({ children: [foot] }) }, children: [...children] }],
  });
  return new Uint8Array(await Packer.toBuffer(file));
}

function lines(text: string, bold: boolean): Paragraph[] {
  return text.split("\n").map((part) => new Paragraph({ children: [new TextRun({ text: part, bold })] }));
}
