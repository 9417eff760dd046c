/**
 * The typed client: every operation by its route, with the input and the answer that the table says. It brings types
 * only, and runs wherever there is `fetch`.
 */
import type * as z from "zod";
import type { InputError } from "../agreement/index.ts";
import type { Name, Table } from "./Table.ts";

type ByRoute = { readonly [N in Name as Table[N]["route"]]: Table[N] };
export type Route = keyof ByRoute;
/** What is sent: defaults may be left out. */
export type Input<R extends Route> = z.input<ByRoute[R]["input"]>;
export type Output<R extends Route> = z.output<ByRoute[R]["output"]>;
export type Event = Output<"GET /v1/events">["items"][number];

export type Options = {
  /** Origin of the node, like `http://localhost:8420`; of the page itself when absent. */
  url?: string;
  /** API key of an organisation. */
  apiKey?: string;
  /** Session, where no browser keeps it; `name=value` pairs. */
  cookie?: string;
  /** Of messages. */
  language?: InputError.Language;
  fetch?: typeof globalThis.fetch;
  /** Attempts at a call that the node was too busy for, the first included. */
  attempts?: number;
};

export type CallOptions = {
  /** `Idempotency-Key`; one is made where it matters. Keep your own to ask again after a crash. */
  key?: string;
  signal?: AbortSignal;
  /** ETag of the state that the call is about. */
  ifMatch?: string;
};

/** What a node answers that does not do what it was asked: RFC 9457 problem details. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  /** What to do next: correct the input, ask again later, or give up. */
  readonly next: InputError.Next;
  readonly title: string;
  /** All members, such as `errors` with the fields. */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(problem: Readonly<Record<string, unknown>>, status: number) {
    super(typeof problem.detail === "string" ? problem.detail : `The node answered ${status}`);
    this.name = "ProblemError";
    this.status = status;
    this.code = typeof problem.code === "string" ? problem.code : "";
    this.next = problem.next === "fix" || problem.next === "retry" ? problem.next : "stop";
    this.title = typeof problem.title === "string" ? problem.title : "";
    this.problem = problem;
  }
}

type Rest<R extends Route> =
  Record<never, never> extends Input<R>
    ? [input?: Input<R>, options?: CallOptions]
    : [input: Input<R>, options?: CallOptions];

export type Client = {
  /** Throws `ProblemError`; what `fetch` throws where the node cannot be reached. */
  call<R extends Route>(route: R, ...rest: Rest<R>): Promise<Output<R>>;
  /** The same for a route that is only known at run time. */
  send(route: string, input: Readonly<Record<string, unknown>>, options?: CallOptions): Promise<unknown>;
  /** Events as they happen, for ever; goes on by itself after a lost connection. Throws `ProblemError` where refused. */
  events(options?: { agreement?: string; after?: string; signal?: AbortSignal }): AsyncGenerator<Event, void, void>;
};

/** Milliseconds that a node may ask to wait before the next attempt. */
const LONGEST_WAIT = 30_000;
/** Milliseconds until an event stream is opened again; it grows by the half up to half a minute. */
const RECONNECT = 500;

export function create(options: Options = {}): Client {
  const { url = "", attempts = 4, fetch = globalThis.fetch } = options;
  const base = url.replace(/\/+$/, "");
  const own: Record<string, string> = {
    ...(options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` }),
    // What a browser would say of a page of the node's own.
    ...(options.cookie === undefined ? {} : { cookie: options.cookie, origin: base }),
    ...(options.language === undefined ? {} : { "accept-language": options.language }),
  };

  async function send(
    route: string,
    input: Readonly<Record<string, unknown>>,
    { key, signal, ifMatch }: CallOptions = {},
  ): Promise<unknown> {
    const [method = "", template = ""] = route.split(" ");
    const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = rest.get(name);
      rest.delete(name);
      return encodeURIComponent(String(value));
    });
    const isBody = method !== "GET" && method !== "DELETE";
    const search = new URLSearchParams();
    if (!isBody) for (const [name, value] of rest) search.set(name, String(value));
    const query = search.toString();
    const asked = method === "POST" ? (key ?? crypto.randomUUID()) : key;
    const headers = {
      ...own,
      accept: "application/json",
      ...(isBody ? { "content-type": "application/json" } : {}),
      ...(asked === undefined ? {} : { "idempotency-key": asked }),
      ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
    };
    const body = isBody ? JSON.stringify(Object.fromEntries(rest)) : undefined;
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(`${base}${path}${query === "" ? "" : `?${query}`}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        ...(signal ? { signal } : {}),
      });
      if (response.ok) return await response.json();
      const wait = waitOf(response);
      // All that is sent may be sent again: it changes nothing, leaves the same, or carries a key.
      if (wait === undefined || attempt >= attempts) throw await problemOf(response);
      await response.body?.cancel();
      await pause(wait, signal);
    }
  }

  async function* events({
    agreement,
    after,
    signal,
  }: {
    agreement?: string;
    after?: string;
    signal?: AbortSignal;
  } = {}): AsyncGenerator<Event, void, void> {
    let last = after;
    let wait = RECONNECT;
    const query = agreement === undefined ? "" : `?agreement=${encodeURIComponent(agreement)}`;
    while (!signal?.aborted) {
      try {
        const response = await fetch(`${base}/v1/events/stream${query}`, {
          headers: { ...own, accept: "text/event-stream", ...(last === undefined ? {} : { "last-event-id": last }) },
          ...(signal ? { signal } : {}),
        });
        if (!response.ok || !response.body) {
          if (waitOf(response) === undefined) throw await problemOf(response);
          await response.body?.cancel();
        } else {
          for await (const { id, data } of messages(response.body)) {
            wait = RECONNECT;
            last = id ?? last;
            if (data !== undefined) yield JSON.parse(data) as Event;
          }
        }
      } catch (error) {
        if (signal?.aborted) return;
        if (error instanceof ProblemError) throw error;
      }
      await pause(wait, signal).catch(() => {});
      wait = Math.min(wait * 1.5, LONGEST_WAIT);
    }
  }

  return { call: (route, ...[input, rest]) => send(route, input ?? {}, rest) as never, send, events };
}

/** Milliseconds after which the same may be asked again; nothing where that is no use. */
function waitOf(response: Response): number | undefined {
  if (response.status !== 503 && response.status !== 429) return undefined;
  const header = response.headers.get("retry-after");
  const seconds = header === null ? Number.NaN : Number(header);
  const wait = seconds * 1000;
  return Number.isNaN(wait) || wait > LONGEST_WAIT ? undefined : wait;
}

async function problemOf(response: Response): Promise<ProblemError> {
  const problem: unknown = await response.json().catch(() => ({}));
  const isObject = typeof problem === "object" && problem !== null;
  return new ProblemError(isObject ? (problem as Record<string, unknown>) : {}, response.status);
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/** The messages of a `text/event-stream`, as the HTML standard reads them. */
async function* messages(body: ReadableStream<Uint8Array>): AsyncGenerator<{ id?: string; data?: string }> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const parts = text.split(/\r?\n\r?\n/);
      text = parts.pop() ?? "";
      for (const part of parts) {
        const lines = part.split(/\r?\n/);
        const of = (name: string) =>
          lines
            .filter((line) => line.startsWith(`${name}:`))
            .map((line) => line.slice(name.length + 1).replace(/^ /, ""));
        const [id, data] = [of("id").at(-1), of("data")];
        yield { ...(id === undefined ? {} : { id }), ...(data.length === 0 ? {} : { data: data.join("\n") }) };
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
