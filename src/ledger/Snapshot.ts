/**
 * The whole ledger in a file, so that a start need not replay every act. Two generations: a new one is written beside
 * them, flushed and renamed over the older, so that a crash at any point leaves one that is whole.
 */
import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Hex } from "./Ledger.ts";

/** `records`: how many of the journal's are in it. */
export type Head = { readonly records: number; readonly block: number; readonly hash: Hex };
export type Snapshot = Head & { readonly state: Buffer };

/** Named points at which a test ends the process. */
export type Point = "snapshot: written" | "snapshot: flushed" | "snapshot: renamed";

const MAGIC = "commenda-snapshot/1";
const file = (folder: string, generation: number) => join(folder, `snapshot.${generation}`);

/** @param point Called at each named point. */
export async function write(folder: string, { state, ...head }: Snapshot, point: (name: Point) => void): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const heads = [0, 1].map((generation) => readHead(file(folder, generation)));
  const older = (heads[0]?.records ?? -1) <= (heads[1]?.records ?? -1) ? 0 : 1;
  const temporary = join(folder, "snapshot.new");
  const digest = createHash("sha256").update(state).digest("hex");
  try {
    const handle = await open(temporary, "w");
    try {
      await handle.write(`${JSON.stringify({ magic: MAGIC, ...head, bytes: state.length, sha256: digest })}\n`);
      let written = 0;
      while (written < state.length) written += (await handle.write(state, written)).bytesWritten;
      point("snapshot: written");
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  point("snapshot: flushed");
  await rename(temporary, file(folder, older));
  flushFolder(folder);
  point("snapshot: renamed");
}

/** The whole ones, newest first. */
export function read(folder: string): Snapshot[] {
  return [0, 1]
    .flatMap((generation) => {
      const snapshot = readWhole(file(folder, generation));
      return snapshot ? [snapshot] : [];
    })
    .sort((one, other) => other.records - one.records);
}

type Header = Head & { magic: string; bytes: number; sha256: string };

function readHead(path: string): Header | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  try {
    const header = JSON.parse(bytes.toString("utf8", 0, bytes.indexOf(10))) as Header;
    return header.magic === MAGIC ? header : undefined;
  } catch {
    return undefined;
  }
}

function readWhole(path: string): Snapshot | undefined {
  const header = readHead(path);
  if (!header) return undefined;
  const bytes = readFileSync(path);
  const state = bytes.subarray(bytes.indexOf(10) + 1);
  const digest = createHash("sha256").update(state).digest("hex");
  if (state.length !== header.bytes || digest !== header.sha256) return undefined;
  const { records, block, hash } = header;
  return { records, block, hash, state };
}

/** A rename is on the disk once its folder is. */
function flushFolder(folder: string): void {
  try {
    const handle = openSync(folder, "r");
    fsyncSync(handle);
    closeSync(handle);
  } catch (error) {
    // Windows opens no folders, and needs none flushed.
    if (dirname(folder) === folder || process.platform !== "win32") throw error;
  }
}
