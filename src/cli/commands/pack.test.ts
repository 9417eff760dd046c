import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Pack from "../../ledger/Pack.ts";
import * as Bench from "../testing/Bench.ts";
import { act } from "./act.ts";
import { packs } from "./pack.ts";

let bench: Bench.Bench;
const list = () => bench.path("client.evidence.json");

beforeAll(async () => {
  bench = await Bench.open([act, ...packs]);
  await bench.open();
  bench.write("design.zip", "drawings");
  bench.write("reasons.txt", "the basket loses what was put into it");
  const deliver = ["deliver", "--milestone", "design", "--file", bench.path("design.zip")];
  await bench.until("2027-01-20T09:00Z");
  await bench.act("provider", ...deliver);
  await bench.act("client", "reject", "--milestone", "1", "--reasons", bench.path("reasons.txt"), "--keep", list());
  await bench.act("provider", ...deliver);
  await bench.act("client", "accept", "--milestone", "design");
  const made = await pack(
    "--out",
    bench.path("pack.json"),
    "--evidence",
    bench.path("terms.evidence.json"),
    "--evidence",
    list(),
  );
  expect(made.err).toBe(`${bench.path("pack.json")}: 5 acts with their proofs, 3 files by name and hash.\n`);
});
afterAll(() => bench.close());

const pack = (...args: string[]) => bench.run(undefined, ["pack", "--terms", bench.file, ...args]);
/** With no node in the environment. */
const verify = (file: string, ...args: string[]) =>
  bench.run(undefined, ["verify", file, ...args], { env: { COMMENDA_RPC_URL: "" } });
type Finding = { name: string; proven: boolean | "not checked" };
const findings = ({ out }: Bench.Ran) => JSON.parse(out).findings as Finding[];
const wrong = (ran: Bench.Ran) => findings(ran).flatMap(({ name, proven }) => (proven === false ? name : []));

describe("pack", () => {
  test("behavior: the list beside the terms by default; what has no file is told", async () => {
    const { code, out, err } = await pack();
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(Pack.read(out).evidence.map(({ name }) => name)).toEqual(["design.zip", "design.zip"]);
    const told = await pack("--out", bench.path("some.json"));
    expect(told.err).toContain("reasons of the rejection of part 1, round 0. Whoever has them gives --evidence");
    expect((await pack("--out", bench.path("zh.json"), "--lang", "zh")).err).toContain("5 项操作及其证明，2 个文件");
  });

  test("behavior: a file and its salt by hand", async () => {
    const [kept] = JSON.parse(bench.read("client.evidence.json")).kept;
    const { out } = await pack("--evidence", `${bench.path("reasons.txt")}:${kept.evidence.salt}`);
    expect(Pack.read(out).evidence).toEqual([kept.evidence]);
  });

  test("behavior: private: neither the document nor names of files, but those that are asked for", async () => {
    const { out } = await pack("--private");
    expect(Pack.read(out)).toMatchObject({ agreement: { kind: "ledger" }, evidence: [] });
    expect(out).not.toContain("design.zip");
    expect(Pack.read((await pack("--private", "--evidence", list())).out).evidence).toHaveLength(1);
  });

  test.each<[why: string, args: string[], en: string]>([
    ["a block that is none", ["--from", "first"], '--from: found "first"'],
    ["a file that is there", ["--out", "FOLDER/pack.json"], "is there already. Choose another name"],
    ["a folder that is not there", ["--out", "FOLDER/none/pack.json"], "it cannot be written (ENOENT)"],
    ["a salt that is none", ["--evidence", "FOLDER/reasons.txt:0x12"], 'found the salt "0x12"'],
    ["another salt", ["--evidence", `FOLDER/reasons.txt:0x${"12".repeat(32)}`], "evidence[0]"],
    ["a file without a salt", ["--evidence", "FOLDER/reasons.txt"], "Name that list, or FILE:SALT"],
    ["a file that is not there", ["--evidence", `FOLDER/none.txt:0x${"12".repeat(32)}`], "it cannot be read"],
    ["a node that is down", ["--rpc", "http://127.0.0.1:9"], "does not answer"],
  ])("error: %s", async (_why, args, en) => {
    const before = bench.read("pack.json");
    const { code, out, err } = await pack(...args.map((one) => one.replace("FOLDER", bench.path("."))));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(en);
    expect(err).not.toContain("should not");
    expect(bench.read("pack.json")).toBe(before);
    expect(existsSync(bench.path("none"))).toBe(false);
  });

  test("error: an agreement of which the ledger knows nothing", async () => {
    const file = bench.write("other.json", JSON.stringify({ ...bench.terms, salt: `0x${"00".repeat(32)}` }));
    expect((await bench.run(undefined, ["pack", "--terms", file])).err).toContain(
      "The ledger knows nothing of agreement",
    );
    expect((await bench.run(undefined, ["pack"])).err).toContain("--terms is missing");
  });
});

