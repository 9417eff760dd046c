import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Evidence as Commitment } from "../../agreement/index.ts";
import type { Table } from "../../api/index.ts";
import * as Audit from "../Audit.ts";
import type { Caller, Handlers, Parts } from "../Call.ts";
import * as Config from "../Config.ts";
import { dispatch } from "../Dispatch.ts";
import * as Events from "../Events.ts";
import { evidence as handlers } from "../handlers/evidence.ts";
import type { Store } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Database from "../testing/Database.ts";
import * as S3 from "../testing/S3.ts";
import * as Files from "./Files.ts";
import { routes } from "./Routes.ts";

const AGREEMENT = "00000000-0000-4000-8000-0000000000a1";
const ORG = {
  client: "00000000-0000-4000-8000-0000000000c1",
  provider: "00000000-0000-4000-8000-0000000000d1",
} as const;
const READER = "00000000-0000-4000-8000-0000000000e1";

const person = (user: string): Caller => ({
  kind: "user",
  user,
  name: user,
  language: "en",
  demo: false,
  operator: false,
});

let home: string;
let store: Store;
let s3: S3.S3;
let base: Parts;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "commenda-evidence-"));
  store = await Database.fresh();
  const { db } = store;
  await db
    .insert(schema.agreement)
    .values({ id: AGREEMENT, status: "draft", title: { en: "A", zh: "甲" }, version: 1 });
  for (const [name, id] of [...Object.entries(ORG), ["reader", READER]] as const) {
    await db.insert(schema.user).values({ id: name, name, email: `${name}@example.com` });
    await db.insert(schema.organisation).values({ id, name });
    await db.insert(schema.member).values({ organisation: id, user: name, role: "owner" });
    await db.insert(schema.seat).values({ agreement: AGREEMENT, organisation: id, role: name as "client" });
  }
  await db.insert(schema.user).values({ id: "stranger", name: "stranger", email: "stranger@example.com" });
  s3 = await S3.start();
  const events = await Events.open(store);
  base = { store, events, audit: Audit.open(), clock: { now: () => 1_800_000_000, advance() {} } } as unknown as Parts;
});
afterAll(async () => {
  await base.events.close();
  await store.close();
  await s3.close();
  rmSync(home, { recursive: true, force: true });
});

const call = <N extends Table.Name>(parts: Parts, name: N, user: string, input: unknown, key?: string) =>
  dispatch(parts, handlers as unknown as Handlers, {
    ...{ name, input, caller: person(user) },
    ...(key === undefined ? {} : { key }),
  }) as Promise<Table.Output<N>>;

