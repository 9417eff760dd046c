/** Where an agreement stands on the ledger, what happened there, and the file that proves it. */
import { and, asc, eq, gt, inArray, ne, or } from "drizzle-orm";
import { Evidence, InputError, State, Terms, Verdict } from "../../agreement/index.ts";
import * as Account from "../../agreement/machine/Account.ts";
import * as Clock from "../../agreement/machine/Clock.ts";
import { Problem, type Table } from "../../api/index.ts";
import { NothingToPack } from "../../ledger/Errors.ts";
import type * as Follow from "../../ledger/Follow.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import * as Pack from "../../ledger/Pack.ts";
import type { Call, Handlers } from "../Call.ts";
import * as Able from "../draft/Able.ts";
import * as Show from "../draft/Show.ts";
import * as Documents from "../evidence/Documents.ts";
import * as Projection from "../index/Projection.ts";
import * as Standings from "../index/Standings.ts";
import * as Page from "../Page.ts";
import * as Speech from "../Speech.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { version, fact, credit, cursor, evidence } = schema;

/** What is on the ledger, with its document. Throws `state-conflict` before that. */
export async function opened(db: Db, id: string) {
  const row = await Show.rowOf(db, id);
  const found =
    row.ledgerId === null
      ? []
      : await db
          .select({ document: version.document, standing: schema.standing })
          .from(version)
          .innerJoin(schema.standing, eq(schema.standing.ledgerId, version.ledgerId))
          .where(and(eq(version.agreement, id), eq(version.ledgerId, row.ledgerId)))
          .limit(1);
  const [one] = found;
  if (one) return { terms: Terms.parse(one.document), standing: one.standing, ledgerId: one.standing.ledgerId as Hex };
  throw Show.conflict(
    row.status,
    both("one on the ledger", "已在账本上生效的协议"),
    both("Sign and open it first.", "请先签署并使其生效。"),
  );
}

/** Looks until the sums that were read belong to the stages that the ledger has. */
const LOOKS = 4;

/**
 * Stages are the ledger's own, sums come from its facts: both of one moment, unless acts come faster than they are read,
 * or facts wait for confirmations.
 */
async function moment(db: Db, { place, indexer }: Pick<Call["parts"], "place" | "indexer">, agreement: string) {
  for (let look = 1; ; look++) {
    const found = await opened(db, agreement);
    const state = await Standings.stateOf(db, place, found.ledgerId, found.terms);
    if (found.standing.cells === Standings.wordOf(state) || look === LOOKS) return { ...found, state };
    await indexer.caughtUp();
  }
}

const standing: Handlers["agreement.standing"] = async ({ db, parts, seats, caller }, { agreement }) => {
  const { place } = parts;
  const { terms, standing, state } = await moment(db, parts, agreement);
  const able = Able.of(state, { seats, caller, now: Show.minuteNow(parts) });
  const sums = standing.tranches as Projection.Sums[];
  return {
    tranches: state.agreement.work.tranches.map((tranche, index) => {
      const { code, round } = State.cell(state, index);
      const { paid = "0", refunded = "0" } = sums[index] ?? {};
      const next = Able.next(state, index, Speech.speech(terms));
      return {
        name: terms.milestones[index]?.name ?? "outcome",
        title: (terms.milestones[index] ?? terms.outcome ?? terms).title,
        ...{ stage: Able.stage(code), round, amount: String(tranche.amount), paid, refunded },
        held: String(Account.held(state, index)),
        ...(State.isTerminal({ code } as State.Cell) ? {} : { due: timeOf(Clock.due(state, index)) }),
        ...(next ? { next: { at: timeOf(next.minute), verb: next.verb, says: next.says } } : {}),
        mine: [...(able[index] ?? [])],
      };
    }),
    currency: Terms.currencyOf(terms),
    fee: String(sums.reduce((sum, { fee }) => sum + BigInt(fee), 0n)),
    credits: await creditsOf(db, state),
    closed: State.isClosed(state),
    ...(await read(db, place)),
  };
};

const timeOf = (minute: number): string => new Date(minute * 60_000).toISOString();

/** What could not be paid out to those whom this agreement pays; of all agreements in its token together. */
async function creditsOf(db: Db, { agreement, payee }: State.State): Promise<{ owner: string; amount: string }[]> {
  const { parties, work, arbitration } = agreement;
  const owners = [parties.client, parties.provider, payee, work.feeRecipient, arbitration.arbitrator];
  const rows = await db
    .select({ owner: credit.owner, amount: credit.amount })
    .from(credit)
    .where(
      and(
        eq(credit.token, work.token),
        inArray(
          credit.owner,
          owners.map((owner) => owner.toLowerCase()),
        ),
        ne(credit.amount, 0n),
      ),
    )
    .orderBy(asc(credit.owner));
  return rows.map(({ owner, amount }) => ({ owner, amount: String(amount) }));
}

