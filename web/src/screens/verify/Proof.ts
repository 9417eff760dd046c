/** What a file or a hash has to do with a pack: found in this browser, nothing is sent. */
import * as Evidence from "../../../../src/agreement/Evidence.ts";

export type Hash = `0x${string}`;
/**
 * `content`: the pack lists a file with this very content, by the hash that the ledger names. `commitment`: it is such a
 * salted hash. `named`: it stands somewhere in the pack, as the hash of the agreement does.
 */
export type Match = "content" | "commitment" | "named" | "none";

/** `0x` and 64 hex digits, however it was written; nothing for anything else. */
export function hashOf(text: string): Hash | undefined {
  const digits = /^(?:0x)?([0-9a-f]{64})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : `0x${digits.toLowerCase()}`;
}

/** SHA-256. */
export async function hashOfFile(file: Blob): Promise<Hash> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return `0x${Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** @param pack Text of a pack, that the node has read as one. */
export function matchOf(pack: string, hash: Hash): { match: Match; name?: string } {
  for (const one of evidenceOf(pack)) {
    const { name, salt, contentHash } = one;
    const commitment = Evidence.commit(salt, contentHash);
    if (contentHash.toLowerCase() === hash) return { match: "content", name };
    if (commitment === hash) return { match: "commitment", name };
  }
  return { match: pack.toLowerCase().includes(hash.slice(2)) ? "named" : "none" };
}

type Listed = Pick<Evidence.Evidence, "name" | "salt" | "contentHash">;

function evidenceOf(pack: string): readonly Listed[] {
  const parsed: unknown = JSON.parse(pack);
  const list = typeof parsed === "object" && parsed !== null && "evidence" in parsed ? parsed.evidence : [];
  return Array.isArray(list) ? list : [];
}
