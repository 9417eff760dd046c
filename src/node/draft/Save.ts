/** Writes drafts: a new agreement with its first version, and every version after it. Part of the transaction. */
import { randomUUID } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import { InputError, Terms } from "../../agreement/index.ts";
import type { Call } from "../Call.ts";
import * as Notices from "../notify/Notices.ts";
import type { Db, Store } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Document from "./Document.ts";
import * as Show from "./Show.ts";

const { both } = InputError;
const { agreement, version, seat, account } = schema;

type Here = Pick<Call, "parts" | "db" | "caller" | "note">;
type Begun = {
  organisation: string;
  role: typeof seat.$inferSelect.role;
  document: Document.Json;
  note?: string;
  status?: string;
};

/** A fresh agreement with version 1. @returns its id. Throws `bad-input` for a document that cannot be held. */
export async function begin(
  here: Here,
  { organisation, role, document, note = "", status = "draft" }: Begun,
): Promise<string> {
  const { parts, db, caller } = here;
  Document.accept(document);
  const judged = Document.judge(document, parts.place, status === "draft" ? Show.minuteNow(parts) : undefined);
  const { ledgerId } = judged;
  const id = randomUUID();
  const title = Document.titleOf(document);
  await db.insert(agreement).values({ id, status, title, version: 1, ...worthOf(judged), updatedAt: new Date() });
  await db.insert(seat).values({ agreement: id, organisation, role });
  const { user } = Show.userOf(caller);
  const contentHash = Document.hashOf(document);
  await db
    .insert(version)
    .values({ agreement: id, version: 1, document, note, user, organisation, contentHash, ledgerId: ledgerId ?? null });
  await parts.events.append(db, { kind: "agreement.changed", agreement: id, data: { status } });
  here.note({ agreement: id });
  return id;
}

/** A version on top of the latest; the row is locked. */
export async function next(
  here: Here,
  row: Show.Row,
  {
    side,
    organisation,
    document,
    note,
  }: { side: Show.Side; organisation: string; document: Document.Json; note: string },
): Promise<void> {
  const { parts, db, caller } = here;
  Document.accept(document);
  const judged = Document.judge(document, parts.place, Show.minuteNow(parts));
  const { ledgerId } = judged;
  const number = row.version + 1;
  const { user, name } = Show.userOf(caller);
  const contentHash = Document.hashOf(document);
  await db.insert(version).values({
    ...{ agreement: row.id, version: number, document, note, user, organisation, contentHash },
    ledgerId: ledgerId ?? null,
  });
  await touch(db, row.id, {
    ...{ version: number, status: "draft", title: Document.titleOf(document) },
    ...worthOf(judged),
  });
  await parts.events.append(db, {
    kind: "version.saved",
    agreement: row.id,
    data: { version: number, by: name, contentHash, ...(row.status === "draft" ? {} : { status: "draft" }) },
  });
  await Notices.add(parts, db, {
    ...{ agreement: row.id, roles: [Show.other(side)], kind: "version.saved", key: `version:${row.id}:${number}` },
    says: both(`${name} saved version ${number}.`, `${name} 保存了第 ${number} 版。`),
  });
  here.note({ version: number, contentHash });
}

/** Of a complete version: its id on the ledger, and what it is worth in all. */
function worthOf({ terms, ledgerId }: { terms?: Terms.Terms; ledgerId?: string | null }) {
  if (!ledgerId || !terms) return {};
  const { tranches } = Terms.toAgreement(terms).work;
  const amount = tranches.reduce((sum, one) => sum + one.amount, 0n);
  return { ledgerId, amount, currency: Terms.currencyOf(terms) };
}

/** Adds it where an earlier version of the node kept none. */
export async function addWorth({ db }: Pick<Store, "db">): Promise<void> {
  for (;;) {
    const rows = await db
      .select({ id: agreement.id, ledgerId: version.ledgerId, document: version.document })
      .from(agreement)
      .innerJoin(version, and(eq(version.agreement, agreement.id), eq(version.ledgerId, agreement.ledgerId)))
      .where(isNull(agreement.amount))
      .limit(200);
    if (rows.length === 0) return;
    for (const { id, ledgerId, document } of rows)
      await db
        .update(agreement)
        .set(worthOf({ terms: Terms.parse(document), ledgerId }))
        .where(eq(agreement.id, id));
  }
}

/** Changes the row, its number of changes and its time. */
export async function touch(db: Db, id: string, change: Partial<typeof agreement.$inferInsert> = {}): Promise<void> {
  await db
    .update(agreement)
    .set({ ...change, updatedAt: new Date(), revision: sql`${agreement.revision} + 1` })
    .where(eq(agreement.id, id));
}

/** The organisation's account on the ledger, if it has just one. */
export async function onlyAccount(db: Db, organisation: string): Promise<string | undefined> {
  const rows = await db
    .select({ address: account.address })
    .from(account)
    .where(eq(account.organisation, organisation))
    .limit(2);
  return rows.length === 1 ? rows[0]?.address : undefined;
}
