/**
 * A fresh database as one file: making one takes seconds, loading it a fraction of one. Kept in the package's cache, made
 * anew when the tables change. Nothing in it is anyone's.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PGlite } from "@electric-sql/pglite";

const MIGRATIONS = fileURLToPath(new URL("migrations", import.meta.url));
const MODULES = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const FOLDER = join(MODULES, ".cache", "commenda");

/** Of these tables and this PGlite. */
function file(): string {
  const hash = createHash("sha256").update(
    readFileSync(createRequire(import.meta.url).resolve("@electric-sql/pglite")),
  );
  const names = readdirSync(MIGRATIONS).filter((name) => name.endsWith(".sql"));
  for (const name of names.toSorted()) hash.update(readFileSync(join(MIGRATIONS, name)));
  return join(FOLDER, `pglite-${hash.digest("hex").slice(0, 16)}.tar`);
}

/** Nothing where none was kept yet. */
export function read(): Blob | undefined {
  const path = file();
  return existsSync(path) ? new Blob([readFileSync(path)]) : undefined;
}

/**
 * Keeps a database that has the tables and nothing else. Where the cache cannot be written, the process says so once, and
 * the next is made anew.
 */
export async function keep(fresh: PGlite): Promise<void> {
  const path = file();
  const temporary = `${path}.${process.pid}`;
  try {
    const image = await fresh.dumpDataDir("none");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, Buffer.from(await image.arrayBuffer()));
    renameSync(temporary, path);
  } catch (error) {
    process.emitWarning(
      `a fresh store could not be kept in ${FOLDER}, so each new one takes seconds to make: ${error}. Let the package's folder be written to.`,
      "CommendaWarning",
    );
    rmSync(temporary, { force: true });
  }
}
