import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { Evidence } from "../agreement/index.ts";
import * as EvidenceFile from "./EvidenceFile.ts";

const folder = mkdtempSync(join(tmpdir(), "commenda-evidence-"));
const [file, list] = [join(folder, "design.zip"), join(folder, "terms.evidence.json")];
const salt = (digit: string) => `0x${digit.repeat(64)}`;
const use = { agreement: salt("a"), act: "deliver", tranche: 0, round: 0 } as EvidenceFile.Use;
beforeEach(() => {
  rmSync(list, { force: true });
  writeFileSync(file, "drawings");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["terms.json", "terms.evidence.json"],
  ["deals/tea.v2.yaml", "deals/tea.v2.evidence.json"],
  ["/a/terms", "/a/terms.evidence.json"],
])("behavior: beside %s is %s", (terms, beside) => {
  expect(EvidenceFile.beside(terms)).toBe(beside);
});

test("behavior: a file and its salt are in the list, for its owner only, and nothing else is left", () => {
  const kept = EvidenceFile.keep(list, file, use, salt("1"));
  expect(kept).toMatchObject({ ...use, file, commitment: Evidence.hash(kept.evidence), evidence: { salt: salt("1") } });
  expect(EvidenceFile.read(list)).toEqual([kept]);
  expect(statSync(list).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).sort()).toEqual(["design.zip", "terms.evidence.json"]);
});

test("behavior: the same file for the same act keeps its salt; another file, act, part or round has its own", () => {
  EvidenceFile.keep(list, file, use, salt("1"));
  expect(EvidenceFile.keep(list, file, use, salt("2")).evidence.salt).toBe(salt("1"));
  const others = [
    { ...use, round: 1 },
    { ...use, tranche: 1 },
    { ...use, act: "reject" },
    { ...use, agreement: salt("b") as EvidenceFile.Use["agreement"] },
  ];
  for (const [k, other] of others.entries())
    expect(EvidenceFile.keep(list, file, other, salt(String(k + 3))).evidence.salt).toBe(salt(String(k + 3)));
  writeFileSync(file, "other drawings");
  expect(EvidenceFile.keep(list, file, use, salt("7")).evidence.salt).toBe(salt("7"));
  expect(EvidenceFile.read(list).map(({ evidence }) => evidence.salt)).toEqual(
    ["1", "3", "4", "5", "6", "7"].map(salt),
  );
});

test("error: what cannot be read is never written over", () => {
  const whole = JSON.stringify({ version: "commenda-evidence/1", kept: [{ ...use, file: "x" }] });
  for (const content of ["{", "[]", whole]) {
    writeFileSync(list, content);
    expect(() => EvidenceFile.keep(list, file, use, salt("1"))).toThrow(list);
    expect(readFileSync(list, "utf8")).toBe(content);
  }
  expect(readdirSync(folder).sort()).toEqual(["design.zip", "terms.evidence.json"]);
});

test("error: a list that another process writes is left to it", () => {
  EvidenceFile.keep(list, file, use, salt("1"));
  writeFileSync(`${list}.new`, "half");
  expect(() => EvidenceFile.keep(list, file, { ...use, round: 1 }, salt("2"))).toThrow(
    `delete ${list}.new and try again. Nothing was sent.`,
  );
  expect(EvidenceFile.read(list)).toHaveLength(1);
  expect(readFileSync(`${list}.new`, "utf8")).toBe("half");
  rmSync(`${list}.new`);
});

test("behavior: a name in decomposed letters is shown composed; one that a pack cannot show is refused before it is kept", () => {
  const composed = join(folder, "r\u00e9sum\u00e9.txt");
  const decomposed = composed.normalize("NFD");
  writeFileSync(decomposed, "x");
  expect(EvidenceFile.keep(list, decomposed, use, salt("1")).evidence.name).toBe("r\u00e9sum\u00e9.txt");
  const hidden = join(folder, "a\u202egnp.exe");
  writeFileSync(hidden, "x");
  expect(() => EvidenceFile.keep(list, hidden, use, salt("2"))).toThrow("name: ");
  expect(EvidenceFile.read(list)).toHaveLength(1);
});
