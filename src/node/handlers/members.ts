/** Who belongs to an organisation, and how they come to it. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { and, asc, eq, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import { forbidden } from "../Access.ts";
import type { Call, Handler, Handlers, Role } from "../Call.ts";
import * as Site from "../identity/Site.ts";
import * as Page from "../Page.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Organisations from "./organisations.ts";

const { both } = InputError;
const DAY = 86_400;
/** Days that an invitation can be taken. */
const OPEN = 14;

type Row = { user: string; name: string; role: Role; since: Date };
const FIELDS = {
  ...{ user: schema.member.user, name: schema.user.name, role: schema.member.role, since: schema.member.createdAt },
};
const told = ({ since, ...row }: Row): Table.Output<"member.change"> => ({ ...row, since: since.toISOString() });

const list: Handler<"member.list"> = async ({ db }, { organisation, after, limit }) => {
  const { member, user } = schema;
  const from = Page.afterTime(after, Page.TEXT);
  const rows = await db
    .select(FIELDS)
    .from(member)
    .innerJoin(user, eq(user.id, member.user))
    .where(
      and(
        eq(member.organisation, organisation),
        from && sql`(${member.createdAt}, ${member.user}) > (${from.at.toISOString()}::timestamptz, ${from.id})`,
      ),
    )
    .orderBy(asc(member.createdAt), asc(member.user))
    .limit(limit + 1);
  return Page.cut(rows.map(told), limit, ({ since, user }) => [since, user]);
};

const invite: Handler<"member.invite"> = async (call, { organisation, role, email }) => {
  const { db, parts, caller } = call;
  const token = randomBytes(32).toString("base64url");
  const id = randomUUID();
  const expiresAt = new Date((parts.clock.now() + OPEN * DAY) * 1000);
  const by = caller.kind === "user" ? caller.user : "";
  const row = { id, tokenHash: hashOf(token), organisation, role, email: email ?? null, by, expiresAt };
  await db.insert(schema.invitation).values(row);
  call.note({ invitation: id, role });
  const answer = { id, role, expiresAt: expiresAt.toISOString() };
  // What is kept for a repetition of the request must not let anybody in.
  call.finish(async (kept) => ({ ...kept, url: `${Site.originOf(parts.config)}/join/${token}` }));
  return { ...answer, url: "" };
};

const join: Handler<"member.join"> = async (call, { token }) => {
  const { db, parts } = call;
  const { user } = Organisations.person(call);
  const { invitation, member } = schema;
  const [found] = await db
    .select()
    .from(invitation)
    .where(eq(invitation.tokenHash, hashOf(token)))
    .for("update");
  const { organisation } = found ?? {};
  if (!found || !organisation || found.agreement) throw Problem.notFound(both("invitation", "邀请"));
  const role = await roleOf(db, organisation, user);
  if (role) return Organisations.card(db, organisation, role);
  const isOver = found.expiresAt.getTime() <= parts.clock.now() * 1000;
  if (isOver || found.revokedAt || found.acceptedBy) {
    throw new Problem.Problem(
      "gone",
      both(
        "The invitation was used, or is over. Ask an owner for another one.",
        "邀请已被使用或已失效。请向所有者索取新的邀请。",
      ),
    );
  }
  const given = found.role as Role;
  await db.insert(member).values({ organisation, user, role: given });
  await db.update(invitation).set({ acceptedBy: user }).where(eq(invitation.id, found.id));
  call.note({ organisation, invitation: found.id, role: given });
  await parts.events.append(db, { kind: "invitation.accepted", organisation, data: { user, role: given } });
  return Organisations.card(db, organisation, given);
};

const change: Handler<"member.change"> = async (call, { organisation, user, role }) => {
  const { db } = call;
  const owners = await lock(call, organisation);
  const before = await roleOf(db, organisation, user);
  if (!before) throw Problem.notFound(both("member", "成员"));
  if (before === "owner" && role !== "owner" && owners.length === 1) throw lastOwner();
  const { member } = schema;
  const where = and(eq(member.organisation, organisation), eq(member.user, user));
  await db.update(member).set({ role }).where(where);
  call.note({ member: user, before, role });
  const [row] = await db
    .select(FIELDS)
    .from(member)
    .innerJoin(schema.user, eq(schema.user.id, member.user))
    .where(where);
  if (!row) throw Problem.notFound(both("member", "成员"));
  return told(row);
};

const remove: Handler<"member.remove"> = async (call, { organisation, user }) => {
  const { db, parts } = call;
  const owners = await lock(call, organisation);
  if (owners.length === 1 && owners[0] === user) throw lastOwner();
  const { member, apiKey } = schema;
  await db.delete(apiKey).where(and(eq(apiKey.organisation, organisation), eq(apiKey.user, user)));
  await db.delete(member).where(and(eq(member.organisation, organisation), eq(member.user, user)));
  await parts.identity.changed(db);
  call.note({ member: user });
  call.finish(async (answer) => {
    parts.identity.forget();
    return answer;
  });
  return { done: true };
};

/** Owners, while nobody else changes them. The caller may have ceased to be one since they were let in. */
async function lock({ db, caller }: Call, organisation: string): Promise<string[]> {
  const { member } = schema;
  await db.select().from(schema.organisation).where(eq(schema.organisation.id, organisation)).for("update");
  const rows = await db
    .select({ user: member.user })
    .from(member)
    .where(and(eq(member.organisation, organisation), eq(member.role, "owner")));
  const owners = rows.map(({ user }) => user);
  if (caller.kind !== "user" || !owners.includes(caller.user)) throw forbidden(both("an owner", "所有者"));
  return owners;
}

async function roleOf(db: Db, organisation: string, user: string): Promise<Role | undefined> {
  const { member } = schema;
  const where = and(eq(member.organisation, organisation), eq(member.user, user));
  const [row] = await db.select({ role: member.role }).from(member).where(where);
  return row?.role;
}

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

const lastOwner = () =>
  new Problem.Problem(
    "state-conflict",
    both(
      "The organisation keeps at least one owner. Make somebody else an owner first.",
      "组织至少保留一名所有者。请先指定其他所有者。",
    ),
  );

export const members = {
  "member.list": list,
  "member.invite": invite,
  "member.join": join,
  "member.change": change,
  "member.remove": remove,
} satisfies Partial<Handlers>;
