/**
 * A file that proves something, named on the ledger only by SHA-256(salt || content hash): erase the file and the salt,
 * and nobody can tell what was meant.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import * as z from "zod/mini";
import type { Hex } from "./Agreement.ts";
import * as Field from "./Field.ts";
import { BadInput } from "./InputError.ts";

export const schema = z.strictObject({
  name: Field.line,
  /** IANA media type, e.g. `application/pdf`. */
  mediaType: Field.line,
  /** Bytes. */
  size: z.int().check(z.minimum(0)),
  /** SHA-256 of the file. */
  contentHash: Field.hash,
  /** 32 random bytes, kept with the file. */
  salt: Field.hash,
});

export type Evidence = z.infer<typeof schema>;

/** Throws `BadInput` with all problems. */
export function parse(input: unknown): Evidence {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new BadInput(Field.problemsIn(input, parsed.error.issues, (path) => Field.known(schema, path)));
}

/** SHA-256 of a file, or of a text's UTF-8 bytes. */
export function contentHash(content: Uint8Array | string): Hex {
  return toHex(sha256(typeof content === "string" ? utf8ToBytes(content) : content));
}

/** SHA-256(salt || content hash), both 32 bytes. */
export function commit(salt: string, contentHash: string): Hex {
  return toHex(sha256(concatBytes(hexToBytes(salt.slice(2)), hexToBytes(contentHash.slice(2)))));
}

/** What the ledger keeps of it. */
export function hash(evidence: Evidence): Hex {
  return commit(evidence.salt, evidence.contentHash);
}

/** Whether this evidence is what the ledger names, and, given the file, whether the file is the one. */
export function verify(evidence: Evidence, commitment: string, content?: Uint8Array): boolean {
  if (hash(evidence) !== commitment.toLowerCase()) return false;
  return content === undefined || (content.length === evidence.size && contentHash(content) === evidence.contentHash);
}

const toHex = (bytes: Uint8Array): Hex => `0x${bytesToHex(bytes)}`;
