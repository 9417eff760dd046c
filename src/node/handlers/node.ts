/** The node about itself, and the clock of a demonstration. */
import { and, asc, eq } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type { Call, Handlers } from "../Call.ts";
import * as Clock from "../Clock.ts";
import * as Personas from "../identity/Personas.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import { VERSION } from "../Version.ts";

const { both } = InputError;

const show: Handlers["node.show"] = async ({ parts, db }: Call<"node.show">) => {
  const { config, place } = parts;
  const { ledger, escrow, evidence, accounts, token } = place;
  const [{ number: head }, indexed] = await Promise.all([ledger.head(), indexedIn(db, escrow)]);
  return {
    name: "commenda",
    version: VERSION,
    publicUrl: config.publicUrl ?? "",
    ledger: {
      ...{ kind: ledger.kind, name: ledger.name, chainId: ledger.chainId, escrow },
      ...(evidence === undefined ? {} : { evidence }),
      ...(accounts === undefined ? {} : { accounts }),
      ...(token === undefined ? {} : { token }),
      now: new Date(parts.clock.now() * 1000).toISOString(),
      head,
      indexed: Math.min(head, indexed),
    },
    ...(config.demo ? { demo: await personasIn(db) } : {}),
  };
};

/** Number of the last block that was read; -1 before the first. */
async function indexedIn(db: Db, escrow: string): Promise<number> {
  const [row] = await db.select().from(schema.cursor).where(eq(schema.cursor.escrow, escrow));
  const { next } = row?.data ?? {};
  return typeof next === "number" ? next - 1 : -1;
}

type Persona = { persona: string; name: InputError.Words; role: string };

/** People of the demonstration, whose keys the node keeps; `role` is the name of the organisation they act for. */
export async function personasIn(db: Db): Promise<Persona[]> {
  const { user, member, organisation } = schema;
  const rows = await db
    .select({ user: user.id, name: user.name, role: organisation.name })
    .from(user)
    .leftJoin(member, eq(member.user, user.id))
    .leftJoin(organisation, and(eq(organisation.id, member.organisation), eq(organisation.personal, false)))
    .where(eq(user.demo, true))
    .orderBy(asc(user.createdAt), asc(user.id));
  const one = new Map<string, Persona>();
  for (const { user: id, name, role } of rows) {
    const persona = id.slice(Personas.userOf("").length);
    const known = one.get(persona);
    if (!known || known.role === "") one.set(persona, { persona, name: both(name, name), role: role ?? "" });
  }
  return [...one.values()];
}

const advance: Handlers["demo.advance"] = async (call: Call<"demo.advance">, { minutes }) => {
  const { parts, db } = call;
  if (!parts.config.demo || parts.place.ledger.kind !== "rehearsal") {
    throw new Problem.Problem(
      "state-conflict",
      both(
        "Only the clock of a demonstration can be moved; this node runs on real time.",
        "仅演示节点的时钟可以拨快；本节点使用真实时间。",
      ),
    );
  }
  const seconds = minutes * 60;
  await Clock.keep(db, seconds);
  call.note({ minutes });
  call.finish(async () => {
    parts.clock.advance(seconds);
    return { now: new Date(parts.clock.now() * 1000).toISOString() };
  });
  return { now: new Date((parts.clock.now() + seconds) * 1000).toISOString() };
};

export const node = { "node.show": show, "demo.advance": advance } satisfies Partial<Handlers>;
