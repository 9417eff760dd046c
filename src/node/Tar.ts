/** Files one after another, in the form of POSIX `ustar`: as much of it as regular files and folders need. */

const BLOCK = 512;
/** Bytes of a name, and of a size in octal digits. */
const NAME = 100;
const LARGEST = 8 ** 11 - 1;

export type Entry = {
  readonly path: string;
  readonly isFolder: boolean;
  readonly bytes: number;
};

/** Two empty blocks. */
export const END: Uint8Array = new Uint8Array(2 * BLOCK);

/** What stands before a file's bytes. Throws `RangeError` for a name or size that does not fit. */
export function header({ path, bytes, isFolder }: Entry): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(path) > NAME || bytes > LARGEST) throw new RangeError(`${path} (${bytes} bytes) does not fit`);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  block.write(path, 0);
  block.write(octal(isFolder ? 0o700 : 0o600, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(bytes, 11), 124);
  block.write(octal(0, 11), 136);
  block.write(isFolder ? "5" : "0", 156);
  block.write("ustar\u000000", 257, "latin1");
  block.write(octal(sumOf(block), 6), 148);
  block.write(" ", 155);
  return block;
}

/** What fills the last block of a file. */
export const padding = (bytes: number): Uint8Array => new Uint8Array((BLOCK - (bytes % BLOCK)) % BLOCK);

/**
 * The entries of an archive; the content of each is read before the next is asked for. Throws `RangeError` where it is no
 * archive, or ends before its end.
 */
export async function* entries(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Entry & { readonly content: AsyncIterable<Uint8Array> }> {
  const reader = readerOf(source);
  for (;;) {
    const block = await reader.exactly(BLOCK);
    if (block.every((byte) => byte === 0)) break;
    const bytes = number(block, 124, 12);
    if (block.toString("latin1", 257, 262) !== "ustar" || number(block, 148, 8) !== sumOf(block))
      throw new RangeError("not a header");
    const type = String.fromCharCode(block[156] ?? 0);
    if (type !== "0" && type !== "5") throw new RangeError(`an entry of type ${type}`);
    const path = block.toString("utf8", 0, NAME).replace(/\0.*$/s, "");
    yield { path, bytes, isFolder: type === "5", content: reader.next(bytes) };
    await reader.exactly(padding(bytes).length);
  }
  await reader.exactly(BLOCK);
  // To the end: only there does gzip say whether all of it is what was written.
  await reader.rest();
}

const number = (block: Buffer, from: number, length: number): number => {
  const text = block.toString("latin1", from, from + length).replace(/[\0 ].*$/s, "");
  if (!/^[0-7]+$/.test(text)) throw new RangeError("not a number");
  return Number.parseInt(text, 8);
};

/** Sum of the bytes, its own field counted as blanks. */
function sumOf(block: Uint8Array): number {
  let sum = 0;
  for (const [at, byte] of block.entries()) sum += at >= 148 && at < 156 ? 32 : byte;
  return sum;
}

function readerOf(source: AsyncIterable<Uint8Array>) {
  const chunks = source[Symbol.asyncIterator]();
  let left: Uint8Array = new Uint8Array();
  async function* next(bytes: number): AsyncGenerator<Uint8Array> {
    for (let missing = bytes; missing > 0; ) {
      if (left.length === 0) {
        const { value, done } = await chunks.next();
        if (done) throw new RangeError("it ends too early");
        left = value;
      }
      const part = left.subarray(0, missing);
      left = left.subarray(part.length);
      missing -= part.length;
      yield part;
    }
  }
  return {
    next,
    async exactly(bytes: number): Promise<Buffer> {
      const parts: Uint8Array[] = [];
      for await (const part of next(bytes)) parts.push(part);
      return Buffer.concat(parts);
    },
    async rest(): Promise<void> {
      left = new Uint8Array();
      while (!(await chunks.next()).done);
    },
  };
}
