/**
 * Statements that the store knows already: each text is parsed and planned once a connection, and later runs bring only
 * their values, in one message. Whoever writes a statement need not know.
 */
import { createHash } from "node:crypto";
import {
  type messages,
  type PGlite,
  parse,
  protocol,
  type QueryOptions,
  type Results,
  type Transaction,
} from "@electric-sql/pglite";
import type pg from "pg";

/** Texts that a connection keeps; the node has some four hundred, and lists of many lengths make more of them. */
const MOST = 1_000;
/** Characters: what is longer is a list of rows, and hardly comes again. */
const LONGEST = 4_000;

/** The same text has the same name, in every process. */
function naming(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || text.length > LONGEST || names.size >= MOST) return known;
    const name = createHash("sha256").update(text).digest("base64url");
    names.set(text, name);
    return name;
  };
}

/** A connection of a pool, from its first moment on. */
export function onPg(pool: pg.Pool): void {
  const nameOf = naming();
  pool.on("connect", (client) => {
    const run = client.query.bind(client) as (...args: unknown[]) => unknown;
    const named = (config: unknown, values: unknown, ...rest: unknown[]) => {
      const name = isStatement(config) && Array.isArray(values) && values.length > 0 ? nameOf(config.text) : undefined;
      return run(name === undefined ? config : { ...(config as object), name }, values, ...rest);
    };
    client.query = named as typeof client.query;
  });
}

const isStatement = (config: unknown): config is { text: string } =>
  typeof config === "object" && config !== null && "text" in config && typeof config.text === "string";

type Client = Pick<PGlite, "query" | "transaction">;
type Messages = Awaited<ReturnType<PGlite["execProtocolStream"]>>;
type Statement = { readonly name: string; readonly types: readonly number[]; readonly described: Messages };

const { serialize } = protocol;
const SYNC = serialize.sync();
const RUN = Buffer.concat([serialize.execute({}), SYNC]);

/** PGlite parses and plans at every run, in six messages of which each crosses into its machine and back. */
export function onPglite(pglite: PGlite): Client {
  const nameOf = naming();
  const statements = new Map<string, Statement>();

  async function prepare(name: string, text: string): Promise<Statement> {
    const known = statements.get(name);
    if (known) return known;
    const message = Buffer.concat([serialize.parse({ name, text }), serialize.describe({ type: "S", name }), SYNC]);
    const told = await pglite.execProtocolStream(message, { syncToFs: false });
    const described = told.filter((one) => one.name === "rowDescription");
    const statement = { name, types: parse.parseDescribeStatementResults(told), described };
    statements.set(name, statement);
    return statement;
  }

  /** Alone: nothing else runs meanwhile. */
  async function run<T>(name: string, text: string, params: unknown[], options: QueryOptions): Promise<Results<T>> {
    const { types, described } = await prepare(name, text);
    const values = types.map((type, k) => {
      const value = params[k];
      if (value === null || value === undefined) return null;
      const write = options.serializers?.[type] ?? pglite.serializers[type];
      return write ? write(value) : String(value);
    });
    const message = Buffer.concat([serialize.bind({ statement: name, values }), RUN]);
    const told = await pglite.execProtocolStream(message, { syncToFs: false });
    const { parsers, ...rest } = options;
    // Of hundreds of types the few that come.
    const read = { ...parsers };
    for (const one of described) {
      for (const { dataTypeID } of (one as messages.RowDescriptionMessage).fields) {
        const parser = read[dataTypeID] ?? pglite.parsers[dataTypeID];
        if (parser) read[dataTypeID] = parser;
      }
    }
    return parse.parseResults([...described, ...told], read, rest)[0] as Results<T>;
  }

  const within = (tx: Transaction): Transaction =>
    Object.assign(Object.create(tx) as Transaction, {
      query<T>(text: string, params: unknown[] = [], options: QueryOptions = {}): Promise<Results<T>> {
        const name = tx.closed ? undefined : nameOf(text);
        if (name === undefined) return tx.query<T>(text, params, options);
        return pglite._runExclusiveQuery(() => run<T>(name, text, params, options));
      },
    });

  return {
    query<T>(text: string, params: unknown[] = [], options: QueryOptions = {}): Promise<Results<T>> {
      const name = nameOf(text);
      if (name === undefined) return pglite.query<T>(text, params, options);
      return pglite._runExclusiveTransaction(() =>
        pglite._runExclusiveQuery(async () => {
          const result = await run<T>(name, text, params, options);
          await pglite.syncToFs();
          return result;
        }),
      );
    },
    transaction: (work) => pglite.transaction((tx) => work(within(tx))),
  };
}
