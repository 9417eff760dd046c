/** Addresses to which build services report, and what they said. */
import { randomBytes, randomUUID } from "node:crypto";
import { and, asc, count, desc, eq, isNull, lt, or } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Call, Handler, Handlers } from "../Call.ts";
import * as Evidence from "../evidence/Evidence.ts";
import * as Reports from "../evidence/Reports.ts";
import * as Site from "../identity/Site.ts";
import * as Page from "../Page.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { ciAddress, ciReport, evidence, user } = schema;

/** Of one agreement. */
const MOST = 20;

type Row = typeof ciAddress.$inferSelect;
type Told = Table.Output<"ci.list">["items"][number];

const create: Handler<"ci.create"> = async (call, { agreement, source, name }) => {
  const { db } = call;
  // One after the other: two at once would each count nineteen.
  await db.select().from(schema.agreement).where(eq(schema.agreement.id, agreement)).for("update");
  const [{ has } = { has: 0 }] = await db.select({ has: count() }).from(ciAddress).where(of(agreement));
  if (has >= MOST) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        `The agreement has ${has} addresses for builds; at most ${MOST} are kept. Remove one that is not needed.`,
        `该协议已有 ${has} 个构建报告地址，最多 ${MOST} 个。请删除不需要的。`,
      ),
    );
  }
  const secret = secretOf();
  const row = { id: randomUUID(), agreement, source, name, secret, ...Evidence.bringer(call.caller, call.seats) };
  const [made] = await db.insert(ciAddress).values(row).returning();
  if (!made) throw missing();
  call.note({ address: made.id, source });
  return shownOnce(call, made, secret);
};

const rotate: Handler<"ci.rotate"> = async (call, { agreement, address }) => {
  await find(call, agreement, address);
  const secret = secretOf();
  const [row] = await call.db
    .update(ciAddress)
    .set({ secret, rotatedAt: new Date() })
    .where(eq(ciAddress.id, address))
    .returning();
  if (!row) throw missing();
  call.note({ address });
  return shownOnce(call, row, secret);
};

/** An answer that is kept for its key holds no secret: the same key again gives none. */
async function shownOnce(call: Call<"ci.create"> | Call<"ci.rotate">, row: Row, secret: string) {
  const answer = { ...(await told(call, row)), secret: "" };
  call.finish(async (kept) => ({ ...kept, secret }));
  return answer;
}

const list: Handler<"ci.list"> = async (call, { agreement }) => {
  const rows = await call.db
    .select()
    .from(ciAddress)
    .where(of(agreement))
    .orderBy(asc(ciAddress.createdAt), asc(ciAddress.id));
  return { items: await Promise.all(rows.map((row) => told(call, row))) };
};

const remove: Handler<"ci.remove"> = async (call, { agreement, address }) => {
  const there = and(eq(ciAddress.id, address), eq(ciAddress.agreement, agreement));
  const [row] = await call.db.select().from(ciAddress).where(there);
  if (!row) return { done: true };
  own(call, row);
  const removedAt = row.removedAt ?? new Date();
  await call.db.update(ciAddress).set({ removedAt, secret: "" }).where(there);
  call.note({ address });
  return { done: true };
};

const reports: Handler<"report.list"> = async ({ db }, { agreement, after, limit }) => {
  const from = Page.afterTime(after);
  const rows = await db
    .select({ report: ciReport, commitment: evidence.commitment })
    .from(ciReport)
    .innerJoin(evidence, eq(evidence.id, ciReport.id))
    .where(
      and(
        ...[eq(ciReport.agreement, agreement), isNull(evidence.erasedAt)],
        from && or(lt(ciReport.createdAt, from.at), and(eq(ciReport.createdAt, from.at), lt(ciReport.id, from.id))),
      ),
    )
    .orderBy(desc(ciReport.createdAt), desc(ciReport.id))
    .limit(limit + 1);
  const items = rows.map(({ report, commitment }): Table.Output<"report.list">["items"][number] => ({
    ...{ id: report.id, source: report.source, kind: report.kind as "pipeline", delivery: report.delivery },
    ...{ repository: report.repository, commit: report.commit, name: report.name, conclusion: report.conclusion },
    ...(report.url === null ? {} : { url: report.url }),
    ...(commitment === null ? {} : { commitment }),
    createdAt: report.createdAt.toISOString(),
  }));
  return Page.cut(items, limit, ({ createdAt, id }) => [createdAt, id]);
};

/** 256 bits, in letters that every form of a web page takes. */
const secretOf = (): string => randomBytes(32).toString("base64url");

/** Those that are in use. */
const of = (agreement: string) => and(eq(ciAddress.agreement, agreement), isNull(ciAddress.removedAt));

/** Throws `not-found`, and `forbidden` for an address of another organisation. */
async function find(call: Pick<Call, "db" | "seats">, agreement: string, address: string): Promise<Row> {
  const [row] = await call.db
    .select()
    .from(ciAddress)
    .where(and(of(agreement), eq(ciAddress.id, address)))
    .for("update");
  if (!row) throw missing();
  own(call, row);
  return row;
}

function own({ seats }: Pick<Call, "seats">, { organisation }: Row): void {
  if (seats.some((seat) => seat.organisation === organisation)) return;
  throw new Problem.Problem(
    "forbidden",
    both(
      "Only the organisation that made the address may do this. Make one of your own.",
      "仅创建该地址的组织可执行此操作。您可自行创建。",
    ),
  );
}

async function told({ parts, db }: { parts: Call["parts"]; db: Db }, row: Row): Promise<Told> {
  const [by] = await db.select({ name: user.name }).from(user).where(eq(user.id, row.user));
  const { id, source, name, organisation, rotatedAt, createdAt } = row;
  return {
    ...{ id, source, name, url: `${Site.originOf(parts.config)}${Reports.PATH}/${id}` },
    by: { user: row.user, name: by?.name ?? "", organisation },
    createdAt: createdAt.toISOString(),
    ...(rotatedAt === null ? {} : { rotatedAt: rotatedAt.toISOString() }),
  };
}

const missing = () => Problem.notFound(both("address for builds", "构建报告地址"));

export const ci = {
  "ci.create": create,
  "ci.list": list,
  "ci.rotate": rotate,
  "ci.remove": remove,
  "report.list": reports,
} satisfies Partial<Handlers>;
