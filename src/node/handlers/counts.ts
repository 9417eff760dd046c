/** What a desk is owed under an agreement: counted from its log, signed by its key and by the client. */
import { randomUUID } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import { Secp256k1, Signature, TypedData } from "ox";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import { Log, Settlement } from "../../desk/index.ts";
import type { Address, Hex } from "../../ledger/Ledger.ts";
import type { Typed } from "../../ledger/Signer.ts";
import * as Access from "../Access.ts";
import type { Call, Handler, Handlers, Parts } from "../Call.ts";
import * as Book from "../desk/Book.ts";
import * as Desk from "../desk/Desk.ts";
import * as Personas from "../identity/Personas.ts";
import * as Page from "../Page.ts";
import * as Authority from "../relay/Authority.ts";
import * as Quorum from "../relay/Quorum.ts";
import * as Subject from "../relay/Subject.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { deskCount } = schema;

type Row = typeof deskCount.$inferSelect;
type Told = Table.Output<"count.propose">;
type Document = Told["document"];

/** Lines that are counted at once. */
const MOST = 200_000;

const propose: Handler<"count.propose"> = async (call, input) => {
  const { db, parts, caller } = call;
  const { organisation, desk: id, under, from, to, measure } = input;
  const row = await Desk.hold(db, organisation, id);
  const seats = caller.kind === "user" ? await Access.seatsIn(db, caller, under) : [];
  if (seats.length === 0) throw Problem.notFound(both("agreement", "协议"));
  if (!seats.some((one) => one.organisation === organisation && one.seat === "provider")) {
    throw new Problem.Problem(
      "bad-input",
      both(
        "under: found an agreement in which the desk's organisation is not the provider; expected one in which it is.",
        "under：该协议中工单台所属组织并非乙方；应为其担任乙方的协议。",
      ),
      { field: "under" },
    );
  }
  const now = parts.clock.now();
  if (from >= to || to > now) {
    throw new Problem.Problem(
      "bad-input",
      both(
        `to: found ${to}, expected a time after from (${from}) and not after now (${now}). Count when the period is over.`,
        `to：现为 ${to}，应晚于 from（${from}）且不晚于当前时间（${now}）。请在期间结束后统计。`,
      ),
      { field: "to" },
    );
  }
  if (row.lines > MOST) {
    const words = both(
      `The log has ${row.lines} lines; at most ${MOST} are counted here. Count it from its export.`,
      `日志共 ${row.lines} 行，此处最多统计 ${MOST} 行。请由导出的日志统计。`,
    );
    throw new Problem.Problem("state-conflict", words);
  }
  const { lines, head, broken, why } = Log.verify(await Book.all(db, id, row.lines));
  if (broken !== undefined) {
    const words = both(
      `Line ${broken} of the log does not hold: ${why?.en}. Nothing can be counted.`,
      `日志第 ${broken} 行无效：${why?.zh}。无法统计。`,
    );
    throw new Problem.Problem("state-conflict", words);
  }
  const counted = Settlement.count(lines, row.reopenDays, from, to, now);
  const level = Settlement.level(lines, from, to);
  const bps = level.due === 0 ? 10_000 : Math.floor((level.met * 10_000) / level.due);
  const document: Document = {
    ...{ desk: id, agreement: under, from, to, days: row.reopenDays, ...counted, ...level },
    ...{ head, lines: lines.length, measure, value: String(measure === "solved" ? counted.solved : bps) },
  };
  const subject = await Subject.latest(db, parts.place, under);
  const sign = (typed: Typed) =>
    Signature.toHex(
      Secp256k1.sign({
        payload: TypedData.getSignPayload(typed as TypedData.Definition),
        privateKey: row.keySecret as Hex,
      }),
    );
  const { outcome } = subject.agreement;
  const isReporter = await reports(parts, outcome.source, row.key);
  const report = Quorum.report(parts.place.ledger.chainId, outcome.source, subject.ledgerId, BigInt(document.value));
  const [made] = await db
    .insert(deskCount)
    .values({
      ...{ id: randomUUID(), desk: id, agreement: under, document, key: row.key },
      ...{ signature: sign(typedOf(parts, subject, document)), report: isReporter ? sign(report) : null },
      user: caller.kind === "user" ? caller.user : "nobody",
    })
    .returning();
  if (!made) throw missing();
  await tell(call, made);
  call.note({ desk: id, count: made.id, value: document.value });
  return told(parts, subject, made);
};

/** Whether the key is one of the reporters whom the terms name. */
async function reports({ place }: Parts, source: Address, key: string): Promise<boolean> {
  if (/^0x0{40}$/.test(source)) return false;
  try {
    return (await Quorum.at(place, "SignedReports", source)).members.includes(key as Address);
  } catch (error) {
    // Reporters of another kind: they report by themselves.
    if (error instanceof Problem.Problem && error.code === "state-conflict") return false;
    throw error;
  }
}

const UINTS = ["from", "to", "days", "answered", "reopened", "open", "solved", "due", "met", "lines", "value"] as const;

