/**
 * A fresh database, to begin from: making one takes seconds, copying it a fraction of one. Kept in the package's cache, as
 * one file for a store in memory and as a folder for one on disk, and made anew when the tables change. Nothing in it is
 * anyone's.
 */
import { createHash } from "node:crypto";
import {
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PGlite } from "@electric-sql/pglite";

const MIGRATIONS = fileURLToPath(new URL("migrations", import.meta.url));
const MODULES = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const FOLDER = join(MODULES, ".cache", "commenda");

/** How a database is made: other arguments make another one. Segments of its log of 1 MB in place of 16. */
export const MAKING = ["--wal-segsize=1"];

/** Of these tables and this PGlite, without an ending. */
function place(): string {
  const hash = createHash("sha256").update(
    readFileSync(createRequire(import.meta.url).resolve("@electric-sql/pglite")),
  );
  hash.update(MAKING.join(" "));
  const names = readdirSync(MIGRATIONS).filter((name) => name.endsWith(".sql"));
  for (const name of names.toSorted()) hash.update(readFileSync(join(MIGRATIONS, name)));
  return join(FOLDER, `pglite-${hash.digest("hex").slice(0, 16)}`);
}

/** Nothing where none was kept yet. */
export function read(): Blob | undefined {
  const path = `${place()}.tar`;
  return existsSync(path) ? new Blob([readFileSync(path)]) : undefined;
}

/** Keeps a database that has the tables and nothing else. */
export async function keep(fresh: PGlite): Promise<void> {
  const image = await fresh.dumpDataDir("none");
  const bytes = Buffer.from(await image.arrayBuffer());
  put(`${place()}.tar`, (path) => writeFileSync(path, bytes));
}

/** Copies one to a folder that is not there yet. @returns whether one was kept. */
export function copy(folder: string): boolean {
  const path = place();
  if (!existsSync(path)) return false;
  cpSync(path, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return true;
}

/** Keeps the folder of a database that is closed, and has the tables and nothing else. */
export function keepFolder(folder: string): void {
  put(place(), (path) => cpSync(folder, path, { recursive: true }));
}

/** It appears whole. Where the cache cannot be written, the process says so, and the next one is made anew. */
function put(path: string, write: (path: string) => void): void {
  const temporary = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    write(temporary);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    // Another process was first.
    if (existsSync(path)) return;
    process.emitWarning(
      `a fresh store could not be kept in ${FOLDER}, so each new one takes seconds to make: ${error}. Let the package's folder be written to.`,
      "CommendaWarning",
    );
  }
}
