/** Links that give one organisation a seat. The secret part is shown once; only its hash is kept. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { and, desc, eq, inArray, isNotNull, lt, or } from "drizzle-orm";
import { InputError, Sheet, Terms } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Call, Handlers, SeatRole } from "../Call.ts";
import * as Document from "../draft/Document.ts";
import * as Save from "../draft/Save.ts";
import * as Show from "../draft/Show.ts";
import * as Notices from "../notify/Notices.ts";
import * as Page from "../Page.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { invitation, seat, organisation, member, user } = schema;

type Row = typeof invitation.$inferSelect;
type Parts = Call["parts"];

const DAY = 86_400_000;

const dateNow = ({ clock }: Parts): Date => new Date(clock.now() * 1000);
const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
const roleOf = (row: Row): SeatRole => row.role as SeatRole;

const shown = (row: Row): Table.Output<"invitation.list">["items"][number] => ({
  id: row.id,
  role: roleOf(row),
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  ...(row.acceptedBy === null ? {} : { acceptedBy: row.acceptedBy }),
  revoked: row.revokedAt !== null,
  preview: row.preview,
});

const create: Handlers["invitation.create"] = async (call, { agreement, role, email, days, preview }) => {
  const { parts, db, caller, seats, note, finish } = call;
  Show.sideOf(seats);
  const row = await Show.rowOf(db, agreement, { lock: true });
  if (Show.OVER.has(row.status)) {
    throw Show.conflict(
      row.status,
      both("one that is not over", "尚未结束的协议"),
      both("Invite to another agreement.", "请邀请加入其他协议。"),
    );
  }
  if (Show.isSide(role)) await demandFree(db, agreement, role);
  const token = randomBytes(32).toString("base64url");
  const [made] = await db
    .insert(invitation)
    .values({
      ...{ id: randomUUID(), tokenHash: hashOf(token), agreement, role, by: Show.userOf(caller).user },
      ...(email === undefined ? {} : { email: Document.acceptText(email, "email") }),
      preview,
      expiresAt: new Date(dateNow(parts).getTime() + days * DAY),
      createdAt: dateNow(parts),
    })
    .returning();
  if (!made) throw new Error("an insert returns its row");
  note({ invitation: made.id, role });
  const { publicUrl, port } = parts.config;
  const url = `${publicUrl ?? `http://localhost:${port}`}/i/${token}`;
  // An answer that is kept for its Idempotency-Key holds no secret: asked again, the link is not shown again.
  finish(async (answer) => ({ ...answer, url }));
  return { ...shown(made), url: "" };
};

/** Throws `state-conflict` where somebody has the party's seat. */
async function demandFree(db: Db, agreement: string, role: Show.Side): Promise<void> {
  const [taken] = await db
    .select({ name: organisation.name })
    .from(seat)
    .innerJoin(organisation, eq(organisation.id, seat.organisation))
    .where(and(eq(seat.agreement, agreement), eq(seat.role, role)));
  if (!taken) return;
  throw new Problem.Problem(
    "state-conflict",
    both(
      `The ${role}'s seat is taken by ${taken.name}. A reader's seat can still be given.`,
      `${role === "client" ? "甲方" : "乙方"}席位已由${taken.name}占用。仍可邀请为只读方。`,
    ),
    { role },
  );
}

const list: Handlers["invitation.list"] = async ({ db }, { agreement, after, limit }) => {
  const from = Page.afterTime(after);
  const earlier = from
    ? [or(lt(invitation.createdAt, from.at), and(eq(invitation.createdAt, from.at), lt(invitation.id, from.id)))]
    : [];
  const rows = await db
    .select()
    .from(invitation)
    .where(and(eq(invitation.agreement, agreement), ...earlier))
    .orderBy(desc(invitation.createdAt), desc(invitation.id))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, (row) => [row.createdAt.toISOString(), row.id]);
  return { ...page, items: page.items.map(shown) };
};

const revoke: Handlers["invitation.revoke"] = async ({ parts, db, seats, note }, { agreement, invitation: id }) => {
  Show.sideOf(seats);
  const mine = and(eq(invitation.agreement, agreement), eq(invitation.id, id));
  const [row] = await db.select().from(invitation).where(mine).for("update");
  if (!row) throw Problem.notFound(both("invitation", "邀请"));
  // A seat that was taken stays taken.
  if (row.revokedAt === null && row.acceptedBy === null)
    await db
      .update(invitation)
      .set({ revokedAt: dateNow(parts) })
      .where(mine);
  note({ invitation: id });
  return { done: true };
};

/** Throws `not-found` for a link that is none of ours. */
async function byToken(db: Db, token: string, { lock = false } = {}): Promise<Row & { agreement: string }> {
  const query = db
    .select()
    .from(invitation)
    .where(and(eq(invitation.tokenHash, hashOf(token)), isNotNull(invitation.agreement)));
  const [row] = await (lock ? query.for("update") : query);
  if (!row || row.agreement === null) throw Problem.notFound(both("invitation", "邀请"));
  return { ...row, agreement: row.agreement };
}

