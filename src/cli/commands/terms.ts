/** `commenda terms ...`: makes, checks, hashes, shows, compares and signs terms documents. */
import { existsSync, writeFileSync } from "node:fs";
import { ChangeOrder, Codec, Compare, Endings, InputError, Money, Terms, Time } from "../../agreement/index.ts";
import type * as Signer from "../../ledger/Signer.ts";
import * as Annotated from "../Annotated.ts";
import { type Command, type Context, type Given, NOT_GOOD, OK } from "../Command.ts";
import * as Deal from "../Deal.ts";
import * as DealTerms from "../DealTerms.ts";
import * as Document from "../Document.ts";
import { BadFile, FileUnusable, UsageError, WrongHash, WrongKey } from "../Errors.ts";
import * as Keys from "../Keys.ts";
import * as Source from "../Source.ts";
import * as When from "../When.ts";

const { both } = InputError;
type Words = InputError.Words;

const OUT = {
  type: "string",
  value: "FILE",
  says: both("writes there instead of stdout", "写入该文件而非标准输出"),
} as const;
const FORCE = { type: "boolean", says: both("overwrites a file that is there", "覆盖已有文件") } as const;

const make: Command = {
  path: ["terms", "new"],
  says: both(
    "writes a terms document from a deal file, or an annotated one to start from",
    "由交易文件生成条款文件，或给出带注释的范本",
  ),
  args: ["[DEAL]"],
  options: {
    out: OUT,
    force: FORCE,
    deal: {
      type: "boolean",
      says: both("an annotated deal file instead of a terms document", "给出带注释的交易文件，而非条款文件"),
    },
  },
  examples: [
    {
      line: "commenda terms new deal.yaml --out terms.json",
      says: both("the document that both will sign", "双方将签署的文件"),
    },
    {
      line: "commenda terms new --deal --out deal.yaml",
      says: both("a deal to start from, with notes", "带注释的交易范本"),
    },
    {
      line: "commenda terms new --out terms.yaml",
      says: both("a whole document to start from, with notes", "带注释的完整条款范本"),
    },
  ],
  async run({ args: [file], options, language }, context) {
    if (options.deal && file !== undefined)
      throw new UsageError(
        both("--deal starts from nothing: leave out the file.", "--deal 从空白开始，请勿指定文件。"),
      );
    if (file === undefined) {
      write(options.deal ? Annotated.deal(language) : Annotated.terms(language), options, context);
      return OK;
    }
    const source = Source.open(file);
    if (!Deal.isDeal(source)) throw new FileUnusable(file, both("it is a terms document already.", "已经是条款文件。"));
    const { terms, standIns } = DealTerms.expand(Deal.read(source), { salt: context.random() });
    write(`${JSON.stringify(terms, null, 2)}\n`, options, context);
    tellStandIns(standIns, language, context);
    return OK;
  },
};

function tellStandIns(fields: readonly string[], language: InputError.Language, context: Context) {
  if (fields.length === 0) return;
  const list = fields.join(", ");
  const says = both(
    `Stand-ins of the rehearsal stand in ${list}. Everybody has their keys: put the real ones in before anyone signs.`,
    `以下字段为预演替身：${list}。其密钥人尽皆知，签署前请换成真实地址。`,
  );
  context.tell(says[language]);
}

