/** Who was asked whether they would: providers of this node by name, others by a link whose hash alone is kept. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { and, desc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Call, Handler, Handlers } from "../Call.ts";
import * as Show from "../draft/Show.ts";
import * as Site from "../identity/Site.ts";
import * as Profile from "../market/Profile.ts";
import * as Wanted from "../market/Wanted.ts";
import * as Notices from "../notify/Notices.ts";
import * as Page from "../Page.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { brief, briefDraft, callFor, member, organisation } = schema;

type Row = typeof callFor.$inferSelect;
type Invitation = Table.Output<"brief.invited">["items"][number];

const DAY = 86_400_000;
const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
const dateNow = ({ clock }: Call["parts"]): Date => new Date(clock.now() * 1_000);

const told = (row: Row, name: string | null, now: Date): Invitation => ({
  id: row.id,
  ...(row.organisation === null ? {} : { provider: row.organisation }),
  ...(name === null ? {} : { name }),
  by: row.tokenHash === null ? "provider" : "link",
  state: row.revokedAt
    ? "revoked"
    : row.tokenHash !== null && row.organisation !== null
      ? "joined"
      : row.expiresAt <= now
        ? "expired"
        : "open",
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});

const invite: Handler<"brief.invite"> = async (call, { organisation: owner, brief: id, provider, days }) => {
  const { db, parts, caller, note } = call;
  const wanted = await Wanted.rowOf(db, owner, id, { lock: true });
  Wanted.demandOpen(wanted);
  const now = dateNow(parts);
  const expiresAt = new Date(now.getTime() + days * DAY);
  const common = { brief: id, by: Show.userOf(caller).user, expiresAt, createdAt: now };
  if (provider === undefined) {
    const token = randomBytes(32).toString("base64url");
    const [made] = await db
      .insert(callFor)
      .values({ ...common, id: randomUUID(), tokenHash: hashOf(token) })
      .returning();
    if (!made) throw new Error("an insert returns its row");
    note({ brief: id, invitation: made.id });
    // What is kept for a repetition of the request must not let anybody in.
    call.finish(async (answer) => ({ ...answer, url: `${Site.originOf(parts.config)}/b/${token}` }));
    return told(made, null, now);
  }
  if (provider === owner) throw itself();
  const { name } = await Profile.rowOf(call, provider);
  const [made] = await db
    .insert(callFor)
    .values({ ...common, id: randomUUID(), organisation: provider })
    .onConflictDoUpdate({ target: [callFor.brief, callFor.organisation], set: { revokedAt: null, expiresAt } })
    .returning();
  if (!made) throw new Error("an insert returns its row");
  note({ brief: id, invitation: made.id, provider });
  await tell(call, wanted, made);
  return told(made, name, now);
};

const itself = () =>
  new Problem.Problem(
    "state-conflict",
    both(
      "A brief is not for the organisation whose brief it is. Invite another.",
      "不能邀请需求方自身。请邀请其他组织。",
    ),
  );

/** The people of the provider. */
async function tell({ db, parts }: Pick<Call, "db" | "parts">, wanted: Wanted.Row, row: Row): Promise<void> {
  const people = await db
    .select({ user: member.user })
    .from(member)
    .where(eq(member.organisation, row.organisation ?? ""));
  const [from] = await db.select().from(organisation).where(eq(organisation.id, wanted.organisation));
  const users = people.map(({ user }) => user);
  await Notices.tellUsers(parts, db, users, {
    ...{ kind: "brief.invited", key: `call:${row.id}` },
    says: both(`${from?.name ?? ""} invites you to a brief.`, `${from?.name ?? ""} 邀请您查看其需求书。`),
  });
}

const list: Handler<"brief.invited"> = async ({ db, parts }, { organisation: owner, brief: id, after, limit }) => {
  await Wanted.rowOf(db, owner, id);
  const from = Page.afterTime(after);
  const rows = await db
    .select({ row: callFor, name: organisation.name })
    .from(callFor)
    .leftJoin(organisation, eq(organisation.id, callFor.organisation))
    .where(
      and(
        eq(callFor.brief, id),
        from && sql`(${callFor.createdAt}, ${callFor.id}) < (${from.at.toISOString()}::timestamptz, ${from.id}::uuid)`,
      ),
    )
    .orderBy(desc(callFor.createdAt), desc(callFor.id))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, ({ row }) => [row.createdAt.toISOString(), row.id]);
  return { ...page, items: page.items.map(({ row, name }) => told(row, name, dateNow(parts))) };
};

