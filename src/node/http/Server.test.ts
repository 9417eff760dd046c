import { randomUUID } from "node:crypto";
import { request as ask } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as schema from "../store/schema.ts";
import * as House from "./testing/House.ts";

let house: House.House;
let anna: { user: string; organisation: string };
let boris: { user: string; organisation: string };
const MINE = { authorization: "Bearer anna" };

beforeAll(async () => {
  house = await House.open();
  [anna, boris] = [await house.person("anna"), await house.person("boris")];
});
afterAll(() => house.close());

type Problem = { code: string; status: number; detail: string; [member: string]: unknown };

const get = (path: string, headers: Record<string, string> = MINE) => fetch(`${house.url}${path}`, { headers });
const send = (method: string, path: string, body: unknown, headers: Record<string, string> = MINE) =>
  fetch(`${house.url}${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const problem = async (response: Response) => (await response.json()) as Problem;

/** What fetch would not send. */
function raw(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: object; text: string }> {
  const { port } = new URL(house.url);
  return new Promise((resolve, reject) => {
    const sent = ask({ host: "127.0.0.1", port, path, headers, agent: false }, (answer) => {
      let text = "";
      answer.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    sent.on("error", reject).end();
  });
}

describe("an operation over HTTP", () => {
  test("takes fields from path and body, answers JSON, and writes the audit log", async () => {
    const answer = await send("POST", "/v1/organisations", { name: "Northwind" });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ name: "Northwind", role: "owner" });
    const [row] = await house.parts.store.db.select().from(schema.audit);
    expect(row).toMatchObject({ did: "organisation.create", by: "anna" });
  });

  test("does what carries the same Idempotency-Key once, and refuses the key for another", async () => {
    const headers = { ...MINE, "idempotency-key": randomUUID() };
    const one = await (await send("POST", "/v1/organisations", { name: "Once" }, headers)).json();
    const again = await (await send("POST", "/v1/organisations", { name: "Once" }, headers)).json();
    expect(again).toEqual(one);
    const other = await send("POST", "/v1/organisations", { name: "Other" }, headers);
    expect([other.status, (await problem(other)).code]).toEqual([422, "key-reused"]);
  });

  test("has an ETag, by which a reader is told that nothing changed", async () => {
    const path = `/v1/organisations/${anna.organisation}`;
    const first = await get(path);
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toMatch(/^"[\w-]{27}"$/);
    expect((await get(path, { ...MINE, "if-none-match": `"x", W/${tag}` })).status).toBe(304);
    expect((await get(path, { ...MINE, "if-none-match": '"x"' })).status).toBe(200);
  });

  test("with If-Match changes only what the writer has seen", async () => {
    const path = `/v1/organisations/${anna.organisation}`;
    const tag = (await get(path)).headers.get("etag") ?? "";
    const change = (name: string) => send("PATCH", path, { name }, { ...MINE, "if-match": tag });
    expect((await change("First")).status).toBe(200);
    const late = await change("Second");
    expect([late.status, (await problem(late)).code]).toEqual([412, "changed-meanwhile"]);
    expect(await (await get(path)).json()).toMatchObject({ name: "First" });
    expect((await send("PATCH", path, { name: "Third" }, { ...MINE, "if-match": "*" })).status).toBe(200);
  });

  test("says what is wrong in the caller's language, and gives both", async () => {
    const answer = await send(
      "POST",
      "/v1/organisations",
      { name: "" },
      { ...MINE, "accept-language": "zh-CN,en;q=0.5" },
    );
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("content-language")).toBe("zh");
    const { title, titles, details, errors, request } = await problem(answer);
    expect(title).toBe("输入有误");
    expect(titles).toEqual({ en: "The input has problems", zh: "输入有误" });
    expect(details).toMatchObject({ en: expect.stringContaining("name") });
    expect(errors).toMatchObject([{ field: "name", pointer: "#/name", detail: expect.stringContaining("现为") }]);
    expect(request).toBe(answer.headers.get("x-request-id"));
  });

  test("of nobody is refused, and of another is not there", async () => {
    const nobody = await get("/v1/me", {});
    expect([nobody.status, nobody.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect((await get(`/v1/organisations/${boris.organisation}`)).status).toBe(404);
    expect((await get("/v1/me", { authorization: "Bearer stolen" })).status).toBe(401);
  });

  test("that fails by a fault of ours tells nothing of the inside", async () => {
    const agreement = await house.agreement(anna.organisation);
    const answer = await get(`/v1/agreements/${agreement}`);
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({ code: "fault", type: "/problems/fault" });
    expect(text).not.toMatch(/secret|stack|\.ts/);
  });

  test("is not asked for in a way or a type that it has not", async () => {
    const method = await send("PUT", "/v1/me", {});
    expect([method.status, method.headers.get("allow")]).toEqual([405, "GET, PATCH"]);
    expect((await get("/v1/me", { ...MINE, accept: "text/html" })).status).toBe(406);
    expect((await get("/v1/nothing")).status).toBe(404);
  });
});

describe("what the node says of itself", () => {
  test("health, readiness with reasons, metrics for this machine", async () => {
    expect(await (await get("/health", {})).json()).toMatchObject({ status: "up" });
    expect((await get("/ready", {})).status).toBe(200);
    house.state.reasons = [{ en: "The ledger does not answer.", zh: "账本没有应答。" }];
    const notReady = await get("/ready", {});
    house.state.reasons = [];
    expect([notReady.status, (await notReady.text()).includes("账本没有应答")]).toEqual([503, true]);
    const metrics = await (await get("/metrics", {})).text();
    expect(metrics).toMatch(/commenda_request_seconds_count\{operation="organisation.create",status="200"\} \d+/);
    expect(metrics).toContain("commenda_store_up 1");
  });

  test("the OpenAPI document and a page in both languages, with nothing that runs", async () => {
    expect(await (await get("/openapi.json", {})).json()).toMatchObject({
      openapi: "3.1.0",
      servers: [{ url: house.url }],
    });
    for (const [language, words] of [
      ["en", "Who may"],
      ["zh", "权限"],
    ] as const) {
      const page = await get("/docs", { "accept-language": language });
      const text = await page.text();
      expect(text).toContain(words);
      expect(text).not.toMatch(/<script|javascript:|src=/i);
      expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
    }
  });

  test("every answer has the headers that keep browsers safe", async () => {
    for (const path of ["/v1/me", "/nothing", "/health", "/v1/auth/get-session"]) {
      const { headers } = await get(path);
      expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("referrer-policy"), path).toBe("no-referrer");
      expect(headers.get("access-control-allow-origin"), path).toBeNull();
    }
  });

  test("a request's id is kept where it is harmless", async () => {
    expect((await get("/health", { "x-request-id": "abc-12345" })).headers.get("x-request-id")).toBe("abc-12345");
    expect((await get("/health", { "x-request-id": "a b" })).headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("while stopping it takes nothing new", async () => {
    house.state.stopping = true;
    const answer = await get("/v1/me");
    house.state.stopping = false;
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
    expect((await problem(answer)).code).toBe("stopping");
  });
});

describe("hostile input gets its answer", () => {
  const NAMED = { name: "x" };
  const cases: [what: string, call: () => Promise<Response>, status: number, code: string][] = [
    ["malformed JSON", () => send("POST", "/v1/organisations", '{"name": x}'), 400, "malformed-body"],
    ["an empty body that says it is JSON", () => send("POST", "/v1/organisations", ""), 400, "malformed-body"],
    ["bytes that are no UTF-8", () => latin1(), 400, "malformed-body"],
    [
      "a form",
      () =>
        send("POST", "/v1/organisations", "name=x", { ...MINE, "content-type": "application/x-www-form-urlencoded" }),
      415,
      "wrong-type",
    ],
    [
      "text that is JSON",
      () => send("POST", "/v1/organisations", "{}", { ...MINE, "content-type": "text/plain" }),
      415,
      "wrong-type",
    ],
    ["a list", () => send("POST", "/v1/organisations", []), 422, "bad-input"],
    ["nothing", () => send("POST", "/v1/organisations", "null"), 422, "bad-input"],
    [
      "70 levels",
      () => send("POST", "/v1/terms/check", `{"document":{"a":${"[".repeat(70)}${"]".repeat(70)}}}`),
      422,
      "bad-input",
    ],
    ["100,000 keys", () => send("POST", "/v1/terms/check", many(100_000)), 422, "bad-input"],
    [
      "__proto__",
      () => send("POST", "/v1/organisations", '{"name":"x","__proto__":{"role":"owner"}}'),
      422,
      "bad-input",
    ],
    [
      "__proto__, escaped, deep",
      () => send("POST", "/v1/terms/check", '{"document":{"a":{"\\u005f_proto__":1}}}'),
      422,
      "bad-input",
    ],
    ["constructor", () => send("POST", "/v1/terms/check", '{"document":{"constructor":{}}}'), 422, "bad-input"],
    ["a key twice", () => send("POST", "/v1/organisations", '{"name":"x","name":"y"}'), 422, "bad-input"],
    ["an unknown field", () => send("POST", "/v1/organisations", { ...NAMED, role: "owner" }), 422, "bad-input"],
    [
      "a field of the path in the body",
      () => send("PATCH", `/v1/organisations/${anna.organisation}`, { organisation: boris.organisation }),
      422,
      "bad-input",
    ],
    ["a query where a body belongs", () => send("POST", "/v1/organisations?name=x", NAMED), 422, "bad-input"],
    ["a query field twice", () => get("/v1/agreements?limit=1&limit=2"), 422, "bad-input"],
    ["__proto__ in the query", () => get("/v1/me?__proto__=x"), 422, "bad-input"],
    ["a path in an id", () => get("/v1/organisations/..%2f..%2fetc%2fpasswd"), 422, "bad-input"],
    ["SQL in an id", () => get(`/v1/organisations/${encodeURIComponent("' or 1=1 --")}`), 422, "bad-input"],
    ["a broken escape in the path", () => get("/v1/organisations/%zz"), 422, "bad-input"],
    ["a NUL", () => send("POST", "/v1/organisations", { name: "a\u0000b" }), 422, "bad-input"],
    ["half a character", () => send("POST", "/v1/organisations", '{"name":"\\ud800"}'), 422, "bad-input"],
    ["a NUL in the path", () => get("/v1/organisations/%00"), 422, "bad-input"],
    [
      "a long Idempotency-Key",
      () => send("POST", "/v1/organisations", NAMED, { ...MINE, "idempotency-key": "k".repeat(201) }),
      422,
      "bad-input",
    ],
    ["a session from a page elsewhere", () => withSession({ origin: "https://evil.example" }), 403, "forbidden"],
    ["a session from a page of no origin", () => withSession({ origin: "null" }), 403, "forbidden"],
    ["a session and no origin", () => withSession({}), 403, "forbidden"],
    ["a session from a neighbour's page", () => withSession({ "sec-fetch-site": "same-site" }), 403, "forbidden"],
    [
      "a foreign page that signs somebody in",
      () => send("POST", "/v1/auth/sign-in", NAMED, { origin: "https://evil.example" }),
      403,
      "forbidden",
    ],
    ["1 MB and a byte", () => send("POST", "/v1/terms/check", "x".repeat(1_000_001)), 413, "body-too-large"],
  ];
  test.each(cases)("%s", async (_, call, status, code) => {
    const answer = await call();
    const { detail, ...told } = await problem(answer);
    expect(told).toMatchObject({ status, code });
    expect(answer.status).toBe(status);
    expect(detail).not.toMatch(/ at .*\.(ts|js)/);
    expect(({} as Record<string, unknown>).role).toBeUndefined();
  });

  const withSession = (headers: Record<string, string>) =>
    send("POST", "/v1/organisations", NAMED, { cookie: "session=anna", ...headers });
  const latin1 = () =>
    fetch(`${house.url}/v1/organisations`, {
      method: "POST",
      headers: { ...MINE, "content-type": "application/json" },
      body: Buffer.from('{"name":"\xe9"}', "latin1"),
    });
  const many = (count: number) => `{"document":{${Array.from({ length: count }, (_, k) => `"${k}":1`).join(",")}}}`;

  test("malformed JSON is told with its place", async () => {
    const { line, column, detail } = await problem(await send("POST", "/v1/organisations", '{\n  "name": x}'));
    expect({ line, column }).toEqual({ line: 2, column: 11 });
    expect(detail).toContain("line 2, column 11");
  });

  test.each([
    ['{"a":1,}', 7],
    ["[1 2]", 3],
    ['{"a" 1}', 5],
    ['{"a":1}]', 7],
    ["[1,", 3],
    ["{1:2}", 1],
    ["[01]", 2],
    ['["a\\x"]', 1],
    ['{"a":[{}, {"b":]}', 15],
  ])("%s stops being JSON at %i", async (text, position) => {
    expect(await problem(await send("POST", "/v1/organisations", text))).toMatchObject({ position });
  });

  test("a session is good from the node's own pages", async () => {
    expect((await withSession({ origin: house.url })).status).toBe(200);
    expect((await withSession({ "sec-fetch-site": "same-origin" })).status).toBe(200);
    expect((await get("/v1/me", { cookie: "session=anna" })).status).toBe(200);
  });

  test("100 MB without a length are refused when the limit is passed, not when they are there", async () => {
    let sent = 0;
    const chunk = new Uint8Array(100_000).fill(0x20);
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunk.length;
        if (sent > 100_000_000) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const headers = { ...MINE, "content-type": "application/json" };
    const call = fetch(`${house.url}/v1/terms/check`, { method: "POST", headers, body, duplex: "half" } as RequestInit);
    const status = await call.then((answer) => answer.status).catch(() => 413);
    expect(status).toBe(413);
    expect(sent).toBeLessThan(20_000_000);
  });

  test("a host that is not ours, as DNS rebinding has it", async () => {
    const { port } = new URL(house.url);
    expect((await raw("/v1/node", { host: `evil.example:${port}` })).status).toBe(403);
    expect((await raw("/health", { host: `evil.example:${port}` })).status).toBe(403);
    expect((await raw("/health", { host: `127.0.0.1:${port}` })).status).toBe(200);
    expect((await raw("/metrics", { host: "localhost", "x-forwarded-for": "127.0.0.1" })).status).toBe(403);
  });

  test("headers that would split ours, or a path that would leave its place", async () => {
    const { port } = new URL(house.url);
    const answer = await raw("/v1/organisations/a%0d%0aset-cookie:%20x=y", { host: `localhost:${port}`, ...MINE });
    expect(answer.status).toBe(422);
    expect(answer.headers).not.toHaveProperty("set-cookie");
    const above = await raw("/v1/../../etc/passwd", { host: `localhost:${port}` });
    expect(above.status).toBe(404);
  });
});

describe("who asks too much", () => {
  test("is told when to come back, each for themselves", async () => {
    const many = { perSecond: 1, burst: 100 };
    const limits = {
      address: many,
      caller: { perSecond: 0.1, burst: 2 },
      signIn: { perSecond: 1, burst: 1 },
      costly: many,
    };
    const small = await House.open({ limits });
    try {
      await small.person("anna");
      await small.person("boris");
      const me = (name: string) => fetch(`${small.url}/v1/me`, { headers: { authorization: `Bearer ${name}` } });
      expect([(await me("anna")).status, (await me("anna")).status]).toEqual([200, 200]);
      const refused = await me("anna");
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, expect.stringMatching(/^(9|10)$/)]);
      expect((await problem(refused)).code).toBe("too-many");
      expect((await me("boris")).status).toBe(200);
      const signIn = () => fetch(`${small.url}/v1/auth/siwe/nonce`, { method: "POST", body: "{}" });
      expect([(await signIn()).status, (await signIn()).status]).toEqual([200, 429]);
    } finally {
      await small.close();
    }
  });
});
