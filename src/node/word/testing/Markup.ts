/**
 * A Word file from a few lines of text, so that a contract in a test reads like one. A line is a paragraph, but for
 *
 * | begins with | becomes |
 * |---|---|
 * | `= ` `# ` `* ` | a centred title, a heading with Word's style, a bold line |
 * | `+ ` `++ ` `- ` | what Word numbers: `1.`, `1.1`, a bullet |
 * | `\|a\|b` | a row of a table, with the rows beside it; `//` parts paragraphs of a cell, `a>2` covers two columns, `{{a\|b;;c\|d}}` is a table inside |
 * | `:a\|b` | a row of a table without lines, as signatures stand |
 * | `[ ` `^ ` `_ ` | a text box, the page's header, its footer |
 *
 * and inside a line `__filled in__`, `**bold**`, `{+inserted+}`, `{-deleted-}`, `{^footnote^}`, and `\t` as a tab.
 */
import {
  AlignmentType,
  BorderStyle,
  DeletedTextRun,
  Document,
  Footer,
  FootnoteReferenceRun,
  Header,
  HeadingLevel,
  InsertedTextRun,
  LevelFormat,
  Packer,
  Paragraph,
  type ParagraphChild,
  Tab,
  Table,
  TableCell,
  TableRow,
  Textbox,
  TextRun,
  WidthType,
} from "docx";

type Sheet = { blocks: (Paragraph | Table | Textbox)[]; header: string[]; footer: string[]; notes: string[] };

/** The file's bytes. */
export async function write(text: string): Promise<Uint8Array> {
  const sheet: Sheet = { blocks: [], header: [], footer: [], notes: [] };
  const lines = text.trim().split("\n");
  for (let at = 0; at < lines.length; ) at = block(lines, at, sheet);
  const notes = sheet.notes.map((note, index) => [index + 1, { children: [new Paragraph(note)] }] as const);
  const file = new Document({
    numbering: { config: [numbering()] },
    footnotes: Object.fromEntries(notes),
    sections: [
      {
        headers: { default: new Header({ children: sheet.header.map((line) => new Paragraph(line)) }) },
        footers: { default: new Footer({ children: sheet.footer.map((line) => new Paragraph(line)) }) },
        children: sheet.blocks,
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(file));
}

function numbering() {
  const levels = ["%1.", "%1.%2"].map((text, level) => ({
    level,
    format: LevelFormat.DECIMAL,
    text,
    alignment: AlignmentType.START,
  }));
  return { reference: "clauses", levels };
}

/** Writes the block that begins at a line; gives the line after it. */
function block(lines: readonly string[], at: number, sheet: Sheet): number {
  const line = lines[at] ?? "";
  const mark = /^(=|#|\*|\+\+?|-|\[|\^|_) /.exec(line)?.[1];
  const text = mark ? line.slice(mark.length + 1) : line;
  if (/^[|:]/.test(line)) {
    let end = at;
    while (lines[end]?.startsWith(line[0] ?? "")) end += 1;
    sheet.blocks.push(table(lines.slice(at, end), sheet));
    return end;
  }
  const children = mark === "^" || mark === "_" ? [] : runs(text, sheet, mark === "=" || mark === "*");
  if (mark === "^") sheet.header.push(text);
  else if (mark === "_") sheet.footer.push(text);
  else if (mark === "[") {
    sheet.blocks.push(new Textbox({ children: [new Paragraph({ children })], style: { width: "200pt" } }));
  } else {
    sheet.blocks.push(new Paragraph({ children, ...looks(mark) }));
  }
  return at + 1;
}

function looks(mark: string | undefined) {
  if (mark === "=") return { alignment: AlignmentType.CENTER };
  if (mark === "#") return { heading: HeadingLevel.HEADING_1 };
  if (mark === "+" || mark === "++") return { numbering: { reference: "clauses", level: mark.length - 1 } };
  return mark === "-" ? { bullet: { level: 0 } } : {};
}

function table(lines: readonly string[], sheet: Sheet): Table {
  const ruled = lines[0]?.startsWith("|");
  const none = { style: BorderStyle.NONE, size: 0, color: "auto" };
  const borders = { top: none, bottom: none, left: none, right: none };
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    ...(ruled ? {} : { borders }),
    rows: lines.map((line) => {
      const cells = line.slice(1).split(/\|(?![^{]*\}\})/);
      return new TableRow({ children: cells.map((text) => cell(text, ruled ? {} : { borders }, sheet)) });
    }),
  });
}

function cell(text: string, looks: object, sheet: Sheet): TableCell {
  const inner = /^(.*?)\{\{(.*)\}\}$/.exec(text);
  if (inner) {
    const rows = (inner[2] ?? "").split(";;").map((row) => `|${row}`);
    return new TableCell({ children: [new Paragraph(inner[1] ?? ""), table(rows, sheet), new Paragraph("")] });
  }
  const wide = /^(.*)>(\d)$/.exec(text);
  const paragraphs = (wide?.[1] ?? text).split("//");
  return new TableCell({
    ...looks,
    ...(wide ? { columnSpan: Number(wide[2]) } : {}),
    children: paragraphs.map((part) => new Paragraph({ children: runs(part.trim(), sheet, false) })),
  });
}

function runs(text: string, sheet: Sheet, bold: boolean): ParagraphChild[] {
  const change = { author: "Editor", date: "2027-01-01T00:00:00Z" };
  const parts = text.split(/(__[^_]+__|\*\*[^*]+\*\*|\{[-+^].+?[-+^]\}|\t)/).filter((part) => part !== "");
  return parts.map((part, index) => {
    const inside = part.slice(2, -2);
    if (part === "\t") return new TextRun({ children: [new Tab()] });
    if (part.startsWith("__") && part.length > 4) return new TextRun({ text: inside, bold, underline: {} });
    if (part.startsWith("**") && part.length > 4) return new TextRun({ text: inside, bold: true });
    if (part.startsWith("{+")) return new InsertedTextRun({ id: index + 1, ...change, text: inside });
    if (part.startsWith("{-")) return new DeletedTextRun({ id: index + 1, ...change, text: inside });
    if (!part.startsWith("{^")) return new TextRun({ text: part, bold });
    sheet.notes.push(inside);
    return new FootnoteReferenceRun(sheet.notes.length);
  });
}
