import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Terms } from "../../agreement/index.ts";
import * as Signer from "../../ledger/Signer.ts";
import * as Bench from "../testing/Bench.ts";
import { accepts } from "./accept.ts";

const folder = mkdtempSync(join(tmpdir(), "commenda-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...path: string[]) => join(folder, ...path);
const key = (digit: string) => `0x${digit.repeat(64)}` as const;
const [client, provider, stranger] = [key("1"), key("2"), key("3")];

const accept = (...args: string[]) => Bench.run(accepts, ["accept", ...args], { env: {} });
const by = (COMMENDA_KEY: string, ...args: string[]) =>
  Bench.run(accepts, ["accept", ...args], { env: { COMMENDA_KEY } });
const cache = ["--cache", at("cache")];

/** Terms with the sealed criterion of the standard suite for cleaning. */
let terms: Terms.Terms;
beforeAll(async () => {
  await accept("new", "cleaning", at("my"));
  const sealed = await accept(
    "seal",
    at("my/suite"),
    "--part",
    at("my/sealed/part"),
    "--reference",
    at("my/good"),
    "--to",
    at("secret"),
    ...cache,
  );
  expect(sealed.code).toBe(0);
  const criterion = { ...JSON.parse(sealed.out), weight: "80 %", name: "functions" };
  const example = Terms.example();
  const { parties } = example;
  terms = Terms.parse({
    ...example,
    criteria: example.criteria.map((one) => (one.name === "functions" ? criterion : one)),
    parties: {
      client: { ...parties.client, delegate: Signer.fromKey(client).address },
      provider: { ...parties.provider, delegate: Signer.fromKey(provider).address },
    },
  });
  writeFileSync(at("terms.json"), JSON.stringify(terms));
});

test("behavior: standard suites are listed and copied, never over what is there", async () => {
  const listed = await accept("new", "--lang", "zh");
  expect(listed.out.split("\n").map((line) => line.split(/\s/)[0])).toEqual([
    ...["cleaning", "migration", "model", "rest", "shop", "site"],
    "",
  ]);
  expect((await accept("new", "shop", at("my"))).err).toContain("is there already");
  expect((await accept("new", "casino")).err).toContain("cleaning, migration, model");
});

test("behavior: a suite is tried on a folder; exit code 1 where it fails", async () => {
  const good = await accept("try", at("my/suite"), at("my/good"), ...cache);
  expect([good.code, good.out.split("\n").at(-2)]).toEqual([0, expect.stringMatching(/^12 of 12 passed\. Digest 0x/)]);
  const bad = await accept("try", at("my/suite"), at("my/bad/duplicates"), ...cache, "--lang", "zh");
  expect([bad.code, bad.out]).toEqual([1, expect.stringContaining("✗ right: 正确的行占 66.666667 %")]);
  const json = JSON.parse((await accept("try", at("my/suite"), at("my/good"), ...cache, "--json")).out);
  expect(json).toMatchObject({ passed: true, verdict: { criterion: "trial", confined: true } });
});

describe("a criterion of terms", () => {
  const run = (who: string, delivery: string, out: string, ...more: string[]) =>
    by(who, "run", at("terms.json"), at(delivery), "--suite", at("my/suite"), ...cache, "--out", at(out), ...more);

  test("behavior: both run it, their signed verdicts are equal", async () => {
    const sealed = ["--sealed", at("secret")];
    const [one, other] = [
      await run(client, "my/good", "c.json", ...sealed),
      await run(provider, "my/good", "p.json", ...sealed),
    ];
    expect([one.code, other.code, one.out]).toEqual([0, 0, other.out]);
    expect(one.out).toContain("✓ sealed: right");
    expect([one.err, other.err].map((text) => text.match(/Signed for (\w+)/)?.[1])).toEqual(["client", "provider"]);
    const equal = await accept("compare", at("c.json"), at("p.json"), "--terms", at("terms.json"));
    expect([equal.code, equal.out.split("\n").slice(1)]).toEqual([
      0,
      [`✓ ${at("c.json")}: signed by the client`, `✓ ${at("p.json")}: signed by the provider`, ""],
    ]);
    expect((await run(client, "my/good", "c.json", ...sealed)).err).toContain("is there already");
  });

  test("behavior: what only the sealed part shows fails, and the comparison says where two runs differ", async () => {
    const shown = await run(client, "my/bad/floats", "shown.json", "--sealed", at("secret"));
    const hidden = await run(provider, "my/bad/floats", "hidden.json", "--lang", "zh");
    expect([shown.code, hidden.code]).toEqual([1, 0]);
    expect(hidden.out).toContain("密封部分未出示，视为通过。");
    const compared = await accept("compare", at("shown.json"), at("hidden.json"));
    expect(compared.code).toBe(1);
    expect(compared.out).toContain('✗ check "sealed: right": fail in one run, nothing in the other');
    const zh = await accept("compare", at("shown.json"), at("hidden.json"), "--lang", "zh");
    expect(zh.out).toContain("检查项“sealed: right”：一次运行为未通过，另一次为无");
  });

  test("error: a stranger's key, a verdict that was changed, another suite, a part that was changed", async () => {
    const wrong = await run(stranger, "my/good", "s.json");
    expect([wrong.code, wrong.err, existsSync(at("s.json"))]).toEqual([
      2,
      expect.stringContaining("Use the key of a party"),
      false,
    ]);
    const signed = JSON.parse(readFileSync(at("c.json"), "utf8"));
    signed.verdict.confined = false;
    writeFileSync(at("forged.json"), JSON.stringify(signed));
    const forged = await accept("compare", at("c.json"), at("forged.json"), "--terms", at("terms.json"));
    expect([forged.code, forged.out]).toEqual([1, expect.stringContaining("signed by nobody of these terms")]);
    const suite = await by(client, "run", at("terms.json"), at("my/good"), "--suite", at("my/sealed/part"), ...cache);
    expect([suite.code, suite.err]).toEqual([2, expect.stringContaining("as both signed. Nothing was run.")]);
    const salt = JSON.stringify({ version: "commenda-seal/1", salt: key("0") });
    writeFileSync(at("secret/seal.json"), salt);
    const part = await run(client, "my/good", "part.json", "--sealed", at("secret"));
    expect([part.code, part.err]).toEqual([2, expect.stringContaining("The sealed part hashes to")]);
  });
});

test("error: a seal whose own reference fails it is not made", async () => {
  const args = ["--part", at("my/sealed/part"), "--reference", at("my/bad/floats"), "--to", at("void"), ...cache];
  const ran = await accept("seal", at("my/suite"), ...args);
  expect([ran.code, ran.err, existsSync(at("void"))]).toEqual([
    2,
    expect.stringContaining("does not pass the sealed part (right)"),
    false,
  ]);
});

test("behavior: a manual check is answered by signed sheets", async () => {
  const suite = {
    version: "commenda-suite/1",
    title: { en: "Look", zh: "外观" },
    kind: "manual",
    run: JSON.parse((await accept("seal", at("my/suite"))).out).run,
    judge: {
      persons: [{ name: { en: "Lin", zh: "林" }, address: Signer.fromKey(client).address }],
      form: [{ id: "颜色", what: { en: "colours", zh: "颜色" } }],
      ...{ agree: "all", deadline: "2027-01-01T00:00Z", silence: "fail" },
    },
  };
  const { kind: _, inputs: __, ...plain } = suite.run;
  await accept("new", "site", at("look"));
  rmSync(at("look/suite"), { recursive: true });
  mkdirSync(at("look/suite"));
  writeFileSync(at("look/suite/suite.yaml"), JSON.stringify({ ...suite, run: plain }));
  const before = await accept("try", at("look/suite"), at("look/good"), ...cache);
  expect([before.code, before.out]).toEqual([1, expect.stringContaining("! 颜色: 1 have not answered yet")]);
  await by(client, "answer", at("look/suite"), at("look/good"), "--yes", "颜色", "--out", at("sheet.json"));
  const after = await accept("try", at("look/suite"), at("look/good"), ...cache, "--answers", at("sheet.json"));
  expect([after.code, after.out]).toEqual([0, expect.stringContaining("✓ 颜色")]);
  const unknown = await by(client, "answer", at("look/suite"), at("look/good"), "--yes", "x");
  expect(unknown.err).toContain("颜色");
});

test("error: nothing to run, a round that is none, files that are none", async () => {
  const example = at("example.json");
  writeFileSync(example, JSON.stringify(Terms.example()));
  writeFileSync(at("no.json"), "{");
  const tries = [
    [["run", example, at("my/good")], "that code can run: -"],
    [["run", at("terms.json"), at("my/good"), "--suite", at("my/suite"), "--round", "7"], "--round: found"],
    [["run", at("terms.json"), at("my/good")], "--suite is missing"],
    [["try", at("my/suite"), at("nowhere")], "cannot be read (ENOENT)"],
    [["try", at("my/good"), at("my/good")], "suite.yaml"],
    [["try", at("my/suite"), "1".repeat(40), "--repo", at("my"), ...cache], "has no commit"],
    [["try", at("my/suite"), at("my/good"), ...cache, "--input", "x"], "expected NAME=FOLDER"],
    [["compare", at("no.json"), at("no.json")], "it is no JSON"],
    [["compare", example, example], "subject: this field is missing"],
  ] as const;
  for (const [args, says] of tries) {
    const ran = await accept(...args);
    expect([args, ran.code, ran.err]).toEqual([args, 2, expect.stringContaining(says)]);
  }
});
