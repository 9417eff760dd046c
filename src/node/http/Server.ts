/** HTTP: every row of the table as a route, and around them the doors of the node. */
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { InputError } from "../../agreement/index.ts";
import { Forms, Operation, Problem, Table } from "../../api/index.ts";
import * as Access from "../Access.ts";
import type { Caller, Handlers, Parts } from "../Call.ts";
import { dispatch } from "../Dispatch.ts";
import { personasIn } from "../handlers/node.ts";
import * as Personas from "../identity/Personas.ts";
import type { Log } from "../Log.ts";
import type { Metrics } from "../Metrics.ts";
import * as Bucket from "./Bucket.ts";
import * as Condition from "./Condition.ts";
import * as Guard from "./Guard.ts";
import * as Input from "./Input.ts";
import * as Json from "./Json.ts";
import type { McpHost } from "./McpHost.ts";
import * as Pages from "./Pages.ts";
import * as Reply from "./Reply.ts";
import type { Stream } from "./Stream.ts";

const { both } = InputError;

export type Limits = {
  /** Requests of one address, whoever they are. */
  readonly address: Bucket.Rate;
  /** Requests of one person or key. */
  readonly caller: Bucket.Rate;
  /** Attempts to sign in, of one address. */
  readonly signIn: Bucket.Rate;
  /** Costly operations of one person, key, or address of nobody. */
  readonly costly: Bucket.Rate;
};
/** Room for a page that asks for much at once and for busy agents; far below what one core answers (4,000 a second). */
export const LIMITS: Limits = {
  address: { perSecond: 1_000, burst: 2_000 },
  caller: { perSecond: 500, burst: 1_000 },
  signIn: { perSecond: 2, burst: 60 },
  costly: { perSecond: 0.2, burst: 10 },
};

/** Milliseconds for an answer; an act on a slow chain takes a minute. */
const PATIENCE = 120_000;
/** Bytes of a request to sign in. */
const SIGN_IN_LIMIT = 64_000;

export type Options = {
  readonly parts: Parts;
  readonly handlers: Handlers;
  readonly site: Guard.Site;
  readonly stream: Stream;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly limits?: Limits;
  /** What is wrong, if anything, that keeps the node from answering well. */
  readonly ready: () => Promise<readonly InputError.Words[]>;
  /** True once the node ends. */
  readonly isStopping: () => boolean;
  /** Uploads and downloads of evidence. */
  readonly evidence: Hono;
  /** MCP at `/mcp`. */
  readonly mcp: McpHost["handle"];
};

type Env = {
  Bindings: Partial<HttpBindings>;
  Variables: { id: string; language: InputError.Language; address: string; operation?: string; who?: string };
};

