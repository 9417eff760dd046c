/**
 * A folder by its content: the hash of a suite, of a frozen set, of a sealed part or of a delivery without version
 * control. Neither times, owners nor the order on the disk are in it.
 */
import canonicalize from "canonicalize";
import * as z from "zod/mini";
import type { Hex } from "./Agreement.ts";
import { ClauseConflict, RepeatedName, WrongForm } from "./Errors.ts";
import * as Evidence from "./Evidence.ts";
import * as Field from "./Field.ts";
import { both, type InputError } from "./InputError.ts";

export const entry = z.strictObject({
  /** From the folder, with slashes, in Unicode form NFC. */
  path: z.string(),
  /** Bytes. */
  size: z.int().check(z.minimum(0)),
  /** SHA-256 of the file. */
  hash: Field.hash,
  /** Whether its owner may execute it. */
  executable: z.boolean(),
});

export type Entry = z.infer<typeof entry>;

/** SHA-256 of the canonical list of the files, by path. Throws nothing; `check` tells paths that no folder can have. */
export function hash(entries: readonly Entry[]): Hex {
  const list = entries.toSorted((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
  return Evidence.contentHash(canonicalize({ version: "commenda-tree/1", files: list }) ?? "");
}

/** Paths that leave the folder, are written in two ways, or are both a file and a folder. */
export function check(entries: readonly Entry[], field = "files"): readonly InputError[] {
  const at = (index: number) => `${field}[${index}].path`;
  const paths = entries.map(({ path }) => path);
  const places = new Map(paths.map((path, index) => [path, index] as const).toReversed());
  return paths.flatMap((found, index): readonly InputError[] => {
    if (!isPath(found)) {
      const expected = both(
        "a path inside the folder, with slashes, in Unicode form NFC",
        "文件夹内的路径，以斜杠分隔，Unicode NFC 形式",
      );
      return [new WrongForm({ field: at(index), found, expected })];
    }
    const first = places.get(found) ?? index;
    if (first !== index) return [new RepeatedName({ field: at(index), found, first: at(first) })];
    const steps = found.split("/");
    const above = steps.slice(1).map((_, depth) => steps.slice(0, depth + 1).join("/"));
    const file = above.find((path) => places.has(path));
    if (file === undefined) return [];
    const expected = both(`"${file}" to be a folder or a file, not both`, `“${file}”或为文件夹或为文件，不可兼为两者`);
    return [new ClauseConflict({ field: at(index), found, expected })];
  });
}

/** Whether it names a file inside a folder: relative, without `.`, `..`, empty steps, backslashes or NUL; NFC. */
export function isPath(path: string): boolean {
  if (path.length === 0 || path.length > 1_024 || path.normalize("NFC") !== path) return false;
  if (!path.isWellFormed() || /[\\\0]/.test(path)) return false;
  return path.split("/").every((step) => step !== "" && step !== "." && step !== "..");
}