describe("verify", () => {
  test("behavior: offline: nothing wrong, and what nobody can prove from it", async () => {
    const { code, out, err } = await verify(bench.path("pack.json"));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).not.toContain("✗");
    expect(out).toMatch(/Nothing in it is wrong\. Lines with - were not proven\.\n$/);
    expect((await verify(bench.path("pack.json"), "--lang", "zh")).out).toMatch(
      /未发现错误。标有 - 的各项未经证明。\n$/,
    );
    const json = await verify(bench.path("pack.json"), "--json");
    expect(wrong(json)).toEqual([]);
    expect(findings(json).find(({ name }) => name === "canonical")?.proven).toBe("not checked");
  });

  test("behavior: with a node: the blocks are the chain's, none is missing", async () => {
    const { code, out } = await bench.run(undefined, ["verify", bench.path("pack.json"), "--json"]);
    expect(code).toBe(0);
    const proven = new Map(findings({ code, out, err: "" }).map((one) => [one.name, one.proven]));
    expect([proven.get("canonical"), proven.get("complete"), proven.get("state")]).toEqual([true, true, true]);
  });

  test("behavior: against a block that the reader knows", async () => {
    const { blocks } = Pack.read(bench.read("pack.json"));
    const known = await verify(bench.path("pack.json"), "--json", "--block", blocks.at(-1)?.hash ?? "");
    expect(findings(known).find(({ name }) => name === "named")?.proven).not.toBe(false);
    const other = await verify(bench.path("pack.json"), "--json", "--block", `0x${"12".repeat(32)}`);
    expect([other.code, wrong(other)]).toEqual([1, ["named"]]);
    expect((await verify(bench.path("pack.json"), "--block", "5")).err).toContain("--block: found");
  });

  /** Another last digit. */
  const flipped = (hex: string) => hex.slice(0, -1) + (hex.endsWith("0") ? "1" : "0");
  const at = <T>(all: readonly T[], k: number): T => all.at(k) as T;
  test.each<[part: string, names: string[], change: (pack: Pack.Pack) => void, says: string]>([
    [
      "the document",
      ["id", "document"],
      (one) => {
        if (one.agreement.kind === "terms") one.agreement.terms.title.en = "Another deal";
      },
      "✗ The document is the one that was opened",
    ],
    [
      "a signature",
      ["signature.provider"],
      (one) => {
        one.signatures.provider = flipped(one.signatures.provider ?? "0x") as `0x${string}`;
      },
      "✗ The provider's key",
    ],
    [
      "a receipt",
      ["act.2"],
      (one) => {
        at(one.acts, 1).receipt = flipped(at(one.acts, 1).receipt) as `0x${string}`;
      },
      "✗ Act 2",
    ],
    [
      "a header",
      ["block.3"],
      (one) => {
        at(one.blocks, 2).header = flipped(at(one.blocks, 2).header) as `0x${string}`;
      },
      "✗ Block",
    ],
    [
      "a fact",
      ["facts"],
      (one) => {
        one.facts.pop();
      },
      "✗ The facts are those of the receipts",
    ],
    [
      "evidence",
      ["evidence.2"],
      (one) => {
        at(one.evidence, 1).salt = flipped(at(one.evidence, 1).salt);
      },
      "✗ The file with hash",
    ],
    [
      "an act taken out",
      ["course"],
      (one) => {
        one.acts.splice(1, 1);
      },
      "✗ The facts follow from one another",
    ],
  ])("error: %s that was changed", async (_part, names, change, says) => {
    const forged = Pack.read(bench.read("pack.json"));
    change(forged);
    const file = bench.write("forged.json", Pack.write(forged));
    const ran = await verify(file, "--json");
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.out).good).toBe(false);
    expect(wrong(ran)).toEqual(expect.arrayContaining(names));
    const text = await verify(file);
    expect(text.code).toBe(1);
    expect(text.out).toContain(says);
    expect(text.out).toMatch(/It does not hold: see the lines with ✗\.\n$/);
  });

  test.each<[why: string, content: string, en: string]>([
    ["no JSON", "{", "is no whole JSON document"],
    ["no pack", "{}", "version"],
  ])("error: %s", async (_why, content, en) => {
    const { code, err } = await verify(bench.write("forged.json", content));
    expect(code).toBe(2);
    expect(err).toContain(en);
  });
});
