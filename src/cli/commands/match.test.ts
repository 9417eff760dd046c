import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { cases } from "../../matching/testing/Cases.ts";
import * as Cli from "../Cli.ts";
import { terminal } from "../testing/Terminal.ts";
import { matches } from "./match.ts";

const folder = mkdtempSync(join(tmpdir(), "commenda-match-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string) => join(folder, name);
const file = (name: string, lines: readonly unknown[]) => {
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  writeFileSync(path(name), text);
  return path(name);
};
const run = async (...args: readonly string[]) => {
  const { context, out, err } = terminal();
  const code = await Cli.run(["match", ...args], matches, context);
  return { code, out: out(), err: err() };
};

const all = cases(260);
const train = file("train.jsonl", all.slice(0, 200));
const later = file("later.jsonl", all.slice(200));

test("behavior: eval ends with one line of JSON, of fractions, with its baselines beside it", async () => {
  const { code, out } = await run("eval", "--train", train, "--test", later, "--json");
  expect(code).toBe(0);
  const found = JSON.parse(out.trim().split("\n").at(-1) ?? "");
  const keys = ["top1", "top5", "top10", "mrr20", "ndcg10", "queriesPerSecond", "indexSeconds", "memoryMb"];
  expect(Object.keys(found)).toEqual(expect.arrayContaining([...keys, "newcomerShare", "mrr20WithFloor"]));
  expect(Object.keys(found.baselines)).toEqual(["mostFrequent", "mostRecentInArea", "bm25Vote"]);
  for (const figures of [found, ...Object.values<Record<string, number>>(found.baselines)]) {
    expect(keys.filter((key) => typeof figures[key] !== "number")).toEqual([]);
    for (const key of keys.slice(0, 5)) expect(figures[key]).toBeLessThanOrEqual(1);
  }
  expect(found.queries).toBe(60);
});

test("behavior: learns, ranks, writes and verifies; a ranking that was changed ends with 1", async () => {
  const weights = path("weights.json");
  expect((await run("learn", train, "--out", weights)).code).toBe(0);
  expect((await run("learn", train, "--out", weights)).err).toContain("it is there already");
  const ranking = path("ranking.json");
  const at = String(all[200]?.at);
  const ask = ["rank", "--cases", train, "--weights", weights, "--area", "小程序", "--title", "支付报错", "--at", at];
  const ranked = await run(...ask, "--floor", "s", "--out", ranking, "--why", "p0", "--lang", "zh");
  expect(ranked.out).toMatch(/^1\. p\d+ .*\n.*相似的既往工作/);
  expect(ranked.err).toContain("p0 ");
  const verify = ["verify", ranking, "--cases", train, "--weights", weights];
  expect(await run(...verify)).toMatchObject({ code: 0, out: expect.stringContaining("as the inputs give them") });
  writeFileSync(ranking, readFileSync(ranking, "utf8").replace('"place":2', '"place":3'));
  expect(await run(...verify)).toMatchObject({ code: 1, err: expect.stringContaining("candidates[1].place") });
});

test("error: broken lines with line and field; kept only if asked; files and flags that are wrong", async () => {
  const broken = file("broken.jsonl", [...all.slice(0, 50), "{", { ...all[51], at: "soon" }, ...all.slice(52, 60)]);
  const refused = await run("rank", "--cases", broken, "--area", "a", "--title", "t");
  expect(refused).toMatchObject({ code: 2, out: "" });
  expect(refused.err).toMatch(/json: line 51 .*\n.*at: line 52/);
  const kept = await run("rank", "--cases", broken, "--area", "data", "--title", "query", "--keep-good");
  expect(kept).toMatchObject({ code: 0, err: expect.stringContaining("line 51") });
  expect((await run("eval", "--train", path("nowhere"))).err).toContain("there is no such file");
  expect((await run("eval", "--train", file("empty", []))).err).toContain("it holds no case");
  expect((await run("eval", "--train", train, "--without", "luck")).err).toContain("found luck");
  expect((await run("rank", "--cases", train, "--area", "a", "--title", "t", "--at", "soon")).err).toContain("at:");
  expect((await run("verify", train, "--cases", train)).err).toContain("it is no JSON");
});
