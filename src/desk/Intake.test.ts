import { describe, expect, test } from "vitest";
import * as Intake from "./Intake.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const texts = async (input: Uint8Array) => (await Intake.take(input)).feedback.map(({ text }) => text);

describe("formats", () => {
  test("behavior: CSV with quotes, line breaks, and names in Chinese", async () => {
    const csv = '内容,标签,时间\n"很好,""真的""\n好",praise,2026-01-02T00:00:00Z\n闪退,crash,\n';
    expect((await Intake.take(bytes(csv))).feedback).toEqual([
      { at: 2, text: '很好,"真的"\n好', label: "praise", time: 1_767_312_000 },
      { at: 4, text: "闪退", label: "crash" },
    ]);
  });

  test("behavior: an app store's export in UTF-16", async () => {
    const csv = "Package Name,Review Title,Review Text,Star Rating\ncom.example,Bad,It crashes,1\n";
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${csv}`, "utf16le"));
    expect(await texts(utf16)).toEqual(["Bad\nIt crashes"]);
  });

  test("behavior: issues of GitHub, with the names of their labels", async () => {
    const issues = [
      { number: 7, title: "Crash", body: "On start", labels: [{ name: "bug" }], created_at: "2026-01-02T00:00:00Z" },
    ];
    expect((await Intake.take(bytes(JSON.stringify(issues)))).feedback).toEqual([
      { at: 1, text: "Crash\nOn start", labels: ["bug"], time: 1_767_312_000 },
    ]);
  });

  test("behavior: a mail box, with encoded subjects and quoted-printable bodies", async () => {
    const mbox =
      "From a@example.com Fri Jan  2 00:00:00 2026\nSubject: =?UTF-8?B?6Zeu6aKY?=\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=E9=97=AA=E9=80=80\n\nFrom b@example.com Fri Jan  2 00:00:00 2026\nSubject: Hello\nContent-Type: text/html\n\n<p>slow &amp; sad</p><script>steal()</script>\n";
    expect((await texts(bytes(mbox))).map((text) => text.trim().replace(/\s+/g, " "))).toEqual([
      "问题 闪退",
      "Hello slow & sad",
    ]);
  });
});

describe("bad input never stops a batch", () => {
  test("behavior: empty", async () => {
    expect(await Intake.take(new Uint8Array())).toEqual({ feedback: [], bad: [] });
  });

  test("behavior: binary", async () => {
    const { feedback, bad } = await Intake.take(Uint8Array.from({ length: 999 }, (_, at) => (at * 37) % 256));
    expect(feedback).toEqual([]);
    expect(bad[0]?.why.en).toContain("binary");
  });

  test("behavior: a megabyte in one text is cut", async () => {
    const [text = ""] = await texts(bytes(JSON.stringify({ text: "x".repeat(1_000_000) })));
    expect(text).toHaveLength(Intake.LONGEST);
  });

  test("behavior: mixed encodings, line by line", async () => {
    // "闪退" in GB 18030.
    const gb = new Uint8Array([
      0x7b, 0x22, 0x74, 0x65, 0x78, 0x74, 0x22, 0x3a, 0x22, 0xc9, 0xc1, 0xcd, 0xcb, 0x22, 0x7d, 0x0a,
    ]);
    const both = new Uint8Array([...bytes('{"text":"很慢"}\n'), ...gb]);
    expect(await texts(both)).toEqual(["很慢", "闪退"]);
  });

  test("behavior: HTML and scripts leave their words only", async () => {
    const html = '<style>p{}</style><b onclick="x()">slow</b><script>alert(1)</script>';
    expect((await texts(bytes(JSON.stringify({ text: html }))))[0]?.trim()).toBe("slow");
  });

  test("behavior: lines that are no JSON, no object, without text, cut off", async () => {
    const { feedback, bad } = await Intake.take(
      bytes('{"text":"a b"}\nnonsense\n[1]\n{"text":" "}\n{"text":"c d"}\n{"text":"cut o'),
    );
    expect(feedback.map(({ at }) => at)).toEqual([1, 5]);
    expect(bad.map(({ at }) => at)).toEqual([2, 3, 4, 6]);
  });

  test("behavior: CSV cut off within quotes, rows too short, no column of text", async () => {
    const { feedback, bad } = await Intake.take(bytes('text,label\ngood one,a\nshort\n"cut of'));
    expect(feedback).toHaveLength(1);
    expect(bad.map(({ at }) => at)).toEqual([3, 4]);
    expect((await Intake.take(bytes("a,b\n1,2\n"))).bad[0]?.why.zh).toContain("没有可识别的文本列");
  });

  test("behavior: a list in JSON that was cut off", async () => {
    expect((await Intake.take(bytes('[{"text":"a"},'))).bad).toHaveLength(1);
  });
});

test("behavior: a megabyte of beginnings of tags is read once", () => {
  for (const part of ["<a", "<script ", "<!--", "<script>", "</", "&lt;"]) {
    const text = part.repeat(Math.ceil(1_000_000 / part.length));
    expect(Intake.plain(text).length).toBeLessThanOrEqual(text.length);
  }
});
