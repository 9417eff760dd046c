/** `commenda match prove|attest|revoke`: what a key says about somebody, signed on this machine. */
import { InputError } from "../../agreement/index.ts";
import { Answer, Attestation, Provider } from "../../matching/index.ts";
import * as Proving from "../../node/market/Proving.ts";
import * as Trust from "../../node/market/Trust.ts";
import { type Command, type Given, OK } from "../Command.ts";
import { UsageError } from "../Errors.ts";
import * as Keys from "../Keys.ts";

const { both } = InputError;

const DAY = 86_400;

function needed(options: Given["options"], name: string): string {
  const value = options[name];
  if (typeof value === "string") return value;
  throw new UsageError(both(`--${name} is missing.`, `缺少 --${name}。`));
}

function dayOf(text: string, name: string): number {
  const day = Provider.dayOf(text);
  if (!Number.isNaN(day)) return day * DAY;
  throw new UsageError(
    both(
      `--${name}: found ${text}, expected a day like 2028-01-31.`,
      `--${name}：现为 ${text}，应为日期，如 2028-01-31。`,
    ),
  );
}

/** By a key of this machine, which signs texts too. */
async function signed(text: string, signer: Keys.Signer): Promise<string> {
  if (signer.signText) return signer.signText(text);
  throw new UsageError(
    both("This account signs typed data only: use a key.", "该账户仅能签署结构化数据：请使用密钥。"),
  );
}

const organisation = {
  type: "string",
  value: "ID",
  says: both("the organisation, by its id on the node", "组织在节点上的标识"),
} as const;

const prove: Command = {
  path: ["match", "prove"],
  says: both(
    "writes what is published so that a git account or a domain is proven to be an organisation's",
    "生成用于证明 Git 账户或域名归属的发布内容",
  ),
  args: ["SUBJECT"],
  options: { organisation, ...Keys.OPTIONS },
  examples: [
    {
      line: "commenda match prove https://github.com/ada --organisation 4f02… --key key.json > commenda.txt",
      says: both("to lie in the repository `commenda` of that account", "置于该账户的 commenda 仓库中"),
    },
  ],
  async run({ args, options, language }, context) {
    const [given = ""] = args;
    const kind = given.includes("://") && Proving.subjectOf("git", given) ? "git" : "domain";
    const subject = Proving.subjectOf(kind, given);
    if (subject === undefined) {
      throw new UsageError(
        both(
          `SUBJECT: found ${InputError.show(given)}, expected https://github.com/name or example.com.`,
          `SUBJECT：现为 ${InputError.show(given)}，应为 https://github.com/name 或 example.com。`,
        ),
      );
    }
    const claim = { kind, subject, organisation: needed(options, "organisation") } as const;
    const statement = Proving.statementOf(claim);
    context.print(statement);
    if (kind === "git") context.print(await signed(statement, await Keys.signerOf(options.key, language, context)));
    const places = Proving.placesOf(claim).join(language === "zh" ? "，或 " : ", or ");
    context.tell(both(`Publish it at ${places}.`, `请发布于 ${places}。`)[language]);
    return OK;
  },
};

const attest: Command = {
  path: ["match", "attest"],
  says: both("signs that an organisation holds a certificate, until a day", "签署证明：某组织在某日前持有某项资质"),
  args: ["WHAT"],
  options: {
    organisation,
    from: { type: "string", value: "DAY", says: both("valid from; default: today", "生效日；默认为今天") },
    until: { type: "string", value: "DAY", says: both("no longer valid from this day on", "自该日起失效") },
    ...Keys.OPTIONS,
  },
  examples: [
    {
      line: "commenda match attest iso27001 --organisation 4f02… --until 2028-01-31 --key issuer.json",
      says: both("the holder adds it by `attestation.add`", "由持有方以 attestation.add 提交"),
    },
  ],
  async run({ args, options, language }, context) {
    const [given = ""] = args;
    const [what = ""] = given === Trust.ENTITY ? [given] : Answer.skillsOf([given], "WHAT");
    const holder = needed(options, "organisation");
    const from =
      typeof options.from === "string" ? dayOf(options.from, "from") : Math.floor(context.now() / 1_440) * DAY;
    const until = dayOf(needed(options, "until"), "until");
    if (until <= from) {
      throw new UsageError(both("--until: expected a day after that of --from.", "--until：应晚于 --from 的日期。"));
    }
    const signer = await Keys.signerOf(options.key, language, context);
    const claim = { what, holder, issuer: signer.address.toLowerCase(), from, until };
    const signature = await signed(Attestation.messageOf(claim), signer);
    context.print(JSON.stringify({ organisation: holder, what, issuer: claim.issuer, from, until, signature }));
    const digest = Attestation.digestOf(claim);
    context.tell(both(`Its digest, to take it back by: ${digest}`, `摘要（用于撤销）：${digest}`)[language]);
    return OK;
  },
};

const revoke: Command = {
  path: ["match", "revoke"],
  says: both("signs that an attestation is taken back, by its digest", "凭摘要签署撤销资质证明"),
  args: ["DIGEST"],
  options: { ...Keys.OPTIONS },
  examples: [
    {
      line: "commenda match revoke 0x5c1e… --key issuer.json",
      says: both("anyone brings it to a node by `attestation.revoke`", "任何人均可以 attestation.revoke 提交到节点"),
    },
  ],
  async run({ args, options, language }, context) {
    const [digest = ""] = args;
    if (!/^0x[0-9a-f]{64}$/.test(digest)) {
      throw new UsageError(
        both(
          `DIGEST: found ${InputError.show(digest)}, expected 0x and 64 hex digits, as \`match attest\` told it.`,
          `DIGEST：现为 ${InputError.show(digest)}，应为 0x 加 64 位十六进制，即 \`match attest\` 给出的摘要。`,
        ),
      );
    }
    const signer = await Keys.signerOf(options.key, language, context);
    const signature = await signed(Attestation.revocationOf(digest), signer);
    context.print(JSON.stringify({ digest, issuer: signer.address.toLowerCase(), signature }));
    return OK;
  },
};

export const vouching: readonly Command[] = [prove, attest, revoke];
