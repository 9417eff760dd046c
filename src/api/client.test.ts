import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import * as client from "./client.ts";

type Seen = { method: string; url: string; headers: IncomingMessage["headers"]; body: string };
let seen: Seen[] = [];
let answers: ((response: ServerResponse) => void)[] = [];
let url = "";

// The other side of the line, so that what goes over it is seen; the node itself is tested with this client elsewhere.
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
  const answer = answers.shift() ?? json({ done: true });
  answer(response);
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  seen = [];
  answers = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
const busy = json({ code: "store-down", next: "retry" }, 503, { "retry-after": "0" });
const ID = "0197b2c4-7d1e-7c3a-9f04-2b6f1f0c7a11";

describe("a call", () => {
  test("puts the fields where the route says", async () => {
    const { call } = client.create({ url: `${url}/`, apiKey: "secret", language: "zh" });
    await call(
      "POST /v1/agreements/{agreement}/versions",
      { agreement: ID, base: 3, document: { a: 1 } },
      { key: "k1" },
    );
    await call("GET /v1/agreements", { status: "draft", limit: 5 });
    await call(
      "DELETE /v1/organisations/{organisation}/keys/{key}",
      { organisation: ID, key: "a/b" },
      { ifMatch: '"t"' },
    );
    expect(seen.map(({ method, url, body }) => [method, url, body])).toEqual([
      ["POST", `/v1/agreements/${ID}/versions`, '{"base":3,"document":{"a":1}}'],
      ["GET", "/v1/agreements?status=draft&limit=5", ""],
      ["DELETE", `/v1/organisations/${ID}/keys/a%2Fb`, ""],
    ]);
    expect(seen[0]?.headers).toMatchObject({
      ...{ authorization: "Bearer secret", "accept-language": "zh", "idempotency-key": "k1" },
      "content-type": "application/json",
    });
    expect(seen[2]?.headers).toMatchObject({ "if-match": '"t"' });
  });

  test("has the types of the table", () => {
    const { call } = client.create({ url });
    expectTypeOf(call<"GET /v1/me">).returns.resolves.toHaveProperty("organisations");
    expectTypeOf<client.Input<"POST /v1/agreements/{agreement}/versions">>().toMatchObjectType<{ base: number }>();
    // @ts-expect-error: there is no such operation
    const wrong = () => call("GET /v1/nothing");
    // @ts-expect-error: the agreement is missing
    const missing = () => call("GET /v1/agreements/{agreement}", {});
    expect([typeof wrong, typeof missing]).toEqual(["function", "function"]);
  });

  test("is sent again with the same key while the node is busy, and given up at last", async () => {
    answers = [busy, busy];
    const { call } = client.create({ url });
    await call("POST /v1/organisations", { name: "x" });
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(seen[0]?.headers["idempotency-key"]).toMatch(/^[0-9a-f-]{36}$/);
    answers = [busy, busy];
    const given = client.create({ url, attempts: 2 }).call("GET /v1/node");
    await expect(given).rejects.toMatchObject({ code: "store-down", status: 503, next: "retry" });
  });

  test("that is refused throws the problem, once", async () => {
    const problem = {
      title: "No",
      detail: "name: found nothing.",
      code: "bad-input",
      next: "fix",
      errors: [{ field: "name" }],
    };
    answers = [json(problem, 422)];
    const error = await client
      .create({ url })
      .call("POST /v1/organisations", { name: "" })
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(client.ProblemError);
    expect(error).toMatchObject({ message: "name: found nothing.", status: 422, next: "fix", problem });
    expect(seen).toHaveLength(1);
    answers = [(response) => response.writeHead(502).end("<html>")];
    await expect(client.create({ url }).call("GET /v1/me")).rejects.toMatchObject({
      status: 502,
      code: "",
      next: "stop",
    });
  });
});

describe("events", () => {
  const stream = (text: string) => (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(text);
  };
  const event = (id: string, data: object) => `id: ${id}\nevent: fact\ndata: ${JSON.stringify(data)}\n\n`;

  test("go on after the last id when the line breaks", async () => {
    answers = [
      stream(`retry: 1\nid: 3\n\n: alive\n\n${event("4", { id: "4" })}id: 5\ndata: {"id"`),
      busy,
      stream(`${event("5", { id: "5" }).replaceAll("\n", "\r\n")}`),
    ];
    const stop = new AbortController();
    const ids: string[] = [];
    for await (const { id } of client.create({ url }).events({ agreement: ID, after: "2", signal: stop.signal })) {
      ids.push(id);
      if (id === "5") stop.abort();
    }
    expect(ids).toEqual(["4", "5"]);
    expect(seen.map(({ headers }) => headers["last-event-id"])).toEqual(["2", "4", "4"]);
    expect(seen[0]?.url).toBe(`/v1/events/stream?agreement=${ID}`);
  });

  test("are refused with the problem", async () => {
    answers = [json({ code: "not-signed-in", next: "fix" }, 401)];
    await expect(client.create({ url }).events().next()).rejects.toMatchObject({ code: "not-signed-in" });
  });
});
