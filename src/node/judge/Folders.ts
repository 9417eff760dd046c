/**
 * Folders that are kept by their content: suites, frozen inputs, sealed parts, delivered work. Each is one file of
 * evidence, which says who may read it; its hash is that of the tree, as terms and verdicts name it.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { and, desc, eq, inArray, lt, or } from "drizzle-orm";
import * as z from "zod";
import { Folder, Errors as Judging, Suite } from "../../acceptance/index.ts";
import { Evidence as Content, InputError, Tree } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Parts, Seat } from "../Call.ts";
import * as Evidence from "../evidence/Evidence.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { folder, evidence } = schema;

export type Row = typeof folder.$inferSelect;
export type Purpose = Row["purpose"];
export type File = { readonly path: string; readonly content: string; readonly executable: boolean };
/** With the file that holds its bytes. */
export type Kept = { readonly row: Row; readonly file: Evidence.Row };

/** As the bytes are kept. */
const form = z.strictObject({
  version: z.literal("commenda-folder/1"),
  files: z.array(z.strictObject({ path: z.string(), content: z.string(), executable: z.boolean() })),
});

export const missing = () => Problem.notFound(both("folder", "文件夹"));

/** Folders of an agreement; the rest of the caller's organisations, so that they may be put again and again. */
const MOST = 200;

type Put = {
  agreement: string;
  purpose: Purpose;
  files: readonly File[];
  /** That it has to have. */
  hash?: string | undefined;
  user: string;
  organisation: string;
};

/**
 * Keeps a folder; one that is kept already is that one. Part of the transaction. Throws `wrong-file` for paths that no
 * folder can have, for a suite that is none, and for another hash; `state-conflict` where there are too many.
 */
export async function put(
  parts: Pick<Parts, "files" | "events">,
  tx: Db,
  { agreement, purpose, files, hash, user, organisation }: Put,
): Promise<Kept> {
  const entries = files.map(({ path, content, executable }): Tree.Entry => {
    const bytes = Buffer.from(content, "base64");
    return { path, size: bytes.length, hash: Content.contentHash(bytes), executable };
  });
  const [wrong] = Tree.check(entries);
  if (wrong) throw new Problem.Problem("wrong-file", wrong.words, { field: wrong.field });
  const found = Tree.hash(entries);
  if (hash !== undefined && hash !== found) throw otherHash(found, hash);
  const about = purpose === "suite" || purpose === "part" ? aboutOf(files) : null;
  const ours = and(eq(folder.agreement, agreement), eq(folder.organisation, organisation));
  const known = await tx.select().from(folder).where(ours);
  const same = known.find((row) => row.hash === found && row.purpose === purpose);
  if (same) {
    const [file] = await tx.select().from(evidence).where(eq(evidence.id, same.id));
    if (file && file.erasedAt === null) return { row: same, file };
    // Its bytes were erased: it is put anew.
    await tx.delete(folder).where(eq(folder.id, same.id));
  }
  if (known.length >= MOST) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        `Your organisation keeps ${MOST} folders in this agreement already. Use one of them.`,
        `贵组织在该协议中已保存 ${MOST} 个文件夹。请使用已有的文件夹。`,
      ),
    );
  }
  const text = JSON.stringify({ version: "commenda-folder/1", files: files.map(plain) });
  const file = await Evidence.keep(parts, tx, {
    ...{ agreement, user, organisation, name: `${purpose}-${found.slice(2, 10)}.json` },
    ...{ bytes: Buffer.from(text, "utf8"), readers: isSecret(purpose) ? [organisation] : null },
  });
  const [row] = await tx
    .insert(folder)
    .values({ id: file.id, agreement, organisation, purpose, hash: found, files: entries, about })
    .returning();
  if (!row) throw new Error("an insert gives its row");
  return { row, file };
}

const plain = ({ path, content, executable }: File): File => ({ path, content, executable });

/** What is sealed is its owner's alone until it is shown. */
const isSecret = (purpose: Purpose): boolean => purpose === "part" || purpose === "reference";

