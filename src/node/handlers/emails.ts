/** A person's e-mail address: theirs once they have opened what was mailed there. */
import { createHash, randomUUID } from "node:crypto";
import { and, eq, gt, lt, ne, or, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type { Handler, Handlers, Parts } from "../Call.ts";
import * as Users from "../identity/Users.ts";
import * as Notices from "../notify/Notices.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import { person } from "./organisations.ts";

const { both } = InputError;
const { emailProof, user: people } = schema;

const HOUR = 3_600_000;
/** Mails an hour: that one person may ask for, of them to one address, and to one address whoever asks. */
const MOST = { asked: 5, own: 3, address: 10 } as const;

const ask: Handler<"email.ask"> = async (call, { email }) => {
  const { user, demo } = person(call);
  const { db, parts } = call;
  if (!parts.config.smtp || demo) throw noMail(demo);
  const address = email.toLowerCase();
  if (!Users.isReachable(address)) throw useless(email);
  const now = Date.now();
  await db
    .delete(emailProof)
    .where(and(eq(emailProof.user, user), lt(emailProof.createdAt, new Date(now - 24 * HOUR))));
  const counts = await lately(db, user, address, new Date(now - HOUR));
  if (counts.asked >= MOST.asked) throw tooOften();
  const id = randomUUID();
  await db.insert(emailProof).values({ id, user, email: address, expiresAt: new Date(now + HOUR) });
  // Beyond it nothing is sent, and nobody is told: it would tell what others do.
  if (counts.own < MOST.own && counts.address < MOST.address)
    await parts.jobs.add(db, "mail", { proof: id }, { key: id });
  return { done: true };
};

async function lately(db: Db, user: string, address: string, since: Date) {
  const count = (what: ReturnType<typeof sql>) => sql<number>`count(*) filter (where ${what})::int`;
  const [mine, there] = [sql`${emailProof.user} = ${user}`, sql`${emailProof.email} = ${address}`];
  const [row] = await db
    .select({ asked: count(mine), address: count(there), own: count(sql`${mine} and ${there}`) })
    .from(emailProof)
    .where(and(gt(emailProof.createdAt, since), or(eq(emailProof.user, user), eq(emailProof.email, address))));
  return row ?? { asked: 0, address: 0, own: 0 };
}

const confirm: Handler<"email.confirm"> = async (call, { token }) => {
  const { user } = person(call);
  const { db, parts } = call;
  const tokenHash = createHash("sha256").update(token).digest("hex");
  const [row] = await db.select().from(emailProof).where(eq(emailProof.tokenHash, tokenHash)).for("update");
  // Who opens a link that another asked for would give that other their mail.
  if (!row || row.user !== user || row.usedAt !== null || row.expiresAt.getTime() <= Date.now()) throw notGood();
  await release(parts, db, row.email, user);
  const proven = { email: row.email, emailVerified: true, updatedAt: new Date() };
  await db.update(people).set(proven).where(eq(people.id, user)).catch(rethrow);
  await db.update(emailProof).set({ usedAt: new Date() }).where(eq(emailProof.user, user));
  return changed(call);
};

/** Whoever had the address before has it no longer: it is of the one who reads its mail now. */
async function release(parts: Parts, db: Db, email: string, user: string): Promise<void> {
  const others = await db
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.email, email), ne(people.id, user)))
    .for("update");
  for (const { id } of others) {
    const nowhere = { email: Users.nowhere("moved", id), emailVerified: false };
    await db.update(people).set(nowhere).where(eq(people.id, id));
    const says = both(
      "Your e-mail address was proven by another account, and is no longer yours here. If that was not you, look after your mailbox.",
      "您的邮箱地址已由其他账户验证，不再属于本账户。若非您本人操作，请检查邮箱安全。",
    );
    await Notices.tellUsers(parts, db, [id], { kind: "email.moved", says, key: `email:${randomUUID()}` });
  }
}

const remove: Handler<"email.remove"> = async (call) => {
  const { user } = person(call);
  const gone = { email: Users.nowhere("removed", user), emailVerified: false, updatedAt: new Date() };
  await call.db.update(people).set(gone).where(eq(people.id, user));
  await call.db.delete(emailProof).where(eq(emailProof.user, user));
  return changed(call);
};

/** Who calls, and as whom, is looked up anew: operators may be named by e-mail. */
async function changed(call: Parameters<typeof remove>[0] | Parameters<typeof confirm>[0]) {
  const { db, parts } = call;
  await parts.identity.changed(db);
  call.finish(async (answer) => {
    parts.identity.forget();
    return answer;
  });
  return { done: true } as const;
}

/** The store's code for a value that must be there once only: another proved the same address in the same moment. */
function rethrow(error: unknown): never {
  const { code } = ((error as { cause?: unknown }).cause ?? error) as { code?: unknown };
  throw code === "23505" ? notGood() : error;
}

const noMail = (demo: boolean) =>
  new Problem.Problem(
    "state-conflict",
    demo
      ? both(
          "Personas of the demonstration receive no mail. Sign in yourself.",
          "演示角色不接收邮件。请以本人身份登录。",
        )
      : both(
          "This node sends no mail. Its operator sets SMTP_URL and SMTP_FROM.",
          "本节点不发送邮件。运营者可设置 SMTP_URL 与 SMTP_FROM。",
        ),
  );

const useless = (email: string) =>
  new Problem.Problem(
    "bad-input",
    both(
      `email: found ${InputError.show(email)}, where no mail arrives. Give another address.`,
      `email：现为 ${InputError.show(email)}，无法接收邮件。请提供其他地址。`,
    ),
    { field: "email" },
  );

const tooOften = () =>
  new Problem.Problem(
    "too-many",
    both(
      `You have asked for ${MOST.asked} mails within an hour. Look into your mailbox, or wait an hour.`,
      `您一小时内已请求 ${MOST.asked} 封邮件。请查看邮箱，或一小时后再试。`,
    ),
    { after: 3_600 },
  );

const notGood = () =>
  new Problem.Problem(
    "gone",
    both(
      "The link is used, older than an hour, or was asked for by another account. Sign in as who asked for it, or ask for a new one.",
      "该链接已使用、已超过一小时，或由其他账户请求。请以请求者身份登录，或重新请求。",
    ),
  );

export const emails = {
  "email.ask": ask,
  "email.confirm": confirm,
  "email.remove": remove,
} satisfies Partial<Handlers>;
