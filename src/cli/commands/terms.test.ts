import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Address, Secp256k1, Signature, TypedData } from "ox";
import { afterAll, describe, expect, test } from "vitest";
import { type Agreement, Codec, Terms } from "../../agreement/index.ts";
import * as Signer from "../../ledger/Signer.ts";
import * as Cast from "../Cast.ts";
import * as Cli from "../Cli.ts";
import type { Context } from "../Command.ts";
import { SAMPLE } from "../testing/Deals.ts";
import { terminal } from "../testing/Terminal.ts";
import { terms } from "./terms.ts";

const folder = mkdtempSync(join(tmpdir(), "commenda-terms-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string) => join(folder, name);
const file = (name: string, content: unknown) => {
  writeFileSync(path(name), typeof content === "string" ? content : JSON.stringify(content, null, 2));
  return path(name);
};
const run = async (args: readonly string[], change: Partial<Context> = {}) => {
  const { context, out, err } = terminal(change);
  const code = await Cli.run(["terms", ...args], terms, context);
  return { code, out: out(), err: err() };
};

const deal = file("deal.yaml", SAMPLE);
const example = Terms.example();
const document = file("terms.json", example);

describe("terms new", () => {
  test("behavior: writes the document of a deal, with a fresh salt, and tells the stand-ins", async () => {
    const { code, out, err } = await run(["new", deal]);
    expect(code).toBe(0);
    const made = Terms.parse(JSON.parse(out));
    expect(made).toMatchObject({ salt: `0x${"42".repeat(32)}`, title: { en: "Sample", zh: "样例" } });
    expect(err).toContain("Stand-ins of the rehearsal stand in registrar, currency.token, parties.client.address");
    expect((await run(["new", deal, "--lang", "zh"])).err).toContain("以下字段为预演替身：registrar");
  });

  test.each(["en", "zh"])("behavior: from nothing, an annotated document that is good (%s)", async (lang) => {
    const { out } = await run(["new", "--lang", lang]);
    expect(out).toContain(
      lang === "zh" ? "# 平台费（至多 3 %）及其收款人。" : "# Platform fee, at most 3 %, and who receives it.",
    );
    const check = await run(["check", file(`new.${lang}.yaml`, out)]);
    expect(check).toMatchObject({ code: 0 });
    expect((await run(["hash", path(`new.${lang}.yaml`)])).out.trim()).toBe(Terms.hash(example));
  });

  test.each(["en", "zh"])("behavior: from nothing, an annotated deal that is good (%s)", async (lang) => {
    const { out } = await run(["new", "--deal", "--lang", lang]);
    expect(await run(["check", file(`deal.${lang}.yaml`, out)])).toMatchObject({ code: 0 });
  });

  test("behavior: into a file, which it does not overwrite unless told", async () => {
    expect((await run(["new", deal, "--out", path("out.json")])).out).toBe("");
    expect(Terms.parse(JSON.parse(readFileSync(path("out.json"), "utf8"))).title.en).toBe("Sample");
    const again = await run(["new", deal, "--out", path("out.json")]);
    expect(again.code).toBe(2);
    expect(again.err).toContain("it is there already. --force overwrites it.");
    expect((await run(["new", deal, "--out", path("out.json"), "--force"])).code).toBe(0);
    expect((await run(["new", deal, "--out", path("no/where.json")])).err).toContain("it cannot be written (ENOENT)");
  });

  test("error: a deal that is not good leaves nothing behind", async () => {
    const { code, err } = await run(["new", file("bad.yaml", SAMPLE.replace("CNY", "RMB")), "--out", path("bad.json")]);
    expect([code, existsSync(path("bad.json"))]).toEqual([2, false]);
    expect(err).toContain("bad.yaml has 1 problem:\n- line 6, column 1: currency");
  });

  test("error: a terms document, or --deal with a file", async () => {
    expect((await run(["new", document])).err).toContain("it is a terms document already.");
    expect((await run(["new", deal, "--deal"])).err).toContain("--deal starts from nothing");
  });
});

describe("terms check", () => {
  test("behavior: says so when nothing is wrong", async () => {
    expect(await run(["check", document])).toMatchObject({
      code: 0,
      out: expect.stringContaining("terms.json: nothing is wrong."),
    });
    expect((await run(["check", document, "--lang", "zh"])).out).toContain(
      "terms.json：没有问题。清禾茶业电商小程序开发协议",
    );
    expect(JSON.parse((await run(["check", document, "--json"])).out)).toEqual({
      file: "terms.json",
      ok: true,
      notes: [],
      standIns: [],
    });
  });

  test("error: exit code 1 and every problem with its line", async () => {
    const { code, out, err } = await run([
      "check",
      file("wrong.json", { ...example, openBy: "tomorrow", fees: { platform: "4 %" } }),
    ]);
    expect([code, err]).toEqual([1, ""]);
    expect(out).toMatch(/wrong\.json has 3 problems:\n- line \d+, column 3: openBy: this is not a time\./);
    expect(out).toMatch(/- line \d+, column 5: fees\.platform: the platform fee is over the cap\./);
    const json = JSON.parse((await run(["check", path("wrong.json"), "--json"])).out);
    expect(json).toMatchObject({ ok: false, errors: [{ field: "openBy", line: expect.any(Number) }, {}, {}] });
  });

  test("behavior: dates that have passed are wrong, as of now or of --at", async () => {
    expect((await run(["check", document, "--at", "2027-03-01"])).out).toContain("openBy: this date has passed.");
    expect((await run(["check", document], { now: () => 30_064_320 })).code).toBe(1);
    expect((await run(["check", document, "--at", "soon"])).err).toContain("--at: this is not a time.");
  });

  test("error: what is no YAML is a wrong input", async () => {
    expect(await run(["check", file("half.json", '{"version": ')])).toMatchObject({ code: 2, out: "" });
    expect((await run(["check", path("none.json")])).code).toBe(2);
  });

  test("behavior: letters that look like others are noted", async () => {
    const looks = file("looks.json", { ...example, title: { en: "Dеvelopment", zh: "开发" } });
    expect((await run(["check", looks])).out).toContain("note: title.en");
  });
});

describe("terms hash", () => {
  test("behavior: is the id that both sign", async () => {
    expect((await run(["hash", document])).out).toBe(`${Terms.hash(example)}\n`);
    expect(JSON.parse((await run(["hash", document, "--json"])).out)).toEqual({
      id: Terms.hash(example),
      contentHash: Terms.contentHash(example),
      commitment: Terms.commitment(example),
      domain: Terms.domain(example),
    });
  });

  test("error: a deal file has none yet", async () => {
    const { code, err } = await run(["hash", deal]);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining("Make that first: commenda terms new FILE --out terms.json"),
    ]);
  });
});

