import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Attestation, Brief, Bundle, Ranking, Weights } from "../../matching/index.ts";
import { market, TODAY } from "../../matching/testing/Market.ts";
import * as Cli from "../Cli.ts";
import { terminal } from "../testing/Terminal.ts";
import { matches } from "./match.ts";

const folder = mkdtempSync(join(tmpdir(), "commenda-market-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const KEY = `0x${"42".repeat(32)}`;
const run = async (...args: readonly string[]) => {
  const { context, out, err } = terminal({ env: { COMMENDA_KEY: KEY } });
  const code = await Cli.run(["match", ...args], matches, context);
  return { code, out: out(), err: err() };
};

test("behavior: a brief by field, what it leaves open as such; an empty one and a megabyte are refused", async () => {
  const text = "为茶店开发微信小程序，接入支付。预算 8 万元，工期两个月。";
  const found = await run("brief", file("brief.txt", text), "--lang", "zh");
  expect(found.out).toMatch(/技能: .*小程序/);
  expect(found.out).toMatch(/预算: 80000 CNY\n.*\n开始: \?\n工期: 60 天\n完整度：50 %/);
  const { completeness } = JSON.parse((await run("brief", file("brief.txt", text), "--json")).out);
  expect(completeness).toBe(0.5);
  expect(await run("brief", file("empty.txt", " \u200B"))).toMatchObject({
    code: 2,
    err: expect.stringContaining("nothing is said here"),
  });
  expect((await run("brief", file("long.txt", "x".repeat(1_000_000)), "--lang", "zh")).err).toContain("内容过长");
  expect((await run("brief", join(folder, "nowhere"))).err).toContain("there is no such file");
});

test("behavior: a ranking's file verifies by itself; what is changed in it, or is no such file, is told", async () => {
  const inputs = market(12);
  const brief = Brief.parse("A shop in React with payments.", TODAY);
  const ranking = Ranking.rank(inputs, Brief.toRequest(brief, { id: "b", at: TODAY * 86_400 }));
  const text = JSON.stringify(Bundle.of(ranking, inputs, Weights.YOUNG));
  expect(await run("verify", file("bundle.json", text))).toMatchObject({
    code: 0,
    out: expect.stringContaining("12 profiles"),
  });
  const changed = text.replace('"place":1', '"place":9');
  expect(await run("verify", file("changed.json", changed))).toMatchObject({
    code: 1,
    err: expect.stringContaining("candidates[0].place"),
  });
  const forged = text.replace(/"from":\d+,"to"/, '"from":"x","to"');
  expect((await run("verify", file("forged.json", forged))).code).toBe(2);
  expect((await run("verify", file("ranking.json", JSON.stringify(ranking)))).err).toContain("--cases is missing");
});

test("behavior: past work from CSV and git; broken lines with number and field, kept only if asked", async () => {
  const good = file("good.csv", "id,at,title,skills\n1,2026-03-01,\u202Eshop,react\n2,soon,x,\n");
  expect(await run("import", good)).toMatchObject({ code: 2, out: "", err: expect.stringContaining("at: line 3") });
  const out = join(folder, "told.jsonl");
  const kept = await run("import", good, "--keep-good", "--out", out);
  expect(kept).toMatchObject({ code: 0, err: expect.stringContaining("1 cases, 1 lines left out.") });
  expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({ id: "1", skills: ["react"] });
  expect((await run("import", good, "--keep-good", "--out", out)).err).toContain("it is there already");
  const log = file("log.txt", `commit\t${"a".repeat(40)}\t1700000000\tFix\n3\t1\ta.rs\n`);
  expect(JSON.parse((await run("import", log)).out)).toMatchObject({ title: "Fix", area: "rust" });
  expect((await run("import", good, "--format", "xml")).err).toContain("found xml");
});

test("error: what is no record, and an anchor that is no address", async () => {
  expect(await run("record", file("record.json", "{}"))).toMatchObject({
    code: 2,
    err: expect.stringContaining("format"),
  });
  expect((await run("record", file("record.json", "{}"), "--anchor", "x")).err).toContain("found x");
});

test("behavior: a key vouches: a statement to publish, an attestation that counts, and its end", async () => {
  const proof = await run("prove", "https://github.com/ada", "--organisation", "o");
  const [statement = "", signature = ""] = proof.out.split("\n");
  expect(statement).toBe("commenda-git: https://github.com/ada belongs to o");
  expect(proof.err).toContain("raw.githubusercontent.com/ada/commenda");
  const issuer = "0x17c5185167401ed00cf5f5b2fc97d9bbfdb7d025";
  expect(Attestation.signedBy(statement, signature, issuer)).toBe(true);
  expect((await run("prove", "example.com", "--organisation", "o")).out).toBe(
    "commenda-domain: example.com belongs to o\n",
  );
  expect((await run("prove", "localhost", "--organisation", "o")).err).toContain('found "localhost"');
  const attested = await run("attest", "ISO 27001", "--organisation", "o", "--until", "2028-01-31");
  const { organisation: holder, ...rest } = JSON.parse(attested.out);
  const one = { holder, ...rest };
  const known = { at: one.from, trusted: new Set([issuer]), revoked: new Set<string>() };
  expect(Attestation.refusalOf(one, "o", known)).toBeUndefined();
  const [digest = ""] = /0x[0-9a-f]{64}/.exec(attested.err) ?? [];
  const revoked = JSON.parse((await run("revoke", digest)).out);
  expect(Attestation.signedBy(Attestation.revocationOf(digest), revoked.signature, issuer)).toBe(true);
  expect(Attestation.refusalOf(one, "o", { ...known, revoked: new Set([digest]) })?.en).toBe("its issuer took it back");
  expect((await run("attest", "ISO 9999x", "--organisation", "o", "--until", "2028-01-31")).code).toBe(2);
  expect((await run("attest", "gdpr", "--organisation", "o", "--until", "2020-01-31")).err).toContain(
    "after that of --from",
  );
});
