/** Papers of settled facts: title certificates, statements, invoices and credit notes. */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { Cause, InputError, Terms } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Fact } from "../../ledger/Fact.ts";
import type { Call, Handler, Handlers, Seat } from "../Call.ts";
import * as Show from "../draft/Show.ts";
import * as Glance from "../index/Glance.ts";
import * as Projection from "../index/Projection.ts";
import * as Page from "../Page.ts";
import * as Csv from "../papers/Csv.ts";
import * as Invoice from "../papers/Invoice.ts";
import * as Paper from "../papers/Paper.ts";
import * as Series from "../papers/Series.ts";
import * as Title from "../papers/Title.ts";
import * as Xml from "../papers/Xml.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import { opened } from "./standings.ts";
import { statement as settled } from "./statements.ts";

const { both } = InputError;
const { fact, invoice, invoiceData, seat } = schema;

const KINDS = ["opened", "delivered", "paid", "refunded"];

/** What an agreement's papers are made of. Throws `state-conflict` before it is on the ledger. */
async function settledOf(db: Db, agreement: string) {
  const { terms, ledgerId } = await opened(db, agreement);
  const rows = await db
    .select()
    .from(fact)
    .where(and(eq(fact.ledgerId, ledgerId), inArray(fact.kind, KINDS)))
    .orderBy(asc(fact.block), asc(fact.index));
  return { terms, id: ledgerId, facts: rows.map(Projection.factOf) };
}

const list: Handler<"papers.list"> = async ({ db, seats }, { agreement }) => {
  const { terms, facts } = await settledOf(db, agreement);
  const rows = await db
    .select()
    .from(invoice)
    .where(eq(invoice.agreement, agreement))
    .orderBy(asc(invoice.createdAt), asc(invoice.number));
  const payments = Invoice.payments(terms, facts);
  const parties = await partiesOf(db, agreement, terms);
  const made = new Map(rows.flatMap((row) => (row.payment === null ? [] : [[row.payment, row] as const])));
  const seller = sellsBy(seats, parties.seller.organisation);
  const told = new Set<string>();
  return {
    titles: Title.all(terms, facts).map(({ milestone, title, owner, deliverable, passed, says }) => ({
      ...{ milestone, title, owner, says },
      ...(deliverable ? { deliverable: deliverable.hash } : {}),
      ...(passed ? { passed } : {}),
    })),
    certificates: terms.ip.certificate,
    payments: payments.map(({ place, fact }) => {
      const row = made.get(place);
      if (row) told.add(row.id);
      const about = fact.cause === "Settlement" ? undefined : Glance.milestone(terms, fact.tranche);
      return {
        ...{ payment: place, at: timeOf(fact), transaction: fact.transaction, amount: String(fact.amount) },
        ...(about ? { milestone: about.name, title: about.title } : {}),
        says: Cause.REASONS[fact.cause === "None" ? "Settlement" : fact.cause].says,
        ...(row ? { invoice: shown(row) } : {}),
        credits: row ? rows.filter(({ credits }) => credits === row.id).map(shown) : [],
      };
    }),
    undone: rows.filter(({ id, payment }) => payment !== null && !told.has(id)).map(shown),
    currency: Terms.currencyOf(terms),
    ...(seller === undefined ? {} : { seller }),
    missing: [...Invoice.missing(terms, parties.seller.party, parties.buyer.party)],
  };
};

const timeOf = ({ block }: Fact): string => new Date(block.time * 1000).toISOString();

const isRehearsal = ({ place }: Pick<Call["parts"], "place">): boolean => place.ledger.kind === "rehearsal";

const title: Handler<"papers.title"> = async ({ db, parts }, { agreement, milestone, format }) => {
  const { terms, id, facts } = await settledOf(db, agreement);
  const found = Title.all(terms, facts).find((one) => one.milestone === milestone);
  if (!found) {
    const names = terms.milestones.map(({ name }) => name).join(", ");
    const shown = InputError.show(milestone);
    throw new Problem.Problem(
      "bad-input",
      both(`milestone: found ${shown}, expected one of ${names}.`, `milestone：现为 ${shown}，应为 ${names} 之一。`),
      { field: "milestone" },
    );
  }
  if (!terms.ip.certificate) throw conflict(NO_CERTIFICATE);
  if (!found.passed) throw conflict(found.says);
  const about = { terms, id, rehearsal: isRehearsal(parts) };
  const content = format === "json" ? Paper.titleData(about, found) : Paper.titlePage(about, found);
  return Paper.file(`title-${milestone}`, format, content);
};

