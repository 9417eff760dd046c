import { describe, expect, test } from "vitest";
import * as Evidence from "../../../../src/agreement/Evidence.ts";
import * as Proof from "./Proof.ts";

const contentHash = Evidence.contentHash("a delivery");
const salt = `0x${"5a".repeat(32)}`;
const commitment = Evidence.commit(salt, contentHash);
const terms = `0x${"ab".repeat(32)}` as const;
const pack = JSON.stringify({ terms, evidence: [{ name: "site.zip", salt, contentHash, mediaType: "a/b", size: 10 }] });

describe("Proof", () => {
  test("reads a hash however it was written, and nothing else", () => {
    expect(Proof.hashOf(` ${"AB".repeat(32)} `)).toBe(terms);
    expect(Proof.hashOf(terms)).toBe(terms);
    for (const wrong of ["", "0x12", `${"ab".repeat(32)}0`, "g".repeat(64)])
      expect(Proof.hashOf(wrong)).toBeUndefined();
  });

  test("hashes a file as the ledger's commitments do", async () => {
    expect(await Proof.hashOfFile(new Blob(["a delivery"]))).toBe(contentHash);
  });

  test("behavior: tells what a hash is to a pack", () => {
    expect(Proof.matchOf(pack, contentHash)).toEqual({ match: "content", name: "site.zip" });
    expect(Proof.matchOf(pack, commitment)).toEqual({ match: "commitment", name: "site.zip" });
    expect(Proof.matchOf(pack, terms)).toEqual({ match: "named" });
    expect(Proof.matchOf(pack, `0x${"cd".repeat(32)}`)).toEqual({ match: "none" });
    expect(Proof.matchOf("{}", terms)).toEqual({ match: "none" });
  });
});
