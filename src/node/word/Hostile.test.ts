import { strToU8, type Zippable, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { contracts } from "./testing/contracts.ts";
import * as Word from "./Word.ts";

const MAIN = "word/document.xml";
const NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const body = (inside: string): string =>
  `<?xml version="1.0"?><w:document ${NAMESPACE}><w:body>${inside}</w:body></w:document>`;
const paragraph = (inside: string): string => `<w:p>${inside}</w:p>`;
const run = (text: string): string => `<w:r><w:t>${text}</w:t></w:r>`;
const packed = (parts: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])) as Zippable);
const docx = (inside: string): Uint8Array => packed({ "[Content_Types].xml": "<Types/>", [MAIN]: body(inside) });

function refusal(bytes: Uint8Array): string {
  try {
    Word.read(bytes);
  } catch (error) {
    if (!(error instanceof Word.WordFileRefused)) throw error;
    expect(error.in("en")).not.toBe("");
    expect(error.in("zh")).toMatch(/\p{Script=Han}/u);
    expect(error.toProblem().status).toBe(422);
    return error.reason;
  }
  return "read";
}

const texts = (bytes: Uint8Array): string[] => Word.read(bytes).blocks.map(({ text }) => text);

describe("a hostile file is refused in words", () => {
  const rows: readonly (readonly [string, () => Uint8Array | Promise<Uint8Array>, string])[] = [
    ["nothing at all", () => new Uint8Array(), "empty"],
    ["plain text", () => strToU8("This Agreement is made between …"), "notDocx"],
    ["a PDF", () => strToU8("%PDF-1.7 …"), "notDocx"],
    ["an archive without a document", () => packed({ "xl/workbook.xml": "<workbook/>" }), "notDocx"],
    [
      "an old or encrypted file",
      () => Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0),
      "oldOrEncrypted",
    ],
    [
      "an entry marked as encrypted",
      () => {
        const bytes = docx(paragraph(run("a")));
        bytes[6] = (bytes[6] ?? 0) | 1;
        return bytes;
      },
      "oldOrEncrypted",
    ],
    ["macros", () => packed({ [MAIN]: body(""), "word/vbaProject.bin": "x" }), "macros"],
    [
      "the content type of a file with macros",
      () =>
        packed({ "[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml", [MAIN]: body("") }),
      "macros",
    ],
    [
      "a file cut off in the middle",
      async () => {
        const whole = await (contracts[0]?.bytes() ?? new Uint8Array());
        return whole.subarray(0, Math.floor(whole.length / 2));
      },
      "damaged",
    ],
    ["broken XML", () => packed({ [MAIN]: "<w:document><w:body><w:p></w:body>" }), "damaged"],
    ["XML that stops", () => packed({ [MAIN]: body(paragraph(run("a"))).slice(0, -20) }), "damaged"],
    ["text that is not UTF-8", () => zipSync({ [MAIN]: Uint8Array.of(0xff, 0xfe, 0x3c, 0x00, 0x77, 0x00) }), "damaged"],
    [
      "entities that grow",
      () =>
        packed({
          [MAIN]: `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>${body(paragraph(run("&b;"))).slice(21)}`,
        }),
      "doctype",
    ],
    ["an entity from outside", () => packed({ [MAIN]: `<!DOCTYPE x SYSTEM "file:///etc/hosts"><x/>` }), "doctype"],
    ["an entity that nobody declared", () => docx(paragraph(run("&lol;"))), "damaged"],
    ["elements nested deeply", () => docx("<w:p>".repeat(5000) + "</w:p>".repeat(5000)), "nesting"],
    ["a name that leads out", () => packed({ "../../etc/passwd": "x", [MAIN]: body("") }), "paths"],
    ["an absolute name", () => packed({ "/etc/passwd": "x", [MAIN]: body("") }), "paths"],
    ["a name with a drive", () => packed({ "C:\\windows\\x": "x", [MAIN]: body("") }), "paths"],
    [
      "thousands of entries",
      () => packed(Object.fromEntries(Array.from({ length: 2500 }, (_, index) => [`word/media/${index}.png`, ""]))),
      "entries",
    ],
    ["more bytes than fit", () => new Uint8Array(Word.LIMITS.compressed + 1), "compressed"],
    ["a bomb of spaces", () => docx(" ".repeat(Word.LIMITS.unpacked + 1)), "unpacked"],
    ["more text than a contract has", () => docx(paragraph(run("a".repeat(Word.LIMITS.characters + 1)))), "length"],
    [
      "more lines than a contract has",
      () => docx(paragraph(`<w:r>${"<w:br/>".repeat(Word.LIMITS.blocks + 1)}</w:r>`)),
      "length",
    ],
    ["more paragraphs than a contract has", () => docx(paragraph(run("a")).repeat(Word.LIMITS.blocks + 1)), "length"],
  ];
  test.each(rows)("error: %s", async (_, make, reason) => {
    expect(refusal(await make())).toBe(reason);
  });

  test("error: a part that stands twice", () => {
    const one = packed({ [MAIN]: body("") });
    const entries = one.subarray(0, one.length - 22 - 46 - MAIN.length);
    const twice = new Uint8Array(entries.length + one.length);
    twice.set(entries);
    twice.set(one, entries.length);
    expect(refusal(twice)).toBe("repeated");
  });

  test("behavior: a header that lies about its size changes nothing", () => {
    const bytes = docx(paragraph(run("whole")));
    const end = bytes.length;
    // Sizes of the central directory, which nobody asks.
    for (let at = 0; at + 4 < end; at++) {
      if (bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 1 && bytes[at + 3] === 2)
        bytes.fill(0xff, at + 24, at + 28);
    }
    expect(texts(bytes)).toEqual(["whole"]);
  });
});

