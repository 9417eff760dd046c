/** Who may call an operation on an object. Whoever may not even read it learns nothing, not even that it is there. */
import { and, eq, sql } from "drizzle-orm";
import { InputError } from "../agreement/index.ts";
import { Operation, Problem } from "../api/index.ts";
import type { Caller, Role, Seat, User } from "./Call.ts";
import * as Statement from "./store/Statement.ts";
import type { Db } from "./store/Store.ts";
import * as schema from "./store/schema.ts";

const { both } = InputError;

export type Access = { readonly seats: readonly Seat[]; readonly role: Role | undefined };

type May = "read" | "write" | "sign" | "manage";

const ROLES: Readonly<Record<May, readonly Role[]>> = {
  read: ["owner", "signer", "member", "auditor"],
  write: ["owner", "signer", "member"],
  sign: ["owner", "signer"],
  manage: ["owner"],
};

/** Throws where nobody is signed in or the API key does not allow it. Needs no database. */
export function admit(caller: Caller, row: Operation.Operation): void {
  if (row.who.may === "anyone") return;
  if (caller.kind === "nobody") {
    throw new Problem.Problem(
      "not-signed-in",
      both(
        "This needs a signed-in caller. Sign in, or send an API key as `Authorization: Bearer …`.",
        "此操作需要登录。请登录，或以 `Authorization: Bearer …` 提供 API 密钥。",
      ),
    );
  }
  const needed = Operation.scopeOf(row);
  if (caller.key && needed && !caller.key.scopes.includes(needed)) {
    const has = caller.key.scopes.join(", ");
    throw new Problem.Problem(
      "scope-missing",
      both(
        `The API key allows ${has}; this needs ${needed}. An owner can make another key.`,
        `该 API 密钥的权限为 ${has}，此操作需要 ${needed}。所有者可另建密钥。`,
      ),
      { needed },
    );
  }
  if (row.who.may === "operator" && !caller.operator) throw forbidden(both("the node's operator", "节点运营者"));
}

/** Throws `not-found` where the caller may not read the object, `forbidden` where they may read it only. */
export async function judge(
  db: Db,
  caller: Caller,
  { who }: Operation.Operation,
  input: Readonly<Record<string, unknown>>,
): Promise<Access> {
  if (!("of" in who) || caller.kind === "nobody") return { seats: [], role: undefined };
  if (who.of === "organisation") {
    const role = await roleIn(db, caller, String(input.organisation));
    if (!role) throw Problem.notFound(both("organisation", "组织"));
    if (!ROLES[who.may].includes(role)) throw tooLow(role, who.may);
    return { seats: [], role };
  }
  const seats = await seatsIn(db, caller, String(input.agreement));
  const [first] = seats;
  if (!first) throw Problem.notFound(both("agreement", "协议"));
  const fit = seats.filter(
    ({ seat, role }) => ROLES[who.may].includes(role) && (who.may === "read" || seat !== "reader"),
  );
  if (fit.length === 0) throw first.seat === "reader" ? readerOnly() : tooLow(first.role, who.may);
  return { seats: fit, role: undefined };
}

/** The caller's role in an organisation; of an API key only in its own. */
export async function roleIn(db: Db, caller: User, organisation: string): Promise<Role | undefined> {
  if (caller.key && caller.key.organisation !== organisation) return undefined;
  const [row] = await roleOf(db, { organisation, user: caller.user });
  return row?.role;
}

/** Seats of the caller in an agreement; of an API key only its organisation's. */
export async function seatsIn(db: Db, caller: User, agreement: string): Promise<Seat[]> {
  const { key, user } = caller;
  const seats = await seatsOf(db, { agreement, user });
  return seats.filter(({ organisation }) => key === undefined || key.organisation === organisation);
}

const { member, seat } = schema;
const { placeholder } = sql;

const roleOf = Statement.once((db) =>
  db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organisation, placeholder("organisation")), eq(member.user, placeholder("user")))),
);

const seatsOf = Statement.once((db) =>
  db
    .select({ organisation: seat.organisation, seat: seat.role, role: member.role })
    .from(seat)
    .innerJoin(member, eq(member.organisation, seat.organisation))
    .where(and(eq(seat.agreement, placeholder("agreement")), eq(member.user, placeholder("user")))),
);

export function forbidden(needed: InputError.Words): Problem.Problem {
  return new Problem.Problem(
    "forbidden",
    both(`Only ${needed.en} may do this. Ask them to.`, `仅${needed.zh}可执行此操作，请联系其办理。`),
  );
}

const MAY: Readonly<Record<May, InputError.Words>> = {
  read: both("a member", "成员"),
  write: both("an owner, a signer or a member", "所有者、签署人或成员"),
  sign: both("an owner or a signer", "所有者或签署人"),
  manage: both("an owner", "所有者"),
};

function tooLow(role: Role, may: May): Problem.Problem {
  const needed = MAY[may];
  return new Problem.Problem(
    "forbidden",
    both(
      `Your role is ${role}; only ${needed.en} of the organisation may do this. Ask one of them.`,
      `您的角色为 ${role}；仅该组织的${needed.zh}可执行此操作，请联系其办理。`,
    ),
    { role },
  );
}

const readerOnly = () =>
  new Problem.Problem(
    "forbidden",
    both("Your seat is for reading only. Ask a party for another one.", "您的席位仅可查看。请向当事人申请其他席位。"),
  );
