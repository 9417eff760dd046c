/** Files to start from, with a note at each part, in either language. */
import { readFileSync } from "node:fs";
import * as Yaml from "yaml";
import { InputError, Terms } from "../agreement/index.ts";

const { both } = InputError;
type Language = InputError.Language;
type Words = InputError.Words;

/** A deal that can be rehearsed as it is. */
export function deal(language: Language): string {
  return readFileSync(new URL(`annotated/deal.${language}.yaml`, import.meta.url), "utf8");
}

/** A whole terms document with invented parties. YAML, which every command takes like JSON. */
export function terms(language: Language): string {
  const document = new Yaml.Document(Terms.example());
  const { contents } = document;
  if (Yaml.isMap(contents)) {
    for (const { key } of contents.items) {
      const note = Yaml.isScalar(key) ? NOTES[String(key.value) as keyof Terms.Terms] : undefined;
      if (!note || !Yaml.isScalar(key)) continue;
      key.commentBefore = ` ${note[language]}`;
      key.spaceBefore = true;
    }
  }
  return `#${HEAD[language].replaceAll("\n", "\n#")}\n${document.toString({ lineWidth: 0 })}`;
}

const HEAD = both(
  " A terms document: what both parties sign. Names, numbers and addresses are invented; put your own.\n Check it with: commenda terms check FILE",
  " 条款文件：双方签署的内容。名称、数字和地址均为虚构，请换成自己的。\n 检查：commenda terms check FILE",
);

const NOTES: Record<keyof Terms.Terms, Words> = {
  version: both("Form of this document.", "本文件的格式。"),
  title: both("Name of the agreement, in both languages.", "协议名称，中英文各一。"),
  text: both("The text both sign, and which language prevails.", "双方签署的正文，以及以何语言为准。"),
  parties: both(
    "Who agrees: legal names, who signs, the accounts that sign and are paid. A delegate may only deliver, accept and reject.",
    "当事人：法定名称、签署人、签署和收款的账户。代理人仅可交付、验收和拒收。",
  ),
  rail: both(
    "How money moves: token, custody (a licensed holder) or direct (only recorded).",
    "付款通道：token（账本代币）、custody（持牌托管）或 direct（直接支付，仅作记录）。",
  ),
  registrar: both(
    "Who orders the acts: a chain and its escrow, or a named neutral key.",
    "登记方：链及其托管合约，或具名的中立密钥。",
  ),
  currency: both(
    "ISO 4217 code, decimals of one base unit, and the token that stands for it.",
    "ISO 4217 代码、小数位数，以及所用代币。",
  ),
  openBy: both("It may be opened until then (UTC).", "最迟生效时间（UTC）。"),
  sequential: both("Whether a milestone may only be delivered after the one before it was.", "是否须依次交付。"),
  replaces: both("Of a change order: the id of the agreement that it replaces.", "变更时：所替代协议的编号。"),
  milestones: both(
    "Work that is delivered, judged and paid on its own. amount = net + tax - withholding; the deadline is due + cure.",
    "里程碑：单独交付、验收和付款。金额 = 净额 + 税额 − 代扣；最后期限 = 到期日 + 补正期。",
  ),
  criteria: both(
    "What is checked, how, by whose run. The weights of a milestone's criteria sum to 100 %.",
    "验收标准：查什么、怎么查、由谁执行。同一里程碑的权重合计 100 %。",
  ),
  inputs: both("What the client owes the work, by when.", "甲方应提供之物及期限。"),
  outcome: both(
    "Pay by result: metric, target and payout curve. Leave it out if nothing depends on a result.",
    "成果付款：指标、目标和付款曲线。不按成果付款时可省略。",
  ),
  options: both(
    "Rights priced beforehand: termination by the client, extension by either side.",
    "选择权：甲方终止、任一方延期，事先定价。",
  ),
  ip: both("Who owns the work, from when, and what the provider keeps.", "权属：归谁、自何时起、乙方保留什么。"),
  law: both(
    "Governing law, forum, liability cap, and where data may lie.",
    "适用法律、争议解决地、责任上限、数据存放地。",
  ),
  calendar: both("Pauses in which review windows stand still.", "停顿期：验收期停止计算。"),
  arbitration: both(
    "Who rules on a dispute, deposit and times; fallback is the provider's share when nobody rules.",
    "仲裁：由谁裁决、押金与期限；fallback 为无人裁决时乙方所得比例。",
  ),
  fees: both("Platform fee, at most 3 %, and who receives it.", "平台费（至多 3 %）及其收款人。"),
  salt: both(
    "32 random bytes, so that nobody guesses the document from its hash. Make your own.",
    "32 字节随机数，防止由哈希猜出内容。请自行生成。",
  ),
};
