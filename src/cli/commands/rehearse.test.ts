import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import * as Cli from "../Cli.ts";
import type { Context } from "../Command.ts";
import * as LedgerStage from "../LedgerStage.ts";
import { SAMPLE } from "../testing/Deals.ts";
import { terminal } from "../testing/Terminal.ts";
import { rehearse } from "./rehearse.ts";

const root = new URL("../../../", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "commenda-rehearse-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const run = async (args: readonly string[], change: Partial<Context> = {}) => {
  const { context, out, err } = terminal(change);
  const code = await Cli.run(["rehearse", ...args], [rehearse], context);
  return { code, out: out(), err: err() };
};
const happens = (lines: string) => `${SAMPLE}happens:\n${lines}`;

describe("commenda rehearse", () => {
  const good = happens(
    "  - signed and opened\n  - { on: day 12, accepted: [one, two, three] }\nexpect: { provider: 99000, client: 100000 }\n",
  );

  test("behavior: ends with a statement, and 0", async () => {
    const { code, out, err } = await run([file("good.yaml", good)]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("Total");
    expect((await run([join(folder, "good.yaml"), "--lang", "zh"])).out).toContain("结算单");
  });

  test("behavior: for programs", async () => {
    const { code, out } = await run([file("good.yaml", good), "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      file: "good.yaml",
      runs: [{ net: { provider: "99000", client: "100000", platform: "1000" }, differences: [] }],
    });
  });

  test("behavior: JSON is taken like YAML", async () => {
    const deal = {
      title: "T",
      opening: "2027-03-01",
      parties: { client: { name: "A" }, provider: { name: "B" } },
      currency: "EUR",
      milestones: [{ name: "a", amount: "10", due: "day 9" }],
      happens: ["signed and opened", { accepted: "a" }],
      expect: { provider: "9.9" },
    };
    expect((await run([file("deal.json", JSON.stringify(deal))])).code).toBe(0);
  });

  test("error: 1 when it came out otherwise than expected, after the statement", async () => {
    const { code, out, err } = await run([file("other.yaml", good.replace("99000", "98000"))]);
    expect(code).toBe(1);
    expect(out).toContain("Total");
    expect(err).toBe(
      "other.yaml: line 14, column 1: not as expected:\n- provider: CNY 99,000.00, expected CNY 98,000.00\n",
    );
  });

  test("error: 1 when the rules refuse an act, with line and rule", async () => {
    const refused = file("refused.yaml", happens("  - signed and opened\n  - rejected: one\n"));
    const { code, out, err } = await run([refused]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("refused.yaml: line 13, column 5: Client Ltd rejects");
    const json = await run([refused, "--json", "--lang", "zh"]);
    expect(JSON.parse(json.out)).toMatchObject({
      type: "/problems/rehearsal-stopped",
      title: "规则不允许",
      refused: "WrongStage",
      rule: 5,
      line: 13,
    });
  });

  test.each([
    ["a half-written file", "title: {", "line 1, column 9: } is missing."],
    ["a deal with a slip", SAMPLE.replace("due: day 40", "deu: day 40"), "milestones[0].deu: this field is not known."],
    ["a terms document", "version: commenda/1", "it is no deal file."],
    ["nothing at all", "", "it is no deal file."],
  ])("error: 2 for %s, and no ledger is started", async (_why, text, en) => {
    const stage = () => Promise.reject(new Error("started"));
    const { code, err } = await run([file("bad.yaml", text)], { stage });
    expect(code).toBe(2);
    expect(err).toContain(en);
  });
});

describe("the examples", () => {
  type Row = { name: string; provider: string; client: string };
  const rows = (readme: string): Row[] =>
    readFileSync(join(root, "examples", readme), "utf8")
      .split("\n")
      .flatMap((line) => {
        const [, , link = "", , , provider = "", client = ""] = line.split("|").map((cell) => cell.trim());
        const name = /\]\((.+)\/deal\.yaml\)/.exec(link)?.[1];
        return name ? [{ name, provider: provider.replaceAll(",", ""), client: client.replaceAll(",", "") }] : [];
      });
  const table = rows("README.md");
  const names = [...new Set(table.map(({ name }) => name))];

  test("behavior: twelve, each the only file of its folder, the same in both languages", () => {
    expect(names).toHaveLength(12);
    const folders = readdirSync(join(root, "examples"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      // A program is no deal: it has a test of its own.
      .filter(({ name }) => !existsSync(join(root, "examples", name, "README.md")));
    expect(folders.map((entry) => entry.name).toSorted()).toEqual(names.toSorted());
    for (const { name } of folders)
      expect(readdirSync(join(root, "examples", name)).filter((one) => /\.ya?ml$/.test(one))).toEqual(["deal.yaml"]);
    expect(rows("README.zh-CN.md")).toEqual(table);
  });

  test.each(names)("behavior: %s comes out on the ledger as its row says", async (name) => {
    const { code, out, err } = await run([join(root, "examples", name, "deal.yaml"), "--json"], {
      stage: LedgerStage.open,
    });
    expect([code, err]).toEqual([0, ""]);
    const { runs } = JSON.parse(out) as { runs: { net: Row; held: string; transactions: number }[] };
    expect(runs.map(({ net }) => ({ name, provider: net.provider, client: net.client }))).toEqual(
      table.filter((row) => row.name === name),
    );
    // Each is played to its end: nothing is left in the escrow.
    expect(runs.map(({ held }) => held)).toEqual(runs.map(() => "0"));
    if (name === "two-transactions") expect(runs[0]?.transactions).toBe(2);
  });

  test.each(["en", "zh"])("behavior: the annotated deal comes out as it says (%s)", async (lang) => {
    const { code, err } = await run([join(root, `src/cli/annotated/deal.${lang}.yaml`)], { stage: LedgerStage.open });
    expect([code, err]).toEqual([0, ""]);
  });
});

describe("npx commenda", () => {
  const commenda = (args: readonly string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [join(root, "scripts/commenda.js"), ...args], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C", NO_COLOR: "1", ...env },
      cwd: folder,
    });

  test("behavior: runs the command of the repository, from any folder, and gives its exit code", () => {
    file("good.yaml", happens("  - signed and opened\n  - { on: day 12, accepted: [one, two, three] }\n"));
    const done = commenda(["rehearse", "good.yaml"]);
    expect([done.stderr, done.status]).toEqual(["", 0]);
    expect(done.stdout).toContain("2 transactions,");
    expect(commenda(["rehears"]).status).toBe(2);
    expect(commenda(["--help"], { LC_ALL: "zh_CN.UTF-8" }).stdout).toContain("命令");
  });
});
