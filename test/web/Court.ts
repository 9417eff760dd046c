/** Agreements whose first milestone code judges: a suite of three questions, work that answers them, and both sides' runs. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Address, Secp256k1, Signature, TypedData } from "ox";
import { Terms, Verdict } from "../../src/agreement/index.ts";
import type * as Client from "../../src/api/client.ts";
import * as Deals from "./Deals.ts";
import type * as Demonstration from "./Demonstration.ts";

export type Files = Readonly<Record<string, string>>;

/** What works: an order is the sum of its lines, and a word comes back in any script. */
export const GOOD: Files = {
  "shop.mjs": `const words = process.argv.slice(2);
console.error("asked for", words.join(" "));
if (words[0] === "sum") console.log(words.slice(1).reduce((sum, one) => sum + Number(one), 0));
else console.log(words.join(" "));
`,
};

/** As `GOOD`, and adds one too many. */
export const BAD: Files = { "shop.mjs": GOOD["shop.mjs"]?.replace("0));", "1));") ?? "" };

/** Prints for a while, so that its log can be watched, and it stopped. */
export const SLOW: Files = {
  "shop.mjs": `for (let line = 1; ; line++) {
  console.log("line", line, "\\u001b[31m<b>red</b>\\u202e");
  await new Promise((resolve) => setTimeout(resolve, 100));
}
`,
};

const check = (id: string, en: string, zh: string, args: string, expected: string) => `    - id: ${id}
      what: { en: ${en}, zh: ${zh} }
      args: [${args}]
      expect: { stdout: ${expected} }
`;

const HEAD = `version: commenda-suite/1
title: { en: The till of a shop, zh: 商店收银 }
kind: command
run:
  environment: { tools: [{ name: node, version: "24" }], locale: C.UTF-8, timeZone: UTC, seed: "7", clock: 2027-01-01T00:00Z }
  limits: { time: 10, cpu: 10, memory: 256, disk: 16, output: 1, processes: 32 }
  flaky: { runs: 1, passes: all }
  exact: []
  within: 3 days
judge:
  run: [node, shop.mjs]
  checks:
`;

export const SUITE: Files = {
  "suite.yaml": `${HEAD}${check("sum", "an order is the sum of its lines", "订单金额为各行之和", 'sum, "2800", "4500"', '"7300\\n"')}${check("none", "an order without lines costs nothing", "空订单金额为零", "sum", '"0\\n"')}${check("script", "words come back in any script", "支持任何文字", "明前龙井", '"明前龙井\\n"')}`,
};

/** A hidden part of it. */
const PART: Files = {
  "suite.yaml": `${HEAD}${check("large", "a large order adds up too", "大额订单也能正确相加", 'sum, "990000", "1"', '"990001\\n"')}`,
};

/** A folder of texts, as the node takes it. */
export const folder = (files: Files) =>
  Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text, "utf8").toString("base64") }));

export type Case = Deals.Deal & {
  /** Delivers for the design: a commit where a repository is named, else a folder. */
  deliver(files: Files, repository?: Repository): Promise<void>;
  /** Of the design. */
  acceptance(): Promise<Client.Output<"GET /v1/agreements/{agreement}/acceptance">["items"][number]>;
};

export type Wanted = Deals.Wanted & {
  suite?: Files;
  /** The client hides a part of it, which this node keeps for it. */
  sealed?: boolean;
  /** Address of the key that judges for the provider elsewhere; without it this node does. */
  provider?: string;
};

const DESIGN = { milestone: "design", criterion: "design-complete" };

/** Signed and opened, unless it is to end before. */
export async function make(demo: Demonstration.Demonstration, wanted: Wanted = {}): Promise<Case> {
  const { suite = SUITE, sealed = false, provider, until = "open", ...others } = wanted;
  const deal = await Deals.make(demo, { ...others, until: "complete" });
  const { id: agreement } = deal;
  const client = await deal.as("client");
  const put = await client.call("POST /v1/agreements/{agreement}/folders", {
    ...{ agreement, purpose: "suite", files: folder(suite) },
  });
  if (!put.suite) throw new Error("it was put as a suite");
  const { suite: hash, run } = put.suite.criterion;
  const { document, version } = await client.call("GET /v1/agreements/{agreement}", { agreement });
  const terms = document as unknown as Terms.Terms;
  const hidden = sealed ? { sealed: [await seal(client, agreement)] } : {};
  const [design, app] = terms.milestones;
  const judged = terms.criteria.map((one) =>
    one.name === DESIGN.criterion
      ? { ...one, weight: "100 %", how: "test suite", by: "both", suite: hash, run, ...hidden }
      : one,
  );
  await client.call("POST /v1/agreements/{agreement}/versions", {
    ...{ agreement, base: version },
    document: {
      ...terms,
      milestones: [{ ...design, criteria: [DESIGN.criterion] }, app],
      criteria: judged.filter(({ name }) => name !== "design-fast"),
      parties: {
        client: { ...terms.parties.client, delegate: await runner(deal, "client") },
        provider: { ...terms.parties.provider, delegate: provider ?? (await runner(deal, "provider")) },
      },
    },
  });
  if (until === "signed" || until === "open") {
    await deal.sign("client");
    await deal.sign("provider");
  }
  if (until === "open") await deal.act("client", { verb: "open" });
  return {
    ...deal,
    async deliver(files, repository) {
      const caller = await deal.as("provider");
      const named = repository
        ? { commits: [{ repository: repository.path, commit: repository.commit(files) }] }
        : { files: [(await putWork(caller, agreement, files)).id] };
      const manifest = { agreement, milestone: DESIGN.milestone, ...named };
      const { id } = await caller.call("POST /v1/agreements/{agreement}/manifests", manifest);
      await deal.act("provider", { verb: "deliver", milestone: DESIGN.milestone, evidence: id });
    },
    async acceptance() {
      const { items } = await client.call("GET /v1/agreements/{agreement}/acceptance", { agreement });
      const found = items.find(({ milestone }) => milestone === DESIGN.milestone);
      if (!found) throw new Error("the design is a milestone");
      return found;
    },
  };
}

