/** What is wanted: read from a text, made whole by few questions, and turned into draft terms. */
import { randomUUID } from "node:crypto";
import { and, count, desc, eq, isNull, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import { Answer, Brief, Knowledge, Question } from "../../matching/index.ts";
import type { Call, Handler, Handlers } from "../Call.ts";
import * as Document from "../draft/Document.ts";
import * as Save from "../draft/Save.ts";
import * as Show from "../draft/Show.ts";
import * as Bad from "../market/Bad.ts";
import * as Drafted from "../market/Drafted.ts";
import * as Gather from "../market/Gather.ts";
import * as Wanted from "../market/Wanted.ts";
import * as Notices from "../notify/Notices.ts";
import * as Page from "../Page.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { brief, briefDraft, callFor, organisation, seat } = schema;

/** Of one organisation. */
const MOST = 1_000;

const dayOf = ({ clock }: Call["parts"]) => Math.floor(clock.now() / 86_400);

const create: Handler<"brief.create"> = async (call, { organisation: owner, text, fields = {} }) => {
  const { db, parts, caller, note } = call;
  const read = Bad.input(() => Wanted.change(Brief.parse(text, dayOf(parts)), fields));
  const [{ has } = { has: 0 }] = await db.select({ has: count() }).from(brief).where(eq(brief.organisation, owner));
  if (has >= MOST) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        `The organisation has ${has} briefs; at most ${MOST} are kept. Use another organisation, or ask the node's operator.`,
        `该组织已有 ${has} 份需求书，最多 ${MOST} 个。请使用其他组织，或联系节点运营者。`,
      ),
    );
  }
  const row = { id: randomUUID(), organisation: owner, brief: read, user: Show.userOf(caller).user };
  const [made] = await db.insert(brief).values(row).returning();
  if (!made) throw new Error("an insert returns its row");
  note({ brief: made.id });
  return Wanted.shown(made);
};

const list: Handler<"brief.list"> = async ({ db }, { organisation: owner, after, limit }) => {
  const from = Page.afterTime(after);
  const rows = await db
    .select()
    .from(brief)
    .where(
      and(
        eq(brief.organisation, owner),
        from && sql`(${brief.updatedAt}, ${brief.id}) < (${from.at.toISOString()}::timestamptz, ${from.id}::uuid)`,
      ),
    )
    .orderBy(desc(brief.updatedAt), desc(brief.id))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, (row) => [row.updatedAt.toISOString(), row.id]);
  return { ...page, items: page.items.map(Wanted.shown) };
};

const show: Handler<"brief.show"> = async ({ db }, input) =>
  Wanted.shown(await Wanted.rowOf(db, input.organisation, input.brief));

/** The next revision of a brief that is open. */
async function revise(
  { db, note }: Pick<Call, "db" | "note">,
  row: Wanted.Row,
  change: Partial<Pick<Wanted.Row, "brief" | "shown" | "closed">>,
) {
  const [after] = await db
    .update(brief)
    .set({ ...change, revision: row.revision + 1, updatedAt: new Date() })
    .where(eq(brief.id, row.id))
    .returning();
  note({ brief: row.id, changed: Object.keys(change) });
  return Wanted.shown(after ?? row);
}

const update: Handler<"brief.update"> = async (call, { organisation: owner, brief: id, text, fields = {}, shown }) => {
  const row = await Wanted.rowOf(call.db, owner, id, { lock: true });
  Wanted.demandOpen(row);
  const next = Bad.input(() =>
    Wanted.change(text === undefined ? row.brief : Brief.parse(text, dayOf(call.parts)), fields),
  );
  return revise(call, row, { brief: next, ...(shown === undefined ? {} : { shown }) });
};

const questions: Handler<"brief.questions"> = async ({ db, parts }, { organisation: owner, brief: id }) => {
  const row = await Wanted.rowOf(db, owner, id);
  const at = parts.clock.now();
  const inputs = await Gather.inputs(db, { asker: owner, at });
  return { items: [...Question.about(row.brief, Knowledge.at(inputs, at))] };
};

const answer: Handler<"brief.answer"> = async (call, { organisation: owner, brief: id, field, answer: said }) => {
  const row = await Wanted.rowOf(call.db, owner, id, { lock: true });
  Wanted.demandOpen(row);
  return revise(call, row, { brief: Bad.input(() => Answer.give(row.brief, field, said, dayOf(call.parts))) });
};

const close: Handler<"brief.close"> = async (call, { organisation: owner, brief: id }) => {
  const row = await Wanted.rowOf(call.db, owner, id, { lock: true });
  return row.closed ? Wanted.shown(row) : revise(call, row, { closed: true });
};

const draft: Handler<"brief.draft"> = async (call, { organisation: owner, brief: id, provider }) => {
  const { db, parts } = call;
  const row = await Wanted.rowOf(db, owner, id, { lock: true });
  const [own] = await db.select().from(organisation).where(eq(organisation.id, owner));
  const other = provider === undefined ? undefined : await invited(call, row, provider);
  const document = Drafted.of(row.brief, { client: { name: own?.name ?? "" }, ...(other ? { provider: other } : {}) });
  const address = await Save.onlyAccount(db, owner);
  const filled = Document.fill(Document.accept(document), parts.place, "client", address);
  const agreement = await Save.begin(call, { organisation: owner, role: "client", document: filled });
  await db.insert(briefDraft).values({ brief: id, agreement, organisation: provider ?? null });
  if (provider !== undefined) {
    await db.insert(seat).values({ agreement, organisation: provider, role: "provider" });
    await Notices.add(parts, db, {
      ...{ agreement, roles: ["provider"], kind: "brief.drafted", key: `drafted:${agreement}` },
      says: both(
        `${own?.name ?? ""} drafted terms with you, from its brief.`,
        `${own?.name ?? ""} 依据其需求书起草了与您的条款。`,
      ),
    });
  }
  return Show.full(call, agreement);
};

/** Throws `state-conflict` for a provider that nobody has asked. */
async function invited({ db }: Pick<Call, "db">, { id, organisation: owner }: Wanted.Row, provider: string) {
  const [found] = await db
    .select({ name: organisation.name })
    .from(callFor)
    .innerJoin(organisation, eq(organisation.id, callFor.organisation))
    .where(and(eq(callFor.brief, id), eq(callFor.organisation, provider), isNull(callFor.revokedAt)));
  if (!found || provider === owner) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        "This provider was not invited to the brief. Invite it first; or leave it out, and send a link to the draft.",
        "尚未邀请该乙方。请先邀请；或不指定乙方，起草后发送链接。",
      ),
    );
  }
  const address = await Save.onlyAccount(db, provider);
  return { name: found.name, ...(address === undefined ? {} : { address }) };
}

export const briefs = {
  "brief.create": create,
  "brief.list": list,
  "brief.show": show,
  "brief.update": update,
  "brief.questions": questions,
  "brief.answer": answer,
  "brief.close": close,
  "brief.draft": draft,
} satisfies Partial<Handlers>;
