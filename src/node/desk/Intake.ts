/** Feedback into tickets: masked and folded, also with what came before; what is bad is told and left out. */
import { createHash, randomUUID } from "node:crypto";
import { and, arrayOverlaps, eq, gt, sql } from "drizzle-orm";
import { type Intake, Mask, Ticket } from "../../desk/index.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import type { Needs, Row } from "./Desk.ts";

const { deskSeen, ticket } = schema;

/** Days after which the same words are a concern of their own. */
const FOLDED = 30;
/** Names that are kept of those who sent the same. */
const NAMES = 20;
/** Rows of one statement. */
const STEP = 250;

export type Piece = Intake.Feedback & { readonly reference?: string };
export type Taken = { readonly folded: number; readonly fresh: readonly string[] };

/** Part of the transaction; the desk is held. @param at Unix seconds. */
export async function take(
  { jobs }: Pick<Needs, "jobs">,
  tx: Db,
  row: Row,
  given: { pieces: readonly Piece[]; source: string },
  at: number,
): Promise<Taken> {
  const { pieces, source } = given;
  const names = new Map(pieces.map((piece) => [piece.at, piece.reference]));
  const folded = Ticket.foldWithBands(pieces).map((one) => ({
    ...one,
    references: one.at.flatMap((place) => names.get(place) ?? []).map((name) => Mask.mask(name).text),
  }));
  if (folded.length === 0) return { folded: 0, fresh: [] };
  const bands = [...new Set(folded.flatMap((one) => one.bands))];
  const since = at - FOLDED * 86_400;
  const before = await tx
    .select({ id: ticket.id, text: ticket.text, bands: ticket.bands })
    .from(ticket)
    .where(and(eq(ticket.desk, row.id), gt(ticket.at, since), arrayOverlaps(ticket.bands, bands)));
  const byBand = new Map<string, typeof before>();
  for (const one of before) for (const band of one.bands) byBand.set(band, [...(byBand.get(band) ?? []), one]);
  const [{ number } = { number: 0 }] = await tx
    .select({ number: sql<number>`coalesce(max(${ticket.number}), 0)::int` })
    .from(ticket)
    .where(eq(ticket.desk, row.id));
  const fresh: (typeof ticket.$inferInsert)[] = [];
  for (const one of folded) {
    const same = new Set(one.bands.flatMap((band) => byBand.get(band) ?? []));
    const known = [...same].find(({ text }) => Ticket.isAlike(text, one.text));
    if (known) {
      const more = JSON.stringify(one.references);
      await tx
        .update(ticket)
        .set({
          count: sql`${ticket.count} + ${one.count}`,
          references: sql`case when jsonb_array_length(${ticket.references}) < ${NAMES} then ${ticket.references} || ${more}::jsonb else ${ticket.references} end`,
        })
        .where(eq(ticket.id, known.id));
      continue;
    }
    fresh.push({
      ...{ id: randomUUID(), desk: row.id, number: number + fresh.length + 1, text: one.text, language: one.language },
      ...{ masked: [...new Set(one.masked)], bands: [...one.bands], count: one.count, source, state: "new", at },
      references: one.references.slice(0, NAMES),
    });
  }
  for (let from = 0; from < fresh.length; from += STEP) await tx.insert(ticket).values(fresh.slice(from, from + STEP));
  if (fresh.length > 0) await jobs.add(tx, "desk", { do: "triage", desk: row.id }, { key: `triage:${row.id}` });
  return { folded: pieces.length - fresh.length, fresh: fresh.map(({ id }) => id) };
}

/** Whether it is the first time. Part of the transaction. */
export async function isFirst(tx: Db, row: Pick<Row, "id">, name: string): Promise<boolean> {
  const seen = await tx.insert(deskSeen).values({ desk: row.id, name }).onConflictDoNothing().returning();
  return seen.length > 0;
}

export const nameOf = (bytes: Uint8Array): string => `file:${createHash("sha256").update(bytes).digest("hex")}`;