test("terms show: the term sheet, of a document or of a deal", async () => {
  expect((await run(["show", document])).out).toBe(`${Terms.show(example, "en")}\n`);
  expect((await run(["show", document, "--lang", "zh"])).out).toBe(`${Terms.show(example, "zh")}\n`);
  expect((await run(["show", deal])).out).toContain("CNY 20000");
  expect(JSON.parse((await run(["show", document, "--json"])).out)).toEqual(example);
});

test("terms endings: worst and best, locks and stalls, with the names of the parties", async () => {
  const { code, out } = await run(["endings", deal]);
  expect(code).toBe(0);
  expect(out).toContain("Longest lock");
  expect(out).toContain("Client Ltd");
  expect((await run(["endings", deal, "--lang", "zh"])).out).toContain("甲公司");
  const json = JSON.parse((await run(["endings", deal, "--json"])).out);
  expect(json.client.worst.en).toMatch(/^At worst Client Ltd spends CNY/);
  expect(json.endings.length).toBeGreaterThan(10);
});

describe("terms compare", () => {
  const [design, ...others] = example.milestones;
  const edited = file("edited.json", {
    ...example,
    milestones: [{ ...design, review: "20 days" }, ...others],
    title: { ...example.title, en: "Development of the Qinghe Tea shop" },
  });

  test("behavior: what is written, what follows, whom it helps, and the text", async () => {
    const { code, out } = await run(["compare", document, edited]);
    expect(code).toBe(0);
    expect(out).toContain("What is written\n- Review window of milestone 1: 5 days becomes 20 days.");
    expect(out).toMatch(/gives Hangzhou Qinghe Tea Co\., Ltd\. 15 free days.*\(helps the client\)/);
    expect(out).toContain("Texts\n- title.en: this is not the text that was signed.");
    expect(out).toContain('- milestones[0].review: "5 days" → "20 days"');
    expect((await run(["compare", document, edited, "--lang", "zh"])).out).toContain("由此产生的变化");
    const json = JSON.parse((await run(["compare", document, edited, "--json"])).out);
    expect(json).toMatchObject({ same: false, fields: [{ field: "title.en" }, { field: "milestones[0].review" }] });
  });

  test("behavior: nothing", async () => {
    expect((await run(["compare", document, document])).out).toBe("Nothing differs but the salt.\n");
  });
});

