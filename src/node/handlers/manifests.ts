/** What a delivery consists of: put together, kept as evidence, and shown with whether each part of it is at hand. */
import { and, asc, desc, eq, inArray, lt, or } from "drizzle-orm";
import { type Agreement, type Codec, InputError, Manifest, State, Verdict } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Handler, Handlers, Seat } from "../Call.ts";
import * as Build from "../evidence/Build.ts";
import * as Documents from "../evidence/Documents.ts";
import * as Evidence from "../evidence/Evidence.ts";
import * as Glance from "../index/Glance.ts";
import * as Page from "../Page.ts";
import * as Room from "../store/Room.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import { opened } from "./standings.ts";

const { both } = InputError;
const { manifest, evidence, ciReport, fact } = schema;

type Row = { manifest: typeof manifest.$inferSelect; evidence: Evidence.Row };
type One = Table.Output<"manifest.create">;

const create: Handler<"manifest.create"> = async (call, input) => {
  const { db, parts, seats } = call;
  const { agreement, milestone, commits, readings, note } = input;
  const { terms, ledgerId, standing } = await opened(db, agreement);
  const tranche = [...terms.milestones, ...(terms.outcome ? [{}] : [])].findIndex(
    (_, index) => Glance.milestone(terms, index).name === milestone,
  );
  if (tranche < 0) throw noMilestone(milestone, terms.milestones.map(({ name }) => name).join(", "));
  const { round = 0 } = State.unpack(BigInt(standing.cells ?? "0x0"))[tranche] ?? {};
  const files = await filesOf(db, agreement, input.files, seats);
  const domain = { chainId: parts.place.ledger.chainId, verifyingContract: parts.place.escrow };
  const document = Manifest.parse({
    ...{ version: "commenda-manifest/1", agreement: ledgerId, tranche, round, commits },
    files: files.map(({ name, size, commitment }) => ({ name: Build.line(name), size, commitment })),
    verdicts: input.verdicts.map((one, index) => named(one, index, ledgerId, domain)),
    reports: await reportsOf(db, agreement, input.reports),
    readings: readings.map(({ unit, ...one }) => ({ ...one, ...(unit === undefined ? {} : { unit }) })),
    ...(note === undefined ? {} : { note }),
  });
  const bytes = Buffer.from(Manifest.write(document));
  if (!parts.files.hasRoom(bytes.length)) throw Room.none();
  const by = Evidence.bringer(call.caller, seats);
  const name = `manifest-${milestone}-${round + 1}.json`;
  const row = await Evidence.create(db, { agreement, name, size: bytes.length, readers: undefined, ...by });
  if (row.object === null) throw Evidence.missing();
  await parts.files.put(row.object, bytes);
  const [made] = await db
    .insert(manifest)
    .values({ id: row.id, agreement, ledgerId, tranche, milestone, round })
    .returning();
  if (!made) throw Evidence.missing();
  call.note({ manifest: row.id });
  call.finish(async () => {
    const kept = await Evidence.complete(parts, row);
    return told(parts.store.db, { manifest: made, evidence: kept });
  });
  return told(db, { manifest: made, evidence: row });
};

const list: Handler<"manifest.list"> = async ({ db }, { agreement, after, limit }) => {
  const from = Page.afterTime(after);
  const older =
    from && or(lt(manifest.createdAt, from.at), and(eq(manifest.createdAt, from.at), lt(manifest.id, from.id)));
  const rows = await rowsOf(db)
    .where(and(eq(manifest.agreement, agreement), older))
    .orderBy(desc(manifest.createdAt), desc(manifest.id))
    .limit(limit + 1);
  const { items, ...next } = Page.cut(rows, limit, (row) => [row.manifest.createdAt.toISOString(), row.manifest.id]);
  return { items: await Promise.all(items.map((row) => told(db, row))), ...next };
};

const show: Handler<"manifest.show"> = async ({ db, parts, seats }, { agreement, manifest: id }) => {
  const [row] = await rowsOf(db).where(and(eq(manifest.id, id), eq(manifest.agreement, agreement)));
  if (!row) throw missing();
  const document = await Documents.read(parts, row.evidence);
  if (!document) throw gone();
  const items = await itemsOf(db, agreement, document, seats);
  return {
    ...(await told(db, row)),
    ...{ document, items, available: items.every(({ state }) => state === "here") },
  };
};

type Shown = Table.Output<"manifest.show">["items"][number];

/** What of it is at hand, for somebody with these seats. */
async function itemsOf(
  db: Db,
  agreement: string,
  document: Manifest.Manifest,
  seats: readonly Seat[],
): Promise<Shown[]> {
  const items = Manifest.items(document);
  const commitments = items.map(({ commitment }) => commitment as string);
  const rows =
    commitments.length === 0
      ? []
      : await db
          .select()
          .from(evidence)
          .where(and(eq(evidence.agreement, agreement), inArray(evidence.commitment, commitments)));
  const kept = new Map(rows.map((row) => [row.commitment, row]));
  return items.map(({ kind, name, commitment }): Shown => {
    const row = kept.get(commitment);
    const state = stateOf(row, seats);
    const place = row && state === "here" ? { evidence: row.id } : {};
    return { kind, name, commitment, state, says: STATES[state], ...place };
  });
}

function stateOf(row: Evidence.Row | undefined, seats: readonly Seat[]): Shown["state"] {
  if (!row) return "missing";
  if (row.erasedAt !== null) return "erased";
  if (!Evidence.mayRead(row, seats)) return "unreadable";
  return row.complete ? "here" : "missing";
}