describe.each(["a folder", "an S3-compatible store"])("evidence in %s", (where) => {
  let parts: Parts;
  let app: ReturnType<typeof routes>;
  beforeAll(async () => {
    const s3Config = {
      S3_ENDPOINT: s3.endpoint,
      S3_BUCKET: "evidence",
      S3_ACCESS_KEY_ID: "S3RVER",
      S3_SECRET_ACCESS_KEY: "S3RVER",
    };
    const config = Config.read(
      { COMMENDA_EVIDENCE_LIMIT: "20000000", ...(where === "a folder" ? {} : s3Config) },
      { home: join(home, "node") },
    );
    parts = { ...base, config, files: await Files.open(config) };
    app = routes(parts, async (headers) => person(headers.get("X-Test-User") ?? "nobody"));
    app.onError((error, context) =>
      context.json({ code: (error as { code?: string }).code ?? String(error) }, 418 as never),
    );
  });
  const request = (method: string, path: string, user: string, headers: Record<string, string> = {}, body?: Buffer) =>
    app.request(path, {
      method,
      headers: { "X-Test-User": user, "Tus-Resumable": "1.0.0", ...headers },
      ...(body ? { body: new Uint8Array(body) } : {}),
    });
  const patch = (path: string, user: string, offset: number, body: Buffer) =>
    request(
      "PATCH",
      path,
      user,
      { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) },
      body,
    );

  test("behavior: a small file in one call, with its salted hash and its type by its bytes", async () => {
    const bytes = Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), randomBytes(100)]);
    const made = await call(parts, "evidence.put", "provider", {
      ...{ agreement: AGREEMENT, name: "design.exe", content: bytes.toString("base64") },
    });
    const contentHash = `0x${createHash("sha256").update(bytes).digest("hex")}` as const;
    expect(made).toMatchObject({ complete: true, type: "image/jpeg", contentHash, size: bytes.length });
    expect(made.commitment).toBe(Commitment.commit(made.salt as `0x${string}`, contentHash));
    const back = await call(parts, "evidence.content", "client", { agreement: AGREEMENT, evidence: made.id });
    expect(Buffer.from(back.content, "base64")).toEqual(bytes);
  });

  test("behavior: an upload goes on where it was cut off, and is complete once", async () => {
    const bytes = randomBytes(300_000);
    const input = { agreement: AGREEMENT, name: '报告 "x"\r\n.html', size: bytes.length };
    const made = await call(parts, "evidence.create", "provider", input, `up-${where}`);
    expect((await patch(made.upload, "client", 0, bytes)).status).toBe(418);
    expect((await patch(made.upload, "provider", 0, bytes.subarray(0, 100_000))).status).toBe(204);
    const head = await request("HEAD", made.upload, "provider");
    expect(head.headers.get("Upload-Offset")).toBe("100000");
    expect((await patch(made.upload, "provider", 50_000, bytes.subarray(50_000))).status).toBe(409);
    const early = await request("GET", `/v1/downloads/${AGREEMENT}/${made.id}`, "client");
    expect(early.status).toBe(418);
    expect((await patch(made.upload, "provider", 100_000, bytes.subarray(100_000))).status).toBe(204);
    const again = await call(parts, "evidence.create", "provider", input, `up-${where}`);
    expect(again.id).toBe(made.id);
    const shown = await call(parts, "evidence.show", "client", { agreement: AGREEMENT, evidence: made.id });
    expect(shown).toMatchObject({
      complete: true,
      contentHash: `0x${createHash("sha256").update(bytes).digest("hex")}`,
    });
    const answer = await request("GET", `/v1/downloads/${AGREEMENT}/${made.id}`, "client");
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
    expect(answer.headers.get("Content-Type")).toBe("application/octet-stream");
    expect(answer.headers.get("Content-Disposition")).toBe(
      "attachment; filename*=UTF-8''%E6%8A%A5%E5%91%8A%20%22x%22%0D%0A.html",
    );
    expect(answer.headers.get("Content-Security-Policy")).toContain("sandbox");
  });

  test("behavior: only its readers see it, and whoever brought it says who they are", async () => {
    const content = Buffer.from("for the client only").toString("base64");
    const input = { agreement: AGREEMENT, name: "note.txt", content, readers: [ORG.client] };
    const { id } = await call(parts, "evidence.put", "provider", input);
    const at = { agreement: AGREEMENT, evidence: id };
    expect((await call(parts, "evidence.show", "client", at)).type).toBe("text/plain");
    await expect(call(parts, "evidence.show", "reader", at)).rejects.toMatchObject({ code: "not-found" });
    await expect(call(parts, "evidence.show", "stranger", at)).rejects.toMatchObject({ code: "not-found" });
    const listed = await call(parts, "evidence.list", "reader", { agreement: AGREEMENT });
    expect(listed.items.map((one) => one.id)).not.toContain(id);
    await expect(call(parts, "evidence.share", "client", { ...at, readers: null })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(call(parts, "evidence.share", "provider", { ...at, readers: [AGREEMENT] })).rejects.toMatchObject({
      code: "bad-input",
    });
    await call(parts, "evidence.share", "provider", { ...at, readers: null });
    expect((await call(parts, "evidence.show", "reader", at)).id).toBe(id);
  });

  test("behavior: erased, bytes and salt and name are gone and the commitment stays", async () => {
    const content = Buffer.from("a name and a number").toString("base64");
    const { id, commitment } = await call(parts, "evidence.put", "provider", {
      agreement: AGREEMENT,
      name: "p.txt",
      content,
    });
    const [row] = await store.db.select().from(schema.evidence).where(eq(schema.evidence.id, id));
    const at = { agreement: AGREEMENT, evidence: id };
    await expect(call(parts, "evidence.erase", "client", at)).rejects.toMatchObject({ code: "forbidden" });
    const erased = await call(parts, "evidence.erase", "provider", at);
    expect(erased).toMatchObject({ erased: true, name: "", commitment });
    expect(erased.salt).toBeUndefined();
    await expect(parts.files.received(String(row?.object))).rejects.toBeDefined();
    expect([...s3.objects.keys()].filter((name) => name.startsWith(String(row?.object)))).toEqual([]);
    await expect(call(parts, "evidence.content", "client", at)).rejects.toMatchObject({ code: "gone" });
    expect((await call(parts, "evidence.erase", "provider", at)).erased).toBe(true);
  });

  test("error: a file over the limit, a size of none, an upload that is not ours", async () => {
    const input = { agreement: AGREEMENT, name: "x", size: 20_000_001 };
    await expect(call(parts, "evidence.create", "provider", input)).rejects.toMatchObject({ code: "body-too-large" });
    await expect(call(parts, "evidence.create", "provider", { ...input, size: 0 })).rejects.toMatchObject({
      code: "bad-input",
    });
    for (const object of ["nothing", AGREEMENT])
      expect((await request("HEAD", `/v1/uploads/${object}`, "provider")).status).toBe(418);
    expect((await request("HEAD", "/v1/uploads/..%2f..%2fetc%2fpasswd", "provider")).status).not.toBe(200);
  });
});
