import { expect, test } from "vitest";
import * as Evidence from "./Evidence.ts";
import { problemsOf } from "./InputError.ts";

const content = new Uint8Array([97, 98, 99]);
const evidence: Evidence.Evidence = {
  name: "验收报告.pdf",
  mediaType: "application/pdf",
  size: 3,
  // FIPS 180-2, "abc".
  contentHash: "0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  salt: `0x${"00".repeat(32)}`,
};
// sha256sum of 32 zero bytes and the 32 bytes above.
const commitment = "0x589f9ffed4c477966bfb8d41f37895b08c69047df8f911d6f3b57fbe08faee8d";

test("behavior: hashes content as SHA-256 does", () => {
  expect([Evidence.contentHash(content), Evidence.contentHash("abc")]).toEqual([
    evidence.contentHash,
    evidence.contentHash,
  ]);
});

test("behavior: the ledger's commitment is SHA-256(salt || content hash)", () => {
  expect(Evidence.hash(evidence)).toBe(commitment);
});

test("behavior: verifies the evidence and its file", () => {
  expect([
    Evidence.verify(evidence, commitment),
    Evidence.verify(evidence, commitment, content),
    Evidence.verify(evidence, commitment, new Uint8Array([97, 98, 100])),
    Evidence.verify({ ...evidence, salt: `0x${"01".repeat(32)}` }, commitment),
    Evidence.verify({ ...evidence, size: 4 }, commitment, content),
  ]).toEqual([true, true, false, false, false]);
});

test("error: all problems at once", () => {
  expect(Evidence.parse(evidence)).toEqual(evidence);
  const problems = problemsOf(() => Evidence.parse({ ...evidence, name: "a\u200B", size: -1, salt: "0xA", note: "" }));
  expect(problems.map(({ name, field }) => [name, field])).toEqual([
    ["InvisibleCharacters", "name"],
    ["WrongForm", "size"],
    ["NotAHash", "salt"],
    ["UnknownField", "note"],
  ]);
});
