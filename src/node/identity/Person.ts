/**
 * All that the store has of one person, table by table, and what becomes of it when they are erased: what is theirs alone
 * goes; what is a firm's, or proves where money went, stays under an id that leads to nobody.
 */
import { and, eq, getTableColumns, getTableName, inArray, or, type SQL, sql } from "drizzle-orm";
import { type PgColumn, PgTable } from "drizzle-orm/pg-core";
import { InputError } from "../../agreement/index.ts";
import * as Evidence from "../evidence/Evidence.ts";
import * as Erasure from "../market/Erasure.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Users from "./Users.ts";

const { both } = InputError;
type Words = InputError.Words;
type Row = Record<string, unknown>;

/** Columns that let somebody in, or say what another one's secret is. */
const SECRETS: ReadonlySet<string> = new Set([
  ...["token", "tokenHash", "hash", "accessToken", "refreshToken", "idToken", "password", "demoKey", "secret", "key"],
]);

/** What a table has of a person, and what stays of it. */
type Place = {
  readonly name: string;
  readonly table: PgTable;
  readonly mine: (user: string) => SQL | undefined;
  readonly says: Words;
  /** Why it stays, without a name. Absent: it is erased. */
  readonly why?: Words;
};

const FIRM = both(
  "it is the firm's own record, kept under an id that leads to nobody",
  "属于组织的记录，以无法识别个人的标识保留",
);
const MONEY = both(
  "it proves what was agreed and where money went; the ledger has its hash, and the law asks for it",
  "用以证明约定内容与款项去向；账本载有其哈希，法律要求留存",
);
const CHAIN = both(
  "each record of the audit log carries the hash of the one before; without one of them the rest proves nothing",
  "审计日志逐条相扣，缺失任何一条即无法证明其余内容",
);

const LISTED: readonly Place[] = [
  {
    name: "profile",
    table: schema.user,
    mine: (id) => eq(schema.user.id, id),
    says: both("name, e-mail address and settings", "姓名、邮箱与设置"),
  },
  {
    name: "sessions",
    table: schema.session,
    mine: (id) => eq(schema.session.userId, id),
    says: both("sessions", "会话"),
  },
  {
    name: "passkeys",
    table: schema.passkey,
    mine: (id) => eq(schema.passkey.userId, id),
    says: both("passkeys", "通行密钥"),
  },
  {
    name: "wallets",
    table: schema.walletAddress,
    mine: (id) => eq(schema.walletAddress.userId, id),
    says: both("wallets to sign in with", "登录用钱包"),
  },
  {
    name: "signIns",
    table: schema.authAccount,
    mine: (id) => eq(schema.authAccount.userId, id),
    says: both("ways to sign in", "登录方式"),
  },
  {
    name: "emailProofs",
    table: schema.emailProof,
    mine: (id) => eq(schema.emailProof.user, id),
    says: both("e-mail addresses to be proven", "待验证邮箱"),
  },
  { name: "keys", table: schema.apiKey, mine: (id) => eq(schema.apiKey.user, id), says: both("API keys", "API 密钥") },
  {
    name: "memberships",
    table: schema.member,
    mine: (id) => eq(schema.member.user, id),
    says: both("memberships", "组织成员身份"),
  },
  { name: "notices", table: schema.notice, mine: (id) => eq(schema.notice.user, id), says: both("notices", "通知") },
  {
    name: "events",
    table: schema.event,
    mine: (id) => eq(schema.event.user, id),
    says: both("events for you alone", "仅供本人的事件"),
  },
  {
    ...{ name: "answers", table: schema.idempotency, mine: (id) => eq(schema.idempotency.caller, id) },
    says: both("answers kept for repeated requests", "为重复请求保留的应答"),
  },
  {
    ...{
      name: "invitations",
      table: schema.invitation,
      mine: (id) => or(eq(schema.invitation.by, id), eq(schema.invitation.acceptedBy, id)),
    },
    ...{ says: both("invitations", "邀请"), why: FIRM },
  },
  {
    name: "comments",
    table: schema.comment,
    mine: (id) => eq(schema.comment.user, id),
    says: both("comments on drafts", "草稿评论"),
    why: FIRM,
  },
  {
    name: "versions",
    table: schema.version,
    mine: (id) => eq(schema.version.user, id),
    says: both("versions of terms", "条款版本"),
    why: MONEY,
  },
  {
    name: "signatures",
    table: schema.signature,
    mine: (id) => eq(schema.signature.user, id),
    says: both("signatures", "签名"),
    why: MONEY,
  },
  {
    name: "acts",
    table: schema.act,
    mine: (id) => eq(schema.act.user, id),
    says: both("acts on the ledger", "账本操作"),
    why: MONEY,
  },
  {
    name: "approvals",
    table: schema.approval,
    mine: (id) => or(eq(schema.approval.user, id), eq(schema.approval.decidedBy, id)),
    says: both("approvals", "批准"),
    why: MONEY,
  },
  {
    name: "evidence",
    table: schema.evidence,
    mine: (id) => eq(schema.evidence.user, id),
    says: both("files that you sent for a firm", "代组织提交的文件"),
    why: MONEY,
  },
  {
    name: "buildAddresses",
    table: schema.ciAddress,
    mine: (id) => eq(schema.ciAddress.user, id),
    says: both("addresses for builds", "构建报告地址"),
    why: FIRM,
  },
  { name: "runs", table: schema.run, mine: (id) => eq(schema.run.user, id), says: both("runs", "运行"), why: MONEY },
  {
    name: "verdicts",
    table: schema.verdict,
    mine: (id) => eq(schema.verdict.user, id),
    says: both("verdicts", "结论"),
    why: MONEY,
  },
  {
    name: "tickets",
    table: schema.ticket,
    mine: (id) => or(eq(schema.ticket.assignee, id), eq(schema.ticket.answeredBy, id)),
    says: both("tickets that you took or answered", "领取或答复的工单"),
    why: FIRM,
  },
  {
    name: "invoices",
    table: schema.invoice,
    mine: (id) => eq(schema.invoice.user, id),
    says: both("invoices that you made", "开具的发票"),
    why: MONEY,
  },
  {
    ...{
      name: "audit",
      table: schema.audit,
      mine: (id) => or(eq(schema.audit.by, id), inArray(schema.audit.by, keysOf(id))),
    },
    ...{ says: both("lines of the audit log", "审计日志"), why: CHAIN },
  },
];

