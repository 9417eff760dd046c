/** The parts of an archive, unpacked as a stream that stops at its bounds: whatever a header claims, only bytes count. */
import { Unzip, UnzipInflate } from "fflate";
import { LIMITS, WordFileRefused } from "./Faults.ts";

/** One push may grow a thousandfold: 8 KB give 8 MB at most before the bound is looked at. */
const STEP = 8192;
/** A closing record of 22 bytes and a comment of 64 KB. */
const TAIL = 22 + 65_535;

/** The parts whose name `wanted` names, as text. Throws `WordFileRefused`. */
export function unpack(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
): { names: ReadonlySet<string>; parts: ReadonlyMap<string, string> } {
  if (bytes.length === 0) throw new WordFileRefused("empty");
  if (bytes.length > LIMITS.compressed) throw new WordFileRefused("compressed", bytes.length);
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new WordFileRefused("oldOrEncrypted");
  if (!startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) throw new WordFileRefused("notDocx");
  if (((bytes[6] ?? 0) & 1) === 1) throw new WordFileRefused("oldOrEncrypted");
  if (!hasEnd(bytes)) throw new WordFileRefused("damaged");

  const names = new Set<string>();
  const parts = new Map<string, string>();
  const open = new Set<string>();
  let unpacked = 0;
  const unzip = new Unzip((file) => {
    const { name } = file;
    if (names.size >= LIMITS.entries) throw new WordFileRefused("entries");
    if (/^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0/.test(name)) throw new WordFileRefused("paths", name);
    if (names.has(name)) throw new WordFileRefused("repeated", name);
    names.add(name);
    if (!wanted(name)) return;
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const texts: string[] = [];
    open.add(name);
    file.ondata = (error, chunk, final) => {
      // The unpacker hands back what was thrown here.
      if (error) throw error instanceof WordFileRefused ? error : new WordFileRefused("damaged", name);
      unpacked += chunk.length;
      if (unpacked > LIMITS.unpacked) throw new WordFileRefused("unpacked");
      texts.push(decoder.decode(chunk, { stream: !final }));
      if (!final) return;
      parts.set(name, texts.join(""));
      open.delete(name);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += STEP) {
      unzip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
    }
  } catch (error) {
    if (error instanceof WordFileRefused) throw error;
    // The unpacker and the decoder of UTF-8 throw errors of their own kinds: to the reader all mean the same.
    throw new WordFileRefused("damaged");
  }
  if (open.size > 0) throw new WordFileRefused("damaged", [...open][0]);
  return { names, parts };
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** Whether the archive's closing record is there: without it the file was cut off. */
function hasEnd(bytes: Uint8Array): boolean {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - TAIL); at--) {
    if (startsWith(bytes.subarray(at, at + 4), [0x50, 0x4b, 0x05, 0x06])) return true;
  }
  return false;
}
