/** `commenda act VERB --terms FILE`: every verb straight on the ledger, with the terms, a key and the address of a node. */
import { InputError, Time } from "../../agreement/index.ts";
import * as Auth from "../../ledger/Auth.ts";
import { ActRefused } from "../../ledger/Errors.ts";
import * as Escrow from "../../ledger/Escrow.ts";
import type { Hex, Receipt } from "../../ledger/Ledger.ts";
import * as ActForm from "../ActForm.ts";
import { type Command, type Context, type Given, OK, type Option } from "../Command.ts";
import { UsageError } from "../Errors.ts";
import * as EvidenceFile from "../EvidenceFile.ts";
import * as Keys from "../Keys.ts";
import * as News from "../News.ts";
import * as Site from "../Site.ts";
import * as Source from "../Source.ts";
import * as Speech from "../Speech.ts";

const { both } = InputError;

const own: Readonly<Record<string, Option>> = Object.fromEntries(
  Object.entries(ActForm.OPTIONS).map(([name, says]): [string, Option] => [name, { type: "string", value: "…", says }]),
);

export const act: Command = {
  path: ["act"],
  says: both(
    "acts straight on the ledger: open, fund, deliver, accept, reject, contest, claim, settle and the others",
    "直接在账本上操作：open、fund、deliver、accept、reject、contest、claim、settle 等",
  ),
  args: ["VERB"],
  options: {
    ...Site.OPTIONS,
    ...Keys.OPTIONS,
    ...own,
    "only-sign": {
      type: "boolean",
      says: both(
        "prints the signed act for somebody else to send, and sends nothing",
        "只输出已签操作供他人代发，不发送",
      ),
    },
    "valid-for": { type: "string", value: "7 days", says: both("how long a signed act holds", "已签操作的有效期") },
    keep: {
      type: "string",
      value: "LIST",
      says: both(
        "where the salts of hashed files are kept, before anything is sent; default: beside the terms, TERMS.evidence.json",
        "发送之前保存所哈希文件之盐的清单；默认在条款文件旁，名为 TERMS.evidence.json",
      ),
    },
    patience: {
      type: "string",
      value: "10 minutes",
      says: both(
        "how long the ledger is waited for; what is not done by then goes on and is told the next time",
        "等待账本的时长；届时未完成的操作继续进行，下次告知结果",
      ),
    },
    signed: {
      type: "string",
      value: "FILE",
      says: both("sends an act that its party signed with --only-sign", "代发当事人用 --only-sign 签署的操作"),
    },
  },
  examples: [
    {
      line: "commenda act deliver --terms terms.json --milestone design --file design.zip",
      says: both("hands over a milestone; its salted hash goes to the ledger", "交付里程碑；其加盐哈希写入账本"),
    },
    {
      line: "commenda act accept --terms terms.json --milestone design --only-sign > accepted.json",
      says: both("signs an acceptance for the other side to send", "签署验收，交由对方代发"),
    },
    {
      line: "commenda act claim --terms terms.json --milestone design",
      says: both("carries out what silence, a deadline or a ruling has decided", "执行因沉默、期限或裁决而确定的结果"),
    },
  ],
  async run(given, context) {
    const [verb = ""] = given.args;
    if (!ActForm.isVerb(verb)) {
      const list = ActForm.VERBS.join(", ");
      const found = InputError.show(verb);
      throw new UsageError(both(`There is no act ${found}. Acts: ${list}.`, `没有操作 ${found}。可用操作：${list}。`));
    }
    const { language } = given;
    const onlySign = given.options["only-sign"] === true;
    const list = typeof given.options.keep === "string" ? given.options.keep : undefined;
    const kept = list ?? EvidenceFile.beside(Site.termsOf(given));
    const patience = minutes(given, "patience", "10 minutes");
    const signer = await Keys.signerOf(given.options.key, language, context);
    context.progress(both("asking the node", "正在连接节点")[language]);
    const site = await Site.open(given, context.env, { writes: !onlySign, patience: patience * 60_000 });
    const { ledger, subject } = site;
    const most = Time.formatDuration(patience, language);
    const wait = (en: string, zh: string) =>
      context.progress(both(`${en}, at most ${most}`, `${zh}，最多 ${most}`)[language]);
    try {
      if (!onlySign) wait("looking for earlier acts that were cut off", "正在查找先前中断的操作");
      const news = onlySign ? [] : await News.collect(ledger, (says) => context.tell(says[language]));
      context.progress(both("reading the ledger", "正在读取账本")[language]);
      const signed =
        typeof given.options.signed === "string" ? readSigned(given.options.signed, verb, site) : undefined;
      const keep = (file: string, use: EvidenceFile.Use) => EvidenceFile.keep(kept, file, use, context.random());
      const made = signed ?? (await ActForm.make(verb, texts(given), { ...site, signer, keep }));
      if (onlySign) {
        const out = await sign(made.call, given, { ...site, signer, now: context.now() });
        context.progress(undefined);
        context.print(JSON.stringify(out, null, 2));
        tellKept(made.kept, kept, given, context);
        return OK;
      }
      const already = News.receiptOf(news, ledger, subject, made.call);
      wait(
        `waiting for ${verb} to be in a block of chain ${ledger.chainId}`,
        `正在等待 ${verb} 进入链 ${ledger.chainId} 的区块`,
      );
      const auth = signed?.auth === undefined ? {} : { auth: signed.auth };
      const done = already ?? (await Escrow.act(ledger, subject, made.call, { sender: signer, ...auth })).receipt;
      context.progress(undefined);
      tell(done, { verb, site, made, news, again: already !== undefined }, given, context);
      tellKept(made.kept, kept, given, context);
      return OK;
    } catch (error) {
      context.progress(undefined);
      const at = error instanceof ActRefused ? ActForm.whenAllowed(error) : undefined;
      if (at !== undefined) {
        const when = Time.format(Math.floor(at / 60));
        const says = both(
          `It is allowed from ${when} on. Nothing was sent.`,
          `自 ${when} 起方可执行。未发送任何内容。`,
        );
        context.tell(says[language]);
      }
      throw error;
    } finally {
      await ledger.close();
    }
  },
};