/** A table that names a person and is not listed is a firm's record of its own kind. */
const OTHERS: readonly Place[] = Object.entries(schema as Record<string, unknown>).flatMap(([name, table]): Place[] => {
  if (!(table instanceof PgTable) || LISTED.some((one) => one.table === table)) return [];
  const { user } = getTableColumns(table) as { user?: PgColumn };
  if (!user) return [];
  const says = both(`records of ${getTableName(table)}`, `${getTableName(table)} 中的记录`);
  return [{ name, table, mine: (id) => eq(user, id), says, why: FIRM }];
});

export const PLACES: readonly Place[] = [...LISTED, ...OTHERS];

/** As the audit log names them. */
const keysOf = (user: string): SQL =>
  sql`(select 'key:' || ${schema.apiKey.id} from ${schema.apiKey} where ${schema.apiKey.user} = ${user})`;

/** Everything, by the name of what it is; secrets left out. */
export async function all(db: Db, user: string): Promise<Record<string, Row[]>> {
  const found: Record<string, Row[]> = {};
  for (const { name, table, mine } of PLACES) {
    const rows: Row[] = await db.select().from(table).where(mine(user));
    found[name] = rows.map(plain);
  }
  return found;
}

function plain(row: Row): Row {
  const told = Object.entries(row).filter(([name]) => !SECRETS.has(name));
  return JSON.parse(
    JSON.stringify(Object.fromEntries(told), (_, value) => (typeof value === "bigint" ? String(value) : value)),
  );
}

export type Erased = {
  readonly erased: { what: Words; count: number }[];
  readonly kept: { what: Words; why: Words; count: number }[];
  /** Bytes that no row names any more: to be erased once this is durable. */
  readonly objects: readonly string[];
};

/** Their name afterwards, which everything that stays shows. */
export const NOBODY = "(erased · 已删除)";

/** Part of a transaction; the person's organisations are seen to before. `own`: of theirs alone. */
export async function erase(db: Db, user: string, own: readonly string[]): Promise<Erased> {
  const counts = new Map<string, number>();
  for (const { name, table, mine } of PLACES) {
    const [{ count } = { count: 0 }] = await db
      .select({ count: sql<number>`count(*)::int` })
      .from(table)
      .where(mine(user));
    counts.set(name, count);
  }
  const objects = await eraseFiles(db, user, own);
  await db.update(schema.invitation).set({ email: null }).where(eq(schema.invitation.by, user));
  const { email } = await mailOf(db, user);
  await db.delete(schema.verification).where(eq(schema.verification.identifier, email));
  for (const { name, table, mine, why } of PLACES)
    if (why === undefined && name !== "profile") await db.delete(table).where(mine(user));
  const gone = { name: NOBODY, email: Users.nowhere("erased", user), emailVerified: false, image: null, mail: false };
  await db
    .update(schema.user)
    .set({ ...gone, updatedAt: new Date() })
    .where(eq(schema.user.id, user));
  if (own.length > 0) {
    await db
      .update(schema.organisation)
      .set({ name: NOBODY })
      .where(inArray(schema.organisation.id, [...own]));
    await db
      .update(schema.account)
      .set({ name: NOBODY, signers: [] })
      .where(inArray(schema.account.organisation, [...own]));
    // The node signs for nobody any more.
    await db.delete(schema.runner).where(inArray(schema.runner.organisation, [...own]));
    await Erasure.erase(db, own);
    await db.delete(schema.invoiceData).where(inArray(schema.invoiceData.organisation, [...own]));
    await db
      .update(schema.webhook)
      .set({ active: false })
      .where(inArray(schema.webhook.organisation, [...own]));
  }
  const of = ({ name, says }: Place) => ({ what: says, count: counts.get(name) ?? 0 });
  const there = PLACES.filter(({ name }) => (counts.get(name) ?? 0) > 0);
  return {
    erased: there.filter(({ why }) => why === undefined).map(of),
    kept: there.flatMap((place) => (place.why === undefined ? [] : [{ ...of(place), why: place.why }])),
    objects,
  };
}

/** What they sent for themselves alone: bytes, names and salts go, the hash on the ledger stays. */
async function eraseFiles(db: Db, user: string, own: readonly string[]): Promise<readonly string[]> {
  if (own.length === 0) return [];
  const { evidence } = schema;
  const rows = await db
    .select()
    .from(evidence)
    .where(and(eq(evidence.user, user), inArray(evidence.organisation, [...own]), sql`${evidence.erasedAt} is null`));
  for (const row of rows) await Evidence.erase(db, row);
  return rows.flatMap(({ object }) => object ?? []);
}

async function mailOf(db: Db, user: string): Promise<{ email: string }> {
  const [row] = await db.select({ email: schema.user.email }).from(schema.user).where(eq(schema.user.id, user));
  return row ?? { email: "" };
}