/** What a suite says of itself. Throws `wrong-file` with all that is wrong with it. */
function aboutOf(files: readonly File[]): Record<string, unknown> {
  const place = mkdtempSync(join(tmpdir(), "commenda-suite-"));
  try {
    write(place, files);
    const suite = Suite.open(place);
    const { title, kind, plan, run, hash } = suite;
    const checks = plan.map(({ id, what }) => ({ id, what }));
    const clause = {
      name: "acceptance",
      what: title,
      how: "test suite",
      by: "both",
      weight: "100 %",
      suite: hash,
      run,
    };
    return { title, kind: kind.name, checks, criterion: clause };
  } catch (error) {
    if (!(error instanceof Judging.BadSuite)) throw error;
    const list = (language: InputError.Language) => error.problems.map((one) => `\n- ${one.in(language)}`).join("");
    throw new Problem.Problem(
      "wrong-file",
      both(`The folder is no sound suite:${list("en")}`, `该文件夹不是可用的用例集：${list("zh")}`),
      { errors: error.problems.map((one) => ({ field: "field" in one ? one.field : "", words: one.words })) },
    );
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function write(place: string, files: readonly File[]): void {
  for (const { path, content, executable } of files) {
    const file = join(place, ...path.split("/"));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(content, "base64"));
    chmodSync(file, executable ? 0o755 : 0o644);
  }
}

/** The files of a folder. Throws `gone`. */
export async function read(parts: Pick<Parts, "files">, { file }: Kept): Promise<readonly File[]> {
  const bytes = await Evidence.bytesOf(parts, file);
  return form.parse(JSON.parse(bytes.toString("utf8"))).files;
}

/** Writes it where code can run on it. Throws `gone`, and `wrong-file` where the bytes are not what was put. */
export async function unpack(parts: Pick<Parts, "files">, kept: Kept, place: string): Promise<string> {
  if (!existsSync(place)) mkdirSync(place, { recursive: true });
  write(place, await read(parts, kept));
  const { hash } = Folder.read(place);
  if (hash !== kept.row.hash) throw otherHash(hash, kept.row.hash);
  return place;
}

/** Throws `not-found` for what is not there, and for what none of these organisations may read. */
export async function find(
  tx: Db,
  agreement: string,
  id: string,
  seats: readonly Pick<Seat, "organisation">[],
): Promise<Kept> {
  const [found] = await tx
    .select({ row: folder, file: evidence })
    .from(folder)
    .innerJoin(evidence, eq(evidence.id, folder.id))
    .where(and(eq(folder.id, id), eq(folder.agreement, agreement)));
  if (!found || !Evidence.mayRead(found.file, seats)) throw missing();
  return found;
}

/** One with this hash that these organisations may read, bytes and all; whoever put it. */
export async function byHash(
  tx: Db,
  agreement: string,
  hash: string,
  seats: readonly Pick<Seat, "organisation">[],
): Promise<Kept | undefined> {
  const rows = await tx
    .select({ row: folder, file: evidence })
    .from(folder)
    .innerJoin(evidence, eq(evidence.id, folder.id))
    .where(and(eq(folder.agreement, agreement), eq(folder.hash, hash)));
  return rows.find(({ file }) => file.object !== null && Evidence.mayRead(file, seats));
}

/** Newest first, only what these seats may read. */
export async function list(
  tx: Db,
  agreement: string,
  seats: readonly Seat[],
  after: { at: Date; id: string } | undefined,
  limit: number,
): Promise<Row[]> {
  const older = after
    ? [or(lt(folder.createdAt, after.at), and(eq(folder.createdAt, after.at), lt(folder.id, after.id)))]
    : [];
  const mine = seats.map(({ organisation }) => organisation);
  const open: Purpose[] = ["suite", "input", "work"];
  const rows = await tx
    .select({ row: folder, file: evidence })
    .from(folder)
    .innerJoin(evidence, eq(evidence.id, folder.id))
    .where(
      and(
        eq(folder.agreement, agreement),
        // What others keep sealed is listed once it was shown, among the sealed parts.
        or(inArray(folder.organisation, mine), inArray(folder.purpose, open)),
        ...older,
      ),
    )
    .orderBy(desc(folder.createdAt), desc(folder.id))
    .limit(limit);
  return rows.filter(({ file }) => Evidence.mayRead(file, seats)).map(({ row }) => row);
}

export function told({ id, purpose, hash, files, about, organisation, createdAt }: Row): Table.Output<"folder.show"> {
  return {
    ...{ id, purpose, hash, files, organisation, createdAt: createdAt.toISOString() },
    size: files.reduce((sum, { size }) => sum + size, 0),
    ...(about === null ? {} : { suite: about as NonNullable<Table.Output<"folder.show">["suite"]> }),
  };
}

const otherHash = (found: string, expected: string) =>
  new Problem.Problem(
    "wrong-file",
    both(
      `The folder hashes to ${found}, expected ${expected}. Give the very files that were agreed, with their executable bits.`,
      `该文件夹的哈希为 ${found}，应为 ${expected}。请提供约定的原文件（含可执行标志）。`,
    ),
    { found, expected },
  );
