/** A node's door for tests: the real server, dispatcher and store; who calls is told by a name, and handlers are few. */
import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { InputError } from "../../../agreement/index.ts";
import { Problem } from "../../../api/index.ts";
import * as Audit from "../../Audit.ts";
import type { Caller, Handlers, Parts, User } from "../../Call.ts";
import * as Config from "../../Config.ts";
import * as Events from "../../Events.ts";
import { events } from "../../handlers/events.ts";
import { silent } from "../../Log.ts";
import * as Metrics from "../../Metrics.ts";
import type { Db } from "../../store/Store.ts";
import * as schema from "../../store/schema.ts";
import * as Database from "../../testing/Database.ts";
import * as Listen from "../Listen.ts";
import * as McpHost from "../McpHost.ts";
import * as Server from "../Server.ts";
import * as Stream from "../Stream.ts";

const { both } = InputError;

export type House = {
  readonly url: string;
  readonly parts: Parts;
  readonly stream: Stream.Stream;
  readonly state: { stopping: boolean; reasons: InputError.Words[] };
  /** A person with an organisation, whose key is `Bearer NAME`. */
  person(name: string): Promise<{ user: string; organisation: string }>;
  /** An agreement in which the organisations have seats. */
  agreement(...organisations: readonly string[]): Promise<string>;
  close(): Promise<void>;
};

export const NOW = 1_800_000_000;

export async function open(
  options: { limits?: Server.Limits; handlers?: Partial<Handlers>; env?: Config.Environment } = {},
): Promise<House> {
  const store = await Database.fresh();
  const told = await Events.open(store);
  const people = new Map<string, User>();
  const callerOf = async (headers: Headers): Promise<Caller> => {
    const [, key] = /^Bearer (.+)$/.exec(headers.get("authorization") ?? "") ?? [];
    const [, session] = /session=(\w+)/.exec(headers.get("cookie") ?? "") ?? [];
    const name = key ?? session;
    if (name === undefined) return { kind: "nobody" };
    const found = people.get(name);
    if (!found) throw new Problem.Problem("session-expired", both("Sign in again.", "请重新登录。"));
    return found;
  };
  const identity = {
    callerOf,
    handle: async (request: Request) => new Response(await request.text()),
  } as Partial<Parts["identity"]> as Parts["identity"];
  const parts = {
    config: Config.read({ COMMENDA_LOG: "silent", ...options.env }, { home: "/nowhere" }),
    clock: { now: () => NOW, advance() {} },
    ...{ store, events: told, audit: Audit.open(), identity },
  } as Partial<Parts> as Parts;
  const handlers = { ...events, ...FEW, ...options.handlers } as Partial<Handlers> as Handlers;
  const state = { stopping: false, reasons: [] as InputError.Words[] };
  const stream = await Stream.open(parts);
  const mcp = McpHost.open({ parts, handlers, log: silent });
  const metrics = Metrics.open({
    listeners: stream.listeners,
    lag: () => 0,
    waiting: async () => ({ send: 0 }),
    storeIsUp: store.isUp,
    ledgerIsUp: async () => true,
  });
  let app: ReturnType<typeof Server.create> | undefined;
  const door = await Listen.open({ host: "127.0.0.1", port: 0 }, (request, bindings) =>
    app ? app.fetch(request, bindings) : new Response(null, { status: 503 }),
  );
  const url = `http://localhost:${door.port}`;
  app = Server.create({
    ...{ parts, handlers, stream, metrics, log: silent, mcp: mcp.handle, evidence: new Hono() },
    site: { host: "127.0.0.1", port: door.port, origin: parts.config.publicUrl ?? url },
    ...(options.limits ? { limits: options.limits } : {}),
    ready: async () => state.reasons,
    isStopping: () => state.stopping,
  });
  return {
    ...{ url, parts, stream, state },
    async person(name) {
      const organisation = randomUUID();
      await store.db.insert(schema.user).values({ id: name, name, email: `${name}@example.com` });
      await store.db.insert(schema.organisation).values({ id: organisation, name });
      await store.db.insert(schema.member).values({ organisation, user: name, role: "owner" });
      people.set(name, { kind: "user", user: name, name, language: "en", demo: false, operator: false });
      return { user: name, organisation };
    },
    async agreement(...organisations) {
      const id = randomUUID();
      await store.db.insert(schema.agreement).values({ id, status: "draft", title: both("A", "甲"), version: 1 });
      for (const organisation of organisations)
        await store.db.insert(schema.seat).values({ agreement: id, organisation, role: "client" });
      return id;
    },
    async close() {
      await stream.close();
      await mcp.close();
      await door.close(0);
      await told.close();
      await store.close();
    },
  };
}

/** Just enough of the table to speak with. */
const FEW: Partial<Handlers> = {
  "me.show": async ({ caller }) => ({
    ...{ user: caller.kind === "user" ? caller.user : "", name: "A", language: "en", demo: false },
    ...{ mail: true, operator: false, organisations: [] },
  }),
  "organisation.show": async ({ db }, { organisation }) => shown(db, organisation),
  "organisation.update": async ({ db }, { organisation, name }) => {
    if (name !== undefined) await db.update(schema.organisation).set({ name });
    return shown(db, organisation);
  },
  "organisation.create": async (_, { name }) => ({ ...ONE, id: randomUUID(), name }),
  "agreement.show": async () => {
    throw new Error("a secret of the inside");
  },
  "terms.check": async () => ({ problems: [] }),
};

const ONE = { name: "", personal: false, role: "owner", rule: { enforcedBy: "nobody" } } as const;

async function shown(db: Db, id: string) {
  const rows = await db.select().from(schema.organisation);
  return { ...ONE, id, name: rows.find((row) => row.id === id)?.name ?? "" };
}
