/**
 * Invoices of a seller, numbered without a gap in each year. A number is given while the year's row is locked, in the
 * transaction that keeps the invoice: what comes to nothing gives its number back, and two at once come one after the other.
 */
import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import type * as Invoice from "./Invoice.ts";

const { invoice, invoiceSeries } = schema;

export type Row = typeof invoice.$inferSelect;
type Number = { readonly number: number; readonly year: number };

/** Waits for whoever gives a number of this seller now. @returns the next one. */
export async function next(db: Db, seller: string, year: number): Promise<Number> {
  await db.insert(invoiceSeries).values({ seller, year, last: 0 }).onConflictDoNothing();
  const [row] = await db
    .select()
    .from(invoiceSeries)
    .where(and(eq(invoiceSeries.seller, seller), eq(invoiceSeries.year, year)))
    .for("update");
  return { year, number: (row?.last ?? 0) + 1 };
}

type Kept = {
  readonly seller: string;
  readonly agreement: string;
  readonly user: string;
  readonly document: Invoice.Invoice;
  /** Of an invoice. */
  readonly payment?: string;
  /** Of a credit note. */
  readonly credits?: string;
};

/** Keeps it under the number that `next` gave, in the same transaction. */
export async function keep(db: Db, { number, year }: Number, made: Kept): Promise<Row> {
  const { seller, document, payment = null, credits = null, ...rest } = made;
  await db
    .update(invoiceSeries)
    .set({ last: sql`${invoiceSeries.last} + 1` })
    .where(and(eq(invoiceSeries.seller, seller), eq(invoiceSeries.year, year)));
  const row = { id: randomUUID(), seller, year, number, payment, credits, document: { ...document }, ...rest };
  const [kept] = await db.insert(invoice).values(row).returning();
  if (!kept) throw new Error("an insert gives its row");
  return kept;
}

export const documentOf = ({ document }: Pick<Row, "document">): Invoice.Invoice =>
  document as unknown as Invoice.Invoice;