export function create(options: Options): Hono<Env> {
  const { parts, handlers, site, stream, log, metrics, limits = LIMITS } = options;
  const app = new Hono<Env>();
  const buckets = {
    address: Bucket.open(limits.address),
    caller: Bucket.open(limits.caller),
    signIn: Bucket.open(limits.signIn),
    costly: Bucket.open(limits.costly),
  };
  const https = site.origin.startsWith("https:");

  app.use("*", async (context, next) => {
    const started = performance.now();
    const { headers, method } = context.req.raw;
    const id = Guard.requestId(headers.get("x-request-id"));
    const address = Guard.addressOf(context.env.incoming, headers.get("x-forwarded-for") ?? undefined, site);
    context.set("id", id);
    context.set("language", Reply.languageOf(headers.get("accept-language")));
    context.set("address", address);
    try {
      if (options.isStopping()) throw stopping();
      Guard.checkHost(headers.get("host") ?? undefined, site);
      Guard.checkOrigin(context.req.raw, site);
      wait(buckets.address.take(address));
      await next();
    } catch (error) {
      context.res = await complain(error, context);
    }
    context.header("x-request-id", id);
    Reply.secure(context.res.headers, { https });
    const ms = performance.now() - started;
    const { status } = context.res;
    const operation = context.get("operation") ?? "other";
    metrics.request(operation, status, ms / 1000);
    log.info({ id, operation, method, who: context.get("who"), status, ms: Math.round(ms * 10) / 10 }, "request");
  });
  app.onError((error, context) => complain(error, context));

  async function complain(error: unknown, context: Context<Env>): Promise<Response> {
    const { id: request, language } = context.var;
    const { details, fault } = await Reply.problemOf(error, language, { request, store: parts.store });
    if (fault) log.error({ id: request, operation: context.get("operation"), error }, "fault");
    const headers = new Headers({ "content-type": "application/problem+json", "content-language": language });
    headers.set("vary", "accept-language");
    if (details.status === 401) headers.set("www-authenticate", "Bearer");
    if (details.next === "retry" && details.status >= 429) headers.set("retry-after", String(details.after ?? 1));
    if (typeof details.allow === "string") headers.set("allow", details.allow);
    // What is left of a refused body is not read: the line is of no more use.
    if (details.status === 413) headers.set("connection", "close");
    return new Response(JSON.stringify(details), { status: details.status, headers });
  }

  /** Of everything that tells one caller from another. */
  async function identify(context: Context<Env>, needed: boolean): Promise<Caller> {
    const caller = await parts.identity.callerOf(context.req.raw.headers).catch((error: unknown) => {
      // A session that ended does not keep anyone from what everybody may see.
      if (!needed && error instanceof Problem.Problem) return { kind: "nobody" } as const;
      throw error;
    });
    const who = caller.kind === "nobody" ? undefined : caller.key ? `key:${caller.key.id}` : caller.user;
    if (who !== undefined) context.set("who", who);
    wait(buckets.caller.take(who ?? `nobody at ${context.var.address}`));
    return caller;
  }

  async function answer(context: Context<Env>, name: Table.Name): Promise<Response> {
    context.set("operation", name);
    const row = Table.rowOf(name);
    const { raw } = context.req;
    checkAccept(raw.headers.get("accept"));
    const caller = await identify(context, row.who.may !== "anyone");
    // Before the body is read: who may not call it sends nothing to us.
    Access.admit(caller, row);
    if (row.costly) wait(buckets.costly.take(context.get("who") ?? `nobody at ${context.var.address}`));
    const key = Input.keyOf(raw.headers);
    const input = await Input.of(raw, row, context.req.param());
    const tags = row.repeat === "safe" ? null : raw.headers.get("if-match");
    const chosen = tags === null ? handlers : Condition.on(handlers, name, tags);
    const request = { name, input, caller, ...(key === undefined ? {} : { key }) };
    const text = JSON.stringify(await within(dispatch(parts, chosen, request)));
    const headers = new Headers({ "content-type": "application/json" });
    if (raw.method !== "GET" && raw.method !== "HEAD") return new Response(text, { headers });
    const tag = Reply.tagOf(text);
    headers.set("etag", tag);
    headers.set("cache-control", "private, no-cache");
    headers.set("vary", "authorization, cookie");
    if (Reply.names(raw.headers.get("if-none-match") ?? "", tag)) return new Response(null, { status: 304, headers });
    return new Response(text, { headers });
  }

  // Before the rows: its address looks like one of theirs.
  app.get("/v1/events/stream", async (context) => {
    context.set("operation", "event.stream");
    const { raw } = context.req;
    const caller = await identify(context, true);
    const row = Table.rowOf("event.list");
    Access.admit(caller, row);
    if (caller.kind === "nobody") throw Problem.notFound(both("stream", "事件流"));
    const agreement = context.req.query("agreement");
    if (agreement !== undefined && !Forms.id.safeParse(agreement).success) throw notAnId(agreement);
    const last = raw.headers.get("last-event-id");
    const headers = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };
    if (raw.method === "HEAD") return new Response(null, { headers });
    const body = stream.listen({
      ...{ caller, agreement, after: last !== null && /^\d{1,15}$/.test(last) ? Number(last) : undefined },
      stillMay: async () => (await parts.identity.callerOf(raw.headers)).kind === "user",
    });
    return new Response(body, { headers });
  });

  for (const name of Table.NAMES) {
    const { route } = Table.rowOf(name);
    const path = Operation.pathOf(route).replace(/\{(\w+)\}/g, ":$1");
    app.on(Operation.methodOf(route), path, (context) => answer(context, name));
  }

  app.all("/v1/auth/*", async (context) => {
    context.set("operation", "auth");
    const { raw } = context.req;
    const { address } = context.var;
    const isRead = raw.method === "GET";
    // A challenge is a row in the store: asking for one is an attempt too.
    if (!isRead || raw.url.includes("/generate-")) wait(buckets.signIn.take(address));
    for (const part of new URL(raw.url).searchParams.values()) Json.checkText(part);
    if (isRead) return parts.identity.handle(raw, address);
    const body = await Json.read(raw, SIGN_IN_LIMIT);
    // The library takes any JSON, and the store not all of it.
    if (body !== "") Json.parse(body);
    const { method, headers } = raw;
    const request = new Request(raw.url, { method, headers, ...(body === "" ? {} : { body }) });
    return parts.identity.handle(request, address);
  });

  if (parts.config.demo) {
    app.post("/v1/demo/enter", async (context) => {
      context.set("operation", "demo.enter");
      const body = Json.parse(await Json.read(context.req.raw, 1_000));
      const persona = typeof body === "object" && body !== null && "persona" in body ? body.persona : undefined;
      const known = typeof persona === "string" ? await personasIn(parts.store.db) : [];
      const found = known.find((one) => one.persona === persona);
      if (!found) throw Problem.notFound(both("persona", "演示角色"));
      const headers = new Headers({ "content-type": "application/json" });
      for (const cookie of await parts.identity.enter(Personas.userOf(found.persona)))
        headers.append("set-cookie", cookie);
      return new Response(JSON.stringify({ done: true }), { headers });
    });
  }

  app.post("/mcp", async (context) => {
    context.set("operation", "mcp");
    const { raw } = context.req;
    const caller = await identify(context, true);
    Access.admit(caller, Table.rowOf("me.show"));
    const body = Json.parse(await Json.read(raw, MCP_LIMIT));
    return options.mcp(raw, { caller, id: context.var.id }, body);
  });

  Pages.mount(app, options);
  app.route("/", options.evidence);

  const routes = [...new Set(Table.NAMES.map((name) => Table.rowOf(name).route))].map((route) => ({
    method: Operation.methodOf(route),
    path: new RegExp(`^${Operation.pathOf(route).replace(/\{\w+\}/g, "[^/]+")}$`),
  }));
  app.notFound((context) => {
    const { path } = context.req;
    const allow = routes.filter((route) => route.path.test(path)).map(({ method }) => method);
    if (allow.length === 0) return complain(Problem.notFound(both("address", "地址")), context);
    const list = allow.join(", ");
    const words = both(`The address takes ${list}. Use one of them.`, `该地址支持 ${list}。请改用其中之一。`);
    return complain(new Problem.Problem("method-not-allowed", words, { allow: list }), context);
  });
  return app;
}

