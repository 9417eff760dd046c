/**
 * Everything that the node keeps. Three kinds of tables, and who owns what they say:
 *   its own          drafts, comments, people, keys: this is the only copy
 *   asked of the ledger   acts: signed and waiting, kept before they are sent
 *   of the ledger    cursor, fact, standing, credit, deadline: read from it, rebuilt by `commenda reindex`
 */
import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  real,
  serial,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { InputError } from "../../agreement/index.ts";
import type { Brief, Bundle, Provider } from "../../matching/index.ts";
import { user } from "./auth.ts";

export * from "./auth.ts";

type Words = InputError.Words;
type Json = Record<string, unknown>;
/** A part of an agreement that waits for somebody. Times in Unix seconds; `until`: then what `deadline` says can be done. */
export type Turn = {
  tranche: number;
  milestone: string;
  title: Words;
  by: "client" | "provider" | "arbitrator" | "reporter";
  verb: string;
  /** Base units. */
  amount: string;
  due?: number;
  until?: number;
};

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const created = () => at("created_at").notNull().defaultNow();
const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
const units = (name: string) => numeric(name, { precision: 78, scale: 0, mode: "bigint" });

export const organisation = pgTable("organisation", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  /** Of one person, made with the account. */
  personal: boolean("personal").notNull().default(false),
  /** From this amount on a second person approves; base units. */
  above: units("above"),
  createdAt: created(),
});

export const member = pgTable(
  "member",
  {
    organisation: uuid("organisation")
      .notNull()
      .references(() => organisation.id),
    user: text("user")
      .notNull()
      .references(() => user.id),
    role: text("role").$type<"owner" | "signer" | "member" | "auditor">().notNull(),
    createdAt: created(),
  },
  (row) => [primaryKey({ columns: [row.organisation, row.user] }), index("member_user").on(row.user)],
);

/** A link by which somebody joins: an organisation, or (with `agreement`) an agreement's seat. Only its hash is kept. */
export const invitation = pgTable("invitation", {
  id: uuid("id").primaryKey(),
  tokenHash: text("token_hash").notNull().unique(),
  organisation: uuid("organisation").references(() => organisation.id),
  agreement: uuid("agreement").references(() => agreement.id),
  role: text("role").notNull(),
  email: text("email"),
  /** Whether the terms can be read by the link alone. */
  preview: boolean("preview").notNull().default(false),
  by: text("by").notNull(),
  expiresAt: at("expires_at").notNull(),
  revokedAt: at("revoked_at"),
  /** An organisation's id, or a user's. */
  acceptedBy: text("accepted_by"),
  createdAt: created(),
});

/** An address that somebody says is theirs, until they prove it by what was mailed there. Only the hash of that is kept. */
export const emailProof = pgTable(
  "email_proof",
  {
    id: uuid("id").primaryKey(),
    user: text("user")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    /** In lower case. */
    email: text("email").notNull(),
    /** Null until it is sent. */
    tokenHash: text("token_hash").unique(),
    usedAt: at("used_at"),
    expiresAt: at("expires_at").notNull(),
    createdAt: created(),
  },
  (row) => [index("email_proof_email").on(row.email, row.createdAt), index("email_proof_user").on(row.user)],
);

/** An account on the ledger by which an organisation acts. */
export const account = pgTable(
  "ledger_account",
  {
    address: text("address").notNull(),
    organisation: uuid("organisation")
      .notNull()
      .references(() => organisation.id),
    kind: text("kind").$type<"wallet" | "passkey" | "threshold" | "demo">().notNull(),
    name: text("name").notNull(),
    signers: jsonb("signers").$type<{ signer: string; name: string }[]>().notNull().default([]),
    threshold: integer("threshold").notNull().default(1),
    deployed: boolean("deployed").notNull().default(true),
    /** For its deterministic address. */
    salt: text("salt"),
    /** Private key, of a demo persona only. */
    demoKey: text("demo_key"),
    createdAt: created(),
  },
  (row) => [primaryKey({ columns: [row.organisation, row.address] }), index("ledger_account_address").on(row.address)],
);

