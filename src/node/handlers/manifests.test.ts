import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Evidence, Manifest, Verdict } from "../../agreement/index.ts";
import { Table } from "../../api/index.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import * as Pack from "../../ledger/Pack.ts";
import * as Packing from "../../ledger/testing/Packing.ts";
import type { Place } from "../Call.ts";
import * as Reports from "../evidence/Reports.ts";
import * as Indexer from "../index/Indexer.ts";
import * as Standings from "../index/Standings.ts";
import * as schema from "../store/schema.ts";
import * as Drafting from "../testing/Drafting.ts";

const { codeOf } = Drafting;
const COMMIT = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
let deal: Packing.Deal;
let node: Drafting.Node;
let client: Drafting.Person;
let provider: Drafting.Person;
let agreement: string;

beforeAll(async () => {
  deal = await Packing.begin();
  const place: Place = { ledger: deal.ledger, escrow: deal.ledger.deployment.escrow.toLowerCase() as Hex };
  node = await Drafting.begin(place, Packing.at("2027-01-04T12:00Z"), { files: true });
  client = await node.person("Client", { account: Packing.CLIENT.address });
  provider = await node.person("Provider", { account: Packing.PROVIDER.address });
  const { organisation } = client;
  agreement = (await node.ask("agreement.create", { organisation, side: "client", document: deal.terms }, client)).id;
  const seat = { agreement, organisation: provider.organisation, role: "provider" as const };
  await node.parts.store.db.insert(schema.seat).values(seat);
});
afterAll(async () => {
  await node.close();
  await deal.close();
});

async function index(): Promise<void> {
  while (await Indexer.step(node.parts, { silent: true }));
  while ((await Standings.refresh(node.parts)) > 0);
}

const put = async (name: string, readers?: string[]) =>
  node.ask("evidence.put", { agreement, name, content: "aGVsbG8=", ...(readers ? { readers } : {}) }, provider);
const create = (more: object, who = provider) =>
  node.ask("manifest.create", { agreement, milestone: "design", ...more }, who);
const show = (manifest: string, who = client) => node.ask("manifest.show", { agreement, manifest }, who);

