/** What an organisation says is its own elsewhere, and has shown to be. */
import { randomUUID } from "node:crypto";
import { and, count, desc, eq, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Handler, Handlers } from "../Call.ts";
import * as Proving from "../market/Proving.ts";
import * as Page from "../Page.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { account, organisation, proof } = schema;

type Row = typeof proof.$inferSelect;
type Told = Table.Output<"proof.check">;

/** Of one organisation. */
const MOST = 50;

const told = ({ id, organisation: owner, kind, subject, state, why, checkedAt }: Row): Told => {
  const claim = { kind, subject, organisation: owner };
  return {
    ...{ id, kind, subject, state },
    statement: Proving.statementOf(claim),
    places: [...Proving.placesOf(claim)],
    ...(checkedAt ? { checkedAt: checkedAt.toISOString() } : {}),
    ...(why ? { why } : {}),
  };
};

const begin: Handler<"proof.begin"> = async ({ db, note }, { organisation: owner, kind, subject: given }) => {
  const subject = Proving.subjectOf(kind, given);
  if (subject === undefined) throw noSubject(kind, given);
  await db.select().from(organisation).where(eq(organisation.id, owner)).for("update");
  const mine = and(eq(proof.organisation, owner), eq(proof.kind, kind), eq(proof.subject, subject));
  const [known] = await db.select().from(proof).where(mine);
  if (known) return told(known);
  const [{ has } = { has: 0 }] = await db.select({ has: count() }).from(proof).where(eq(proof.organisation, owner));
  if (has >= MOST) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        `The organisation has ${has} proofs; at most ${MOST} are kept. Remove one that is not needed.`,
        `该组织已有 ${has} 项归属证明，最多 ${MOST} 项。请删除不需要的。`,
      ),
    );
  }
  const row = { id: randomUUID(), organisation: owner, kind, subject, state: "open" as const };
  const [made] = await db.insert(proof).values(row).returning();
  if (!made) throw new Error("an insert returns its row");
  note({ proof: made.id, kind, subject });
  return told(made);
};

const noSubject = (kind: Proving.Kind, given: string) => {
  const [found, expected] = [
    InputError.show(given),
    kind === "git"
      ? both("an account like https://github.com/name", "账户地址，如 https://gitee.com/name")
      : both("a domain like example.com", "域名，如 example.com"),
  ];
  return new Problem.Problem(
    "bad-input",
    both(
      `subject: found ${found}, expected ${expected.en}. Correct it.`,
      `subject：现为 ${found}，应为${expected.zh}。请更正。`,
    ),
    { field: "subject", pointer: "#/subject" },
  );
};

/** Throws `not-found`. */
async function rowOf(db: Db, owner: string, id: string): Promise<Row> {
  const [row] = await db
    .select()
    .from(proof)
    .where(and(eq(proof.organisation, owner), eq(proof.id, id)));
  if (!row) throw Problem.notFound(both("proof", "归属证明"));
  return row;
}

const check: Handler<"proof.check"> = async (call, { organisation: owner, proof: id }) => {
  const { db, parts, note, finish } = call;
  const row = await rowOf(db, owner, id);
  note({ proof: id });
  // Elsewhere is asked outside of the transaction, which would hold everybody else up.
  finish(async () => {
    const why = await Proving.refusalOf(row, await keysOf(parts.store.db, owner), reachOf(parts));
    const change = { state: why ? ("refused" as const) : ("proven" as const), why: why ?? null };
    const [after] = await parts.store.db
      .update(proof)
      .set({ ...change, checkedAt: new Date(parts.clock.now() * 1_000) })
      .where(and(eq(proof.organisation, owner), eq(proof.id, id)))
      .returning();
    if (!after) throw Problem.notFound(both("proof", "归属证明"));
    return told(after);
  });
  return told(row);
};

type Parts = Parameters<Handler<"proof.check">>[0]["parts"] & { readonly reach?: Proving.Reach };

/** Tests bring an internet of their own. */
const reachOf = ({ config, reach }: Parts): Proving.Reach => reach ?? Proving.overNetwork(config.webhookNetworks);

/** Keys that sign for it: its wallets, and the wallets among the signers of its contract accounts. */
async function keysOf(db: Db, owner: string): Promise<readonly string[]> {
  const rows = await db
    .select({ address: account.address, signers: account.signers })
    .from(account)
    .where(eq(account.organisation, owner));
  const all = rows.flatMap(({ address, signers }) => [address, ...signers.map(({ signer }) => signer)]);
  return [...new Set(all.filter((key) => /^0x[0-9a-f]{40}$/i.test(key)).map((key) => key.toLowerCase()))].sort();
}

const list: Handler<"proof.list"> = async ({ db }, { organisation: owner, after, limit }) => {
  const from = Page.afterTime(after);
  const rows = await db
    .select()
    .from(proof)
    .where(
      and(
        eq(proof.organisation, owner),
        from && sql`(${proof.createdAt}, ${proof.id}) < (${from.at.toISOString()}::timestamptz, ${from.id}::uuid)`,
      ),
    )
    .orderBy(desc(proof.createdAt), desc(proof.id))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, (row) => [row.createdAt.toISOString(), row.id]);
  return { ...page, items: page.items.map(told) };
};

const remove: Handler<"proof.remove"> = async ({ db, note }, { organisation: owner, proof: id }) => {
  await db.delete(proof).where(and(eq(proof.organisation, owner), eq(proof.id, id)));
  note({ proof: id });
  return { done: true };
};

export const proofs = {
  "proof.begin": begin,
  "proof.check": check,
  "proof.list": list,
  "proof.remove": remove,
} satisfies Partial<Handlers>;