const NO_CERTIFICATE = both(
  "The terms ask for no certificates of title (ip.certificate is false). Read who owns what in the terms.",
  "条款未约定出具权属证明（ip.certificate 为 false）。归属请见条款。",
);
const conflict = (words: InputError.Words) => new Problem.Problem("state-conflict", words);

const statement: Handler<"papers.statement"> = async (call, { agreement, format }) => {
  const { terms, ledgerId } = await opened(call.db, agreement);
  const found = await settled(call as unknown as Call<"agreement.statement">, { agreement });
  if (format === "csv") return Paper.file("statement", format, Paper.statementTable(found));
  const about = { terms, id: ledgerId, rehearsal: isRehearsal(call.parts) };
  const content =
    format === "json"
      ? JSON.stringify({ version: "commenda-statement/1", agreement: ledgerId, ...found })
      : Paper.statementPage(about, found);
  return Paper.file("statement", format, content);
};

const issue: Handler<"papers.issue"> = async (call, { agreement, payment: place }) => {
  const { db, parts } = call;
  const { terms, id, facts } = await settledOf(db, agreement);
  const { seller, buyer } = await partiesOf(db, agreement, terms);
  const organisation = sells(call, seller.organisation);
  const payment = Invoice.payments(terms, facts).find((one) => one.place === place);
  if (!payment) throw noPayment(place);
  const [year, issued] = dayOf(parts);
  const number = await Series.next(db, organisation, year);
  // Only now: two at once would each find none.
  const [before] = await db.select().from(invoice).where(eq(invoice.payment, place));
  if (before) return shown(before);
  Invoice.checkMissing(Invoice.missing(terms, seller.party, buyer.party));
  const document = Invoice.of({
    ...{ terms, id, payment, issued, number: Invoice.numberOf(number.year, number.number, seller.party.series) },
    ...{ seller: seller.party, buyer: buyer.party, rehearsal: isRehearsal(parts) },
  });
  const { user } = Show.userOf(call.caller);
  const row = await Series.keep(db, number, { seller: organisation, agreement, user, document, payment: place });
  call.note({ invoice: row.id, number: document.number });
  return shown(row);
};

const credit: Handler<"papers.credit"> = async (call, { agreement, invoice: id, reason, gross }) => {
  const { db, parts } = call;
  const { terms } = await opened(db, agreement);
  const { seller } = await partiesOf(db, agreement, terms);
  const organisation = sells(call, seller.organisation);
  const row = await find(db, agreement, id);
  const credited = Series.documentOf(row);
  if (credited.kind === "credit") throw conflict(CREDITS_A_CREDIT);
  const [year, issued] = dayOf(parts);
  const number = await Series.next(db, organisation, year);
  const before = await db.select().from(invoice).where(eq(invoice.credits, id));
  const series = credited.seller.series;
  const document = Invoice.credit(credited, before.map(Series.documentOf), {
    ...{ number: Invoice.numberOf(number.year, number.number, series), issued, reason, gross },
  });
  const { user } = Show.userOf(call.caller);
  const made = await Series.keep(db, number, { seller: organisation, agreement, user, document, credits: id });
  call.note({ invoice: made.id, number: document.number });
  return shown(made);
};

const CREDITS_A_CREDIT = both(
  "A credit note is not credited. Make another invoice of the payment's seller outside, or write to the buyer.",
  "红字发票不可再次冲销。请另行开具，或与购买方联系。",
);

const one: Handler<"papers.invoice"> = async ({ db }, { agreement, invoice: id, format }) => {
  await opened(db, agreement);
  const document = Series.documentOf(await find(db, agreement, id));
  const name = `${document.kind}-${document.number}`;
  switch (format) {
    case "xml":
      return Paper.file(name, format, await Xml.write(document));
    case "csv":
      return Paper.file(name, format, Csv.invoices([document]));
    case "json":
      return Paper.file(name, format, JSON.stringify(document));
    default:
      return Paper.file(name, format, Paper.invoicePage(document));
  }
};

