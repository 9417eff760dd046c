/** Evidence of an agreement: what is known of a file, who may see it, and its place on the ledger. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { and, desc, eq, lt, or, sql } from "drizzle-orm";
import { fileTypeFromBuffer } from "file-type";
import { Evidence, InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Caller, Parts, Seat } from "../Call.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { evidence, user } = schema;

export type Row = typeof evidence.$inferSelect;
type Answer = Table.Output<"evidence.show">;

export const missing = () => Problem.notFound(both("file", "文件"));

/** Whether one of these seats may read it. The organisation that brought it always may. */
export function mayRead({ readers, organisation }: Row, seats: readonly Pick<Seat, "organisation">[]): boolean {
  return seats.some(
    (seat) => readers === null || seat.organisation === organisation || readers.includes(seat.organisation),
  );
}

/** Throws `not-found` for what is not there and for what the caller may not read. */
export async function find(db: Db, agreement: string, id: string, seats: readonly Seat[]): Promise<Row> {
  const [row] = await db
    .select()
    .from(evidence)
    .where(and(eq(evidence.id, id), eq(evidence.agreement, agreement)));
  if (!row || !mayRead(row, seats)) throw missing();
  return row;
}

export async function create(
  db: Db,
  row: {
    agreement: string;
    name: string;
    size: number;
    readers: string[] | undefined;
    user: string;
    organisation: string;
    /** Where the bytes are already. */
    object?: string;
  },
): Promise<Row> {
  const { readers, object = randomUUID(), ...rest } = row;
  const [made] = await db
    .insert(evidence)
    .values({ ...rest, id: randomUUID(), object, readers: readers ?? null })
    .returning();
  if (!made) throw new Error("an insert gives its row");
  return made;
}

/** Newest first, only what these seats may read. */
export async function list(
  db: Db,
  agreement: string,
  seats: readonly Seat[],
  after: { at: Date; id: string } | undefined,
  limit: number,
): Promise<Row[]> {
  const mine = seats.map(({ organisation }) => organisation);
  const readable = or(
    sql`${evidence.readers} is null`,
    ...mine.flatMap((organisation) => [
      eq(evidence.organisation, organisation),
      sql`${evidence.readers} @> ${JSON.stringify([organisation])}::jsonb`,
    ]),
  );
  const older = after
    ? [or(lt(evidence.createdAt, after.at), and(eq(evidence.createdAt, after.at), lt(evidence.id, after.id)))]
    : [];
  return db
    .select()
    .from(evidence)
    .where(and(eq(evidence.agreement, agreement), readable, ...older))
    .orderBy(desc(evidence.createdAt), desc(evidence.id))
    .limit(limit);
}

export async function answer(db: Db, row: Row): Promise<Answer> {
  const [by] = await db.select({ name: user.name }).from(user).where(eq(user.id, row.user));
  const { id, name, size, received, complete, type, salt, contentHash, commitment, readers, organisation } = row;
  return {
    ...{ id, size, received, complete, erased: row.erasedAt !== null },
    name: name ?? "",
    ...(type === null ? {} : { type }),
    ...(contentHash === null ? {} : { contentHash }),
    ...(commitment === null ? {} : { commitment }),
    ...(salt === null ? {} : { salt }),
    ...(readers === null ? {} : { readers }),
    by: { user: row.user, name: by?.name ?? "", organisation },
    createdAt: row.createdAt.toISOString(),
  };
}

/** Bytes at a file's beginning that tell its type. */
const HEAD = 4_100;

/**
 * Once all bytes are there: reads them, and notes hash, salt, commitment and type. Doing it again changes nothing.
 * @returns the row as it is then.
 */
