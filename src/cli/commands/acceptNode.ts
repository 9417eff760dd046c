/** `commenda accept watch` and `accept check`: a runner elsewhere, for agreements of a node. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { InputError, Share, Terms, Verdict } from "../../agreement/index.ts";
import { type Client, type Input, ProblemError } from "../../api/client.ts";
import type { Typed } from "../../ledger/Signer.ts";
import { type Command, type Context, type Given, NOT_GOOD, OK, type Option } from "../Command.ts";
import * as Docket from "../Docket.ts";
import { UsageError } from "../Errors.ts";
import * as Keys from "../Keys.ts";
import * as Remote from "../Remote.ts";
import * as RunOptions from "../RunOptions.ts";

const { both, CommendaError } = InputError;
type Words = InputError.Words;

/** Seconds between two looks. */
const EVERY = 5;

const OPTIONS: Readonly<Record<string, Option>> = {
  allow: {
    type: "string",
    value: "BEGINNING",
    repeats: true,
    says: both(
      "commits may also be fetched from addresses that begin so; default: https:// and ssh:// only",
      "允许从以此开头的地址获取提交；默认仅 https:// 与 ssh://",
    ),
  },
  ...RunOptions.HERE,
};

const watch: Command = {
  path: ["accept", "watch"],
  says: both(
    "judges what is delivered, for the side whose key it has: runs, signs, hands in; two equal verdicts pay",
    "为所持密钥的一方判定交付物：运行、签署并提交；双方结论一致即付款",
  ),
  args: ["[AGREEMENT]"],
  options: {
    ...OPTIONS,
    once: { type: "boolean", says: both("ends when nothing waits for it", "无待办事项时即结束") },
    key: Keys.OPTIONS.key as never,
  },
  examples: [
    {
      line: "commenda accept watch --key delegate.json",
      says: both(
        "COMMENDA_URL names the node, COMMENDA_API_KEY the caller",
        "由 COMMENDA_URL 与 COMMENDA_API_KEY 指定节点与身份",
      ),
    },
  ],
  async run(given, context) {
    const { language, options } = given;
    const signer = await Keys.signerOf(options.key, language, context);
    const client = await Remote.connect(context.env, language);
    const stop = context.interruption();
    const desk: Desk = { client, signer, given, context, stop, failed: new Map() };
    context.tell(
      both(`Judging as ${signer.address}; Ctrl-C ends it.`, `以 ${signer.address} 的身份判定；按 Ctrl-C 结束。`)[
        language
      ],
    );
    for (;;) {
      const did = await look(desk).catch((error: unknown) => unreachable(desk, error));
      if (stop.aborted || (options.once === true && did === 0)) break;
      if (did === 0) await setTimeout(EVERY * 1_000, undefined, { signal: stop }).catch(() => {});
      if (stop.aborted) break;
    }
    return options.once === true && desk.failed.size > 0 ? NOT_GOOD : OK;
  },
};

type Signer = Awaited<ReturnType<typeof Keys.signerOf>>;
type Desk = {
  readonly client: Client;
  readonly signer: Signer;
  readonly given: Given;
  readonly context: Context;
  readonly stop: AbortSignal;
  /** What came to nothing, and is not tried again until it changes. */
  readonly failed: Map<string, string>;
};

/** A node that is away for a while is asked again; what it refuses for good ends the command. */
function unreachable({ context, given, stop }: Desk, error: unknown): number {
  if (stop.aborted) return 0;
  const passes = error instanceof TypeError || (error instanceof ProblemError && error.next === "retry");
  if (!passes || given.options.once === true) throw error;
  context.tell(both("The node does not answer; asking again.", "节点没有应答，稍后重试。")[given.language]);
  return 0;
}

/** One look at everything. @returns how much was done. */
async function look(desk: Desk): Promise<number> {
  const { client, signer, given, stop } = desk;
  const [only] = given.args;
  let did = 0;
  for (const id of only === undefined ? await Docket.list(client) : [only]) {
    const one = await Docket.open(client, id);
    const side = one && Docket.sideOf(one.terms, signer.address);
    if (!one || !side) continue;
    for (const item of one.items) {
      for (const { criterion, side: whose } of item.waits) {
        if (stop.aborted) return did;
        if (whose === side && (await judge(desk, one, item, criterion))) did += 1;
      }
      if (side === "client" && item.does && !item.act && (await carryOut(desk, one, item))) did += 1;
    }
  }
  return did;
}

