/**
 * The evidence that an act named on the ledger by a salted hash: file, content hash and salt in a list beside the terms.
 * The salt is written before the act is sent, since without it nobody can ever show what was meant. The list has what
 * makes the hashes readable: it is for whoever owns it only.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname, join, parse as partsOf } from "node:path";
import * as z from "zod/mini";
import * as Field from "../agreement/Field.ts";
import { type Agreement, Evidence, InputError } from "../agreement/index.ts";
import { BadFile, FileUnusable } from "./Errors.ts";
import * as Source from "./Source.ts";

const { both } = InputError;
type Hex = Agreement.Hex;

/** Which act a file was named by; the same act of the same file, asked for again, has the same salt. */
export type Use = { readonly agreement: Hex; readonly act: string; readonly tranche: number; readonly round: number };

const kept = z.strictObject({
  agreement: Field.hash,
  act: Field.line,
  /** From 0. */
  tranche: z.int().check(z.minimum(0)),
  round: z.int().check(z.minimum(0)),
  /** As it was named on the command line. */
  file: z.string(),
  /** What the ledger has of it. */
  commitment: Field.hash,
  evidence: Evidence.schema,
});
const schema = z.strictObject({ version: z.literal("commenda-evidence/1"), kept: z.array(kept) });

export type Kept = z.infer<typeof kept>;

/** Some thirty thousand files. */
const MAX_BYTES = 16_000_000;

/** `terms.evidence.json` for `terms.json`. */
export function beside(terms: string): string {
  return join(dirname(terms), `${partsOf(terms).name}.evidence.json`);
}

/** Throws `FileUnusable`, or `BadFile` with all fields that are wrong. */
export function read(file: string): readonly Kept[] {
  const text = Source.readText(file, MAX_BYTES);
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    throw new FileUnusable(file, NO_LIST);
  }
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data.kept;
  const problems = Field.problemsIn(input, parsed.error.issues, (path) => Field.known(schema, path));
  throw new BadFile(
    file,
    problems.map((problem) => ({ problem, at: undefined })),
  );
}

/** A file as evidence. `salt`: 32 bytes. Throws `FileUnusable`, or `BadFile` where a pack could not show its name. */
export function of(file: string, salt: string): Evidence.Evidence {
  const content = contentOf(file);
  // Some systems decompose letters.
  const name = (file.split(/[\\/]/).at(-1) ?? file).normalize("NFC");
  const contentHash = Evidence.contentHash(content);
  const evidence = { name, mediaType: "application/octet-stream", size: content.length, contentHash, salt };
  const problems = InputError.problemsOf(() => Evidence.parse(evidence));
  if (problems.length === 0) return evidence;
  throw new BadFile(
    file,
    problems.map((problem) => ({ problem, at: undefined })),
  );
}

/**
 * The file as evidence of a use, in the list when this returns and whatever happens then: with the salt that the list
 * has for it already, or with this one. Throws `FileUnusable` where it cannot be kept; nothing may be sent then.
 */
export function keep(list: string, file: string, use: Use, salt: string): Kept {
  const fresh = of(file, salt);
  return changing(list, (all) => {
    const known = all.find(
      (one) =>
        one.agreement === use.agreement &&
        one.act === use.act &&
        one.tranche === use.tranche &&
        one.round === use.round &&
        one.evidence.contentHash === fresh.contentHash,
    );
    const one = known ?? { ...use, file, commitment: Evidence.hash(fresh), evidence: fresh };
    return { all: known ? all : [...all, one], result: one };
  });
}

/** Nobody else changes the list meanwhile, and it is there as it was or as it is now, never half of it. */
function changing<T>(list: string, change: (all: readonly Kept[]) => { all: readonly Kept[]; result: T }): T {
  const next = `${list}.new`;
  let handle: number;
  try {
    handle = openSync(next, "wx", 0o600);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new FileUnusable(list, code === "EEXIST" ? underWay(next) : unwritable(code));
  }
  try {
    const before = existsSync(list) ? read(list) : [];
    const { all, result } = change(before);
    writeSync(handle, `${JSON.stringify({ version: "commenda-evidence/1", kept: all }, null, 2)}\n`);
    fsyncSync(handle);
    renameSync(next, list);
    syncFolder(dirname(list));
    return result;
  } catch (error) {
    rmSync(next, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : new FileUnusable(list, unwritable(code));
  } finally {
    closeSync(handle);
  }
}

/** A name is kept where its folder is; not every system lets a folder be synced. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new FileUnusable(
      file,
      both(
        `it cannot be read (${code}). Check the path. Nothing was sent.`,
        `无法读取（${code}），请检查路径。未发送任何内容。`,
      ),
    );
  }
}

const NO_LIST = both(
  "it is no list of evidence that `commenda act` wrote. Name that list, or FILE:SALT.",
  "不是 `commenda act` 写出的证据清单。请指定该清单，或写 FILE:SALT。",
);
const underWay = (next: string) =>
  both(
    `another act is writing it. If none is running, one was cut off: delete ${next} and try again. Nothing was sent.`,
    `另一操作正在写入。若并无操作在运行，则为中断所遗留：请删除 ${next} 后重试。未发送任何内容。`,
  );
const unwritable = (code: string) =>
  both(
    `the salt cannot be kept there (${code}). Name another place with --keep. Nothing was sent.`,
    `无法在此保存盐（${code}）。请用 --keep 另选位置。未发送任何内容。`,
  );