export const agreement = pgTable(
  "agreement",
  {
    id: uuid("id").primaryKey(),
    status: text("status").notNull(),
    title: jsonb("title").$type<Words>().notNull(),
    /** Number of the latest version. */
    version: integer("version").notNull(),
    /** Id on the ledger, of the latest complete version. */
    ledgerId: text("ledger_id"),
    /** What it is worth in all, of that version; base units. */
    amount: units("amount"),
    currency: jsonb("currency").$type<{ code: string; scale: number }>(),
    /** Grows with every change: its ETag. */
    revision: integer("revision").notNull().default(1),
    createdAt: created(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (row) => [index("agreement_ledger").on(row.ledgerId), index("agreement_updated").on(row.updatedAt)],
);

export const seat = pgTable(
  "seat",
  {
    agreement: uuid("agreement")
      .notNull()
      .references(() => agreement.id),
    organisation: uuid("organisation")
      .notNull()
      .references(() => organisation.id),
    role: text("role").$type<"client" | "provider" | "arbitrator" | "reporter" | "reader">().notNull(),
    createdAt: created(),
  },
  (row) => [
    primaryKey({ columns: [row.agreement, row.organisation, row.role] }),
    index("seat_org").on(row.organisation),
  ],
);

export const version = pgTable(
  "version",
  {
    agreement: uuid("agreement")
      .notNull()
      .references(() => agreement.id),
    version: integer("version").notNull(),
    document: jsonb("document").$type<Json>().notNull(),
    note: text("note").notNull().default(""),
    user: text("user").notNull(),
    organisation: uuid("organisation").notNull(),
    contentHash: text("content_hash").notNull(),
    /** Of a complete version. */
    ledgerId: text("ledger_id"),
    createdAt: created(),
  },
  (row) => [primaryKey({ columns: [row.agreement, row.version] }), index("version_ledger").on(row.ledgerId)],
);

/** A side's signature over a version. */
export const signature = pgTable(
  "signature",
  {
    agreement: uuid("agreement")
      .notNull()
      .references(() => agreement.id),
    version: integer("version").notNull(),
    side: text("side").$type<"client" | "provider">().notNull(),
    ledgerId: text("ledger_id").notNull(),
    signer: text("signer").notNull(),
    signature: text("signature").notNull(),
    user: text("user").notNull(),
    createdAt: created(),
  },
  (row) => [primaryKey({ columns: [row.agreement, row.version, row.side] })],
);

export const comment = pgTable("comment", {
  id: uuid("id").primaryKey(),
  agreement: uuid("agreement")
    .notNull()
    .references(() => agreement.id),
  version: integer("version").notNull(),
  field: text("field"),
  text: text("text").notNull(),
  user: text("user").notNull(),
  organisation: uuid("organisation").notNull(),
  resolvedAt: at("resolved_at"),
  createdAt: created(),
});

/** An act that the node was asked to send: kept before anything is sent, sent once. */
export const act = pgTable(
  "act",
  {
    id: uuid("id").primaryKey(),
    agreement: uuid("agreement").references(() => agreement.id),
    ledgerId: text("ledger_id").notNull(),
    verb: text("verb").notNull(),
    /** As asked, in people's terms. */
    act: jsonb("act").$type<Json>().notNull(),
    /** As the ledger takes it; bigints as `{"$": "123"}`. */
    call: jsonb("call").$type<Json>().notNull(),
    auth: text("auth"),
    /** Signatures by signer, where several must sign one act. */
    parts: jsonb("parts").$type<Record<string, string>>().notNull().default({}),
    status: text("status").$type<"waiting" | "queued" | "sent" | "done" | "refused">().notNull(),
    /** Null: the node itself, carrying out what a deadline decided. */
    user: text("user"),
    organisation: uuid("organisation"),
    /** Same key, same act: it is not taken twice. */
    key: text("key").unique(),
    /** What is sent, from which block on it may be found. */
    data: text("data"),
    fromBlock: integer("from_block"),
    transaction: text("transaction"),
    problem: jsonb("problem").$type<Json>(),
    createdAt: created(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (row) => [index("act_agreement").on(row.agreement, row.createdAt), index("act_status").on(row.status)],
);

export const approval = pgTable("approval", {
  id: uuid("id").primaryKey(),
  organisation: uuid("organisation")
    .notNull()
    .references(() => organisation.id),
  act: uuid("act")
    .notNull()
    .references(() => act.id),
  user: text("user").notNull(),
  state: text("state").$type<"open" | "approved" | "refused" | "expired">().notNull(),
  decidedBy: text("decided_by"),
  createdAt: created(),
});

export const evidence = pgTable(
  "evidence",
  {
    id: uuid("id").primaryKey(),
    agreement: uuid("agreement")
      .notNull()
      .references(() => agreement.id),
    /** Absent once erased, as are salt and content hash. */
    name: text("name"),
    size: bigint("size", { mode: "number" }).notNull(),
    received: bigint("received", { mode: "number" }).notNull().default(0),
    complete: boolean("complete").notNull().default(false),
    type: text("type"),
    salt: text("salt"),
    contentHash: text("content_hash"),
    commitment: text("commitment"),
    /** Where the bytes are, within the store of files. */
    object: text("object"),
    readers: jsonb("readers").$type<string[]>(),
    erasedAt: at("erased_at"),
    user: text("user").notNull(),
    organisation: uuid("organisation").notNull(),
    createdAt: created(),
  },
  (row) => [index("evidence_agreement").on(row.agreement), index("evidence_commitment").on(row.commitment)],
);

// Of the ledger: rebuilt by reading it anew.

export const cursor = pgTable("cursor", {
  escrow: text("escrow").primaryKey(),
  /** `Follow.Cursor`. */
  data: jsonb("data").$type<Json>().notNull(),
});

export const fact = pgTable(
  "fact",
  {
    block: integer("block").notNull(),
    index: integer("index").notNull(),
    blockHash: text("block_hash").notNull(),
    /** Unix seconds. */
    time: bigint("time", { mode: "number" }).notNull(),
    transaction: text("transaction").notNull(),
    /** Id on the ledger; credits have none. */
    ledgerId: text("ledger_id"),
    kind: text("kind").notNull(),
    /** The fact's own fields; bigints as `{"$": "123"}`. */
    data: jsonb("data").$type<Json>().notNull(),
  },
  (row) => [
    primaryKey({ columns: [row.block, row.index] }),
    index("fact_ledger").on(row.ledgerId, row.block, row.index),
  ],
);

/** Where an agreement stands after its facts. */
export const standing = pgTable("standing", {
  ledgerId: text("ledger_id").primaryKey(),
  client: text("client").notNull(),
  provider: text("provider").notNull(),
  document: text("document").notNull(),
  status: text("status").$type<"open" | "closed" | "revoked" | "replaced">().notNull(),
  /** `State.pack` of the cells in hex, as the escrow has them; known where the terms are. */
  cells: text("cells"),
  /** In the escrow for what has not ended, deposits inside, and what is still to be paid in; base units. */
  held: units("held"),
  promised: units("promised"),
  /** Whose move it is. */
  turns: jsonb("turns").$type<Turn[]>(),
  /** Sums by tranche, base units as text: paid in, out, fee. */
  tranches: jsonb("tranches").$type<Json[]>().notNull(),
  openedAt: bigint("opened_at", { mode: "number" }).notNull(),
  /** Of the last fact. */
  block: integer("block").notNull(),
});

export const credit = pgTable(
  "credit",
  {
    token: text("token").notNull(),
    owner: text("owner").notNull(),
    amount: units("amount").notNull(),
  },
  (row) => [primaryKey({ columns: [row.token, row.owner] })],
);

/** What happens if nobody acts, and when; of agreements whose terms are known. */
export const deadline = pgTable(
  "deadline",
  {
    ledgerId: text("ledger_id").notNull(),
    tranche: integer("tranche").notNull(),
    verb: text("verb").notNull(),
    /** Unix seconds from which on it can be done. */
    time: bigint("time", { mode: "number" }).notNull(),
    says: jsonb("says").$type<Words>().notNull(),
    /** Name of the milestone, or `outcome`. */
    milestone: text("milestone").notNull().default(""),
    /** What it would bring each side, base units net of fees and deposits. */
    toClient: units("to_client").notNull().default(sql`0`),
    toProvider: units("to_provider").notNull().default(sql`0`),
  },
  (row) => [primaryKey({ columns: [row.ledgerId, row.tranche, row.verb] }), index("deadline_time").on(row.time)],
);

// What the node tells.

/** In the order of commits: whoever has read up to a number has missed nothing before it. */
export const event = pgTable(
  "event",
  {
    seq: bigserial("seq", { mode: "number" }).primaryKey(),
    kind: text("kind").notNull(),
    agreement: uuid("agreement"),
    organisation: uuid("organisation"),
    user: text("user"),
    data: jsonb("data").$type<Json>().notNull(),
    at: at("at").notNull().defaultNow(),
  },
  (row) => [index("event_agreement").on(row.agreement, row.seq), index("event_org").on(row.organisation, row.seq)],
);

export const notice = pgTable(
  "notice",
  {
    id: uuid("id").primaryKey(),
    user: text("user").notNull(),
    kind: text("kind").notNull(),
    says: jsonb("says").$type<Words>().notNull(),
    agreement: uuid("agreement"),
    /** One notice a user and key. */
    key: text("key").notNull(),
    readAt: at("read_at"),
    mailedAt: at("mailed_at"),
    createdAt: created(),
  },
  (row) => [uniqueIndex("notice_key").on(row.user, row.key), index("notice_user").on(row.user, row.createdAt)],
);

export const webhook = pgTable("webhook", {
  id: uuid("id").primaryKey(),
  organisation: uuid("organisation")
    .notNull()
    .references(() => organisation.id),
  url: text("url").notNull(),
  kinds: jsonb("kinds").$type<string[]>().notNull(),
  active: boolean("active").notNull().default(true),
  paused: jsonb("paused").$type<Words>(),
  secret: text("secret").notNull(),
  /** Signed with beside the new one until `oldUntil`. */
  oldSecret: text("old_secret"),
  oldUntil: at("old_until"),
  /** Events up to here were turned into deliveries. */
  seq: bigint("seq", { mode: "number" }).notNull(),
  createdAt: created(),
});

export const delivery = pgTable(
  "delivery",
  {
    id: uuid("id").primaryKey(),
    webhook: uuid("webhook")
      .notNull()
      .references(() => webhook.id, { onDelete: "cascade" }),
    seq: bigint("seq", { mode: "number" }).notNull(),
    kind: text("kind").notNull(),
    body: text("body").notNull(),
    state: text("state").$type<"waiting" | "delivered" | "failed">().notNull(),
    attempts: integer("attempts").notNull().default(0),
    answer: text("answer"),
    createdAt: created(),
  },
  (row) => [uniqueIndex("delivery_once").on(row.webhook, row.seq)],
);

/** The answer to a request that carried a key: the same request again gets it again. */
export const idempotency = pgTable(
  "idempotency",
  {
    caller: text("caller").notNull(),
    key: text("key").notNull(),
    /** SHA-256 of operation and input. */
    request: text("request").notNull(),
    answer: jsonb("answer"),
    createdAt: created(),
  },
  (row) => [primaryKey({ columns: [row.caller, row.key] }), index("idempotency_age").on(row.createdAt)],
);

/** Append-only; each record carries the hash of the one before. */
export const audit = pgTable(
  "audit",
  {
    number: integer("number").primaryKey(),
    at: at("at").notNull(),
    organisation: uuid("organisation"),
    by: text("by").notNull(),
    did: text("did").notNull(),
    object: text("object"),
    facts: jsonb("facts").$type<Json>().notNull(),
    previous: text("previous").notNull(),
    hash: text("hash").notNull(),
  },
  (row) => [index("audit_org").on(row.organisation, row.number)],
);

/** Who does what only one process may do at a time. */
export const lease = pgTable("lease", {
  name: text("name").primaryKey(),
  holder: text("holder").notNull(),
  until: at("until").notNull(),
});

/** Facts about the store itself: which ledger it belongs to. */
export const setting = pgTable("setting", {
  name: text("name").primaryKey(),
  value: jsonb("value").notNull(),
});

// Of manifests and papers: what a delivery consists of, what builds said, and what is made of settled payments.

/** Which files are manifests of a delivery; the bytes are the evidence of the same id. */
export const manifest = pgTable(
  "manifest",
  {
    id: uuid("id")
      .primaryKey()
      .references(() => evidence.id),
    agreement: uuid("agreement")
      .notNull()
      .references(() => agreement.id),
    ledgerId: text("ledger_id").notNull(),
    tranche: integer("tranche").notNull(),
    milestone: text("milestone").notNull(),
    round: integer("round").notNull(),
    createdAt: created(),
  },
  (row) => [index("manifest_agreement").on(row.agreement, row.createdAt)],
);

/** Where a build service reports to, for one agreement. */
export const ciAddress = pgTable(
  "ci_address",
  {
    id: uuid("id").primaryKey(),
    agreement: uuid("agreement")
      .notNull()
      .references(() => agreement.id),
    organisation: uuid("organisation").notNull(),
    user: text("user").notNull(),
    source: text("source").$type<"github" | "gitlab">().notNull(),
    name: text("name").notNull(),
    /** Shared with the service: it signs with it, or sends it. Empty once the address is removed. */
    secret: text("secret").notNull(),
    rotatedAt: at("rotated_at"),
    removedAt: at("removed_at"),
    createdAt: created(),
  },
  (row) => [index("ci_address_agreement").on(row.agreement, row.createdAt)],
);

/** What a build service said. Its body is the evidence of the same id; the texts here are the service's. */
export const ciReport = pgTable(
  "ci_report",
  {
    id: uuid("id")
      .primaryKey()
      .references(() => evidence.id),
    agreement: uuid("agreement")
      .notNull()
      .references(() => agreement.id),
    address: uuid("address")
      .notNull()
      .references(() => ciAddress.id),
    source: text("source").$type<"github" | "gitlab">().notNull(),
    /** As the service numbers it. */
    delivery: text("delivery").notNull(),
    /** Of the body: the number is not signed, and the same body under another number says nothing new. */
    bodyHash: text("body_hash").notNull(),
    kind: text("kind").notNull(),
    repository: text("repository").notNull(),
    commit: text("commit").notNull(),
    name: text("name").notNull(),
    conclusion: text("conclusion").notNull(),
    url: text("url"),
    createdAt: created(),
  },
  (row) => [
    uniqueIndex("ci_report_delivery").on(row.address, row.delivery),
    uniqueIndex("ci_report_body").on(row.address, row.bodyHash),
    index("ci_report_agreement").on(row.agreement, row.createdAt),
  ],
);

/** What an organisation's invoices say of it. */
export const invoiceData = pgTable("invoice_data", {
  organisation: uuid("organisation")
    .primaryKey()
    .references(() => organisation.id),
  /** `Invoicing.Party`. */
  data: jsonb("data").$type<Json>().notNull(),
  updatedAt: at("updated_at").notNull().defaultNow(),
});

/** The last number given, of a seller's year. Its row is locked while a number is given, so that none is left out. */
export const invoiceSeries = pgTable(
  "invoice_series",
  {
    seller: uuid("seller")
      .notNull()
      .references(() => organisation.id),
    year: integer("year").notNull(),
    last: integer("last").notNull(),
  },
  (row) => [primaryKey({ columns: [row.seller, row.year] })],
);

/** Invoices and credit notes. Made once, never changed: a trigger of the migration sees to it. */
export const invoice = pgTable(
  "invoice",
  {
    id: uuid("id").primaryKey(),
    seller: uuid("seller")
      .notNull()
      .references(() => organisation.id),
    year: integer("year").notNull(),
    number: integer("number").notNull(),
    agreement: uuid("agreement")
      .notNull()
      .references(() => agreement.id),
    /** Of an invoice: which payment, by its place on the ledger. Null: a credit note. */
    payment: text("payment").unique(),
    /** Of a credit note. */
    credits: uuid("credits"),
    /** `Invoice.Invoice`: all that is on it. */
    document: jsonb("document").$type<Json>().notNull(),
    user: text("user").notNull(),
    createdAt: created(),
  },
  (row) => [
    uniqueIndex("invoice_number").on(row.seller, row.year, row.number),
    index("invoice_agreement").on(row.agreement, row.createdAt),
    index("invoice_credits").on(row.credits),
  ],
);

// Desks: who answers feedback, what came in, what was decided. Their own; the only copy.

export const desk = pgTable(
  "desk",
  {
    id: uuid("id").primaryKey(),
    organisation: uuid("organisation")
      .notNull()
      .references(() => organisation.id),
    name: text("name").notNull(),
    state: text("state").$type<"working" | "paused" | "stopped">().notNull().default("working"),
    /** Precision that is promised, in bps. */
    promise: integer("promise").notNull(),
    /** Days within which a ticket that is reopened is not owed. */
    reopenDays: integer("reopen_days").notNull(),
    /** Share of the traffic outside of scope, in bps; null: as the model was calibrated. */
    outsideShare: integer("outside_share"),
    /** What a person needs for a ticket, and what both cost; sums in base units as text. */
    costs: jsonb("costs").$type<DeskCosts>().notNull(),
    routing: jsonb("routing").$type<Json>().notNull(),
    /** Hash of the model that works; null: none yet. */
    model: text("model"),
    /** Address of the key that seals the log, and the key. It can sign nothing else. */
    key: text("key").notNull(),
    keySecret: text("key_secret").notNull(),
    /** Lines of the log, and the hash of the last. */
    lines: integer("lines").notNull().default(0),
    head: text("head").notNull(),
    createdAt: created(),
  },
  (row) => [index("desk_org").on(row.organisation, row.createdAt)],
);
export type DeskCosts = {
  minutes: number;
  hour: string;
  ticket: string;
  currency: { code: string; scale: number };
};

/** A model by its hash, whichever desks use it. */
export const deskModel = pgTable("desk_model", {
  hash: text("hash").primaryKey(),
  /** Of what it was trained from: the same again is not trained again. */
  source: text("source").notNull().unique(),
  bytes: bytes("bytes").notNull(),
  intents: jsonb("intents").$type<string[]>().notNull(),
  notes: jsonb("notes").$type<Json>().notNull(),
  createdAt: created(),
});

/** Each training of a desk, and each going back. */
export const deskVersion = pgTable(
  "desk_version",
  {
    id: uuid("id").primaryKey(),
    desk: uuid("desk")
      .notNull()
      .references(() => desk.id),
    number: integer("number").notNull(),
    state: text("state").$type<"training" | "working" | "past" | "refused" | "failed">().notNull(),
    /** From what: the starter alone, or with the desk's own examples. */
    starter: boolean("starter").notNull(),
    embeddings: boolean("embeddings").notNull().default(false),
    model: text("model").references(() => deskModel.hash),
    /** Right answers on the frozen set: of this one, of the one before, and how many rows. */
    right: integer("right"),
    before: integer("before"),
    frozen: integer("frozen"),
    why: jsonb("why").$type<Words>(),
    user: text("user"),
    at: bigint("at", { mode: "number" }).notNull(),
  },
  (row) => [uniqueIndex("desk_version_number").on(row.desk, row.number)],
);

/** What a desk learns from, or is held against; masked. */
export const deskExample = pgTable(
  "desk_example",
  {
    id: serial("id").primaryKey(),
    desk: uuid("desk")
      .notNull()
      .references(() => desk.id),
    kind: text("kind").$type<"history" | "frozen" | "outside">().notNull(),
    text: text("text").notNull(),
    label: text("label").notNull().default(""),
  },
  (row) => [index("desk_example_kind").on(row.desk, row.kind, row.id)],
);

export const ticket = pgTable(
  "ticket",
  {
    id: uuid("id").primaryKey(),
    desk: uuid("desk")
      .notNull()
      .references(() => desk.id),
    number: integer("number").notNull(),
    /** Masked; the original is not kept. */
    text: text("text").notNull(),
    language: text("language").notNull(),
    masked: jsonb("masked").$type<string[]>().notNull(),
    /** By which near-duplicates are found. */
    bands: text("bands").array().notNull(),
    count: integer("count").notNull(),
    /** Names by which those who sent it know it. */
    references: jsonb("references").$type<string[]>().notNull(),
    source: text("source").notNull(),
    state: text("state").$type<"new" | "answered" | "handed" | "solved">().notNull(),
    reason: text("reason"),
    danger: text("danger"),
    severity: text("severity"),
    team: text("team"),
    /** Unix seconds, as are the times below. */
    due: bigint("due", { mode: "number" }),
    escalateAt: bigint("escalate_at", { mode: "number" }),
    escalatedAt: bigint("escalated_at", { mode: "number" }),
    /** The decision, as the log has it. */
    decision: jsonb("decision").$type<Json>(),
    sure: real("sure"),
    guess: text("guess"),
    /** What a person said that it is. */
    intent: text("intent"),
    answer: text("answer"),
    citations: jsonb("citations").$type<string[]>().notNull().default([]),
    /** User who answered; null: the desk. */
    answeredBy: text("answered_by"),
    answeredAt: bigint("answered_at", { mode: "number" }),
    assignee: text("assignee"),
    assignedAt: bigint("assigned_at", { mode: "number" }),
    reopened: integer("reopened").notNull().default(0),
    at: bigint("at", { mode: "number" }).notNull(),
  },
  (row) => [
    uniqueIndex("ticket_number").on(row.desk, row.number),
    index("ticket_queue").on(row.desk, row.state, row.due),
    index("ticket_late").on(row.state, row.escalateAt),
    index("ticket_bands").using("gin", row.bands),
  ],
);

/** Files and messages that came already: the same again does nothing. */
export const deskSeen = pgTable(
  "desk_seen",
  {
    desk: uuid("desk")
      .notNull()
      .references(() => desk.id),
    name: text("name").notNull(),
    createdAt: created(),
  },
  (row) => [primaryKey({ columns: [row.desk, row.name] })],
);

/** The log: append-only, each line with the hash of the one before. */
export const deskLine = pgTable(
  "desk_line",
  {
    desk: uuid("desk")
      .notNull()
      .references(() => desk.id),
    number: integer("number").notNull(),
    at: bigint("at", { mode: "number" }).notNull(),
    before: text("before").notNull(),
    kind: text("kind").notNull(),
    /** As text: its bytes are hashed, and their order is part of them. */
    what: text("what").notNull(),
    hash: text("hash").notNull(),
    ticket: uuid("ticket"),
    key: text("key"),
    signature: text("signature"),
  },
  (row) => [
    primaryKey({ columns: [row.desk, row.number] }),
    index("desk_line_ticket").on(row.ticket),
    index("desk_line_at").on(row.desk, row.at),
  ],
);

/** Doors by which systems of the client hand in feedback, signed. */
export const inlet = pgTable(
  "inlet",
  {
    id: uuid("id").primaryKey(),
    desk: uuid("desk")
      .notNull()
      .references(() => desk.id),
    name: text("name").notNull(),
    scheme: text("scheme").$type<"standard" | "github">().notNull(),
    secret: text("secret").notNull(),
    lastAt: at("last_at"),
    createdAt: created(),
  },
  (row) => [index("inlet_desk").on(row.desk)],
);

export const playbook = pgTable(
  "playbook",
  {
    desk: uuid("desk")
      .notNull()
      .references(() => desk.id),
    id: text("id").notNull(),
    intent: text("intent").notNull(),
    language: text("language").$type<"en" | "zh">().notNull(),
    answer: text("answer").notNull(),
    needs: jsonb("needs").$type<("order" | "device" | "account")[]>().notNull(),
    user: text("user"),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (row) => [primaryKey({ columns: [row.desk, row.id] })],
);

/** What a desk did in a period of an agreement, signed by its key and by the client. */
export const deskCount = pgTable(
  "desk_count",
  {
    id: uuid("id").primaryKey(),
    desk: uuid("desk")
      .notNull()
      .references(() => desk.id),
    agreement: uuid("agreement")
      .notNull()
      .references(() => agreement.id),
    document: jsonb("document").$type<Json>().notNull(),
    key: text("key").notNull(),
    signature: text("signature").notNull(),
    /** Of the desk's key, over the report of the value; absent where it is no reporter. */
    report: text("report"),
    client: text("client"),
    clientSignature: text("client_signature"),
    user: text("user").notNull(),
    createdAt: created(),
  },
  (row) => [index("desk_count_agreement").on(row.agreement, row.createdAt), index("desk_count_desk").on(row.desk)],
);

// Of acceptance: what deliveries are judged by, who ran it, and what came of it.

/** A folder that is kept by its content: the bytes are the evidence of the same id, which says who may read it. */
export const folder = pgTable(
  "folder",
  {
    id: uuid("id")
      .primaryKey()
      .references(() => evidence.id),
    agreement: uuid("agreement")
      .notNull()
      .references(() => agreement.id),
    organisation: uuid("organisation").notNull(),
    purpose: text("purpose").$type<"suite" | "part" | "reference" | "input" | "work">().notNull(),
    /** Of the tree. */
    hash: text("hash").notNull(),
    files: jsonb("files").$type<{ path: string; size: number; hash: string; executable: boolean }[]>().notNull(),
    /** Of suites and sealed parts: what they say of themselves. */
    about: jsonb("about").$type<Json>(),
    createdAt: created(),
  },
  (row) => [uniqueIndex("folder_once").on(row.agreement, row.organisation, row.purpose, row.hash)],
);

/** A sealed part of a criterion, with its salt: its owner's until it is shown. */
export const sealed = pgTable(
  "sealed",
  {
    id: uuid("id").primaryKey(),
    agreement: uuid("agreement")
      .notNull()
      .references(() => agreement.id),
    organisation: uuid("organisation").notNull(),
    /** As the terms name it: SHA-256(salt || hash of the tree), of the part and of its reference solution. */
    commitment: text("commitment").notNull(),
    referenceCommitment: text("reference_commitment"),
    salt: text("salt").notNull(),
    part: uuid("part")
      .notNull()
      .references(() => folder.id),
    reference: uuid("reference").references(() => folder.id),
    /** Unix seconds. */
    shownAt: bigint("shown_at", { mode: "number" }),
    createdAt: created(),
  },
  (row) => [uniqueIndex("sealed_once").on(row.agreement, row.commitment)],
);

/** A run of a criterion by this node, for an organisation. */
export const run = pgTable(
  "run",
  {
    id: uuid("id").primaryKey(),
    agreement: uuid("agreement")
      .notNull()
      .references(() => agreement.id),
    organisation: uuid("organisation").notNull(),
    /** Null: the node itself, since something was delivered. */
    user: text("user"),
    side: text("side").$type<"client" | "provider" | "arbitrator">(),
    /** Of a run by the terms. */
    ledgerId: text("ledger_id"),
    tranche: integer("tranche"),
    round: integer("round"),
    attempt: integer("attempt").notNull().default(1),
    criterion: text("criterion").notNull(),
    /** What is run on what, as `Order` says. */
    order: jsonb("order").$type<Json>().notNull(),
    /** One run of a side, criterion, round and attempt. */
    key: text("key").unique(),
    state: text("state").$type<"waiting" | "queued" | "running" | "done" | "failed" | "stopped">().notNull(),
    /** How often it was begun. */
    tries: integer("tries").notNull().default(0),
    problem: jsonb("problem").$type<Json>(),
    /** The verdict, not signed. */
    verdict: jsonb("verdict").$type<Json>(),
    startedAt: at("started_at"),
    endedAt: at("ended_at"),
    createdAt: created(),
  },
  (row) => [
    index("run_agreement").on(row.agreement, row.createdAt),
    index("run_state").on(row.state),
    index("run_round").on(row.ledgerId, row.tranche, row.round),
  ],
);

/** What a run prints, in pieces. */
export const runLog = pgTable(
  "run_log",
  {
    run: uuid("run")
      .notNull()
      .references(() => run.id, { onDelete: "cascade" }),
    /** Characters before it. */
    offset: integer("offset").notNull(),
    text: text("text").notNull(),
  },
  (row) => [primaryKey({ columns: [row.run, row.offset] })],
);

/** A signed verdict. One of a side, criterion, round and attempt. */
export const verdict = pgTable(
  "verdict",
  {
    id: uuid("id").primaryKey(),
    agreement: uuid("agreement")
      .notNull()
      .references(() => agreement.id),
    ledgerId: text("ledger_id").notNull(),
    tranche: integer("tranche").notNull(),
    round: integer("round").notNull(),
    criterion: text("criterion").notNull(),
    side: text("side").$type<"client" | "provider">().notNull(),
    attempt: integer("attempt").notNull(),
    digest: text("digest").notNull(),
    passed: boolean("passed").notNull(),
    confined: boolean("confined").notNull(),
    /** `Verdict.Signed`. */
    document: jsonb("document").$type<Json>().notNull(),
    run: uuid("run").references(() => run.id),
    organisation: uuid("organisation").notNull(),
    user: text("user"),
    createdAt: created(),
  },
  (row) => [
    uniqueIndex("verdict_once").on(row.ledgerId, row.tranche, row.round, row.criterion, row.side, row.attempt),
    index("verdict_agreement").on(row.agreement, row.createdAt),
  ],
);

/** A key by which this node judges for an organisation, where terms name its address as the delegate. */
export const runner = pgTable("runner", {
  organisation: uuid("organisation")
    .primaryKey()
    .references(() => organisation.id),
  address: text("address").notNull(),
  /** Encrypted. */
  key: text("key").notNull(),
  createdAt: created(),
});

// Providers and briefs.

/** What an organisation offers; ranked where it is listed. */
export const provider = pgTable(
  "provider",
  {
    organisation: uuid("organisation")
      .primaryKey()
      .references(() => organisation.id),
    /** `Provider.Provider` without its names. */
    profile: jsonb("profile").$type<Omit<Provider.Provider, "name" | "title">>().notNull(),
    about: text("about").notNull().default(""),
    listed: boolean("listed").notNull(),
    createdAt: created(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (row) => [index("provider_listed").on(row.listed, row.organisation)],
);

/** A case that a provider tells of. What was settled here is read from the ledger's facts, and never written here. */
export const toldCase = pgTable(
  "told_case",
  {
    organisation: uuid("organisation")
      .notNull()
      .references(() => organisation.id),
    /** As the file has it. */
    id: text("id").notNull(),
    /** Unix seconds. */
    time: bigint("time", { mode: "number" }).notNull(),
    area: text("area").notNull(),
    title: text("title").notNull(),
    skills: jsonb("skills").$type<string[]>().notNull(),
    source: text("source").$type<"csv" | "jsonl" | "git">().notNull(),
    createdAt: created(),
  },
  (row) => [
    primaryKey({ columns: [row.organisation, row.id] }),
    index("told_case_time").on(row.organisation, row.time),
  ],
);

/** A settled agreement whose title its provider shows. */
export const shownCase = pgTable(
  "shown_case",
  {
    organisation: uuid("organisation")
      .notNull()
      .references(() => organisation.id),
    ledgerId: text("ledger_id").notNull(),
    createdAt: created(),
  },
  (row) => [primaryKey({ columns: [row.organisation, row.ledgerId] })],
);

/** That a git account or a domain is an organisation's. */
export const proof = pgTable(
  "proof",
  {
    id: uuid("id").primaryKey(),
    organisation: uuid("organisation")
      .notNull()
      .references(() => organisation.id),
    kind: text("kind").$type<"git" | "domain">().notNull(),
    subject: text("subject").notNull(),
    state: text("state").$type<"open" | "proven" | "refused">().notNull(),
    why: jsonb("why").$type<Words>(),
    checkedAt: at("checked_at"),
    createdAt: created(),
  },
  (row) => [uniqueIndex("proof_once").on(row.organisation, row.kind, row.subject)],
);

/** What an issuer signed about an organisation. */
export const attestation = pgTable(
  "attestation",
  {
    id: uuid("id").primaryKey(),
    organisation: uuid("organisation")
      .notNull()
      .references(() => organisation.id),
    /** Of what was signed: another signature over the same is the same. */
    digest: text("digest").notNull(),
    what: text("what").notNull(),
    issuer: text("issuer").notNull(),
    /** Unix seconds. */
    from: bigint("from", { mode: "number" }).notNull(),
    until: bigint("until", { mode: "number" }).notNull(),
    signature: text("signature").notNull(),
    createdAt: created(),
  },
  (row) => [uniqueIndex("attestation_once").on(row.organisation, row.digest)],
);

/** What an issuer took back; kept apart, so that it stays when the attestation is removed and brought again. */
export const revocation = pgTable(
  "revocation",
  {
    digest: text("digest").notNull(),
    issuer: text("issuer").notNull(),
    createdAt: created(),
  },
  (row) => [primaryKey({ columns: [row.digest, row.issuer] })],
);

export const brief = pgTable(
  "brief",
  {
    id: uuid("id").primaryKey(),
    organisation: uuid("organisation")
      .notNull()
      .references(() => organisation.id),
    /** `Brief.Brief`, its text inside. */
    brief: jsonb("brief").$type<Brief.Brief>().notNull(),
    closed: boolean("closed").notNull().default(false),
    shown: boolean("shown").notNull().default(false),
    revision: integer("revision").notNull().default(1),
    user: text("user").notNull(),
    createdAt: created(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (row) => [index("brief_organisation").on(row.organisation, row.updatedAt)],
);

/** As it was made, with all that it was made from: never changed. */
export const ranking = pgTable(
  "ranking",
  {
    id: uuid("id").primaryKey(),
    brief: uuid("brief")
      .notNull()
      .references(() => brief.id),
    revision: integer("revision").notNull(),
    bundle: jsonb("bundle").$type<Bundle.Bundle>().notNull(),
    /** Who was judged or left out. */
    judged: uuid("judged").array().notNull(),
    createdAt: created(),
  },
  (row) => [index("ranking_brief").on(row.brief, row.createdAt), index("ranking_judged").using("gin", row.judged)],
);

/** A provider that is asked whether it would; by a link, of which only the hash is kept, where it is none of this node. */
export const callFor = pgTable(
  "call_for",
  {
    id: uuid("id").primaryKey(),
    brief: uuid("brief")
      .notNull()
      .references(() => brief.id),
    tokenHash: text("token_hash").unique(),
    organisation: uuid("organisation").references(() => organisation.id),
    by: text("by").notNull(),
    revokedAt: at("revoked_at"),
    expiresAt: at("expires_at").notNull(),
    createdAt: created(),
  },
  (row) => [
    index("call_for_brief").on(row.brief, row.createdAt),
    uniqueIndex("call_for_once").on(row.brief, row.organisation),
  ],
);

/** An agreement that was begun from a brief. */
export const briefDraft = pgTable(
  "brief_draft",
  {
    brief: uuid("brief")
      .notNull()
      .references(() => brief.id),
    agreement: uuid("agreement")
      .notNull()
      .references(() => agreement.id),
    organisation: uuid("organisation"),
  },
  (row) => [primaryKey({ columns: [row.brief, row.agreement] })],
);