/** The clause of a hidden part that asks for a sum that no open check has. */
async function seal(client: Client.Client, agreement: string) {
  const put = (purpose: "part" | "reference", files: Files) =>
    client.call("POST /v1/agreements/{agreement}/folders", { agreement, purpose, files: folder(files) });
  const [part, reference] = [await put("part", PART), await put("reference", GOOD)];
  const named = { agreement, part: part.id, reference: reference.id };
  return (await client.call("POST /v1/agreements/{agreement}/sealed", named)).clause;
}

async function runner(deal: Deals.Deal, persona: "client" | "provider"): Promise<string> {
  const caller = await deal.as(persona);
  const { organisations } = await caller.call("GET /v1/me");
  const organisation = organisations.find(({ personal }) => !personal)?.id ?? "";
  const { address, problem } = await caller.call("PUT /v1/organisations/{organisation}/runner", { organisation });
  if (address === undefined) throw new Error(`this node judges nothing: ${problem?.en}`);
  return address;
}

export const putWork = (caller: Client.Client, agreement: string, files: Files) =>
  caller.call("POST /v1/agreements/{agreement}/folders", { agreement, purpose: "work", files: folder(files) });

/** Until a side has said what it found. */
export async function said(deal: Case, side: "client" | "provider") {
  const client = await deal.as("client");
  for await (const _ of first(client.events({ agreement: deal.id }))) {
    const { items } = await client.call("GET /v1/agreements/{agreement}/verdicts", { agreement: deal.id });
    const found = items.find((one) => one.side === side);
    if (found)
      return client.call("GET /v1/agreements/{agreement}/verdicts/{verdict}", {
        agreement: deal.id,
        verdict: found.id,
      });
  }
  throw new Error("events never end");
}

/** Once at once, then with every event. */
async function* first(events: AsyncGenerator<unknown, void, void>): AsyncGenerator<void, void, void> {
  yield;
  for await (const _ of events) yield;
}

/** Of a runner of the provider's that is elsewhere. */
const KEY: `0x${string}` = `0x${"5a".repeat(32)}`;
export const ELSEWHERE = Address.fromPublicKey(Secp256k1.getPublicKey({ privateKey: KEY })).toLowerCase();

/** The provider's key says of the design what the client found, but for one check. */
export async function disagree(deal: Case): Promise<void> {
  const { signed } = await said(deal, "client");
  const { verdict: theirs } = signed as unknown as Verdict.Signed;
  const why = { en: "found 7301, expected 7300", zh: "现为 7301，应为 7300" };
  const checks = theirs.checks.map(({ why: _, ...one }) => {
    if (one.id !== "sum") return one;
    return one.result === "pass" ? { ...one, result: "fail" as const, why } : { ...one, result: "pass" as const };
  });
  const verdict: Verdict.Verdict = { ...theirs, checks };
  const provider = await deal.as("provider");
  const { document } = await provider.call("GET /v1/agreements/{agreement}", { agreement: deal.id });
  const typed = Verdict.typedData(Terms.domain(document as unknown as Terms.Terms), verdict);
  const payload = TypedData.getSignPayload(typed as TypedData.Definition);
  const signature = Signature.toHex(Secp256k1.sign({ payload, privateKey: KEY }));
  await provider.call("POST /v1/agreements/{agreement}/verdicts", {
    ...{ agreement: deal.id, signed: { verdict, by: ELSEWHERE, signature } },
  });
}

export type Repository = { readonly path: string; commit(files: Files): string; remove(): void };

/** A repository of git on this disk. */
export function repository(): Repository {
  const path = mkdtempSync(join(tmpdir(), "commenda-repository-"));
  const git = (...args: string[]) => execFileSync("git", ["-C", path, ...args], { encoding: "utf8" }).trim();
  git("init", "--quiet");
  git("config", "user.name", "Provider");
  git("config", "user.email", "provider@example.com");
  return {
    path,
    commit(files) {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
      }
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message", "Work");
      return git("rev-parse", "HEAD");
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