/** How far the facts were read. */
async function read(db: Db, { ledger, escrow }: Call["parts"]["place"]): Promise<{ block: number; lag: number }> {
  const [row] = await db.select().from(cursor).where(eq(cursor.escrow, escrow));
  const block = Math.max(0, ((row?.data as Follow.Cursor | undefined)?.next ?? 0) - 1);
  const head = (await ledger.head()).number;
  return { block, lag: Math.max(0, head - block) };
}

const facts: Handlers["fact.list"] = async ({ db }, { agreement, after, limit }) => {
  const { ledgerId } = await Show.rowOf(db, agreement);
  if (ledgerId === null) return { items: [] };
  const [block = 0, index = 0] = Page.afterNumbers(after, 2) ?? [];
  const later =
    after === undefined ? [] : [or(gt(fact.block, block), and(eq(fact.block, block), gt(fact.index, index)))];
  const rows = await db
    .select()
    .from(fact)
    .where(and(eq(fact.ledgerId, ledgerId), ...later))
    .orderBy(asc(fact.block), asc(fact.index))
    .limit(limit + 1);
  const terms = await termsOf(db, agreement, ledgerId);
  const page = Page.cut(rows, limit, (row) => [row.block, row.index]);
  return { ...page, items: page.items.map((row) => told(row, terms)) };
};

async function termsOf(db: Db, agreement: string, ledgerId: string): Promise<Terms.Terms | undefined> {
  const [row] = await db
    .select({ document: version.document })
    .from(version)
    .where(and(eq(version.agreement, agreement), eq(version.ledgerId, ledgerId)))
    .limit(1);
  return row && Terms.parse(row.document);
}

/** With its own fields, amounts as text. */
function told(row: Projection.Row, terms: Terms.Terms | undefined): Table.Output<"fact.list">["items"][number] {
  const one = Projection.factOf(row);
  const { block, transaction, index, kind, ...data } = one;
  const fields = JSON.parse(JSON.stringify(data, (_, value) => (typeof value === "bigint" ? value.toString() : value)));
  const at = new Date(block.time * 1000).toISOString();
  return { ...fields, kind, says: Speech.tell(one, terms), block: block.number, at, transaction, index };
}

const pack: Handlers["agreement.pack"] = async ({ db, parts, seats }, { agreement }) => {
  const { terms } = await opened(db, agreement);
  const { ledger, escrow } = parts.place;
  const subject = { escrow, agreement: Terms.toAgreement(terms) };
  const kept = await evidenceOf(
    db,
    agreement,
    seats.map((one) => one.organisation),
  );
  const audit = { verdicts: await verdictsOf(db, agreement), manifests: await manifestsOf(db, parts, agreement) };
  try {
    const made = await Pack.make(ledger, subject, { terms, kept, audit, from: parts.config.chain?.firstBlock ?? 0 });
    return { pack: Pack.write(made) };
  } catch (error) {
    if (!(error instanceof NothingToPack)) throw error;
    throw new Problem.Problem("state-conflict", error.words);
  }
};

/** Of both sides, as they signed them. */
async function verdictsOf(db: Db, agreement: string): Promise<Verdict.Signed[]> {
  const { verdict } = schema;
  const rows = await db.select({ document: verdict.document }).from(verdict).where(eq(verdict.agreement, agreement));
  return rows.map(({ document }) => Verdict.parseSigned(document));
}

/** Those whose bytes are here; a pack takes what was delivered. */
async function manifestsOf(db: Db, parts: Pick<Call["parts"], "files">, agreement: string) {
  const rows = await db
    .select({ object: evidence.object, complete: evidence.complete })
    .from(schema.manifest)
    .innerJoin(evidence, eq(evidence.id, schema.manifest.id))
    .where(eq(schema.manifest.agreement, agreement))
    .orderBy(asc(schema.manifest.createdAt));
  const documents = await Promise.all(rows.map((row) => Documents.read(parts, row)));
  return documents.flatMap((document) => document ?? []);
}

/** Of the files that the caller may read: those that a pack can name. */
async function evidenceOf(db: Db, agreement: string, organisations: readonly string[]): Promise<Evidence.Evidence[]> {
  const rows = await db
    .select()
    .from(evidence)
    .where(and(eq(evidence.agreement, agreement), eq(evidence.complete, true)))
    .orderBy(asc(evidence.createdAt));
  return rows.flatMap(({ readers, name, type, size, contentHash, salt }) => {
    if (readers !== null && !readers.some((one) => organisations.includes(one))) return [];
    const one = Evidence.schema.safeParse({ name, mediaType: type, size, contentHash, salt });
    return one.success ? [one.data] : [];
  });
}

export const standings = {
  "agreement.standing": standing,
  "fact.list": facts,
  "agreement.pack": pack,
} satisfies Partial<Handlers>;
