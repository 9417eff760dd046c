/** `commenda act VERB --terms FILE`: every verb straight on the ledger, with the terms, a key and the address of a node. */
import { readFileSync } from "node:fs";
import { InputError, Time } from "../../agreement/index.ts";
import * as Auth from "../../ledger/Auth.ts";
import { ActRefused } from "../../ledger/Errors.ts";
import * as Escrow from "../../ledger/Escrow.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import * as ActForm from "../ActForm.ts";
import { type Command, type Given, OK, type Option } from "../Command.ts";
import { UsageError } from "../Errors.ts";
import * as Keys from "../Keys.ts";
import * as Site from "../Site.ts";
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
    const { language, json } = given;
    if (!ActForm.isVerb(verb)) {
      const list = ActForm.VERBS.join(", ");
      const found = InputError.show(verb);
      throw new UsageError(both(`There is no act ${found}. Acts: ${list}.`, `没有操作 ${found}。可用操作：${list}。`));
    }
    const onlySign = given.options["only-sign"] === true;
    const signer = await Keys.signerOf(given.options.key, language, context);
    const { ledger, subject, terms } = await Site.open(given, context.env, !onlySign);
    try {
      context.progress(both("reading the ledger", "正在读取账本")[language]);
      const signed = typeof given.options.signed === "string" ? readSigned(given.options.signed, verb) : undefined;
      const made = signed ?? (await ActForm.make(verb, texts(given), { ledger, subject, terms, signer }));
      if (onlySign) {
        context.print(
          JSON.stringify(await sign(made.call, given, { ledger, subject, signer, now: context.now() }), null, 2),
        );
        return OK;
      }
      context.progress(both("waiting for the ledger", "正在等待账本确认")[language]);
      const auth = signed ? { auth: signed.auth } : {};
      const done = await Escrow.act(ledger, subject, made.call, { sender: signer, ...auth });
      context.progress(undefined);
      const { receipt, facts } = done;
      if (json) {
        const plain = (_: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
        const out = { id: Escrow.idOf(ledger, subject), verb, receipt, facts, kept: made.kept };
        context.print(JSON.stringify(out, plain, 2));
        return OK;
      }
      const { number, time } = receipt.block;
      const when = Time.format(Math.floor(time / 60));
      context.print(
        both(
          `Done in block ${number}, ${when}, transaction ${receipt.hash}.`,
          `已完成：区块 ${number}，${when}，交易 ${receipt.hash}。`,
        )[language],
      );
      for (const fact of facts) context.print(`- ${Speech.FACTS[fact.kind][language]}`);
      for (const { file, evidence } of made.kept) {
        context.tell(
          both(
            `Keep ${file} with its salt ${evidence.salt}: without both nobody can show what was meant.`,
            `请将 ${file} 与其盐 ${evidence.salt} 一并保存：缺一则无法证明所指内容。`,
          )[language],
        );
      }
      return OK;
    } catch (error) {
      if (error instanceof ActRefused) {
        const at = ActForm.whenAllowed(error);
        if (at !== undefined) {
          const when = Time.format(Math.floor(at / 60));
          context.tell(
            both(`It is allowed from ${when} on. Nothing was sent.`, `自 ${when} 起方可执行。未发送任何内容。`)[
              language
            ],
          );
        }
      }
      throw error;
    } finally {
      await ledger.close();
    }
  },
};

const texts = ({ options }: Given): ActForm.Given =>
  Object.fromEntries(
    Object.entries(options).filter(([name, value]) => name in ActForm.OPTIONS && typeof value === "string"),
  );

type Signed = { act: Escrow.Call; auth: Hex; id: Hex };

async function sign(
  call: Escrow.Call,
  { options }: Given,
  { ledger, subject, signer, now }: Pick<Site.Site, "ledger" | "subject"> & { signer: Keys.Signer; now: number },
): Promise<object> {
  if (!Auth.isSignable(call.verb)) {
    throw new UsageError(
      both(
        `${call.verb} carries no signature: anyone sends it as it is.`,
        `${call.verb} 无需签名，任何人均可直接发送。`,
      ),
    );
  }
  const length = typeof options["valid-for"] === "string" ? options["valid-for"] : "7 days";
  // By the ledger's clock where that is ahead: it is the one that judges.
  const { time } = await ledger.head();
  const validUntil = (Math.max(now, Math.floor(time / 60)) + Time.duration(length, "--valid-for")) * 60;
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

function readSigned(file: string, verb: string): ActForm.Made & { auth: Hex } {
  const broken = () =>
    new UsageError(
      both(
        `--signed: ${file} is no act that was signed with --only-sign for ${verb}.`,
        `--signed：${file} 不是用 --only-sign 为 ${verb} 签署的操作。`,
      ),
    );
  let read: Partial<Signed>;
  try {
    read = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw broken();
  }
  if (typeof read.auth !== "string" || !/^0x([0-9a-f]{2})+$/i.test(read.auth) || read.act?.verb !== verb)
    throw broken();
  const restored = Object.entries(read.act).map(([name, value]: [string, unknown]) => {
    const units = (value as { units?: unknown } | null)?.units;
    return [name, typeof units === "string" && /^\d+$/.test(units) ? BigInt(units) : value];
  });
  return { call: Object.fromEntries(restored) as Escrow.Call, kept: [], auth: read.auth };
}