describe("reports of builds", () => {
  /** As the server has it, with the code of a refusal in place of its answer. */
  const app = () =>
    Reports.routes(node.parts).onError((error, context) =>
      context.json({ code: (error as { code?: unknown }).code, says: error.message }, 422),
    );
  const refusalOf = async (answer: Response | Promise<Response>) =>
    ((await (await answer).json()) as { code?: unknown }).code;
  const body = (changes: object = {}) =>
    JSON.stringify({
      action: "completed",
      workflow_run: { head_sha: COMMIT, name: "build\u202e=cmd|calc", conclusion: "success", html_url: "https://a/1" },
      repository: { full_name: "qinghe/shop" },
      ...changes,
    });
  const sign = (secret: string, text: string) => `sha256=${createHmac("sha256", secret).update(text).digest("hex")}`;
  const github = (url: string, text: string, headers: Record<string, string>) =>
    app().request(new URL(url).pathname, {
      method: "POST",
      body: text,
      headers: { "x-github-event": "workflow_run", ...headers },
    });
  const list = async () => (await node.ask("report.list", { agreement }, client)).items;

  test("behavior: a signed report is kept once, as it came, and its text stays text", async () => {
    const made = await node.ask("ci.create", { agreement, source: "github", name: "builds" }, provider);
    expect(made.secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(made.url).toBe(`https://node.example/v1/ci/${made.id}`);
    const text = body();
    const signed = { "x-hub-signature-256": sign(made.secret, text), "x-github-delivery": "d-1" };
    const first = await github(made.url, text, signed);
    expect([first.status, await first.json()]).toMatchObject([200, { kept: true }]);
    // The number is not signed: the same body under another one is no news, and neither is the same number.
    await github(made.url, text, { ...signed, "x-github-delivery": "d-2" });
    const other = body({ workflow_run: { head_sha: COMMIT, name: "build", conclusion: "failure" } });
    await github(made.url, other, { "x-hub-signature-256": sign(made.secret, other), "x-github-delivery": "d-1" });
    const items = await list();
    expect(Table.table["report.list"].output.safeParse({ items }).error).toBeUndefined();
    expect(items).toMatchObject([
      {
        kind: "workflow_run",
        repository: "qinghe/shop",
        commit: COMMIT,
        name: "build =cmd|calc",
        conclusion: "success",
      },
    ]);
    const { id = "", commitment = "" } = items[0] ?? {};
    const kept = await node.ask("evidence.content", { agreement, evidence: id }, client);
    expect(Buffer.from(kept.content, "base64").toString()).toBe(text);
    const { salt = "" } = await node.ask("evidence.show", { agreement, evidence: id }, client);
    expect(Evidence.commit(salt, Evidence.contentHash(text))).toBe(commitment);
  });

  test("behavior: the same at once is kept once", async () => {
    const made = await node.ask("ci.create", { agreement, source: "github", name: "race" }, provider);
    const before = (await list()).length;
    const text = body({ repository: { full_name: "qinghe/race" } });
    const signed = { "x-hub-signature-256": sign(made.secret, text), "x-github-delivery": "d-3" };
    const answers = await Promise.all(Array.from({ length: 8 }, () => github(made.url, text, signed)));
    const reports = await Promise.all(answers.map(async (one) => ((await one.json()) as { report: string }).report));
    expect(new Set(reports).size).toBe(1);
    expect((await list()).length).toBe(before + 1);
  });

  test("behavior: GitLab sends its token, and the end of a pipeline is kept", async () => {
    const made = await node.ask("ci.create", { agreement, source: "gitlab", name: "pipelines" }, provider);
    const send = (status: string, token = made.secret) =>
      app().request(new URL(made.url).pathname, {
        method: "POST",
        body: JSON.stringify({
          ...{ object_kind: "pipeline", project: { path_with_namespace: "qinghe/shop" } },
          object_attributes: { status, sha: COMMIT, ref: "main", url: "javascript:alert(1)" },
        }),
        headers: { "x-gitlab-token": token, "x-gitlab-event": "Pipeline Hook" },
      });
    expect(await (await send("running")).json()).toEqual({ kept: false });
    expect(await (await send("failed")).json()).toMatchObject({ kept: true });
    expect(await refusalOf(send("success", "guess"))).toBe("wrong-signature");
    const [{ url, conclusion } = { url: "", conclusion: "" }] = await list();
    expect([url, conclusion]).toEqual([undefined, "failed"]);
  });

  test("error: no secret, another's, one that was rotated, no such address: the same answer", async () => {
    const made = await node.ask("ci.create", { agreement, source: "github", name: "old" }, provider);
    const seen: unknown[] = [];
    const text = body({ repository: { full_name: "qinghe/old" } });
    const send = async (path: string, signature?: string, sent = text) => {
      const headers = { "x-github-event": "workflow_run", ...(signature ? { "x-hub-signature-256": signature } : {}) };
      const answer = await app().request(path, { method: "POST", body: sent, headers });
      seen.push(await answer.json());
      return answer;
    };
    const path = new URL(made.url).pathname;
    const { secret } = await node.ask("ci.rotate", { agreement, address: made.id }, provider);
    expect(secret).not.toBe(made.secret);
    await send(path);
    await send(path, sign("guess", text));
    await send(path, sign(made.secret, text));
    await send(`${Reports.PATH}/${crypto.randomUUID()}`, sign(secret, text));
    await send(`${Reports.PATH}/x`, sign("no address has this secret", text));
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(seen).toHaveLength(5);
    expect(seen[0]).toMatchObject({ code: "wrong-signature", says: expect.stringContaining("rotate the secret") });
    expect((await send(path, sign(secret, text))).status).toBe(200);
    await send(path, undefined, "x".repeat(Reports.LIMIT + 1));
    expect(seen.at(-1)).toMatchObject({ code: "body-too-large" });
  });

  test("error: only who made an address rotates or removes it; reports stay when it goes", async () => {
    const made = await node.ask("ci.create", { agreement, source: "github", name: "gone" }, provider);
    const id = { agreement, address: made.id };
    for (const name of ["ci.rotate", "ci.remove"] as const)
      expect(await codeOf(node.ask(name, id, client))).toBe("forbidden");
    const text = body({ repository: { full_name: "qinghe/gone" } });
    await github(made.url, text, { "x-hub-signature-256": sign(made.secret, text) });
    const before = (await list()).length;
    await node.ask("ci.remove", id, provider);
    expect(await codeOf(node.ask("ci.rotate", id, provider))).toBe("not-found");
    expect((await list()).length).toBe(before);
    const { items } = await node.ask("ci.list", { agreement }, client);
    expect(items.map(({ name }) => name)).not.toContain("gone");
    expect(JSON.stringify(items)).not.toContain("secret");
  });

  test("behavior: an answer that is kept for its key holds no secret", async () => {
    const input = { agreement, source: "github", name: "kept" };
    const first = await node.ask("ci.create", input, provider, "the same");
    const again = await node.ask("ci.create", input, provider, "the same");
    expect([again.id, again.secret, first.secret.length]).toEqual([first.id, "", 43]);
  });
});

describe("manifest", () => {
  test("error: there is none before the agreement is on the ledger", async () => {
    expect(await codeOf(create({}))).toBe("state-conflict");
    expect(await node.ask("manifest.list", { agreement }, client)).toEqual({ items: [] });
  });

  test("behavior: its salted hash is what is delivered, and each part says whether it is at hand", async () => {
    const clientSignature = await deal.sign(Packing.CLIENT);
    const providerSignature = await deal.sign(Packing.PROVIDER);
    await deal.act("2027-01-05T09:00Z", { verb: "open", clientSignature, providerSignature }, deal.ledger.house);
    await index();
    const [here, scrap, secret] = [await put("原型.pdf"), await put("draft.txt"), await put("key.txt", [])];
    const reports = (await node.ask("report.list", { agreement, limit: 1 }, provider)).items;
    const made = await create({
      files: [here.id, scrap.id, secret.id],
      reports: reports.map(({ id }) => id),
      commits: [{ repository: "https://git.example/shop.git", commit: COMMIT }],
      readings: [{ metric: "p95", value: "180.5", unit: "ms", at: "2027-01-20T09:00Z", source: "load test" }],
    });
    expect(Table.table["manifest.create"].output.safeParse(made).error).toBeUndefined();
    expect(made).toMatchObject({ milestone: "design", round: 0, erased: false });
    const deliverable = made.commitment as Hex;
    await deal.act("2027-01-20T09:00Z", { verb: "deliver", tranche: 0, round: 0, deliverable }, Packing.PROVIDER);
    await index();
    await node.ask("evidence.erase", { agreement, evidence: scrap.id }, provider);

    const found = await show(made.id);
    expect(Table.table["manifest.show"].output.safeParse(found).error).toBeUndefined();
    expect(found.delivered?.at).toBe("2027-01-20T09:00:00.000Z");
    expect(found.items.map(({ name, state }) => [name, state])).toEqual([
      ["原型.pdf", "here"],
      ["draft.txt", "erased"],
      ["key.txt", "unreadable"],
      [reports[0]?.name, "here"],
    ]);
    expect(found.available).toBe(false);
    expect((await show(made.id, provider)).items.map(({ state }) => state)).toEqual(["here", "erased", "here", "here"]);
    const document = Manifest.parse(found.document);
    const [row] = await node.parts.store.db.select().from(schema.evidence).where(eq(schema.evidence.id, made.id));
    expect(Evidence.commit(row?.salt ?? "", Manifest.contentHash(document))).toBe(deliverable);

    const pack = Pack.read((await node.ask("agreement.pack", { agreement }, client)).pack);
    const proven = (await Pack.verify(pack)).filter(({ name }) => /^(manifest|statement)/.test(name));
    expect(proven.map(({ name, proven }) => [name, proven])).toEqual([
      ["manifest.1", true],
      ["manifest.1.items", "not checked"],
      ["statement", true],
    ]);
    await node.parts.store.db.delete(schema.evidence).where(eq(schema.evidence.id, here.id));
    const [gone] = (await show(made.id)).items;
    expect(gone).toMatchObject({ state: "missing", says: { en: "Announced, and never arrived at this node." } });
  });

  test("error: a verdict of another agreement, a file of somebody's, one that has not arrived, no such milestone", async () => {
    const trial: Verdict.Verdict = {
      ...{ version: "commenda-verdict/1", criterion: "load-test", subject: { kind: "commit", hash: COMMIT } },
      ...{ suite: `0x${"1".repeat(64)}`, inputs: [], environment: `0x${"2".repeat(64)}`, checks: [], measures: [] },
      ...{ confined: true, runner: { sandbox: "bubblewrap", system: "Linux", version: "1" }, started: 0, ended: 1 },
      artefacts: [],
    };
    const signed = { verdict: trial, by: `0x${"de".repeat(20)}`, signature: "0x11" };
    expect(await codeOf(create({ verdicts: [signed] }))).toBe("bad-input");
    expect(await codeOf(create({ verdicts: [{}] }))).toMatchObject({ name: "BadInput" });
    expect(await codeOf(create({ files: [crypto.randomUUID()] }))).toBe("not-found");
    expect(await codeOf(create({ reports: [crypto.randomUUID()] }))).toBe("not-found");
    const begun = await node.ask("evidence.create", { agreement, name: "big.bin", size: 9 }, provider);
    expect(await codeOf(create({ files: [begun.id] }))).toBe("state-conflict");
    expect(await codeOf(create({ milestone: "nothing" }))).toBe("bad-input");
    expect(await codeOf(show(crypto.randomUUID()))).toBe("not-found");
  });

  test("behavior: signed verdicts are named by their hashes, and are in the pack", async () => {
    const { db } = node.parts.store;
    const escrow = deal.ledger.deployment.escrow.toLowerCase() as Hex;
    const [row] = await db.select().from(schema.agreement).where(eq(schema.agreement.id, agreement));
    const verdict = Verdict.parse({
      ...{ version: "commenda-verdict/1", agreement: row?.ledgerId, tranche: 1, round: 0, criterion: "functions" },
      ...{ subject: { kind: "commit", hash: COMMIT }, suite: `0x${"5a".repeat(32)}`, inputs: [] },
      ...{ environment: `0x${"2".repeat(64)}`, checks: [{ id: "orders", result: "pass" }], measures: [] },
      ...{ confined: true, runner: { sandbox: "bubblewrap", system: "Linux", version: "1" }, started: 0, ended: 1 },
      artefacts: [],
    });
    const domain = { chainId: deal.ledger.chainId, verifyingContract: escrow };
    const signature = await Packing.PROVIDER.sign(Verdict.typedData(domain, verdict));
    const signed = { verdict, by: Packing.PROVIDER.address.toLowerCase(), signature };
    const digest = Verdict.digest(verdict);
    const another = { ...signed, by: Packing.CLIENT.address.toLowerCase() };
    expect(await codeOf(create({ milestone: "build", verdicts: [another] }))).toBe("wrong-signature");
    const made = await create({ milestone: "build", verdicts: [signed] });
    const { document } = await show(made.id);
    expect(Manifest.parse(document).verdicts).toEqual([
      { criterion: "functions", by: signed.by, digest, document: Verdict.contentHash(verdict) },
    ]);
    await db.insert(schema.verdict).values({
      ...{ id: crypto.randomUUID(), agreement, ledgerId: row?.ledgerId ?? "", tranche: 1, round: 0, attempt: 1 },
      ...{ criterion: "functions", side: "provider", digest, passed: true, confined: true, document: signed },
      organisation: provider.organisation,
    });
    const pack = Pack.read((await node.ask("agreement.pack", { agreement }, client)).pack);
    const found = (await Pack.verify(pack)).filter(({ name }) => /^(verdict|runs)/.test(name));
    expect(found.map(({ name, proven }) => [name, proven])).toEqual([
      ["verdict.1", true],
      ["runs.2.0.functions", "not checked"],
    ]);
  });

  test("behavior: an erased manifest keeps its place and its hash", async () => {
    const made = await create({ note: "Nothing but a note." });
    await node.ask("evidence.erase", { agreement, evidence: made.id }, provider);
    expect(await codeOf(show(made.id))).toBe("gone");
    const { items } = await node.ask("manifest.list", { agreement }, client);
    expect(items.find(({ id }) => id === made.id)).toMatchObject({ erased: true, commitment: made.commitment });
  });
});
