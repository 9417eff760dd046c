/**
 * Everything that a node keeps in its home, in one file: store, ledger, evidence, secret. The node is stopped meanwhile:
 * store, journal and evidence refer to each other, and only together, at one moment, do they tell one story. Their locks
 * are held while they are read, so a node that runs is found, and none starts in between.
 *
 * The file is a tar in gzip, so that it can be opened without us. Its last entry lists every file with its hash: what is
 * cut off or changed is refused before anything is put in place.
 */
import { createHash } from "node:crypto";
import { createReadStream, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { InputError } from "../agreement/index.ts";
import * as Lock from "../ledger/Lock.ts";
import type { Config } from "./Config.ts";
import * as Tar from "./Tar.ts";

const { both, CommendaError } = InputError;
type Words = InputError.Words;

export type Summary = {
  readonly files: number;
  readonly bytes: number;
  /** ISO time at which it was made. */
  readonly at: string;
  /** What lies elsewhere, and is kept there: a PostgreSQL, an S3-compatible store. */
  readonly elsewhere: readonly ("store" | "evidence")[];
};

type Listed = { readonly path: string; readonly bytes: number; readonly sha256: string };
type Manifest = Pick<Summary, "at" | "elsewhere"> & { readonly magic: string; readonly files: readonly Listed[] };

const MAGIC = "commenda-backup/1";
const MANIFEST = "manifest.json";
/** Of a home; all else is of the moment, or can be made again. */
const KEPT = ["secret", join("store", "data"), "ledger", "evidence"];
/** Who works on a folder, and what was being written when it was cut off. */
const PASSING = /^(lock(\.\d+)?|node|snapshot\.new|postmaster\.pid)$/;

/** The file is not a backup, or not all of one. */
export class BackupUnusable extends CommendaError {
  readonly next = "fix";

  constructor(file: string, { en, zh }: Words) {
    super(
      "BackupUnusable",
      both("the backup cannot be used", "备份不可用"),
      both(
        `${file}: ${en}. Nothing was restored. Use another backup, or copy this one again from where it was made.`,
        `${file}：${zh}。未恢复任何内容。请改用其他备份，或从原处重新复制。`,
      ),
    );
  }
}

/** Something is there already, and would be lost. */
export class InTheWay extends CommendaError {
  readonly next = "fix";

  constructor(path: string) {
    super(
      "InTheWay",
      both("something is in the way", "目标已存在"),
      both(
        `${path}: found something there, expected nothing. Nothing was changed. Move it away, or choose another place.`,
        `${path}：已有内容，应为空。未作任何更改。请将其移走，或另选位置。`,
      ),
    );
  }
}

/** There is no node in the folder. */
export class NothingThere extends CommendaError {
  readonly next = "fix";

  constructor(home: string) {
    super(
      "NothingThere",
      both("there is no node to back up", "没有可备份的节点"),
      both(
        `${home}: found no node's data, expected a folder that a node was started in. Name it with --home or COMMENDA_HOME.`,
        `${home}：未找到节点数据，应为曾启动过节点的文件夹。请以 --home 或 COMMENDA_HOME 指定。`,
      ),
    );
  }
}

/**
 * Writes the file whole or not at all. Throws `LedgerBusy` where a node runs in the home, `NothingThere`, `InTheWay`
 * where the file exists, and what the disk throws.
 */
export async function make(
  { home, databaseUrl, s3 }: Pick<Config, "home" | "databaseUrl" | "s3">,
  file: string,
  onFile: (path: string) => void = () => {},
): Promise<Summary> {
  if (!existsSync(join(home, "ledger"))) throw new NothingThere(home);
  if (existsSync(file)) throw new InTheWay(file);
  const elsewhere = [...(databaseUrl === undefined ? [] : ["store" as const]), ...(s3 ? ["evidence" as const] : [])];
  const locks = lockAll(home);
  const temporary = `${file}.new`;
  try {
    const files: Listed[] = [];
    const at = new Date().toISOString();
    async function* entries(): AsyncGenerator<Uint8Array> {
      for (const path of pathsIn(home)) {
        const found = lstatSync(join(home, path));
        if (found.isDirectory()) {
          yield Tar.header({ path: `${path}/`, bytes: 0, isFolder: true });
          continue;
        }
        if (!found.isFile()) continue;
        onFile(path);
        const hash = createHash("sha256");
        let bytes = 0;
        yield Tar.header({ path, bytes: found.size, isFolder: false });
        for await (const chunk of createReadStream(join(home, path)) as AsyncIterable<Buffer>) {
          hash.update(chunk);
          bytes += chunk.length;
          yield chunk;
        }
        if (bytes !== found.size) throw new Error(`${path} changed while it was read`);
        yield Tar.padding(bytes);
        files.push({ path, bytes, sha256: hash.digest("hex") });
      }
      const manifest: Manifest = { magic: MAGIC, at, elsewhere, files };
      const text = Buffer.from(JSON.stringify(manifest));
      yield Tar.header({ path: MANIFEST, bytes: text.length, isFolder: false });
      yield text;
      yield Tar.padding(text.length);
      yield Tar.END;
    }
    // It holds the secret, and what people wrote.
    const handle = await open(temporary, "w", 0o600);
    try {
      await pipeline(entries, createGzip(), async (packed: AsyncIterable<Buffer>) => {
        for await (const chunk of packed) await handle.writeFile(chunk);
      });
      await handle.sync();
    } finally {
      await handle.close();
    }
    renameSync(temporary, file);
    await flushFolder(dirname(resolve(file)));
    return { files: files.length, bytes: sum(files), at, elsewhere };
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    for (const lock of locks) lock.release();
  }
}

/**
 * Makes a home of a backup: beside its place first, and in it once all of it is there and is what was written. `home` must
 * not exist, or be empty. Throws `BackupUnusable`, `InTheWay`, and what the disk throws; nothing is there then.
 */
export async function restore(file: string, home: string, onFile: (path: string) => void = () => {}): Promise<Summary> {
  if (!existsSync(file)) throw new BackupUnusable(file, both("found no file there", "文件不存在"));
  if (existsSync(home) && (!lstatSync(home).isDirectory() || readdirSync(home).length > 0)) throw new InTheWay(home);
  const temporary = `${resolve(home)}.new`;
  rmSync(temporary, { recursive: true, force: true });
  try {
    mkdirSync(temporary, { recursive: true, mode: 0o700 });
    const { found, manifest } = await unpack(file, temporary, onFile);
    compare(file, manifest, found);
    renameSync(temporary, home);
    await flushFolder(dirname(resolve(home)));
    return { files: found.length, bytes: sum(found), at: manifest.at, elsewhere: manifest.elsewhere };
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
}

async function unpack(
  file: string,
  folder: string,
  onFile: (path: string) => void,
): Promise<{ found: Listed[]; manifest: Manifest }> {
  const found: Listed[] = [];
  let manifest: Manifest | undefined;
  const damaged = () => new BackupUnusable(file, both("it is damaged or not complete", "文件损坏或不完整"));
  const source = createGunzip();
  pipeline(createReadStream(file), source).catch(() => {});
  try {
    for await (const { path, isFolder, content } of Tar.entries(source)) {
      const target = join(folder, path);
      // Nothing outside of the home, whatever the file says.
      if (relative(folder, target).split(sep).includes("..")) throw damaged();
      if (isFolder) {
        mkdirSync(target, { recursive: true, mode: 0o700 });
        continue;
      }
      if (path === MANIFEST) {
        const chunks: Uint8Array[] = [];
        for await (const chunk of content) chunks.push(chunk);
        manifest = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Manifest;
        continue;
      }
      onFile(path);
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
      found.push(await write(path, target, content));
    }
  } catch (error) {
    if (error instanceof CommendaError || isOfDisk(error)) throw error;
    throw damaged();
  }
  if (manifest?.magic !== MAGIC) throw damaged();
  return { found, manifest };
}

async function write(path: string, target: string, content: AsyncIterable<Uint8Array>): Promise<Listed> {
  const hash = createHash("sha256");
  let bytes = 0;
  const handle = await open(target, "wx", 0o600);
  try {
    for await (const chunk of content) {
      hash.update(chunk);
      bytes += chunk.length;
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { path, bytes, sha256: hash.digest("hex") };
}

function compare(file: string, { files }: Manifest, found: readonly Listed[]): void {
  const expected = new Map(files.map((one) => [one.path, one]));
  const wrong = found.find(({ path, bytes, sha256 }) => {
    const one = expected.get(path);
    return one?.bytes !== bytes || one.sha256 !== sha256;
  });
  if (!wrong && found.length === files.length) return;
  const path = wrong?.path ?? files.find((one) => !found.some((other) => other.path === one.path))?.path ?? "";
  throw new BackupUnusable(file, both(`${path} in it is not what was written`, `其中的 ${path} 与写入时不符`));
}

/** Full, not allowed: the disk's trouble, not the backup's. */
const isOfDisk = (error: unknown): boolean =>
  ["ENOSPC", "EDQUOT", "EFBIG", "EACCES", "EPERM", "EROFS", "EIO", "EMFILE"].includes(
    String((error as NodeJS.ErrnoException).code),
  );

/** Of the store, and of each ledger that the home has. */
function lockAll(home: string): readonly { release(): void }[] {
  const ledger = join(home, "ledger");
  const folders = [join(home, "store"), ...readdirSync(ledger).map((name) => join(ledger, name))];
  const locks: { release(): void }[] = [];
  try {
    for (const folder of folders) if (existsSync(folder)) locks.push(Lock.acquire(folder));
    return locks;
  } catch (error) {
    for (const lock of locks) lock.release();
    throw error;
  }
}

/** Folders before what is in them, in the order of names. */
function* pathsIn(home: string): Generator<string> {
  for (const name of KEPT) {
    if (!existsSync(join(home, name))) continue;
    if (name !== "secret") yield* below(home, name);
    else yield name;
  }
}

function* below(home: string, folder: string): Generator<string> {
  yield folder.split(sep).join("/");
  for (const entry of readdirSync(join(home, folder), { withFileTypes: true }).toSorted(byName)) {
    if (PASSING.test(entry.name)) continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* below(home, path);
    else yield path.split(sep).join("/");
  }
}

const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
const sum = (files: readonly Listed[]): number => files.reduce((all, { bytes }) => all + bytes, 0);

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}
