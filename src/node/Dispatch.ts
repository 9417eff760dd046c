/**
 * The one way to every operation, for HTTP, MCP and the tests alike: admit, parse, judge, remember, do, note, commit.
 * A request is acknowledged only after all that it changed is durable.
 */
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { and, eq, sql } from "drizzle-orm";
import * as Field from "../agreement/Field.ts";
import { InputError } from "../agreement/index.ts";
import { Problem, Table } from "../api/index.ts";
import * as Access from "./Access.ts";
import type { Call, Caller, Handler, Handlers, Parts } from "./Call.ts";
import * as Sane from "./Sane.ts";
import * as Statement from "./store/Statement.ts";
import type { Db } from "./store/Store.ts";
import * as schema from "./store/schema.ts";

const { both } = InputError;

export type Request = {
  readonly name: Table.Name;
  readonly input: unknown;
  readonly caller: Caller;
  /** `Idempotency-Key`: the same key and input again get the same answer, and nothing is done twice. */
  readonly key?: string;
};

/** Throws a `CommendaError`; everything else that is thrown is a fault of ours. */
export async function dispatch(parts: Parts, handlers: Handlers, request: Request): Promise<unknown> {
  const { name, caller } = request;
  const row = Table.rowOf(name);
  Access.admit(caller, row);
  const input = parse(name, request.input);
  let later: ((answer: never) => Promise<unknown>) | undefined;
  const run = async (db: Db, access: Access.Access) => {
    const facts: Record<string, unknown> = {};
    const call: Call = {
      ...{ parts, name, caller, db, ...access },
      note: (more) => void Object.assign(facts, more),
      finish: (run) => {
        later = run as never;
      },
    };
    const answer = await (handlers[name] as Handler<Table.Name>)(call, input as never);
    return { answer, facts };
  };
  const judge = (db: Db) => Access.judge(db, caller, row, input);
  if (row.repeat === "safe") return (await run(parts.store.db, await judge(parts.store.db))).answer;
  const answer = await parts.store.transaction(async (tx) => {
    // First: an answer is given again only to who may still have it.
    const access = await judge(tx);
    const kept = request.key === undefined ? undefined : await remember(tx, request, request.key, input);
    if (kept?.answer !== undefined && kept.answer !== null) return kept.answer;
    const { answer, facts } = await run(tx, access);
    await parts.audit.append(tx, {
      at: new Date(parts.clock.now() * 1000),
      by: nameOf(caller),
      did: name,
      ...idsOf(input, access),
      facts,
    });
    if (request.key !== undefined) await keep(tx, request, request.key, answer);
    return answer;
  });
  return later ? later(answer as never) : answer;
}

/** Throws `bad-input` with every problem, each at its field. */
function parse(name: Table.Name, input: unknown): Record<string, unknown> {
  const { input: schemaOf } = Table.rowOf(name);
  const bad = Sane.fault(input);
  if (bad) throw unfit(bad);
  const parsed = schemaOf.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 50).map((issue) => {
    const field = Field.pathOf(issue.path.map((step) => (typeof step === "symbol" ? String(step) : step)));
    const found = InputError.show(Field.valueAt(input, issue.path as (string | number)[]));
    const unknown = issue.code === "unrecognized_keys" ? issue.keys.map((key) => InputError.show(key)).join(", ") : "";
    const words = unknown
      ? both(
          `${field || "the input"}: unknown fields ${unknown}. Leave them out, or look up the operation's fields.`,
          `${field || "输入"}：未知字段 ${unknown}。请删除，或查阅该操作的字段。`,
        )
      : both(
          `${field || "the input"}: found ${found}; ${issue.message}.`,
          `${field || "输入"}：现为 ${found}；不符合要求（${issue.message}）。`,
        );
    return { field, words };
  });
  const list = (language: InputError.Language) => problems.map(({ words }) => `\n- ${words[language]}`).join("");
  throw new Problem.Problem(
    "bad-input",
    both(`The input of ${name} has problems:${list("en")}`, `${name} 的输入有误：${list("zh")}`),
    { errors: problems.map(({ field, words }) => ({ field, pointer: pointer(field), detail: words.en, words })) },
  );
}

function unfit({ path, words }: Sane.Fault): Problem.Problem {
  const field = Field.pathOf(path);
  return new Problem.Problem(
    "bad-input",
    both(`${field || "the input"}: found ${words.en}.`, `${field || "输入"}：现有${words.zh}。`),
    { field, pointer: pointer(field) },
  );
}

const pointer = (field: string) =>
  `#${Field.stepsOf(field)
    .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("")}`;

const nameOf = (caller: Caller): string =>
  caller.kind === "nobody" ? "nobody" : caller.key ? `key:${caller.key.id}` : caller.user;

/** In whose name: of the organisation that is named, else of the one by which the caller sits in the agreement. */
const idsOf = (input: Record<string, unknown>, { seats }: Access.Access) => ({
  organisation: typeof input.organisation === "string" ? input.organisation : seats[0]?.organisation,
  ...(typeof input.agreement === "string" ? { object: input.agreement } : {}),
});

type Kept = { answer: unknown };

/** Takes the key for this request, or gives what it was answered. Another with the same key waits for this one's end. */
async function remember(tx: Db, { name, caller }: Request, key: string, input: unknown): Promise<Kept | undefined> {
  const request = createHash("sha256")
    .update(`${name}\n${canonicalize(input)}`)
    .digest("hex");
  const who = nameOf(caller);
  const taken = await take(tx, { caller: who, key, request });
  if (taken.length > 0) return undefined;
  const [kept] = await known(tx, { caller: who, key });
  if (kept && kept.request !== request) {
    throw new Problem.Problem(
      "key-reused",
      both(
        "This Idempotency-Key was sent with another request. Use a fresh one for each request.",
        "该 Idempotency-Key 已用于其他请求。每个请求请使用新的键。",
      ),
    );
  }
  return kept;
}

async function keep(tx: Db, { caller }: Request, key: string, answer: unknown): Promise<void> {
  await fill(tx, { caller: nameOf(caller), key, answer });
}

const { idempotency } = schema;
const { placeholder } = sql;
const ofKey = and(eq(idempotency.caller, placeholder("caller")), eq(idempotency.key, placeholder("key")));

const take = Statement.once((db) =>
  db
    .insert(idempotency)
    .values({ caller: placeholder("caller"), key: placeholder("key"), request: placeholder("request") })
    .onConflictDoNothing()
    .returning({ key: idempotency.key }),
);
const known = Statement.once((db) => db.select().from(idempotency).where(ofKey));
const fill = Statement.once((db) =>
  db
    .update(idempotency)
    .set({ answer: sql`${sql.param(placeholder("answer"), idempotency.answer)}` })
    .where(ofKey),
);