/** What both sign. */
function typedOf(
  { place }: Pick<Parts, "place">,
  { ledgerId }: Pick<Subject.Subject, "ledgerId">,
  document: Document,
): Typed {
  const numbers = UINTS.map((name) => ({ type: "uint256", name }));
  return {
    domain: { name: "Commenda Desk", version: "1", chainId: place.ledger.chainId, verifyingContract: place.escrow },
    types: { Count: [{ type: "bytes32", name: "agreement" }, { type: "bytes32", name: "log" }, ...numbers] },
    primaryType: "Count",
    message: {
      ...{ agreement: ledgerId, log: `0x${document.head}` },
      ...Object.fromEntries(UINTS.map((name) => [name, BigInt(document[name])])),
    },
  };
}

function told(parts: Pick<Parts, "place">, subject: Subject.Subject, row: Row): Told {
  const document = row.document as Document;
  const { metric, points, lines } = subject.agreement.outcome;
  const typed = TypedData.serialize(typedOf(parts, subject, document) as TypedData.Definition);
  return {
    ...{ id: row.id, document, typedData: JSON.parse(typed) as Record<string, unknown> },
    operator: { key: row.key, signature: row.signature },
    ...(row.client === null || row.clientSignature === null
      ? {}
      : { client: { address: row.client, signature: row.clientSignature } }),
    ...(row.report === null ? {} : { report: { value: document.value, signature: row.report } }),
    ...(metric === 0 ? {} : { pays: String(Settlement.pay(BigInt(document.value), points, lines)) }),
    createdAt: row.createdAt.toISOString(),
  };
}

const list: Handler<"count.list"> = async ({ db, parts }, { agreement, after, limit }) => {
  const from = Page.afterTime(after);
  const rows = await db
    .select()
    .from(deskCount)
    .where(
      and(
        eq(deskCount.agreement, agreement),
        from && sql`(${deskCount.createdAt}, ${deskCount.id}) < (${from.at.toISOString()}::timestamptz, ${from.id})`,
      ),
    )
    .orderBy(desc(deskCount.createdAt), desc(deskCount.id))
    .limit(limit + 1);
  const { items, next } = Page.cut(rows, limit, ({ createdAt, id }) => [createdAt.toISOString(), id]);
  const subject = items.length === 0 ? undefined : await Subject.latest(db, parts.place, agreement);
  return {
    items: subject ? items.map((row) => told(parts, subject, row)) : [],
    ...(next === undefined ? {} : { next }),
  };
};

const log: Handler<"count.log"> = async ({ db }, { agreement, count }) => {
  const row = await find(db, agreement, count);
  const { lines: upTo, head } = row.document as Document;
  const lines = await Book.all(db, row.desk, upTo);
  return { log: lines.map(Log.write).join(""), lines: lines.length, head };
};

const sign: Handler<"count.sign"> = async (call, { agreement, count, signature }) => {
  const { db, parts, seats, caller } = call;
  const mine = seats.filter(({ seat }) => seat === "client");
  const [seat] = mine;
  if (!seat) throw Access.forbidden(both("the client", "甲方"));
  const row = await find(db, agreement, count);
  const subject = await Subject.latest(db, parts.place, agreement);
  if (row.clientSignature !== null) return told(parts, subject, row);
  const typed = typedOf(parts, subject, row.document as Document);
  const { client, clientDelegate } = subject.agreement.parties;
  const given =
    signature ?? (caller.kind === "user" && caller.demo ? await demo(db, seat.organisation, client, typed) : undefined);
  if (given === undefined) {
    throw new Problem.Problem(
      "bad-input",
      both(
        "signature: missing; expected the client's over typedData. Sign it, and send it.",
        "signature：缺失；应为甲方对 typedData 的签名。请签署后提交。",
      ),
      { field: "signature" },
    );
  }
  const signer = await Authority.signerOf(parts.place.ledger, typed, given as Hex, [client, clientDelegate]);
  const [signed] = await db
    .update(deskCount)
    .set({ client: signer, clientSignature: given })
    .where(eq(deskCount.id, count))
    .returning();
  if (!signed) throw missing();
  await tell(call, signed);
  call.note({ count, value: (row.document as Document).value });
  return told(parts, subject, signed);
};

const demo = async (db: Db, organisation: string, address: Address, typed: Typed): Promise<Hex> =>
  (await Personas.signerOf(db, organisation, address)).sign(typed);

async function find(db: Db, agreement: string, id: string): Promise<Row> {
  const [row] = await db
    .select()
    .from(deskCount)
    .where(and(eq(deskCount.id, id), eq(deskCount.agreement, agreement)));
  if (!row) throw missing();
  return row;
}

const missing = () => Problem.notFound(both("count", "计数"));

async function tell({ db, parts }: Pick<Call, "db" | "parts">, { id, agreement, clientSignature }: Row): Promise<void> {
  const data = { count: id, signed: clientSignature !== null };
  await parts.events.append(db, { kind: "count.changed", agreement, data });
}

export const counts = {
  "count.propose": propose,
  "count.list": list,
  "count.log": log,
  "count.sign": sign,
} satisfies Partial<Handlers>;
