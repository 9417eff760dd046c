/**
 * Writes Word files as an office would: bold words in a line of their own run, tabs and line breaks inside a paragraph,
 * tables with merged cells, headings by style, numbers by the list or typed by hand.
 */
import {
  AlignmentType,
  Document,
  Footer,
  FootnoteReferenceRun,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageBreak,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";

type Block = Paragraph | Table;

/** `**bold**` words; `\t` becomes a tab; `[^1]` refers to a footnote. */
function runs(text: string): (TextRun | FootnoteReferenceRun)[] {
  const parts = text.split(/(\*\*.+?\*\*|\[\^\d+\])/).filter((part) => part !== "");
  return parts.map((part) => {
    const note = /^\[\^(\d+)\]$/.exec(part);
    if (note) return new FootnoteReferenceRun(Number(note[1]));
    const bold = part.startsWith("**");
    const pieces = (bold ? part.slice(2, -2) : part).split("\t");
    return new TextRun({ bold, children: pieces.flatMap((piece, at) => (at === 0 ? [piece] : [new Tab(), piece])) });
  });
}

/** A paragraph; a line break inside it is written as one. */
export function line(text: string): Paragraph {
  const parts = text.split("\n");
  const children = parts.flatMap((part, index) =>
    index === 0 ? runs(part) : [new TextRun({ break: 1 }), ...runs(part)],
  );
  return new Paragraph({ children });
}

export const lines = (...texts: readonly string[]): Paragraph[] => texts.map(line);

export function title(text: string): Paragraph {
  return new Paragraph({ heading: HeadingLevel.TITLE, alignment: AlignmentType.CENTER, children: runs(text) });
}

export function heading(text: string, level: 1 | 2 = 1): Paragraph {
  return new Paragraph({
    heading: level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
    children: runs(text),
  });
}

/** A paragraph that the list numbers, so that its number is not in its text. */
export function numbered(text: string, level = 0): Paragraph {
  return new Paragraph({ numbering: { reference: "clauses", level }, children: runs(text) });
}

export const pageBreak = (): Paragraph => new Paragraph({ children: [new PageBreak()] });

/** A cell is its text, or its text with how many columns or rows it spans. */
type Cell = string | { text: string; columns?: number; rows?: number };

export function table(...rows: readonly (readonly Cell[])[]): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (cells) =>
        new TableRow({
          children: cells.map((cell) => {
            const { text, columns = 1, rows: span = 1 } = typeof cell === "string" ? { text: cell } : cell;
            return new TableCell({ columnSpan: columns, rowSpan: span, children: text.split("\n\n").map(line) });
          }),
        }),
    ),
  });
}

type Paper = { body: readonly Block[]; header?: string; footer?: string; notes?: Record<number, string> };

/** The file's bytes. */
export async function bytes({ body, header, footer, notes = {} }: Paper): Promise<Uint8Array> {
  const document = new Document({
    numbering: {
      config: [
        {
          reference: "clauses",
          levels: [
            { level: 0, format: LevelFormat.DECIMAL, text: "%1.", alignment: AlignmentType.START },
            { level: 1, format: LevelFormat.DECIMAL, text: "%1.%2", alignment: AlignmentType.START },
          ],
        },
      ],
    },
    footnotes: Object.fromEntries(Object.entries(notes).map(([id, text]) => [id, { children: [line(text)] }])),
    sections: [
      {
        ...(header === undefined ? {} : { headers: { default: new Header({ children: [line(header)] }) } }),
        ...(footer === undefined ? {} : { footers: { default: new Footer({ children: [line(footer)] }) } }),
        children: [...body],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