const register: Handler<"invoice.list"> = async ({ db }, { organisation, year, after, limit }) => {
  const from = Page.afterNumbers(after, 2);
  const rows = await db
    .select()
    .from(invoice)
    .where(
      and(
        eq(invoice.seller, organisation),
        year === undefined ? undefined : eq(invoice.year, year),
        from && sql`(${invoice.year}, ${invoice.number}) > (${from[0]}, ${from[1]})`,
      ),
    )
    .orderBy(asc(invoice.year), asc(invoice.number))
    .limit(limit + 1);
  const { items, ...next } = Page.cut(rows, limit, (row) => [row.year, row.number]);
  return { items: items.map(shown), ...next };
};

const batch: Handler<"invoice.batch"> = async ({ db }, { organisation, year }) => {
  const rows = await db
    .select()
    .from(invoice)
    .where(and(eq(invoice.seller, organisation), eq(invoice.year, year)))
    .orderBy(asc(invoice.number));
  return Paper.file(`invoices-${year}`, "csv", Csv.invoices(rows.map(Series.documentOf)));
};

const data: Handler<"invoicing.show"> = async ({ db }, { organisation }) => (await saved(db, organisation)) ?? {};

const save: Handler<"invoicing.save"> = async ({ db, note }, { organisation, party }) => {
  const row = { organisation, data: { ...party }, updatedAt: new Date() };
  await db.insert(invoiceData).values(row).onConflictDoUpdate({ target: invoiceData.organisation, set: row });
  note({ fields: Object.keys(party) });
  return party;
};

async function saved(db: Db, organisation: string): Promise<Invoice.Party | undefined> {
  const [row] = await db.select().from(invoiceData).where(eq(invoiceData.organisation, organisation));
  return row?.data as Invoice.Party | undefined;
}

/** Seller and buyer: who sits there, and what is known of them. */
async function partiesOf(db: Db, agreement: string, terms: Terms.Terms) {
  const seats = await db.select().from(seat).where(eq(seat.agreement, agreement)).orderBy(asc(seat.createdAt));
  const of = async (side: "client" | "provider") => {
    const organisation = seats.find(({ role }) => role === side)?.organisation;
    const known = organisation === undefined ? undefined : await saved(db, organisation);
    return { organisation, party: Invoice.partyOf(terms, side, known) };
  };
  return { seller: await of("provider"), buyer: await of("client") };
}

const sellsBy = (seats: readonly Seat[], organisation: string | undefined): string | undefined =>
  seats.find((one) => one.seat === "provider" && one.organisation === organisation)?.organisation;

/** Throws `forbidden` where the caller does not sit as the provider. */
function sells({ seats }: Pick<Call, "seats">, organisation: string | undefined): string {
  const seller = sellsBy(seats, organisation);
  if (seller !== undefined) return seller;
  throw new Problem.Problem(
    "forbidden",
    both("Only the provider makes invoices of this agreement. Ask them to.", "仅乙方可开具本协议的发票，请联系乙方。"),
  );
}

async function find(db: Db, agreement: string, id: string): Promise<Series.Row> {
  const [row] = await db
    .select()
    .from(invoice)
    .where(and(eq(invoice.id, id), eq(invoice.agreement, agreement)));
  if (!row) throw Problem.notFound(both("invoice", "发票"));
  return row;
}

/** Year and day by the ledger's clock, UTC. */
function dayOf({ clock }: Pick<Call["parts"], "clock">): readonly [number, string] {
  const day = new Date(clock.now() * 1000).toISOString().slice(0, 10);
  return [Number(day.slice(0, 4)), day];
}

function shown(row: Series.Row): Table.Output<"papers.issue"> {
  const { kind, number, issued, net, tax, gross, currency, buyer, credits } = Series.documentOf(row);
  return {
    ...{ id: row.id, kind, number, issued, net, tax, gross, currency, buyer: buyer.name },
    ...(credits ? { credits: credits.number } : {}),
    createdAt: row.createdAt.toISOString(),
  };
}

const noPayment = (place: string) =>
  new Problem.Problem(
    "bad-input",
    both(
      `payment: found ${place}, which is no payment of this agreement. Look at \`papers.list\`.`,
      `payment：${place} 不是本协议的付款。请查阅 papers.list。`,
    ),
    { field: "payment" },
  );

export const papers = {
  "papers.list": list,
  "papers.title": title,
  "papers.statement": statement,
  "papers.issue": issue,
  "papers.credit": credit,
  "papers.invoice": one,
  "invoice.list": register,
  "invoice.batch": batch,
  "invoicing.show": data,
  "invoicing.save": save,
} satisfies Partial<Handlers>;
