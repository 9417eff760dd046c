/** The second person: above an amount of the organisation's choice, an act waits until another owner or signer approves. */
import { randomUUID } from "node:crypto";
import { and, eq, inArray, ne } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type { Parts } from "../Call.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Forecast from "./Forecast.ts";
import type { Subject } from "./Subject.ts";
import type { Wanted } from "./Wanted.ts";

const { both } = InputError;
const { approval, organisation, member, account, seat } = schema;

/** Whose consent an act binds: of those who open it the client, whose money goes in; else of who signs. */
async function organisations(
  db: Db,
  subject: Subject,
  wanted: Wanted,
  signing: readonly string[],
): Promise<readonly string[]> {
  if (wanted.verb !== "open" && wanted.verb !== "amend") return signing;
  const rows = await db
    .select({ organisation: seat.organisation })
    .from(seat)
    .where(and(eq(seat.agreement, subject.id), eq(seat.role, "client")));
  return rows.map((row) => row.organisation);
}

/**
 * Asks those whose rule asks for a second person. Part of the transaction.
 * Throws `approval-needed` where there is nobody else who could approve.
 */
export async function ask(
  { events }: Pick<Parts, "events">,
  tx: Db,
  { subject, wanted, act, user }: { subject: Subject; wanted: Wanted; act: string; user: string },
  signing: readonly string[],
): Promise<void> {
  const amount = Forecast.amount(subject, wanted);
  if (amount === 0n) return;
  for (const id of await organisations(tx, subject, wanted, signing)) {
    const [rule] = await tx.select({ above: organisation.above }).from(organisation).where(eq(organisation.id, id));
    const above = rule?.above ?? null;
    if (above === null || amount < above || (await isThreshold(tx, id, subject))) continue;
    const before = await tx
      .select()
      .from(approval)
      .where(and(eq(approval.act, act), eq(approval.organisation, id)));
    if (before.length > 0) continue;
    const others = await tx
      .select({ user: member.user })
      .from(member)
      .where(and(eq(member.organisation, id), inArray(member.role, ["owner", "signer"]), ne(member.user, user)));
    if (others.length === 0) throw alone(amount, above);
    const fresh = randomUUID();
    await tx.insert(approval).values({ id: fresh, organisation: id, act, user, state: "open" });
    const data = { approval: fresh, act, verb: wanted.verb, amount: String(amount) };
    await events.append(tx, { kind: "approval.asked", agreement: subject.id, organisation: id, data });
  }
}

/** Where its account itself asks for several signatures, the ledger enforces the rule. */
async function isThreshold(tx: Db, id: string, { agreement }: Subject): Promise<boolean> {
  const { client, provider } = agreement.parties;
  const rows = await tx
    .select({ kind: account.kind, threshold: account.threshold })
    .from(account)
    .where(and(eq(account.organisation, id), inArray(account.address, [client, provider])));
  return rows.some(({ kind, threshold }) => kind === "threshold" && threshold > 1);
}

/** Whether nobody has yet to approve. */
export async function complete(tx: Db, act: string): Promise<boolean> {
  const rows = await tx.select({ state: approval.state }).from(approval).where(eq(approval.act, act));
  return rows.every(({ state }) => state === "approved");
}

const alone = (amount: bigint, above: bigint) =>
  new Problem.Problem(
    "approval-needed",
    both(
      `The act moves ${amount} units; from ${above} on a second person of your organisation approves, and there is no other owner or signer. Invite one.`,
      `该操作涉及 ${amount} 单位；自 ${above} 起须由贵组织第二人批准，而目前没有其他所有者或签署人。请先邀请一位。`,
    ),
    { amount: String(amount), above: String(above) },
  );
