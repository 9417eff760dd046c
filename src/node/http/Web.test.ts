import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Web from "./Web.ts";

const PAGE = "<!doctype html><title>Commenda</title>";
const SCRIPT = "export const one = 1;\n".repeat(100);
let folder: string;
let app: Hono;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commenda-web-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), PAGE);
  writeFileSync(join(folder, "assets", "index-abc.js"), SCRIPT);
  writeFileSync(join(folder, "assets", "face.woff2"), "woff");
  writeFileSync(join(folder, "notes.txt"), "not of a kind that is served");
  app = new Hono();
  const web = Web.open(folder);
  if (!web) throw new Error("there is a build");
  Web.mount(app, web);
  app.notFound((context) => context.text("nothing", 404));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const html = { accept: "text/html,*/*" };

describe("Web", () => {
  test("behavior: without a build there is no app", () => {
    expect(Web.open(join(folder, "assets"))).toBeUndefined();
  });

  test.each(["/", "/home", "/agreements/1/draft", "/i/AbC_-1"])("behavior: %s is the one page", async (path) => {
    const answer = await app.request(path, { headers: html });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(PAGE);
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    expect(answer.headers.get("content-security-policy")).toBe(Web.POLICY);
  });

  test.each(["/v1/nothing", "/mcp", "/health", "/assets/gone.js", "/notes.txt", "//evil.example", "/%2Fevil.example"])(
    "behavior: %s is not",
    async (path) => {
      expect((await app.request(`http://localhost${path}`, { headers: html })).status).toBe(404);
    },
  );

  test("behavior: who asks for no page gets none", async () => {
    expect((await app.request("/home", { headers: { accept: "application/json" } })).status).toBe(404);
  });

  test("behavior: what has a hash in its name is kept for ever, packed as the browser can, and not sent twice", async () => {
    const path = "/assets/index-abc.js";
    const plain = await app.request(path);
    expect(plain.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(plain.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(await plain.text()).toBe(SCRIPT);
    for (const [way, unpack] of [
      ["br", brotliDecompressSync],
      ["gzip", gunzipSync],
    ] as const) {
      const answer = await app.request(path, { headers: { "accept-encoding": way } });
      expect(answer.headers.get("content-encoding")).toBe(way);
      expect(unpack(Buffer.from(await answer.arrayBuffer())).toString()).toBe(SCRIPT);
    }
    const again = await app.request(path, { headers: { "if-none-match": plain.headers.get("etag") ?? "" } });
    expect(again.status).toBe(304);
  });

  test("behavior: a face is packed already", async () => {
    const answer = await app.request("/assets/face.woff2", { headers: { "accept-encoding": "br" } });
    expect(answer.headers.get("content-encoding")).toBeNull();
    expect(await answer.text()).toBe("woff");
  });
});