const uninvite: Handler<"brief.uninvite"> = async ({ db, parts, note }, input) => {
  const { organisation: owner, brief: id, invitation } = input;
  await Wanted.rowOf(db, owner, id);
  const [row] = await db
    .update(callFor)
    .set({ revokedAt: sql`coalesce(${callFor.revokedAt}, ${dateNow(parts).toISOString()}::timestamptz)` })
    .where(and(eq(callFor.brief, id), eq(callFor.id, invitation)))
    .returning();
  if (!row) throw Problem.notFound(both("invitation", "邀请"));
  note({ brief: id, invitation });
  return { done: true };
};

// Of those who were asked.

type Asked = { row: Row; wanted: Wanted.Row; from: string };

const asked = (db: Db) =>
  db
    .select({ row: callFor, wanted: brief, from: organisation.name })
    .from(callFor)
    .innerJoin(brief, eq(brief.id, callFor.brief))
    .innerJoin(organisation, eq(organisation.id, brief.organisation))
    .$dynamic();

async function shown(db: Db, rows: readonly Asked[], provider: string) {
  const ids = [...new Set(rows.map(({ wanted }) => wanted.id))];
  const drafts =
    ids.length === 0
      ? []
      : await db
          .select()
          .from(briefDraft)
          .where(and(inArray(briefDraft.brief, ids), eq(briefDraft.organisation, provider)));
  return rows.map(({ row, wanted, from }) => ({
    ...{ invitation: row.id, brief: wanted.id, from, text: wanted.brief.text },
    fields: Wanted.fieldsOf(wanted.brief),
    state: wanted.closed ? ("closed" as const) : ("open" as const),
    expiresAt: row.expiresAt.toISOString(),
    agreements: drafts.filter((each) => each.brief === wanted.id).map(({ agreement }) => agreement),
  }));
}

const listed: Handler<"call.list"> = async ({ db }, { organisation: provider, after, limit }) => {
  const from = Page.afterTime(after);
  const rows = await asked(db)
    .where(
      and(
        eq(callFor.organisation, provider),
        isNull(callFor.revokedAt),
        from && sql`(${callFor.createdAt}, ${callFor.id}) < (${from.at.toISOString()}::timestamptz, ${from.id}::uuid)`,
      ),
    )
    .orderBy(desc(callFor.createdAt), desc(callFor.id))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, ({ row }) => [row.createdAt.toISOString(), row.id]);
  return { ...page, items: await shown(db, page.items, provider) };
};

/** Throws `not-found` for a link that is none of ours. */
async function byToken(db: Db, token: string, { lock = false } = {}): Promise<Asked> {
  const query = asked(db).where(and(eq(callFor.tokenHash, hashOf(token)), isNotNull(callFor.tokenHash)));
  const [found] = await (lock ? query.for("update", { of: callFor }) : query);
  if (!found) throw Problem.notFound(both("invitation", "邀请"));
  return found;
}

/** Throws `gone`. */
function demandGood({ row, wanted }: Asked, parts: Call["parts"]): void {
  const gone = (en: string, zh: string) =>
    new Problem.Problem("gone", both(`${en} Ask who sent the link for a new one.`, `${zh}请向发送者索取新的链接。`));
  if (row.revokedAt !== null) throw gone("The invitation was withdrawn.", "该邀请已被撤回。");
  if (row.organisation !== null) throw gone("The invitation has been used.", "该邀请已被使用。");
  if (row.expiresAt <= dateNow(parts)) throw gone("The invitation has expired.", "该邀请已过期。");
  if (wanted.closed) throw gone("The brief is closed.", "该需求书已关闭。");
}

const show: Handler<"call.show"> = async ({ db, parts }, { token }) => {
  const found = await byToken(db, token);
  demandGood(found, parts);
  const { row, wanted, from } = found;
  return {
    ...{ from, text: wanted.brief.text, fields: Wanted.fieldsOf(wanted.brief) },
    expiresAt: row.expiresAt.toISOString(),
  };
};

const join: Handler<"call.join"> = async (call, { organisation: provider, token }) => {
  const { db, parts, note } = call;
  const found = await byToken(db, token, { lock: true });
  if (found.row.organisation !== provider || found.row.revokedAt !== null) {
    demandGood(found, parts);
    if (found.wanted.organisation === provider) throw itself();
    // One that was invited by name keeps that invitation, and the link stays free for another.
    const already = and(eq(callFor.brief, found.wanted.id), eq(callFor.organisation, provider));
    const [named] = await db.update(callFor).set({ revokedAt: null }).where(already).returning();
    if (!named) await db.update(callFor).set({ organisation: provider }).where(eq(callFor.id, found.row.id));
  }
  note({ brief: found.wanted.id, invitation: found.row.id });
  const [one] = await shown(db, [found], provider);
  if (!one) throw new Error("a call that was found is there");
  return one;
};

export const calls = {
  "brief.invite": invite,
  "brief.invited": list,
  "brief.uninvite": uninvite,
  "call.list": listed,
  "call.show": show,
  "call.join": join,
} satisfies Partial<Handlers>;