const STATES: Readonly<Record<Shown["state"], InputError.Words>> = {
  here: both("Here, and yours to read.", "可查阅。"),
  missing: both("Announced, and never arrived at this node.", "清单已列明，但从未送达本节点。"),
  erased: both("Was here, and was erased; its hash still stands.", "曾存于此，已删除；哈希仍在。"),
  unreadable: both("Here, and not yours to read. Ask whoever brought it.", "存于此处，但您无权查看，请向提交方申请。"),
};

const rowsOf = (db: Db) =>
  db.select({ manifest, evidence }).from(manifest).innerJoin(evidence, eq(evidence.id, manifest.id)).$dynamic();

/** Files that are complete and the caller's to read, in the order given. */
async function filesOf(db: Db, agreement: string, ids: readonly string[], seats: readonly Seat[]) {
  const rows = await Promise.all(ids.map((id) => Evidence.find(db, agreement, id, seats)));
  return rows.map((row, index) => {
    const { name, size, commitment } = row;
    if (row.complete && commitment !== null && name !== null) return { name, size, commitment };
    throw new Problem.Problem(
      "state-conflict",
      both(
        `files[${index}]: the file is not there in full: its upload has not ended, or it was erased. Upload it, then name it.`,
        `files[${index}]：文件不完整：上传未结束，或已被删除。请上传后再列入。`,
      ),
      { field: `files[${index}]` },
    );
  });
}

async function reportsOf(db: Db, agreement: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ report: ciReport, commitment: evidence.commitment, erasedAt: evidence.erasedAt })
    .from(ciReport)
    .innerJoin(evidence, eq(evidence.id, ciReport.id))
    .where(and(eq(ciReport.agreement, agreement), inArray(ciReport.id, [...ids])))
    .orderBy(asc(ciReport.createdAt));
  const known = new Map(rows.map((row) => [row.report.id, row]));
  return ids.map((id) => {
    const { report, commitment, erasedAt } = known.get(id) ?? {};
    if (!report || !commitment || erasedAt) throw Problem.notFound(both("report of a build", "构建报告"));
    const { source, delivery, repository, commit, name, conclusion } = report;
    return { source, delivery, repository, commit, name, conclusion, commitment };
  });
}

/** A signed verdict by its hashes. Throws `BadInput`, `wrong-signature`, and `bad-input` for one of another agreement. */
function named(
  input: unknown,
  index: number,
  ledgerId: Agreement.Hex,
  domain: Codec.Domain,
): Manifest.Manifest["verdicts"][number] {
  const signed = Verdict.parseSigned(input);
  const { verdict, by } = signed;
  if (verdict.agreement !== ledgerId) {
    throw new Problem.Problem(
      "bad-input",
      both(
        `verdicts[${index}].agreement: found ${verdict.agreement ?? "nothing"}, expected ${ledgerId}. Run the criterion with these terms.`,
        `verdicts[${index}].agreement：现为 ${verdict.agreement ?? "空"}，应为 ${ledgerId}。请按本协议条款运行该标准。`,
      ),
      { field: `verdicts[${index}].agreement` },
    );
  }
  const { tranche, round } = verdict;
  const isSigned =
    tranche !== undefined && round !== undefined && Verdict.signerOf(domain, signed) === by.toLowerCase();
  if (!isSigned) {
    throw new Problem.Problem(
      "wrong-signature",
      both(
        `verdicts[${index}].signature: found one that is not of ${by}, who is named as its signer. Give the file as \`commenda accept run\` wrote it.`,
        `verdicts[${index}].signature：签名并非所列签署者 ${by} 所作。请提供 \`commenda accept run\` 写出的原文件。`,
      ),
      { field: `verdicts[${index}].signature` },
    );
  }
  return {
    ...{ criterion: verdict.criterion, by: by.toLowerCase() },
    ...{ digest: Verdict.digest(verdict), document: Verdict.contentHash(verdict) },
  };
}

async function told(db: Db, { manifest: made, evidence: row }: Row): Promise<One> {
  const { id, ledgerId, tranche, milestone, round, createdAt } = made;
  const { commitment, erased, by } = await Evidence.answer(db, row);
  const delivered = commitment === undefined ? undefined : await deliveredAt(db, ledgerId, { tranche, commitment });
  return {
    ...{ id, milestone, round, erased, by, createdAt: createdAt.toISOString() },
    ...(commitment === undefined ? {} : { commitment }),
    ...(delivered ? { delivered } : {}),
  };
}

async function deliveredAt(
  db: Db,
  ledgerId: string,
  { tranche, commitment }: { tranche: number; commitment: string },
): Promise<One["delivered"]> {
  const rows = await db
    .select({ data: fact.data, time: fact.time, transaction: fact.transaction })
    .from(fact)
    .where(and(eq(fact.ledgerId, ledgerId), eq(fact.kind, "delivered")))
    .orderBy(asc(fact.block), asc(fact.index));
  const found = rows.find(({ data }) => data.tranche === tranche && data.deliverable === commitment);
  return found && { at: new Date(found.time * 1000).toISOString(), transaction: found.transaction };
}

const missing = () => Problem.notFound(both("manifest", "交付清单"));

const gone = () =>
  new Problem.Problem(
    "gone",
    both(
      "The manifest was erased, or has not arrived in full. Its hash is still on record.",
      "交付清单已删除或尚未完整送达，仅存其哈希记录。",
    ),
  );

const noMilestone = (found: string, list: string) =>
  new Problem.Problem(
    "bad-input",
    both(
      `milestone: found ${InputError.show(found)}, expected one of ${list}.`,
      `milestone：现为 ${InputError.show(found)}，应为 ${list} 之一。`,
    ),
    { field: "milestone" },
  );

export const manifests = {
  "manifest.create": create,
  "manifest.list": list,
  "manifest.show": show,
} satisfies Partial<Handlers>;