describe("terms sign", () => {
  const made = {
    ...example,
    parties: {
      client: { ...example.parties.client, address: Cast.account("client") },
      provider: { ...example.parties.provider, address: Cast.account("provider") },
    },
  };
  const mine = file("mine.json", made);
  const id = Terms.hash(made);
  const key = Cast.key("client");
  const signed = (text: string) =>
    JSON.parse(text) as { id: string; role: string; signer: string; signature: Agreement.Hex };

  test("behavior: with the key of the environment: what both sign, as a wallet would", async () => {
    const { code, out, err } = await run(["sign", mine, "--expect", id], { env: { COMMENDA_KEY: key } });
    expect(code).toBe(0);
    expect(err).toContain("Signing for Hangzhou Qinghe Tea Co., Ltd.");
    const { signature, ...rest } = signed(out);
    expect(rest).toEqual({ id, role: "client", signer: Cast.account("client") });
    const payload = TypedData.getSignPayload(
      Codec.typedData(Terms.domain(made), Terms.toAgreement(made)) as TypedData.Definition,
    );
    expect(payload).toBe(id);
    const signer = Address.fromPublicKey(Secp256k1.recoverPublicKey({ payload, signature: Signature.from(signature) }));
    expect(signer.toLowerCase()).toBe(Cast.account("client"));
    expect(`${out}${err}`).not.toContain(key.slice(2));
  });

  test("behavior: with a keystore, whose password is asked for or stands in the environment", async () => {
    const keystore = file("keystore.json", await Signer.encrypt(Cast.key("provider"), "a good password"));
    let asked = "";
    const secret = async (question: string) => {
      asked = question;
      return "a good password";
    };
    expect(signed((await run(["sign", mine, "--key", keystore, "--lang", "zh"], { secret })).out).role).toBe(
      "provider",
    );
    expect(asked).toContain("的密码：");
    const env = { COMMENDA_PASSWORD: "wrong" };
    const wrong = await run(["sign", mine, "--key", keystore, "--out", path("never.json")], { env });
    expect([wrong.code, existsSync(path("never.json"))]).toEqual([2, false]);
    expect(wrong.err).toContain("Nothing was signed.");
    expect((await run(["sign", mine, "--key", keystore])).err).toContain(
      "Nobody can be asked for the password here: set COMMENDA_PASSWORD.",
    );
  });

  const refused: [why: string, args: string[], env: Record<string, string>, en: string][] = [
    ["no key", [mine], {}, "There is no key: give --key KEYSTORE, or set COMMENDA_KEY."],
    [
      "a key that is none",
      [mine],
      { COMMENDA_KEY: "0x1234" },
      "COMMENDA_KEY is no key: expected 0x and 64 hexadecimal digits.",
    ],
    [
      "a key on the command line",
      [mine, "--key", key],
      {},
      "A key on a command line can be read by others: count it as lost",
    ],
    [
      "somebody else's key",
      [mine],
      { COMMENDA_KEY: Cast.key("stranger") },
      `expected ${Cast.account("client")} (client) or ${Cast.account("provider")} (provider). Nothing was signed.`,
    ],
    [
      "other terms than expected",
      [mine, "--expect", `0x${"00".repeat(32)}`],
      { COMMENDA_KEY: key },
      `mine.json hashes to ${id}, not to 0x0000`,
    ],
    ["a deal file", [deal], { COMMENDA_KEY: key }, "it is a deal file, not the document that is signed."],
    [
      "a keystore that is not there",
      [mine, "--key", path("none.json")],
      { COMMENDA_PASSWORD: "x" },
      "there is no such file.",
    ],
  ];
  test.each(refused)("error: %s", async (_why, args, env, en) => {
    const { code, out, err } = await run(["sign", ...args], { env });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(en);
    expect(err).not.toContain(key.slice(2));
  });
});