export async function complete(
  { store, files, events }: Pick<Parts, "store" | "files" | "events">,
  row: Row,
): Promise<Row> {
  if (row.complete || row.erasedAt !== null || row.object === null) return row;
  const received = await files.received(row.object);
  if (received < row.size) {
    await store.db.update(evidence).set({ received }).where(eq(evidence.id, row.id));
    return { ...row, received };
  }
  const hash = createHash("sha256");
  let head = Buffer.alloc(0);
  for await (const chunk of await files.read(row.object)) {
    const bytes = chunk as Buffer;
    hash.update(bytes);
    if (head.length < HEAD) head = Buffer.concat([head, bytes]).subarray(0, HEAD);
  }
  const contentHash = `0x${hash.digest("hex")}` as const;
  const salt = `0x${randomBytes(32).toString("hex")}` as const;
  const commitment = Evidence.commit(salt, contentHash);
  const known = { received, complete: true, contentHash, salt, commitment, type: await typeOf(head) };
  return store.transaction(async (tx) => {
    const first = and(eq(evidence.id, row.id), eq(evidence.complete, false));
    const [done] = await tx.update(evidence).set(known).where(first).returning();
    if (!done) {
      const [other] = await tx.select().from(evidence).where(eq(evidence.id, row.id));
      return other ?? row;
    }
    await events.append(tx, {
      kind: "evidence.changed",
      agreement: row.agreement,
      data: { evidence: row.id, commitment },
    });
    return done;
  });
}

/** Keeps bytes that are whole, as a file of the agreement. Part of the transaction; the bytes are there before it. */
export async function keep(
  { files, events }: Pick<Parts, "files" | "events">,
  tx: Db,
  { bytes, ...row }: Pick<Row, "agreement" | "user" | "organisation" | "readers"> & { name: string; bytes: Uint8Array },
): Promise<Row> {
  const object = randomUUID();
  await files.put(object, bytes);
  const contentHash = `0x${createHash("sha256").update(bytes).digest("hex")}` as const;
  const salt = `0x${randomBytes(32).toString("hex")}` as const;
  const commitment = Evidence.commit(salt, contentHash);
  const size = bytes.length;
  const type = await typeOf(Buffer.from(bytes.subarray(0, HEAD)));
  const known = { complete: true, received: size, size, contentHash, salt, commitment, type };
  const [made] = await tx
    .insert(evidence)
    .values({ ...row, ...known, id: randomUUID(), object })
    .returning();
  if (!made) throw new Error("an insert gives its row");
  const data = { evidence: made.id, commitment };
  await events.append(tx, {
    ...{ kind: "evidence.changed", agreement: row.agreement, data },
    ...(row.readers === null ? {} : { organisation: row.organisation }),
  });
  return made;
}

/** All bytes of a file. Throws `gone` where it was erased or is not complete. */
export async function bytesOf({ files }: Pick<Parts, "files">, { object, complete }: Row): Promise<Buffer> {
  if (object === null || !complete) {
    throw new Problem.Problem(
      "gone",
      both(
        "The file is not there: erased, or not complete yet. Put it again.",
        "文件不存在：已删除或尚未上传完整。请重新上传。",
      ),
    );
  }
  const chunks: Buffer[] = [];
  for await (const chunk of await files.read(object)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** By the bytes; a name says nothing. */
async function typeOf(head: Buffer): Promise<string> {
  const found = await fileTypeFromBuffer(head);
  if (found) return found.mime;
  try {
    // A character may be cut at the end.
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return head.includes(0) ? "application/octet-stream" : "text/plain";
  } catch {
    return "application/octet-stream";
  }
}

/**
 * Erases bytes, name, salt and content hash, and what a report of a build said; the commitment stays, and says nothing
 * without the salt.
 */
export async function erase(db: Db, row: Row): Promise<Row> {
  const nothing = { name: null, salt: null, contentHash: null, type: null, object: null, erasedAt: new Date() };
  const said = { repository: "", commit: "", name: "", conclusion: "", url: null };
  await db.update(schema.ciReport).set(said).where(eq(schema.ciReport.id, row.id));
  const [erased] = await db.update(evidence).set(nothing).where(eq(evidence.id, row.id)).returning();
  return erased ?? row;
}

/** The organisation in whose name a caller brings a file. */
export function bringer(caller: Caller, seats: readonly Seat[]): { user: string; organisation: string } {
  const [seat] = seats;
  if (caller.kind !== "user" || !seat) throw missing();
  return { user: caller.user, organisation: seat.organisation };
}
