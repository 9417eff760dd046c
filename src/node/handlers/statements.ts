/**
 * Who was paid what, when, and by which rule. From payouts and refunds as the ledger told them (rule 20), and from what
 * it holds now: deposits, tips and credits, which are kept apart, are not in it.
 */
import { and, asc, eq, inArray } from "drizzle-orm";
import { Cause, type Machine, State, Terms } from "../../agreement/index.ts";
import * as Account from "../../agreement/machine/Account.ts";
import type { Table } from "../../api/index.ts";
import type { Fact } from "../../ledger/Fact.ts";
import type { Handler, Handlers } from "../Call.ts";
import * as Glance from "../index/Glance.ts";
import * as Projection from "../index/Projection.ts";
import * as Standings from "../index/Standings.ts";
import * as schema from "../store/schema.ts";
import { opened } from "./standings.ts";

const { fact } = schema;

type Statement = Table.Output<"agreement.statement">;
type Payment = Statement["payments"][number];
type Line = { title: Payment["says"]; milestone?: string; toProvider: bigint; fee: bigint; toClient: bigint };
type Moved = Extract<Fact, { kind: "paid" | "refunded" | "funded" }>;

const KINDS = ["opened", "funded", "paid", "refunded"];

export const statement: Handler<"agreement.statement"> = async ({ db, parts }, { agreement }) => {
  const { terms, ledgerId, standing } = await opened(db, agreement);
  const state = await Standings.stateOf(db, parts.place, ledgerId, terms);
  const rows = await db
    .select()
    .from(fact)
    .where(and(eq(fact.ledgerId, ledgerId), inArray(fact.kind, KINDS)))
    .orderBy(asc(fact.block), asc(fact.index));
  const facts = rows.map(Projection.factOf);
  const moved = facts.filter((one): one is Moved => one.kind !== "opened");
  const held = state.agreement.work.tranches.map((_, i) => Account.held(state, i));
  const lines = linesOf(terms, moved);
  const sum = (of: (line: Line) => bigint) => lines.reduce((units, line) => units + of(line), 0n);
  const total = { toProvider: sum((one) => one.toProvider), fee: sum((one) => one.fee) };
  const toClient = sum((one) => one.toClient);
  const holds = held.reduce((units, one) => units + one, 0n);
  // What the client paid to extend went past the escrow.
  const beside = moved.reduce((units, one) => (isBeside(one) ? units + one.amount : units), 0n);
  const paidIn = total.toProvider - beside + toClient + holds;
  const later = moved.reduce((units, one) => (one.kind === "funded" ? units + one.amount : units), 0n);
  return {
    currency: Terms.currencyOf(terms),
    client: terms.parties.client.name,
    provider: terms.parties.provider.name,
    payments: facts.flatMap((one): Payment[] => {
      if (one.kind !== "opened") return [payment(terms, one as Moved)];
      const cause = terms.replaces === undefined ? "Funding" : "ChangeOrder";
      const amount = paidIn - later;
      return amount > 0n ? [{ ...placeOf(one), ...reasonOf(cause), ...legs("client", "escrow", amount, 0n) }] : [];
    }),
    lines: lines.map(({ title, milestone, ...line }) => ({
      ...{ title, ...(milestone === undefined ? {} : { milestone }) },
      ...{ toProvider: String(line.toProvider), fee: String(line.fee), toClient: String(line.toClient) },
    })),
    total: {
      ...{ paidIn: String(paidIn), toProvider: String(total.toProvider), fee: String(total.fee) },
      ...{ toClient: String(toClient), held: String(holds) },
    },
    closed: State.isClosed(state),
    status: standing.status,
  };
};

/** As settled by both it belongs to no milestone. */
const isWhole = ({ cause }: { cause: Machine.Cause | "None" }): boolean => cause === "Settlement";
const isBeside = (one: Moved): boolean => one.kind === "paid" && one.cause === "Extension";

function linesOf(terms: Terms.Terms, moved: readonly Moved[]): Line[] {
  const lines = new Map<string, Line>();
  for (const one of moved) {
    if (one.kind === "funded") continue;
    const about = isWhole(one) ? undefined : Glance.milestone(terms, one.tranche);
    const key = about?.name ?? one.cause;
    const none = { toProvider: 0n, fee: 0n, toClient: 0n };
    const line = lines.get(key) ?? {
      ...(about ? { title: about.title, milestone: about.name } : { title: reasonOf(one.cause).says }),
      ...none,
    };
    if (one.kind === "paid") {
      line.toProvider += one.amount;
      line.fee += one.fee;
    } else line.toClient += one.amount;
    lines.set(key, line);
  }
  return [...lines.values()];
}

function payment(terms: Terms.Terms, one: Moved): Payment {
  if (one.kind === "funded")
    return { ...placeOf(one), ...reasonOf("Funding"), ...legs("client", "escrow", one.amount, 0n) };
  const about = isWhole(one) ? undefined : Glance.milestone(terms, one.tranche);
  return {
    ...placeOf(one),
    ...reasonOf(one.cause),
    ...(one.kind === "refunded"
      ? legs("escrow", "client", one.amount, 0n)
      : legs(isBeside(one) ? "client" : "escrow", "provider", one.amount, one.fee)),
    ...(about ? { milestone: about.name, title: about.title } : {}),
    ...(one.kind === "paid" ? { onTime: one.onTime, disputed: one.disputed } : {}),
  };
}

const placeOf = ({ block, transaction }: Fact) => ({
  ...{ at: new Date(block.time * 1000).toISOString(), block: block.number, transaction },
});

function reasonOf(cause: Machine.Cause | "None") {
  const { says, rules } = cause === "None" ? Cause.REASONS.Settlement : Cause.REASONS[cause];
  return { cause, says, rules: [...rules] };
}

const legs = (from: Payment["from"], to: Payment["to"], amount: bigint, fee: bigint) => ({
  ...{ from, to, amount: String(amount), fee: String(fee) },
});

export const statements = { "agreement.statement": statement } satisfies Partial<Handlers>;