describe("the text is what Word would show", () => {
  test("behavior: deleted text is none, inserted text is", () => {
    const inside = paragraph(
      `${run("The fee is ")}<w:del><w:r><w:delText>USD 10</w:delText></w:r></w:del><w:ins>${run("USD 20")}</w:ins><w:moveFrom>${run("gone")}</w:moveFrom>`,
    );
    expect(texts(docx(inside))).toEqual(["The fee is USD 20"]);
  });

  test("behavior: a paragraph whose end was deleted goes on in the next", () => {
    const first = paragraph(`<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>${run("one ")}`);
    expect(texts(docx(first + paragraph(run("two"))))).toEqual(["one two"]);
  });

  test("behavior: a text box is read once, tabs and breaks are kept", () => {
    const box = `<w:txbxContent>${paragraph(run("boxed"))}</w:txbxContent>`;
    const shape = `<mc:AlternateContent xmlns:mc="m"><mc:Choice>${box}</mc:Choice><mc:Fallback>${box}</mc:Fallback></mc:AlternateContent>`;
    expect(texts(docx(paragraph(`<w:r>${shape}<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>`)))).toEqual([
      "boxed",
      "a\tb\nc",
    ]);
  });

  test("behavior: cells keep their place and their grid column", () => {
    const cell = (text: string, properties = "") => `<w:tc>${properties}${paragraph(run(text))}</w:tc>`;
    const wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>';
    const [table] = Word.read(
      docx(`<w:tbl><w:tr>${cell("ab", wide)}${cell("c")}</w:tr><w:tr>${cell("d")}</w:tr></w:tbl>`),
    ).blocks;
    expect(table).toEqual({
      kind: "table",
      text: "ab\tc\nd",
      rows: [
        [
          { text: "ab", start: 0, column: 0, span: 2 },
          { text: "c", start: 3, column: 2, span: 1 },
        ],
        [{ text: "d", start: 5, column: 0, span: 1 }],
      ],
    });
  });

  test("behavior: what cannot be seen is left out", () => {
    expect(texts(docx(paragraph(run("a\u200Bb\u00A0c\u202Ed"))))).toEqual(["ab cd"]);
  });

  test("behavior: an empty document gives gaps and no findings", () => {
    const { findings, gaps } = Word.draft(Word.read(docx("")));
    expect(findings).toEqual([]);
    expect(gaps.map(({ field }) => field)).toContain("milestones");
  });

  const longest: readonly (readonly [string, string])[] = [
    ["one word without an end", `<w:r><w:t>${"a".repeat(Word.LIMITS.characters)}</w:t></w:r>`],
    ["one numeral without an end", `<w:r><w:t>${"一".repeat(Word.LIMITS.characters)}</w:t></w:r>`],
    ["a label in each of the most lines", `<w:r>${"<w:t>甲方：</w:t><w:br/>".repeat(Word.LIMITS.blocks - 1)}</w:r>`],
  ];
  test.each(longest)("behavior: %s is read in passing", (_, inside) => {
    expect(Word.draft(Word.read(docx(paragraph(inside)))).findings.length).toBeLessThan(10);
  });

  test("behavior: text made to be slow is read in passing", () => {
    const slow = [
      "甲方".repeat(20_000),
      "(".repeat(20_000),
      "one ".repeat(20_000),
      "1,".repeat(20_000),
      "知识产权".repeat(9000),
      `governed by ${"A ".repeat(9000)}`,
      "The Courts ".repeat(5000),
      "第一".repeat(9000),
    ];
    const { findings } = Word.draft(Word.read(docx(slow.map((text) => paragraph(run(text))).join(""))));
    expect(findings.length).toBeLessThan(10);
  });
});