/** `again`: it was done before, cut off, and is not done a second time. */
type Told = { verb: string; site: Site.Site; made: ActForm.Made; news: readonly News.News[]; again: boolean };

function tell(receipt: Receipt, told: Told, { language, json }: Given, context: Context) {
  const { verb, site, made, news, again } = told;
  const facts = Escrow.factsOf(receipt, site.subject.escrow);
  if (json) {
    const plain = (_: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
    const earlier = news.map(({ from, nonce, ...rest }) => ({
      from,
      nonce,
      says: News.says({ from, nonce, ...rest } as News.News),
    }));
    const id = Escrow.idOf(site.ledger, site.subject);
    context.print(JSON.stringify({ id, verb, again, receipt, facts, kept: made.kept, earlier }, plain, 2));
    return;
  }
  const { number, time } = receipt.block;
  const when = Time.format(Math.floor(time / 60));
  const says = again
    ? both(
        `This is the act that was cut off: it is done, in block ${number}, ${when}, transaction ${receipt.hash}. Nothing more was sent.`,
        `这就是先前中断的操作：已完成，区块 ${number}，${when}，交易 ${receipt.hash}。未再发送任何内容。`,
      )
    : both(
        `Done in block ${number}, ${when}, transaction ${receipt.hash}.`,
        `已完成：区块 ${number}，${when}，交易 ${receipt.hash}。`,
      );
  context.print(says[language]);
  for (const fact of facts) context.print(`- ${Speech.FACTS[fact.kind][language]}`);
}

function tellKept(all: ActForm.Made["kept"], list: string, { language }: Given, context: Context) {
  for (const { file, evidence } of all) {
    const says = both(
      `Keep ${file}, and ${list} with its salt ${evidence.salt}: without both nobody can show what was meant.`,
      `请妥善保存 ${file}，以及记有其盐 ${evidence.salt} 的 ${list}：缺一则无法证明所指内容。`,
    );
    context.tell(says[language]);
  }
}

/** Of an option that is a length. Throws `NotADuration`, `TimeOutOfRange`. */
function minutes({ options }: Given, name: string, otherwise: string): number {
  return Time.duration(typeof options[name] === "string" ? options[name] : otherwise, `--${name}`);
}

const texts = ({ options }: Given): ActForm.Given =>
  Object.fromEntries(
    Object.entries(options).filter(([name, value]) => name in ActForm.OPTIONS && typeof value === "string"),
  );

type Signed = { act: Escrow.Call; auth: Hex; id: Hex; signer: string };

async function sign(
  call: Escrow.Call,
  given: Given,
  { ledger, subject, signer, now }: Pick<Site.Site, "ledger" | "subject"> & { signer: Keys.Signer; now: number },
): Promise<object> {
  if (call.verb === "open" || call.verb === "amend") {
    throw new UsageError(
      both(
        `${call.verb} carries the parties' signatures over the terms: make one with commenda terms sign.`,
        `${call.verb} 附带双方对条款的签名：请用 commenda terms sign 签署。`,
      ),
    );
  }
  if (!Auth.isSignable(call.verb)) {
    throw new UsageError(
      both(
        `${call.verb} carries no signature: anyone sends it as it is.`,
        `${call.verb} 无需签名，任何人均可直接发送。`,
      ),
    );
  }
  // By the ledger's clock where that is ahead: it is the one that judges.
  const { time } = await ledger.head();
  const validUntil = (Math.max(now, Math.floor(time / 60)) + minutes(given, "valid-for", "7 days")) * 60;
  const id = Escrow.idOf(ledger, subject);
  const { clientDelegate, providerDelegate } = subject.agreement.parties;
  const delegate = call.verb === "revokeDelegate" ? (call.byClient ? clientDelegate : providerDelegate) : undefined;
  const domain = Escrow.domain(ledger, subject.escrow);
  const auth = await Auth.sign(signer, domain, id, call as Parameters<typeof Auth.sign>[3], { validUntil }, delegate);
  return { id, act: plain(call), auth, signer: signer.address, validUntil: Time.format(validUntil / 60) };
}

/** Amounts as text, so that JSON can carry them. */
const plain = (call: Escrow.Call) =>
  Object.fromEntries(
    Object.entries(call).map(([name, value]) => [name, typeof value === "bigint" ? { units: String(value) } : value]),
  );

function readSigned(
  file: string,
  verb: string,
  { ledger, subject }: Site.Site,
): Omit<ActForm.Made, "kept"> & { kept: []; auth?: Hex } {
  const broken = () =>
    new UsageError(
      both(
        `--signed: ${file} is no act that was signed with --only-sign for ${verb}. Nothing was sent.`,
        `--signed：${file} 不是用 --only-sign 为 ${verb} 签署的操作。未发送任何内容。`,
      ),
    );
  let read: Partial<Signed> | null;
  const text = Source.readText(file);
  try {
    read = JSON.parse(text);
  } catch {
    throw broken();
  }
  if (typeof read?.auth !== "string" || !/^0x([0-9a-f]{2})+$/i.test(read.auth) || read.act?.verb !== verb)
    throw broken();
  const id = Escrow.idOf(ledger, subject);
  if (read.id !== id) {
    const other = InputError.show(read.id);
    throw new UsageError(
      both(
        `--signed: ${file} is of agreement ${other}, and the terms are those of ${id}. Nothing was sent.`,
        `--signed：${file} 属于协议 ${other}，而条款为协议 ${id}。未发送任何内容。`,
      ),
    );
  }
  const restored = Object.entries(read.act).map(([name, value]: [string, unknown]) => {
    const units = (value as { units?: unknown } | null)?.units;
    return [name, typeof units === "string" && /^\d+$/.test(units) ? BigInt(units) : value];
  });
  const call = Object.fromEntries(restored) as Escrow.Call;
  const { auth } = read;
  if (call.verb !== "settle") return { call, kept: [], auth };
  // Both must sign it: one is the sender, whose sending is its signature.
  const byClient = read.signer?.toLowerCase() === subject.agreement.parties.client.toLowerCase();
  return { call: { ...call, [byClient ? "clientAuth" : "providerAuth"]: auth }, kept: [] };
}
