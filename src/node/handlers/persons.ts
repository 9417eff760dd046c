/** A person's own data: to take with them, and to be erased. */
import { and, eq, inArray, ne } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type { Call, Handler, Handlers } from "../Call.ts";
import * as Person from "../identity/Person.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Organisations from "./organisations.ts";

const { both } = InputError;
const { member, organisation, seat, agreement } = schema;

const all: Handler<"me.export"> = async (call) => {
  const { user } = Organisations.person(call);
  const at = new Date(call.parts.clock.now() * 1000).toISOString();
  return { version: "commenda-person/1", at, data: await Person.all(call.db, user) };
};

const erase: Handler<"me.erase"> = async (call, { confirm }) => {
  const { user, demo } = Organisations.person(call);
  const { db, parts } = call;
  if (confirm !== user) throw unsure(confirm, user);
  if (demo) throw conflict(PERSONA);
  const own = await leave(call, user);
  const { erased, kept, objects } = await Person.erase(db, user, own);
  await parts.identity.changed(db);
  call.note({ erased: user });
  call.finish(async (answer) => {
    for (const object of objects) await parts.files.erase(object);
    parts.identity.forget();
    return answer;
  });
  return { done: true, erased, kept };
};

/**
 * What there is to be left: nobody's firm is left without an owner, and no money without somebody who can act on it.
 * @returns organisations that are theirs alone. Throws `state-conflict` with what to do first.
 */
async function leave({ db }: Pick<Call, "db">, user: string): Promise<readonly string[]> {
  const mine = await db
    .select({ id: organisation.id, name: organisation.name, role: member.role })
    .from(member)
    .innerJoin(organisation, eq(organisation.id, member.organisation))
    .where(eq(member.user, user))
    .orderBy(organisation.id)
    .for("update");
  const own: string[] = [];
  for (const { id, name, role } of mine) {
    const others = await db
      .select({ role: member.role })
      .from(member)
      .where(and(eq(member.organisation, id), ne(member.user, user)));
    if (role !== "owner" || others.some((one) => one.role === "owner")) continue;
    if (others.length > 0) throw conflict(lastOwner(name));
    const running = await open(db, id);
    if (running) throw conflict(stillRuns(name, running));
    own.push(id);
  }
  return own;
}

/** Title of an agreement of the organisation's in which money is held, or may be soon. */
async function open(db: Db, id: string): Promise<InputError.Words | undefined> {
  const [row] = await db
    .select({ title: agreement.title })
    .from(seat)
    .innerJoin(agreement, eq(agreement.id, seat.agreement))
    .where(and(eq(seat.organisation, id), ne(seat.role, "reader"), inArray(agreement.status, ["open", "signed"])))
    .limit(1);
  return row?.title;
}

const conflict = (words: InputError.Words) => new Problem.Problem("state-conflict", words);

const lastOwner = (name: string) =>
  both(
    `You are the last owner of ${name}, which has other members. Make one of them an owner under Organisation > Members, then erase yourself.`,
    `您是“${name}”的唯一所有者，且该组织尚有其他成员。请先在“组织 > 成员”中指定其他所有者，再删除本人数据。`,
  );

const stillRuns = (name: string, title: InputError.Words) =>
  both(
    `${name}, which you alone own, has an agreement under way: ${title.en}. Bring it to its end, or make somebody else an owner, then erase yourself.`,
    `您独自拥有的“${name}”尚有进行中的协议：${title.zh}。请先完成该协议或指定其他所有者，再删除本人数据。`,
  );

const PERSONA = both(
  "Personas of the demonstration are nobody's data. Sign in yourself.",
  "演示角色不含任何人的数据。请以本人身份登录。",
);

const unsure = (found: string, user: string) =>
  new Problem.Problem(
    "bad-input",
    both(
      `confirm: found ${InputError.show(found)}, expected ${user}, the user that you are. Nothing was erased.`,
      `confirm：现为 ${InputError.show(found)}，应为您的 user：${user}。未删除任何内容。`,
    ),
    { field: "confirm" },
  );

export const persons = { "me.export": all, "me.erase": erase } satisfies Partial<Handlers>;