/** Runs, signs, hands in. @returns whether it did. */
async function judge(desk: Desk, one: Docket.Case, item: Docket.Standing, criterion: string): Promise<boolean> {
  const { client, signer, given, context, stop, failed } = desk;
  const { language } = given;
  const name = [one.agreement, item.milestone, item.round, criterion, item.state].join(" ");
  if (failed.has(name)) return false;
  const place = mkdtempSync(join(tmpdir(), "commenda-watch-"));
  try {
    const verdict = await run(desk, one, { milestone: item.milestone, criterion }, place);
    if (!verdict) return false;
    const signature = await signer.sign(Verdict.typedData(Terms.domain(one.terms), verdict));
    const signed = { verdict, by: signer.address, signature };
    await client.call("POST /v1/agreements/{agreement}/verdicts", { agreement: one.agreement, signed });
    const passed = verdict.checks.filter(({ result }) => result === "pass").length;
    const says = both(
      `${item.milestone}, ${criterion}: ${passed} of ${verdict.checks.length} passed. ${Verdict.digest(verdict)}`,
      `${item.milestone}，${criterion}：${verdict.checks.length} 项中 ${passed} 项通过。${Verdict.digest(verdict)}`,
    );
    context.print(given.json ? JSON.stringify(signed) : says[language]);
    return true;
  } catch (error) {
    if (stop.aborted) return false;
    const words = wordsOf(error);
    if (!words) throw error;
    failed.set(name, words.en);
    context.tell(`✗ ${item.milestone}, ${criterion}: ${words[language]}`);
    return false;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Of what ends a run and not the command. */
function wordsOf(error: unknown): Words | undefined {
  if (error instanceof CommendaError) return error.words;
  if (error instanceof ProblemError && error.next !== "retry") return both(error.message, error.message);
  return undefined;
}

/** Nothing while its sealed part may still be shown. */
async function run(
  { given, context, client, stop }: Pick<Desk, "given" | "context" | "client" | "stop">,
  one: Docket.Case,
  asked: Docket.Asked,
  place: string,
): Promise<Verdict.Verdict | undefined> {
  const { options, lists, language } = given;
  const Child = await import("../../acceptance/Child.ts");
  const text = (name: string) => (typeof options[name] === "string" ? { [name]: options[name] } : {});
  const order = await Docket.order(client, one, asked, place, {
    ...{ allow: lists.allow ?? [], unconfined: options.unconfined === true, now: context.now() * 60 },
    ...text("cache"),
    ...text("registry"),
  });
  if (!order?.criterion?.run) return undefined;
  context.progress(both(`judging ${asked.criterion}`, `正在判定 ${asked.criterion}`)[language]);
  try {
    return await Child.judge(order, {
      signal: stop,
      ...(options.log === true ? { onLog: (chunk: string) => context.tell(chunk.replace(/\n$/, "")) } : {}),
    });
  } finally {
    context.progress(undefined);
  }
}

/** What both agree on, by the signatures alone, signed for the client. @returns whether it did. */
async function carryOut(desk: Desk, one: Docket.Case, item: Docket.Standing): Promise<boolean> {
  const { client, signer, given, context, failed } = desk;
  const { agreement } = one;
  const name = [agreement, item.milestone, item.round, "act"].join(" ");
  if (failed.has(name)) return false;
  const settlement = await Docket.settled(client, one, item);
  if (settlement.kind !== "equal") return false;
  const act = await actOf(desk, one, item, settlement.shareBps);
  try {
    const prepared = await client.call("POST /v1/agreements/{agreement}/acts/prepare", { agreement, act });
    const typed = prepared.typedData as Typed | undefined;
    if (!prepared.allowed || !typed || prepared.validUntil === undefined) return false;
    demand(typed, one, item, act.verb);
    const signature = await signer.sign(typed);
    const { validUntil } = prepared;
    const sent = await client.call("POST /v1/agreements/{agreement}/acts", { agreement, act, signature, validUntil });
    const says = both(
      `${item.milestone}: ${act.verb}, ${sent.status}`,
      `${item.milestone}：${act.verb}，${sent.status}`,
    );
    context.print(given.json ? JSON.stringify(sent) : says[given.language]);
    return true;
  } catch (error) {
    const words = wordsOf(error);
    if (!words) throw error;
    failed.set(name, words.en);
    context.tell(`✗ ${item.milestone}: ${words[given.language]}`);
    return false;
  }
}

type Act = Input<"POST /v1/agreements/{agreement}/acts">["act"];

async function actOf(desk: Desk, one: Docket.Case, item: Docket.Standing, shareBps: number): Promise<Act> {
  const { milestone } = item;
  if (shareBps === Share.WHOLE) return { verb: "accept", milestones: [milestone] };
  const terms = one.terms.milestones.find(({ name }) => name === milestone);
  const evidence = await reasons(desk, one, item);
  if (item.does === "acceptPart" && terms?.acceptance === "by weight" && shareBps > 0)
    return { verb: "acceptPart", milestone, share: Share.format(shareBps), evidence };
  return { verb: "reject", milestone, evidence };
}

/** What is signed is what both agreed on, whatever the node put there. */
function demand(typed: Typed, { ledgerId, terms }: Docket.Case, item: Docket.Standing, verb: string): void {
  const tranche = terms.milestones.findIndex(({ name }) => name === item.milestone);
  const { message, primaryType, domain } = typed;
  const { chainId, verifyingContract } = Terms.domain(terms);
  const tip = message.tip as { cap?: unknown } | undefined;
  const isOurs =
    primaryType.toLowerCase() === verb.toLowerCase() &&
    message.agreement === ledgerId &&
    Number(domain.chainId) === chainId &&
    domain.verifyingContract?.toLowerCase() === verifyingContract.toLowerCase() &&
    Number(tip?.cap ?? 0) === 0 &&
    (verb === "accept" ? Number(message.tranches) === 1 << tranche : Number(message.tranche) === tranche);
  if (isOurs) return;
  throw new UsageError(
    both(
      "The node asks to sign something else than both agreed on. Nothing was signed. Ask its operator.",
      "节点请求签署的内容与双方一致的结论不符。未作任何签署，请联系运营者。",
    ),
  );
}

/** The verdicts, as the file that a rejection names. @returns its id. */
async function reasons({ client }: Desk, one: Docket.Case, item: Docket.Standing): Promise<string> {
  const { client: mine, provider } = await Docket.verdicts(client, one, item);
  const text = JSON.stringify({ version: "commenda-verdicts/1", verdicts: [...mine, ...provider] });
  const { id } = await client.call("POST /v1/agreements/{agreement}/evidence/small", {
    ...{ agreement: one.agreement, name: `verdicts-${item.milestone}-${item.round}.json` },
    content: Buffer.from(text, "utf8").toString("base64"),
  });
  return id;
}

const check: Command = {
  path: ["accept", "check"],
  says: both(
    "runs what was delivered once more, for whoever sits in the agreement, and compares it with both sides' verdicts",
    "为协议参与者重新运行交付物，并与双方结论逐项比较",
  ),
  args: ["AGREEMENT", "MILESTONE"],
  options: OPTIONS,
  examples: [
    {
      line: "commenda accept check 0197b2c4-7d1e-7c3a-9f04-2b6f1f0c7a11 design",
      says: both("as the arbitrator does", "仲裁人即用此命令"),
    },
  ],
  async run(given, context) {
    const { args, language, json } = given;
    const [agreement = "", milestone = ""] = args;
    const client = await Remote.connect(context.env, language);
    const one = await Docket.open(client, agreement);
    const item = one?.items.find((each) => each.milestone === milestone);
    if (!one || !item?.subject || item.criteria.length === 0) {
      throw new UsageError(
        both(
          `Nothing of "${milestone}" in agreement ${agreement} was delivered for code to judge.`,
          `协议 ${agreement} 的“${milestone}”没有可由代码判定的交付物。`,
        ),
      );
    }
    const said = await Docket.verdicts(client, one, item);
    let good = true;
    for (const criterion of item.criteria) {
      const place = mkdtempSync(join(tmpdir(), "commenda-check-"));
      try {
        const stop = context.interruption();
        const verdict = await run({ given, context, client, stop }, one, { milestone, criterion }, place);
        if (!verdict) {
          good = false;
          const says = both(
            `${criterion}: its sealed part may still be shown. Run this again then.`,
            `${criterion}：密封部分仍可公开，请届时重试。`,
          );
          context.print(says[language]);
          continue;
        }
        const sides = (["client", "provider"] as const).map((side) => {
          const theirs = said[side].find((each) => each.criterion === criterion);
          return { side, differences: theirs && Verdict.compare(verdict, theirs) };
        });
        good &&= Verdict.passed(verdict);
        if (json) context.print(JSON.stringify({ digest: Verdict.digest(verdict), verdict, sides }));
        else report(context, given, verdict, sides);
      } finally {
        rmSync(place, { recursive: true, force: true });
      }
    }
    return good ? OK : NOT_GOOD;
  },
};

const MARKS = { pass: "✓", fail: "✗", error: "!" };
const SIDES = { client: both("the client", "甲方"), provider: both("the provider", "乙方") };
type Compared = { side: "client" | "provider"; differences: readonly Verdict.Difference[] | undefined };

function report(context: Context, { language }: Given, verdict: Verdict.Verdict, sides: readonly Compared[]): void {
  for (const { id, result, why } of verdict.checks)
    context.print(`${MARKS[result]} ${id}${why ? `: ${why[language]}` : ""}`);
  for (const { side, differences } of sides) {
    const who = SIDES[side];
    if (differences === undefined)
      context.print(both(`${who.en} has said nothing.`, `${who.zh}尚未提交结论。`)[language]);
    else if (differences.length === 0) context.print(both(`✓ as ${who.en} found`, `✓ 与${who.zh}一致`)[language]);
    else {
      context.print(both(`✗ other than ${who.en} found:`, `✗ 与${who.zh}不一致：`)[language]);
      for (const { says } of differences) context.print(`  ${says[language]}`);
    }
  }
}

export const acceptsOfNode: readonly Command[] = [watch, check];
