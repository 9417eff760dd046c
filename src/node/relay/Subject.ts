/** The agreement that an act is about, as the node keeps it and as the ledger reads it. */
import { and, desc, eq } from "drizzle-orm";
import { InputError, Terms } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type * as Escrow from "../../ledger/Escrow.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import type { Place } from "../Call.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;

export type Subject = Escrow.Subject & {
  readonly terms: Terms.Terms;
  readonly ledgerId: Hex;
  /** Id on this node. */
  readonly id: string;
  readonly version: number;
};

/** Of a version that has this id on the ledger; nothing where the node has none. `id`: of that agreement only. */
export async function byLedgerId(
  db: Db,
  { escrow }: Pick<Place, "escrow">,
  ledgerId: string,
  id?: string,
): Promise<Subject | undefined> {
  const { version } = schema;
  const [row] = await db
    .select()
    .from(version)
    .where(and(eq(version.ledgerId, ledgerId), ...(id === undefined ? [] : [eq(version.agreement, id)])))
    .orderBy(desc(version.version))
    .limit(1);
  if (!row) return undefined;
  const terms = Terms.parse(row.document);
  const subject = { escrow, terms, agreement: Terms.toAgreement(terms), ledgerId: ledgerId as Hex };
  return { ...subject, id: row.agreement, version: row.version };
}

/** Of the latest complete version; nothing where there is none. */
export async function find(db: Db, place: Pick<Place, "escrow">, id: string): Promise<Subject | undefined> {
  const { agreement } = schema;
  const [row] = await db.select().from(agreement).where(eq(agreement.id, id));
  return row?.ledgerId ? byLedgerId(db, place, row.ledgerId, id) : undefined;
}

/** Of the latest complete version. Throws `state-conflict` where there is none, or it is for another ledger. */
export async function latest(db: Db, place: Place, id: string): Promise<Subject> {
  const found = await find(db, place, id);
  if (!found) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        "No version of this agreement is complete yet. See `problems` of the agreement, and save a version without any.",
        "该协议尚无完整版本。请查看协议的 problems，并保存一个没有问题的版本。",
      ),
    );
  }
  const { chainId, verifyingContract } = Terms.domain(found.terms);
  if (chainId !== place.ledger.chainId || verifyingContract !== place.escrow) {
    const here = `${place.escrow}, ${place.ledger.chainId}`;
    throw new Problem.Problem(
      "state-conflict",
      both(
        `The terms name escrow ${verifyingContract} on chain ${chainId}; this node works with ${here}. Save a version that names it.`,
        `条款指定链 ${chainId} 上的托管合约 ${verifyingContract}，而本节点使用 ${here}。请保存指定后者的版本。`,
      ),
    );
  }
  return found;
}