/** Bytes of a call by MCP: a Word contract fits. */
const MCP_LIMIT = 14_500_000;

function wait(seconds: number | undefined): void {
  if (seconds === undefined) return;
  const after = Math.max(1, Math.ceil(seconds));
  throw new Problem.Problem(
    "too-many",
    both(`Too many requests. Ask again in ${after} s.`, `请求过多。请在 ${after} 秒后重试。`),
    { after },
  );
}

const notAnId = (found: string) =>
  new Problem.Problem(
    "bad-input",
    both(
      `agreement: found ${InputError.show(found)}, expected the id of an agreement.`,
      `agreement：现为 ${InputError.show(found)}，应为协议标识。`,
    ),
    { field: "agreement" },
  );

function checkAccept(header: string | null): void {
  if (header === null || /\*\/\*|application\/(\*|json|problem\+json)/i.test(header)) return;
  throw new Problem.Problem(
    "not-acceptable",
    both(
      `Accept: found ${InputError.show(header)}, and answers are application/json. Accept that.`,
      `Accept：现为 ${InputError.show(header)}，而应答为 application/json。请接受该类型。`,
    ),
  );
}

const stopping = () =>
  new Problem.Problem(
    "stopping",
    both("The node is stopping. Ask again when it is back.", "节点正在停止。请待其恢复后重试。"),
  );

/** What is under way then goes on: the same request with the same key learns what came of it. */
async function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const seconds = PATIENCE / 1000;
      const words = both(
        `No answer within ${seconds} s. Ask again with the same Idempotency-Key.`,
        `${seconds} 秒内没有应答。请以相同的 Idempotency-Key 重试。`,
      );
      reject(new Problem.Problem("ledger-down", words));
    }, PATIENCE);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
