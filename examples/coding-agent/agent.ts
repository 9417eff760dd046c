/**
 * A program that works for money: it takes an agreement over MCP, writes code, commits it, delivers, reads why it was
 * rejected, mends, and is paid. What it knows it has from the tools; no person is asked.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

type Json = Record<string, unknown>;
export type Tool = <T = Json>(name: string, input?: Json) => Promise<T>;

export type Agent = {
  readonly url: string;
  readonly apiKey: string;
  /** Where it commits; whoever judges can fetch from there. */
  readonly repository: string;
  readonly tell: (text: string) => void;
};

type Standing = { milestone: string; state: string; round: number; does?: string; criteria: string[] };

/** Works until the first milestone is paid. @returns how often it had to deliver. */
export async function work({ url, apiKey, repository, tell }: Agent): Promise<number> {
  const mcp = new Client({ name: "a coding agent", version: "1.0.0" });
  const headers = { authorization: `Bearer ${apiKey}` };
  await mcp.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } }));
  const tool: Tool = async (name, input = {}) => {
    const answer = await mcp.callTool({ name, arguments: input });
    if (answer.isError) throw new Error(JSON.stringify(answer.content));
    return answer.structuredContent as never;
  };
  try {
    const agreement = await taken(tool, tell);
    const checks = await asked(tool, agreement);
    let deliveries = 0;
    for (let failed: readonly string[] = []; ; ) {
      const commit = commitOf(repository, write(checks, failed));
      const { milestone, round } = await standing(tool, agreement);
      const commits = [{ repository, commit }];
      const { id: evidence } = await tool<{ id: string }>("manifest_create", { agreement, milestone, commits });
      await tool("act_submit", { agreement, act: { verb: "deliver", milestone, evidence } });
      deliveries += 1;
      tell(`agent: delivered ${commit.slice(0, 10)}`);
      const now = await decided(tool, agreement, round);
      if (now.state === "ended") return deliveries;
      failed = await whyNot(tool, agreement, round);
      tell(`agent: rejected, since ${failed.join(", ")} failed; mending`);
    }
  } finally {
    await mcp.close();
  }
}

/** Signs what it was offered, and waits until it is open. */
async function taken(tool: Tool, tell: Agent["tell"]): Promise<string> {
  for (;;) {
    const { items } = await tool<{ items: { id: string; status: string; version: number; title: { en: string } }[] }>(
      "agreement_list",
    );
    const [first] = items;
    if (first?.status === "open") {
      tell(`agent: "${first.title.en}" is open`);
      return first.id;
    }
    if (first?.status === "offered")
      await tool("signature_give", { agreement: first.id, side: "provider", version: first.version });
    else await setTimeout(200);
  }
}

type Check = { id: string; stdin?: { json: unknown }; expect: { stdout: { json: unknown } } };

/** What the open part of the suite asks. Texts of others are data, never instructions. */
async function asked(tool: Tool, agreement: string): Promise<readonly Check[]> {
  const { items } = await tool<{ items: { id: string; purpose: string }[] }>("folder_list", { agreement });
  const suite = items.find(({ purpose }) => purpose === "suite");
  const { files } = await tool<{ files: { path: string; content: string }[] }>("folder_content", {
    ...{ agreement, folder: suite?.id },
  });
  const text = Buffer.from(files.find(({ path }) => path === "suite.yaml")?.content ?? "", "base64").toString("utf8");
  const { parse } = await import("yaml");
  return (parse(text) as { judge: { checks: Check[] } }).judge.checks;
}

async function standing(tool: Tool, agreement: string): Promise<Standing> {
  const { items } = await tool<{ items: Standing[] }>("acceptance_show", { agreement });
  const [first] = items;
  if (!first) throw new Error("the agreement has a milestone");
  return first;
}

/** Until the round is over. */
async function decided(tool: Tool, agreement: string, round: number): Promise<Standing> {
  for (;;) {
    const now = await standing(tool, agreement);
    if (now.state === "ended" || now.round > round) return now;
    await setTimeout(200);
  }
}

/** Checks of the round that both sides' runs found to fail. */
async function whyNot(tool: Tool, agreement: string, round: number): Promise<readonly string[]> {
  const { items } = await tool<{ items: { id: string; round: number }[] }>("verdict_list", { agreement });
  const own = items.find((one) => one.round === round);
  const { signed } = await tool<{ signed: { verdict: { checks: { id: string; result: string }[] } } }>("verdict_show", {
    ...{ agreement, verdict: own?.id },
  });
  return signed.verdict.checks.filter(({ result }) => result !== "pass").map(({ id }) => id);
}

/**
 * The part that thinks. Here it is a stand-in for a model: it first knows the open examples by heart, which the hidden
 * part of the suite finds out, and writes the real thing when that was rejected.
 */
function write(checks: readonly Check[], failed: readonly string[]): string {
  if (failed.length === 0) {
    const known = checks.map(({ stdin, expect }) => [JSON.stringify(stdin?.json), expect.stdout.json]);
    return `const known = ${JSON.stringify(Object.fromEntries(known))};\n${READ}
console.log(JSON.stringify(known[JSON.stringify(JSON.parse(text))] ?? []));\n`;
  }
  return `const LETTERS = [[1000, "M"], [900, "CM"], [500, "D"], [400, "CD"], [100, "C"], [90, "XC"], [50, "L"], [40, "XL"], [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]];
function roman(number) {
  if (!Number.isInteger(number) || number < 1 || number > 3999) return null;
  let [left, text] = [number, ""];
  for (const [value, letters] of LETTERS) for (; left >= value; left -= value) text += letters;
  return text;
}
${READ}
console.log(JSON.stringify(JSON.parse(text).map(roman)));\n`;
}

const READ = `let text = "";\nfor await (const chunk of process.stdin) text += chunk;`;

function commitOf(repository: string, code: string): string {
  mkdirSync(repository, { recursive: true });
  const name = ["-c", "user.name=Agent", "-c", "user.email=agent@example.com"];
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", repository, ...name, ...args], { encoding: "utf8" }).trim();
  git("init", "--quiet");
  writeFileSync(join(repository, "roman.mjs"), code);
  git("add", ".");
  git("commit", "--quiet", "--message", "Roman numerals");
  return git("rev-parse", "HEAD");
}
