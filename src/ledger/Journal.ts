/**
 * An append-only file of records, one a line: 8 hex digits of CRC-32, a blank, JSON. What `append` wrote survives the end
 * of the process; what `sync` returned from survives the machine's. A line cut by a crash was never acknowledged and is
 * dropped when the file is opened; a damaged line anywhere else is an error.
 */
import { closeSync, fdatasync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { promisify } from "node:util";
import { crc32 } from "node:zlib";
import { InputError } from "../agreement/index.ts";
import { DiskFailed, LedgerDamaged } from "./Errors.ts";

const flush = promisify(fdatasync);

export type Journal<T> = {
  readonly file: string;
  /** Those that were there when it was opened. */
  readonly records: readonly T[];
  /** Throws `DiskFailed`, and leaves the file as it was. */
  append(record: T): void;
  /** Resolves when all that was appended before is on the disk. */
  sync(): Promise<void>;
  close(): void;
};

export function open<T>(file: string): Journal<T> {
  const handle = openSync(file, "a+");
  const { records, length } = parse<T>(file, readFileSync(file));
  ftruncateSync(handle, length);
  let size = length;
  let syncing: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  const flushOnce = () => flush(handle).catch((cause) => Promise.reject(new DiskFailed(file, { cause })));
  return {
    file,
    records,
    append(record) {
      const bytes = Buffer.from(line(record));
      let written = 0;
      try {
        while (written < bytes.length) written += writeSync(handle, bytes, written);
      } catch (cause) {
        ftruncateSync(handle, size);
        throw new DiskFailed(file, { cause });
      }
      size += bytes.length;
    },
    // One flush at a time: who comes while one runs waits for the next, which takes all that was appended by then.
    sync() {
      if (!syncing) {
        syncing = flushOnce().finally(() => {
          syncing = undefined;
        });
        return syncing;
      }
      waiting ??= syncing
        .catch(() => {})
        .then(() => {
          waiting = undefined;
          return this.sync();
        });
      return waiting;
    },
    close() {
      closeSync(handle);
    },
  };
}

export function line(record: unknown): string {
  const json = JSON.stringify(record);
  return `${crc32(json).toString(16).padStart(8, "0")} ${json}\n`;
}

function parse<T>(file: string, bytes: Buffer): { records: T[]; length: number } {
  const records: T[] = [];
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(10, start);
    const text = bytes.toString("utf8", start, end < 0 ? bytes.length : end);
    const good = end >= 0 && text[8] === " " && crc32(text.slice(9)) === Number.parseInt(text.slice(0, 8), 16);
    if (!good) {
      if (end < 0 || end === bytes.length - 1) break;
      const nth = records.length + 1;
      const what = InputError.both(
        `line ${nth}, at byte ${start}, is not what was written`,
        `第 ${nth} 行（第 ${start} 字节处）与所写内容不符`,
      );
      throw new LedgerDamaged(file, what);
    }
    records.push(JSON.parse(text.slice(9)) as T);
    start = end + 1;
  }
  return { records, length: start };
}
