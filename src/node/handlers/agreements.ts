/** Agreements from the first draft on: begun, brought from Word or from another node, listed, shown, given up. */
import { and, desc, eq, inArray, lt, or } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import * as Access from "../Access.ts";
import type { Handlers } from "../Call.ts";
import * as Document from "../draft/Document.ts";
import * as Import from "../draft/Import.ts";
import * as Listing from "../draft/Listing.ts";
import * as Save from "../draft/Save.ts";
import * as Show from "../draft/Show.ts";
import * as Notices from "../notify/Notices.ts";
import * as Page from "../Page.ts";
import * as schema from "../store/schema.ts";
import * as Word from "../word/Word.ts";

const { both } = InputError;
const { agreement, member, seat } = schema;

const list: Handlers["agreement.list"] = async ({ db, caller }, { organisation, status, after, limit }) => {
  const user = Show.userOf(caller);
  if (organisation !== undefined && !(await Access.roleIn(db, user, organisation)))
    throw Problem.notFound(both("organisation", "组织"));
  const only = [user.key?.organisation, organisation].filter((one) => one !== undefined);
  const mine = db
    .select({ id: seat.agreement })
    .from(seat)
    .innerJoin(member, eq(member.organisation, seat.organisation))
    .where(and(eq(member.user, user.user), ...only.map((one) => eq(seat.organisation, one))));
  const from = Page.afterTime(after);
  const rows = await db
    .select()
    .from(agreement)
    .where(
      and(
        inArray(agreement.id, mine),
        ...(status === undefined ? [] : [eq(agreement.status, status)]),
        ...(from
          ? [or(lt(agreement.updatedAt, from.at), and(eq(agreement.updatedAt, from.at), lt(agreement.id, from.id)))]
          : []),
      ),
    )
    .orderBy(desc(agreement.updatedAt), desc(agreement.id))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, ({ updatedAt, id }) => [updatedAt.toISOString(), id]);
  return { ...page, items: await Listing.of(db, page.items) };
};

const create: Handlers["agreement.create"] = async (call, { organisation, side, document = {} }) => {
  const address = await Save.onlyAccount(call.db, organisation);
  const filled = Document.fill(Document.accept(document), call.parts.place, side, address);
  return Show.full(call, await Save.begin(call, { organisation, role: side, document: filled }));
};

const importWord: Handlers["agreement.importWord"] = async (call, { organisation, side, file }) => {
  const { terms, findings, gaps } = drafted(file);
  const address = await Save.onlyAccount(call.db, organisation);
  const document = Document.fill(terms, call.parts.place, side, address);
  const id = await Save.begin(call, { organisation, role: side, document });
  return {
    agreement: await Show.full(call, id),
    findings: findings.map(({ field, value, place, how }) => ({ field, value, place: shown(place), how })),
    gaps: gaps.map(({ field, what, places }) => ({ field, what, ...(places ? { places: places.map(shown) } : {}) })),
  };
};

/** Cut out of a text, it may begin or end within a character. */
const shown = ({ block, start, end, text }: Word.Place) => ({ block, start, end, text: text.toWellFormed() });

function drafted(file: string): Word.Draft {
  try {
    return Word.draft(Word.read(Buffer.from(file, "base64")));
  } catch (error) {
    if (!(error instanceof Word.WordFileRefused)) throw error;
    throw new Problem.Problem("wrong-file", error.words, { field: "file", reason: error.reason });
  }
}

/** Kept as the answer until the pack was verified: whoever asks again with the same key has it verified again. */
const UNVERIFIED = null as unknown as Table.Output<"agreement.importPack">;

const importPack: Handlers["agreement.importPack"] = async (call, { organisation, role, pack: file }) => {
  const { parts, caller } = call;
  const pack = Import.read(file, parts.place);
  await Import.prove(call.db, pack.agreement, { organisation, role });
  call.note({ ledgerId: pack.id, role });
  // The ledger is asked outside of the transaction, which would hold everybody else up.
  call.finish(async () => {
    await Import.verify(pack, parts.place);
    return parts.store.transaction(async (db) => {
      const id = await Import.take({ parts, caller, db, note: () => {} }, pack, { organisation, role });
      return Show.full({ parts, caller, db }, id);
    });
  });
  return UNVERIFIED;
};

const show: Handlers["agreement.show"] = async (call, input) => Show.full(call, input.agreement, call.seats);

const withdraw: Handlers["agreement.withdraw"] = async ({ parts, db, seats, note }, input) => {
  const { side } = Show.sideOf(seats);
  const row = await Show.rowOf(db, input.agreement, { lock: true });
  if (row.status === "withdrawn") return { done: true };
  if (!Show.EDITABLE.has(row.status)) {
    throw Show.conflict(
      row.status,
      both("a draft or an offer", "草稿或要约"),
      both("What both have signed ends by the acts of the ledger.", "双方已签署的协议只能通过账本操作终结。"),
    );
  }
  await Save.touch(db, row.id, { status: "withdrawn" });
  await parts.events.append(db, { kind: "agreement.changed", agreement: row.id, data: { status: "withdrawn" } });
  await Notices.add(parts, db, {
    ...{ agreement: row.id, roles: [Show.other(side)], kind: "agreement.withdrawn", key: `withdrawn:${row.id}` },
    says: both(`The draft "${row.title.en}" was withdrawn.`, `草稿“${row.title.zh}”已撤回。`),
  });
  note({ from: row.status });
  return { done: true };
};

export const agreements = {
  "agreement.list": list,
  "agreement.create": create,
  "agreement.importWord": importWord,
  "agreement.importPack": importPack,
  "agreement.show": show,
  "agreement.withdraw": withdraw,
} satisfies Partial<Handlers>;
