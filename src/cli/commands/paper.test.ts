import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as Bench from "../testing/Bench.ts";
import { paper } from "./paper.ts";

const AGREEMENT = "3f0c1d6e-0000-4000-8000-000000000001";
const folder = mkdtempSync(join(tmpdir(), "commenda-paper-"));
/** A node of canned answers. */
let server: Server;
let asked: string[] = [];
let payments: object[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const { method, url = "" } = request;
    asked.push(`${method} ${url.replace(AGREEMENT, "ID")}`);
    const file = { name: "a.html", type: "text/html", content: `<p>${url.split("papers")[1]}</p>` };
    const answer = method === "POST" ? { id: "made" } : url.endsWith("/papers") ? { payments } : file;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  asked = [];
  payments = [];
});

const run = (...args: string[]) => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Bench.run([paper], ["paper", ...args], { env: { COMMENDA_URL: url } });
};

test("behavior: a statement goes to stdout, a certificate into a file", async () => {
  expect(await run("statement", AGREEMENT, "--format", "csv")).toMatchObject({
    code: 0,
    out: "<p>/statement?format=csv</p>\n",
  });
  const out = join(folder, "title.html");
  expect((await run("title", AGREEMENT, "--milestone", "design", "--out", out)).code).toBe(0);
  expect(readFileSync(out, "utf8")).toBe("<p>/titles/design?format=html</p>");
});

test("behavior: the last payment's invoice is made where there is none, and taken where there is one", async () => {
  payments = [{ payment: "0x01:0", invoice: { id: "first" } }, { payment: "0x02:0" }];
  await run("invoice", AGREEMENT, "--format", "xml");
  expect(asked).toEqual([
    "GET /v1/agreements/ID/papers",
    "POST /v1/agreements/ID/papers/invoices",
    "GET /v1/agreements/ID/papers/invoices/made?format=xml",
  ]);
  asked = [];
  await run("invoice", AGREEMENT, "--payment", "0x01:0");
  expect(asked.at(-1)).toBe("GET /v1/agreements/ID/papers/invoices/first?format=html");
});

test("error: no such paper or format, no milestone, nothing paid, another payment", async () => {
  const refused = async (...args: string[]) => (await run(...args)).err;
  expect(await refused("deed", AGREEMENT)).toContain('There is no paper "deed": title, statement, invoice.');
  expect(await refused("title", AGREEMENT, "--format", "xml")).toContain(
    '--format: found "xml", expected one of html, json.',
  );
  expect(await refused("title", AGREEMENT)).toContain("--milestone is missing");
  expect(await refused("invoice", AGREEMENT)).toContain("Nothing is paid yet");
  payments = [{ payment: "0x01:0" }];
  expect(await refused("invoice", AGREEMENT, "--payment", "0x02:0")).toContain('--payment: found "0x02:0"');
});
