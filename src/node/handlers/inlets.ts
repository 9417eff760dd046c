/** Addresses at which systems of a client hand in feedback, signed. What they send comes in by `desk/Inlet.ts`. */
import { randomBytes, randomUUID } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Handler, Handlers } from "../Call.ts";
import * as Desk from "../desk/Desk.ts";
import * as Secret from "../notify/Secret.ts";
import * as Page from "../Page.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { inlet } = schema;

/** Of one desk. */
const MOST = 20;

const create: Handler<"inlet.create"> = async (call, { organisation, desk, name, scheme }) => {
  const { db, parts } = call;
  Desk.going(await Desk.hold(db, organisation, desk));
  if ((await db.$count(inlet, eq(inlet.desk, desk))) >= MOST) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        `The desk has ${MOST} such addresses, the most there can be. Remove one that is not needed.`,
        `该工单台已有 ${MOST} 个推送地址，已达上限。请删除不需要的。`,
      ),
    );
  }
  const secret = scheme === "standard" ? Secret.make() : randomBytes(32).toString("hex");
  const [made] = await db.insert(inlet).values({ id: randomUUID(), desk, name, scheme, secret }).returning();
  if (!made) throw Desk.missing();
  call.note({ desk, inlet: made.id, scheme });
  // What is kept for a repetition of the request must not let anybody in.
  call.finish(async (kept) => ({ ...kept, secret }));
  return { ...told(made, parts.config.publicUrl ?? ""), secret: "" };
};

const list: Handler<"inlet.list"> = async ({ db, parts }, { organisation, desk, after, limit }) => {
  await Desk.find(db, organisation, desk);
  const from = Page.afterTime(after);
  const rows = await db
    .select()
    .from(inlet)
    .where(
      and(
        eq(inlet.desk, desk),
        from && sql`(${inlet.createdAt}, ${inlet.id}) < (${from.at.toISOString()}::timestamptz, ${from.id})`,
      ),
    )
    .orderBy(desc(inlet.createdAt), desc(inlet.id))
    .limit(limit + 1);
  return Page.cut(
    rows.map((row) => told(row, parts.config.publicUrl ?? "")),
    limit,
    ({ createdAt, id }) => [createdAt, id],
  );
};

const remove: Handler<"inlet.remove"> = async ({ db, note }, { organisation, desk, inlet: id }) => {
  await Desk.find(db, organisation, desk);
  await db.delete(inlet).where(and(eq(inlet.id, id), eq(inlet.desk, desk)));
  note({ desk, inlet: id });
  return { done: true };
};

function told({ id, name, scheme, lastAt, createdAt }: typeof inlet.$inferSelect, origin: string) {
  return {
    ...{ id, name, scheme, url: `${origin}/v1/inlets/${id}`, createdAt: createdAt.toISOString() },
    ...(lastAt ? { lastAt: lastAt.toISOString() } : {}),
  } satisfies Table.Output<"inlet.list">["items"][number];
}

export const inlets = {
  "inlet.create": create,
  "inlet.list": list,
  "inlet.remove": remove,
} satisfies Partial<Handlers>;