function write(text: string, { out, force }: Given["options"], context: Context) {
  if (typeof out !== "string") return context.print(text.replace(/\n$/, ""));
  if (existsSync(out) && !force)
    throw new FileUnusable(out, both("it is there already. --force overwrites it.", "文件已存在，--force 可覆盖。"));
  try {
    writeFileSync(out, text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw new FileUnusable(
      out,
      both(`it cannot be written (${code}). Choose another place.`, `无法写入（${code}），请另选位置。`),
    );
  }
}

const check: Command = {
  path: ["terms", "check"],
  says: both("finds all that is wrong with a terms document or a deal file", "检查条款文件或交易文件的全部问题"),
  args: ["FILE"],
  options: {
    at: {
      type: "string",
      value: "TIME",
      says: both("dates are held against this time instead of now", "以该时间而非当前时间核对日期"),
    },
  },
  examples: [
    {
      line: "commenda terms check terms.json",
      says: both("exit code 1 and every problem with its line, or 0", "有问题时退出码为 1 并逐行列出，否则为 0"),
    },
    { line: "commenda terms check deal.yaml --at 2027-01-01", says: both("as it will look then", "按届时情形检查") },
  ],
  async run({ args: [file = ""], options, language, json }, context) {
    const now = typeof options.at === "string" ? timeOf(options.at) : context.now();
    // What cannot even be read as YAML is a wrong input; what can be read is judged.
    Source.open(file);
    try {
      const { notes, standIns, terms, source } = Document.open(file, { now });
      if (json)
        context.print(
          JSON.stringify(
            { file: source.name, ok: true, notes: notes.map((one) => one.toProblem(language)), standIns },
            null,
            2,
          ),
        );
      else {
        context.print(
          both(`${source.name}: nothing is wrong. ${terms.title.en}`, `${source.name}：没有问题。${terms.title.zh}`)[
            language
          ],
        );
        for (const note of notes) context.print(`${both("note: ", "提示：")[language]}${note.in(language)}`);
        tellStandIns(standIns, language, context);
      }
      return OK;
    } catch (error) {
      if (!(error instanceof BadFile)) throw error;
      if (json) context.print(JSON.stringify({ ok: false, ...error.toProblem(language) }, null, 2));
      else context.print(error.in(language));
      return NOT_GOOD;
    }
  },
};

function timeOf(text: string): number {
  const problems = InputError.problemsOf(() => When.parse(text, "--at", { dayZero: Time.EARLIEST, zone: 0 }));
  if (problems[0]) throw problems[0];
  return When.parse(text, "--at", { dayZero: Time.EARLIEST, zone: 0 });
}

const hash: Command = {
  path: ["terms", "hash"],
  says: both("the id that both sign", "双方签署的编号"),
  args: ["FILE"],
  options: {},
  examples: [{ line: "commenda terms hash terms.json", says: both("compare it over the telephone", "可在电话中核对") }],
  async run({ args: [file = ""], json }, context) {
    const { terms } = Document.openFinal(file);
    const id = Terms.hash(terms);
    const all = {
      id,
      contentHash: Terms.contentHash(terms),
      commitment: Terms.commitment(terms),
      domain: Terms.domain(terms),
    };
    context.print(json ? JSON.stringify(all, null, 2) : id);
    return OK;
  },
};

const show: Command = {
  path: ["terms", "show"],
  says: both("the term sheet in plain words", "以通俗文字显示条款"),
  args: ["FILE"],
  options: {},
  examples: [{ line: "commenda terms show terms.json --lang zh", says: both("in Chinese", "中文") }],
  async run({ args: [file = ""], language, json }, context) {
    const { terms, standIns } = Document.open(file);
    context.print(json ? JSON.stringify(terms, null, 2) : Terms.show(terms, language));
    if (!json) tellStandIns(standIns, language, context);
    return OK;
  },
};

const endings: Command = {
  path: ["terms", "endings"],
  says: both(
    "every way it can end: worst and best, longest lock, who can stall",
    "全部结局：最坏与最好、最长锁定、谁可拖延",
  ),
  args: ["FILE"],
  options: {},
  examples: [{ line: "commenda terms endings deal.yaml", says: both("read it before you sign", "签署前请先阅读") }],
  async run({ args: [file = ""], language, json }, context) {
    const { terms } = Document.open(file);
    const title = (milestone: number) => terms.milestones[milestone]?.title;
    const found = Endings.endings(Terms.toAgreement(terms), { speech: { ...speechOf(terms), title } });
    if (!json) {
      context.print(Endings.explain(found)[language]);
      return OK;
    }
    const said = (list: readonly { says: Words }[]) => list.map(({ says }) => says);
    const side = (party: "client" | "provider" | "platform") => ({
      worst: found[party].worst.says,
      best: found[party].best.says,
    });
    const out = {
      client: side("client"),
      provider: side("provider"),
      platform: side("platform"),
      lock: { until: Time.format(found.lock.until), says: found.lock.says },
      endings: found.endings.map(({ tranche, kind, byConsent, says }) => ({ tranche, kind, byConsent, says })),
      stalls: said(found.stalls),
      findings: said(found.findings),
    };
    context.print(JSON.stringify(out, null, 2));
    return OK;
  },
};

function speechOf(terms: Terms.Terms) {
  const currency = Terms.currencyOf(terms);
  const money = (units: bigint) => both(Money.show(units, currency), Money.show(units, currency));
  return { client: terms.parties.client.name, provider: terms.parties.provider.name, money };
}

const compare: Command = {
  path: ["terms", "compare"],
  says: both(
    "what an edit changes, in its fields, its endings and its text, and whom it helps",
    "修改带来的变化：字段、结局、正文，以及对谁有利",
  ),
  args: ["BEFORE", "AFTER"],
  options: {},
  examples: [
    {
      line: "commenda terms compare terms.json edited.json",
      says: both("before you agree to an edit", "同意修改之前"),
    },
  ],
  async run({ args: [before = "", after = ""], language, json }, context) {
    const [old, next] = [Document.open(before).terms, Document.open(after).terms];
    const differences = Compare.compare(Terms.toAgreement(old), Terms.toAgreement(next), { speech: speechOf(next) });
    const texts = Terms.textDifferences(next, old);
    // What the ledger has its own words for is told above; the document's other fields are told as they are written.
    const written = ChangeOrder.changes(old, next);
    if (json) {
      const plain = differences.map(({ kind, field, favours, says }) => ({
        kind,
        field,
        favours: favours ?? null,
        says,
      }));
      context.print(
        JSON.stringify(
          {
            same: written.length === 0,
            differences: plain,
            texts: texts.map((one) => one.toProblem(language)),
            fields: written,
          },
          null,
          2,
        ),
      );
      return OK;
    }
    if (written.length === 0) {
      context.print(both("Nothing differs but the salt.", "除盐以外没有差别。")[language]);
      return OK;
    }
    const section = (heading: Words, lines: readonly string[]) => {
      if (lines.length > 0) context.print([heading[language], ...lines.map((line) => `- ${line}`), ""].join("\n"));
    };
    const helps = {
      client: both(" (helps the client)", "（有利于甲方）"),
      provider: both(" (helps the provider)", "（有利于乙方）"),
    };
    const of = (kind: "field" | "ending") =>
      differences
        .filter((one) => one.kind === kind && one.field !== "document")
        .map(({ says, favours }) => says[language] + (favours ? helps[favours][language] : ""));
    section(both("What is written", "条款变化"), of("field"));
    section(both("What follows from it", "由此产生的变化"), of("ending"));
    section(
      both("Texts", "正文变化"),
      texts.map((one) => one.in(language)),
    );
    section(
      both("Fields of the document", "文件字段"),
      written.map(({ field, before: was, after: is }) => `${field}: ${InputError.show(was)} → ${InputError.show(is)}`),
    );
    return OK;
  },
};

const sign: Command = {
  path: ["terms", "sign"],
  says: both("signs a terms document with the key of a party", "以当事人的密钥签署条款文件"),
  args: ["FILE"],
  options: {
    ...Keys.OPTIONS,
    expect: {
      type: "string",
      value: "ID",
      says: both("signs only what hashes to this id", "仅当哈希与该编号一致时签署"),
    },
    out: OUT,
    force: FORCE,
  },
  examples: [
    {
      line: "commenda terms sign terms.json --key keystore.json",
      says: both("asks for the password, or takes COMMENDA_PASSWORD", "询问密码，或取环境变量 COMMENDA_PASSWORD"),
    },
  ],
  async run({ args: [file = ""], options, language }, context) {
    const { terms, source } = Document.openFinal(file);
    const id = Terms.hash(terms);
    const { expect } = options;
    if (typeof expect === "string" && expect.toLowerCase() !== id) throw new WrongHash(source.name, id, expect);
    const signer = await Keys.signerOf(options.key, language, context);
    const agreement = Terms.toAgreement(terms);
    const { client, provider } = agreement.parties;
    const role = signer.address === client ? "client" : signer.address === provider ? "provider" : undefined;
    if (!role)
      throw new WrongKey(
        signer.address,
        both(`${client} (client) or ${provider} (provider)`, ` ${client}（甲方）或 ${provider}（乙方）`),
      );
    const name = terms.parties[role].name;
    context.tell(both(`Signing for ${name.en}: ${terms.title.en}`, `代表${name.zh}签署：${terms.title.zh}`)[language]);
    const typed = Codec.typedData(Terms.domain(terms), agreement) as unknown as Signer.Typed;
    const signed = { id, role, signer: signer.address, signature: await signer.sign(typed) };
    write(`${JSON.stringify(signed, null, 2)}\n`, options, context);
    return OK;
  },
};

export const terms: readonly Command[] = [make, check, hash, show, endings, compare, sign];
