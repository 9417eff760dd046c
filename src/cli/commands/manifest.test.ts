import { afterAll, beforeAll, expect, test } from "vitest";
import { Manifest } from "../../agreement/index.ts";
import * as Pack from "../../ledger/Pack.ts";
import * as Bench from "../testing/Bench.ts";
import { act } from "./act.ts";
import { manifest } from "./manifest.ts";
import { packs } from "./pack.ts";

const COMMIT = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
let bench: Bench.Bench;

beforeAll(async () => {
  bench = await Bench.open([act, manifest, ...packs]);
  await bench.open();
  bench.write("handbook.pdf", "how to use it");
});
afterAll(() => bench.close());

const make = (...args: string[]) =>
  bench.run(undefined, ["manifest", "--terms", bench.file, "--milestone", "design", ...args]);

test("behavior: a manifest is made, delivered, and proven by an audit pack without any node", async () => {
  const file = bench.path("manifest.json");
  const made = await make(
    ...["--commit", `${COMMIT}@https://git.example/shop.git`, "--file", bench.path("handbook.pdf")],
    ...["--note", "First release.", "--out", file],
  );
  expect([made.code, made.err]).toEqual([0, expect.stringContaining("1 commits, 1 files, 0 verdicts. Deliver it")]);
  const document = Manifest.read(bench.read("manifest.json"));
  expect(document).toMatchObject({
    tranche: 0,
    round: 0,
    commits: [{ commit: COMMIT }],
    files: [{ name: "handbook.pdf" }],
  });
  await bench.until("2027-01-20T09:00Z");
  await bench.act("provider", "deliver", "--milestone", "design", "--file", file);
  await bench.act("client", "accept", "--milestone", "design");
  const packed = await bench.run(undefined, [
    ...["pack", "--terms", bench.file, "--manifest", file, "--out", bench.path("audit.json")],
  ]);
  expect(packed.code).toBe(0);
  expect(Pack.read(bench.read("audit.json"))).toMatchObject({ version: "commenda-pack/2", manifests: [document] });
  const verified = await bench.run(undefined, ["verify", bench.path("audit.json")], { env: { COMMENDA_RPC_URL: "" } });
  expect(verified.code).toBe(0);
  expect(verified.out).toContain("✓ The manifest of part 1, round 0 is what was delivered");
  expect(verified.out).toContain("✓ What the manifest of part 1, round 0 names is in the pack by its hash");
  expect(verified.out).toContain("✓ The statement is what the facts come to, to the last unit");
  const zh = await bench.run(undefined, ["verify", bench.path("audit.json"), "--lang", "zh"], {
    env: { COMMENDA_RPC_URL: "" },
  });
  expect(zh.out).toContain("✓ 对账单与事实逐分相符");
});

test("error: no file to write to, a commit that is none, a file that is there, one that is no verdict", async () => {
  expect((await make()).err).toContain("--out is missing: where it is written.");
  expect((await make("--out", bench.path("a.json"), "--commit", "main")).err).toContain('--commit: found "main"');
  expect((await make("--out", bench.file)).err).toContain("it is there already. Choose another name.");
  const wrong = bench.write("wrong.json", "{}");
  const refused = await make("--out", bench.path("b.json"), "--verdict", wrong);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("wrong.json has")]);
});