/** Throws `gone`. */
function demandGood(row: Row, { status }: Show.Row, parts: Parts): void {
  const gone = (en: string, zh: string) =>
    new Problem.Problem("gone", both(`${en} Ask who sent the link for a new one.`, `${zh}请向发送者索取新的链接。`));
  if (row.revokedAt !== null) throw gone("The invitation was withdrawn.", "该邀请已被撤回。");
  if (row.acceptedBy !== null) throw gone("The invitation has been used.", "该邀请已被使用。");
  if (row.expiresAt <= dateNow(parts)) throw gone("The invitation has expired.", "该邀请已过期。");
  if (Show.OVER.has(status)) throw gone(`The agreement is ${status}.`, `该协议已结束（${status}）。`);
}

const show: Handlers["invitation.show"] = async ({ parts, db }, { token }) => {
  const row = await byToken(db, token);
  const agreement = await Show.rowOf(db, row.agreement);
  demandGood(row, agreement, parts);
  return {
    ...{ title: agreement.title, from: await inviter(db, row.agreement, row.by), role: roleOf(row) },
    expiresAt: row.expiresAt.toISOString(),
    ...(row.preview ? { preview: await previewOf(db, agreement) } : {}),
  };
};

/** What a guest may read of the latest version. */
async function previewOf(db: Db, { id, version, status, amount, currency }: Show.Row) {
  const { document } = await Show.versionOf(db, id, version);
  const checked = Terms.check(document);
  const terms = "terms" in checked ? checked.terms : undefined;
  return {
    ...{ version, status: status as Table.Output<"agreement.show">["status"] },
    ...(terms ? { client: terms.parties.client.name, provider: terms.parties.provider.name } : {}),
    ...(terms && amount !== null && currency !== null ? { amount: String(amount), currency } : {}),
    ...(terms ? { sheet: both(Sheet.text(terms, "en"), Sheet.text(terms, "zh")) } : {}),
  };
}

/** The organisation for which somebody invites; the person, once they have left it. */
async function inviter(db: Db, agreement: string, by: string): Promise<string> {
  const [found] = await db
    .select({ name: organisation.name })
    .from(seat)
    .innerJoin(organisation, eq(organisation.id, seat.organisation))
    .innerJoin(member, eq(member.organisation, seat.organisation))
    .where(and(eq(seat.agreement, agreement), inArray(seat.role, ["client", "provider"]), eq(member.user, by)));
  if (found) return found.name;
  const [person] = await db.select({ name: user.name }).from(user).where(eq(user.id, by));
  return person?.name ?? "";
}

const accept: Handlers["invitation.accept"] = async (call, input) => {
  const { parts, db, caller, note } = call;
  const row = await byToken(db, input.token, { lock: true });
  const agreement = await Show.rowOf(db, row.agreement, { lock: true });
  const role = roleOf(row);
  if (row.acceptedBy !== input.organisation) {
    demandGood(row, agreement, parts);
    await sit(db, { agreement: row.agreement, organisation: input.organisation, role });
    await db.update(invitation).set({ acceptedBy: input.organisation }).where(eq(invitation.id, row.id));
    await Save.touch(db, row.agreement);
    const [own] = await db.select().from(organisation).where(eq(organisation.id, input.organisation));
    const name = own?.name ?? "";
    await parts.events.append(db, {
      kind: "invitation.accepted",
      agreement: row.agreement,
      data: { role, organisation: input.organisation, name },
    });
    const told = (["client", "provider"] as const).filter((one) => one !== role);
    await Notices.add(parts, db, {
      ...{ agreement: row.agreement, roles: told, kind: "invitation.accepted", key: `invitation:${row.id}` },
      says: both(
        `${name} takes part in "${agreement.title.en}" as ${role}.`,
        `${name} 已加入“${agreement.title.zh}”，身份为${ROLES[role]}。`,
      ),
    });
  }
  note({ invitation: row.id, agreement: row.agreement, role });
  return Show.full({ parts, caller, db }, row.agreement);
};

const ROLES: Readonly<Record<SeatRole, string>> = {
  client: "甲方",
  provider: "乙方",
  arbitrator: "仲裁人",
  reporter: "报告人",
  reader: "只读方",
};

/** Throws `state-conflict` where another has the seat, or the organisation sits on the other side. */
async function sit(db: Db, given: { agreement: string; organisation: string; role: SeatRole }): Promise<void> {
  const { role } = given;
  if (Show.isSide(role)) {
    const seats = await db.select().from(seat).where(eq(seat.agreement, given.agreement));
    const ours = seats.filter((one) => one.organisation === given.organisation);
    if (ours.some((one) => one.role === role)) return;
    if (ours.some((one) => one.role === Show.other(role))) {
      throw new Problem.Problem(
        "state-conflict",
        both(
          `Your organisation is the ${Show.other(role)} here, and cannot be the ${role} too. Send the link to the other side.`,
          `您的组织已是${ROLES[Show.other(role)]}，不能同时为${ROLES[role]}。请将链接发给对方。`,
        ),
        { role },
      );
    }
    await demandFree(db, given.agreement, role);
  }
  await db.insert(seat).values(given).onConflictDoNothing();
}

export const invitations = {
  "invitation.create": create,
  "invitation.list": list,
  "invitation.revoke": revoke,
  "invitation.show": show,
  "invitation.accept": accept,
} satisfies Partial<Handlers>;
