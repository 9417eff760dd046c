/** A folder on this disk as a tree: hashed, packed, read from without ever following a link out of it. */
import { spawnSync } from "node:child_process";
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { type Agreement, Evidence, InputError, Tree } from "../agreement/index.ts";
import { BadFolder, TooLarge } from "./Errors.ts";

const { both } = InputError;

/** MB, and files: what is read into a hash at once. */
export const MAX = { megabytes: 512, files: 50_000 };

/** Files and hash of a folder. Throws `BadFolder` for links, devices and names that are no paths, or `TooLarge`. */
export function read(folder: string): { entries: readonly Tree.Entry[]; hash: Agreement.Hex } {
  const entries: Tree.Entry[] = [];
  let bytes = 0;
  const walk = (path: string) => {
    for (const { name } of list(folder, path)) {
      const inner = path === "" ? name : `${path}/${name}`;
      const found = lstatSync(join(folder, inner));
      if (found.isDirectory()) {
        if (name === ".git" && path === "") continue;
        walk(inner);
      } else if (!found.isFile()) throw new BadFolder(folder, notAFile(inner));
      else {
        bytes += found.size;
        if (bytes > MAX.megabytes * 1_048_576 || entries.length >= MAX.files)
          throw new TooLarge(both(folder, folder), MAX.megabytes);
        const hash = Evidence.contentHash(readFileSync(join(folder, inner)));
        // Some systems decompose letters.
        const path = inner.normalize("NFC");
        entries.push({ path, size: found.size, hash, executable: (found.mode & 0o100) !== 0 });
      }
    }
  };
  walk("");
  const [problem] = Tree.check(entries);
  if (problem) throw new BadFolder(folder, problem.words);
  return { entries, hash: Tree.hash(entries) };
}

function list(folder: string, path: string) {
  try {
    return readdirSync(join(folder, path), { withFileTypes: true });
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new BadFolder(
      folder,
      both(`it cannot be read (${code}). Check the path.`, `无法读取（${code}），请检查路径。`),
    );
  }
}

const notAFile = (path: string) =>
  both(
    `${InputError.show(path)} is a link or a device. Put a file or a folder there.`,
    `${InputError.show(path)} 是链接或设备。请改为普通文件或文件夹。`,
  );

/**
 * Packs a folder so that unpacking gives the same on every machine: files by name, one time, no owner. `clock`: Unix
 * seconds. Throws `BadFolder`.
 */
export function pack(folder: string, file: string, clock = 0): void {
  const how = ["--format=gnu", "--sort=name", `--mtime=@${clock}`, "--owner=0", "--group=0", "--numeric-owner"];
  const args = ["--create", `--file=${file}`, ...how, "--exclude=./.git", "--directory", folder, "--", "."];
  const run = spawnSync("tar", args, { encoding: "utf8", env: { PATH: process.env.PATH ?? "", LC_ALL: "C" } });
  const said = run.error?.message ?? run.stderr.trim();
  if (run.status !== 0) throw new BadFolder(folder, both(`it cannot be packed (${said}).`, `无法打包（${said}）。`));
}

/**
 * A file of a delivery, as it lies there, read from outside the sandbox: never through a link, never a device, at most
 * so many bytes. Nothing where there is no such file.
 */
export function file(folder: string, path: string, most: number): Buffer | undefined {
  if (!Tree.isPath(path)) return undefined;
  try {
    // A link on the way would show in the real path.
    const root = realpathSync(folder);
    const whole = join(root, ...path.split("/"));
    if (realpathSync(whole) !== whole) return undefined;
    const handle = openSync(whole, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { size } = fstatSync(handle);
      return fstatSync(handle).isFile() && size <= most ? readFileSync(handle) : undefined;
    } finally {
      closeSync(handle);
    }
  } catch {
    // It is not there, or is a link.
    return undefined;
  }
}
