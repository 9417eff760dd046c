/** The clauses of a deal file, in people's terms. What is left out has the default that its description tells. */
import * as z from "zod";
import { Errors, InputError, Share, Terms } from "../agreement/index.ts";
import * as Form from "./Form.ts";

const { both } = InputError;
const { says } = Form;

const signatory = z.strictObject({ name: Form.words, authority: Form.words.optional() });

export const party = z.strictObject({
  name: Form.words.meta(says("legal name", "法定名称")),
  country: Form.country.optional().meta(says("default CN", "默认 CN")),
  registration: Form.line.optional().meta(says("number in the register of companies", "统一社会信用代码")),
  taxNumber: Form.line.optional().meta(says("tax number", "税号")),
  signatory: signatory.optional().meta(says("who signs; by default the party itself", "签署人；默认为当事人自身")),
  address: Form.address
    .optional()
    .meta(says("account that signs and is paid; a rehearsal uses stand-ins", "签署和收款的账户；预演使用替身账户")),
  delegate: Form.address
    .optional()
    .meta(says("key that may only deliver, accept and reject", "仅可交付、验收和拒收的密钥")),
});

const within = (min: number, max: number) => z.int().min(min).max(max);

/** As `accept seal` prints it; what the terms find in it is told at its place. */
const run = z
  .strictObject({
    kind: z.string(),
    inputs: z.array(z.strictObject({ name: Form.name, hash: Form.hash })),
    environment: z.strictObject({
      tools: z.array(z.strictObject({ name: Form.name, version: Form.line })),
      locale: Form.line,
      timeZone: Form.line,
      seed: Form.whole,
      clock: z.string(),
    }),
    limits: z.strictObject({
      time: within(1, 21_600),
      cpu: within(1, 86_400),
      memory: within(16, 262_144),
      disk: within(1, 262_144),
      output: within(1, 1_024),
      processes: within(1, 4_096),
    }),
    flaky: z.strictObject({ runs: within(1, 9), passes: z.enum(["all", "most", "any"]) }),
    exact: z.array(Form.line),
    within: z.string(),
  })
  .meta(
    says(
      "how code runs it, as `commenda accept seal` prints it; then both run it unless `by` says else",
      "代码运行方式，取自 `commenda accept seal` 的输出；未另设 by 时由双方运行",
    ),
  );

const criterion = z.strictObject({
  what: Form.words,
  how: z
    .enum(["test suite", "measurement", "inspection", "document"])
    .optional()
    .meta(says("default inspection", "默认 inspection（查验）")),
  by: z
    .enum(["client", "provider", "both", "third party"])
    .optional()
    .meta(says("whose run counts; default client", "由谁执行；默认甲方")),
  weight: Form.share.optional().meta(says("default: equal weights", "默认等权")),
  suite: Form.hash.optional().meta(says("hash of the acceptance suite", "验收用例集的哈希")),
  sealed: z
    .array(
      z.strictObject({
        part: Form.words,
        commitment: Form.hash,
        round: within(0, 3).optional(),
        reference: Form.hash.optional(),
      }),
    )
    .optional()
    .meta(says("parts of the suite that stay hidden until judgement", "判定前不公开的用例部分")),
  run: run.optional(),
});

const invoice = z
  .enum(["before payment", "after payment", "none"])
  .optional()
  .meta(says("default after payment", "默认 after payment（付款后开票）"));

const termination = Form.amount.meta(
  says(
    "the client may end it before its start for this fee; default: it may not",
    "甲方可在开始前以此费用终止；默认不可终止",
  ),
);

const milestone = z
  .strictObject({
    name: Form.name.meta(says("short name that happenings refer to", "供事件引用的简称")),
    title: Form.words.optional().meta(says("default: its name", "默认为简称")),
    amount: Form.amount.optional().meta(says("what the client pays, platform fee inside", "甲方支付的金额，含平台费")),
    share: Form.share.optional().meta(says("instead of an amount: a share of the fee", "代替金额：占价款的比例")),
    start: Form.time
      .optional()
      .meta(says("default: due of the one before; of the first, the opening", "默认为前项到期日；首项为生效日")),
    due: Form.time.meta(says("due date; the deadline is due + cure", "到期日；最后期限为到期日加补正期")),
    review: Form.length
      .optional()
      .meta(says("how long the client may answer; default: that of the deal", "甲方答复期限；默认取全局值")),
    cure: Form.length.optional().meta(says("how long to mend; default: that of the deal", "补正期限；默认取全局值")),
    fundBy: Form.time.optional().meta(says("funded by then; default: at opening", "注资期限；默认生效时注资")),
    criteria: z
      .array(z.union([Form.words, criterion]))
      .min(1)
      .optional()
      .meta(
        says(
          "what it is judged by; default: one, the title, inspected by the client",
          "验收标准；默认一项：甲方按标题查验",
        ),
      ),
    acceptance: z
      .enum(["whole", "by weight"])
      .optional()
      .meta(
        says(
          "what two equal verdicts do that pass in part: `by weight` pays what passed at once; default whole",
          "双方一致认定部分通过时：by weight 按权重先付已通过部分；默认 whole",
        ),
      ),
    net: Form.amount.optional().meta(says("default: amount - tax + withholding", "默认：金额 − 税额 + 代扣")),
    tax: Form.amount.optional().meta(says("default 0", "默认 0")),
    withholding: Form.amount.optional().meta(says("default 0", "默认 0")),
    invoice,
    termination: termination.optional(),
    extension: z
      .strictObject({
        by: z.enum(["client", "provider"]).meta(says("who may take it", "可延期方")),
        days: z.int().min(1).max(127).meta(says("by so many days", "顺延天数")),
        price: Form.amount.meta(says("what that costs; the other side gets it", "延期价格，归对方")),
      })
      .optional()
      .meta(
        says(
          "who may take more days, once, for what price; default: nobody",
          "谁可延期、几天、何价，限一次；默认不可延期",
        ),
      ),
  })
  .meta({
    id: "milestone",
    ...says("work that is delivered, judged and paid on its own", "单独交付、验收和付款的工作"),
  });

const MAX_SHARE = 1_000_000;
const bonusText = (text: string): [string, string] | undefined => {
  const match = /^(.+%) ?(?:from|自|起自|于) ?(.+%)(?:起)?$/.exec(text);
  return match ? [match[1]?.trim() ?? "", match[2]?.trim() ?? ""] : undefined;
};

/** `15 % from 120 %` or `{share, from}`, as `PayoutCurve.fromDeal` takes it. */
export function bonusOf(bonus: z.infer<typeof oneBonus>): { share: string; from: string } {
  if (typeof bonus !== "string") return bonus;
  const [share = "", from = ""] = bonusText(bonus) ?? [];
  return { share, from };
}

const wideShare = Form.shaped(
  (text) => InputError.problemsOf(() => Share.parse(text, "share", { max: MAX_SHARE })).length === 0,
  both("a share like 120 %", "比例，如 120 %"),
);
const oneBonus = z
  .union([
    Form.shaped(
      (text) =>
        bonusText(text)?.every(
          (one) => InputError.problemsOf(() => Share.parse(one, "", { max: MAX_SHARE })).length === 0,
        ) === true,
      both('a bonus like "15 % from 120 %"', "奖金，如“15 % from 120 %”"),
    ),
    z.strictObject({ share: wideShare, from: wideShare }),
  ])
  .meta({
    id: "bonus",
    ...says("more of the fee from a share of the target on", "自目标的某比例起追加的价款比例"),
    examples: ["15 % from 120 %"],
  });

export const DAYS_LATE = "days late";
export const SHARE_ACCEPTED = "share accepted";

const outcome = z
  .strictObject({
    metric: Form.words.meta(
      says(
        `what is measured, by its name, and attested by reporters; or "${DAYS_LATE}", "${SHARE_ACCEPTED}", which the ledger knows itself`,
        `由报告人证实的指标名称；或账本自知的“${DAYS_LATE}”（迟延天数）、“${SHARE_ACCEPTED}”（验收比例，以万分之一计）`,
      ),
    ),
    what: Form.words
      .optional()
      .meta(says("what is counted and how; default: the metric's name", "计量口径；默认为指标名称")),
    unit: Form.words.optional().meta(says("default: of the metric", "默认按指标")),
    target: Form.whole
      .optional()
      .meta(
        says(
          "value at which the fee is earned in full; default with points: the value of the highest pay",
          "全额获得价款的指标值；给出 points 时默认为付款最高处的值",
        ),
      ),
    floor: Form.share
      .optional()
      .meta(says("share of the fee that the milestones pay whatever the result", "无论结果如何由里程碑支付的价款比例")),
    bonus: z.union([oneBonus, z.array(oneBonus)]).optional(),
    risesFrom: Form.share
      .optional()
      .meta(says("for lines: share of the target at which pay begins", "线性：自目标的何比例起付款")),
    points: z
      .array(z.strictObject({ value: Form.whole, pay: Form.amount }))
      .min(1)
      .max(8)
      .optional()
      .meta(
        says(
          "the payout curve itself, instead of target, floor and bonus",
          "直接给出付款曲线，代替 target、floor、bonus",
        ),
      ),
    shape: z.enum(["steps", "lines"]).optional().meta(says("default steps", "默认 steps（阶梯）")),
    amount: Form.amount
      .optional()
      .meta(says("the most it can pay; default: the highest point", "最高付款；默认为曲线最高点")),
    measuredAt: Form.time
      .optional()
      .meta(
        says(
          "default: 30 days after the last due; of a built-in metric, the last due",
          "默认最后到期日后 30 天；内置指标为最后到期日",
        ),
      ),
    reportBy: Form.time.optional().meta(says("default: 14 days after measuredAt", "默认计量时间后 14 天")),
    challenge: Form.length
      .optional()
      .meta(says("how long a report may be contested; default 7 days", "异议期；默认 7 天")),
    default: Form.whole
      .optional()
      .meta(says("value that counts when nobody reports; default 0", "无人报告时的取值；默认 0")),
    reporters: z
      .strictObject({ count: z.int().min(1).max(9), quorum: z.int().min(1).max(9) })
      .optional()
      .meta(says("default 3, of whom 2 sign", "默认 3 名，其中 2 名签署")),
    source: Form.address.optional().meta(says("contract that checks the reporters", "核验报告人证明的合约")),
    fundBy: Form.time.optional().meta(says("funded by then; default: at opening", "注资期限；默认生效时注资")),
    invoice,
    termination: termination.optional(),
  })
  .meta({ id: "outcome", ...says("pay by result", "按成果付款") });

const arbitration = z
  .strictObject({
    kind: z
      .enum(["panel", "ERC-792", "none"])
      .optional()
      .meta(
        says(
          "default panel; none: contesting applies the fallback share",
          "默认 panel（仲裁小组）；none：提出争议即按约定比例",
        ),
      ),
    name: Form.words.optional().meta(says("default: panel of three", "默认：三人仲裁小组")),
    members: z.int().min(1).max(9).optional().meta(says("default 3", "默认 3 名")),
    votes: z
      .int()
      .min(1)
      .max(9)
      .optional()
      .meta(says("signatures that a ruling needs; default 2", "裁决所需签名数；默认 2")),
    address: Form.address.optional().meta(says("of the panel or arbitrator", "仲裁小组或仲裁人地址")),
    deposit: Form.amount.optional().meta(says("what each side posts; default 0", "双方各自押金；默认 0")),
    answerWithin: Form.length.optional().meta(says("default 5 days", "默认 5 天")),
    ruleWithin: Form.length.optional().meta(says("default 30 days", "默认 30 天")),
    fallback: Form.share
      .optional()
      .meta(says("the provider's share when nobody rules; default 50 %", "无人裁决时乙方所得；默认 50 %")),
    maxCost: Form.whole
      .optional()
      .meta(says("most an ERC-792 arbitrator may cost, wei; default 0", "ERC-792 仲裁费上限（wei）；默认 0")),
  })
  .meta({
    id: "arbitration",
    ...says(
      "who rules on a dispute; default: a panel of three without deposit",
      "由谁裁决争议；默认三人仲裁小组，无押金",
    ),
  });

const currency = z.union([
  Form.line,
  z.strictObject({ code: Form.line, scale: z.int().min(0).max(30).optional(), token: Form.address.optional() }),
]);

const full = Object.fromEntries(
  Object.entries(Terms.schema.shape).map(([key, clause]) => [key, z.optional(clause as unknown as z.ZodType)]),
);

/** All that a change order may give anew, too. */
export const shape = {
  title: Form.words.meta(says("name of the agreement", "协议名称")),
  text: z
    .strictObject({ en: Form.prose, zh: Form.prose, prevails: z.enum(["en", "zh"]) })
    .optional()
    .meta(
      says(
        "the text both sign; default: a few standard sentences, Chinese prevails",
        "双方签署的正文；默认数句标准文字，以中文为准",
      ),
    ),
  fee: Form.amount
    .optional()
    .meta(
      says(
        "the whole fee, earned in full at the target; default: the sum of the milestones",
        "价款总额，达到目标时全额获得；默认为里程碑之和",
      ),
    ),
  platformFee: Form.share.optional().meta(says("default 1 %, at most 3 %", "默认 1 %，至多 3 %")),
  openBy: Form.time
    .optional()
    .meta(says("may be opened until then; default 7 days after the opening", "最迟生效时间；默认生效日后 7 天")),
  sequential: z
    .boolean()
    .optional()
    .meta(says("one milestone after the other; default false", "依次交付；默认 false（否）")),
  review: Form.length.optional().meta(says("of every milestone; default 10 days", "各里程碑验收期；默认 10 天")),
  cure: Form.length.optional().meta(says("of every milestone; default 7 days", "各里程碑补正期；默认 7 天")),
  milestones: z
    .array(milestone)
    .min(1)
    .max(8)
    .meta(says("in the order of the work; with an outcome at most seven", "按工作顺序；有成果付款时至多七项")),
  outcome: outcome.optional(),
  inputs: z
    .array(z.strictObject({ what: Form.words, due: Form.time, milestone: Form.name }))
    .optional()
    .meta(says("what the client owes the work; default: nothing", "甲方应提供；默认无")),
  calendar: z
    .array(z.strictObject({ name: Form.words, from: Form.time, until: Form.time }))
    .max(4)
    .optional()
    .meta(
      says(
        "pauses in which review stands still, until not included; default: none",
        "验收期停顿，不含截止时刻；默认无",
      ),
    ),
  arbitration: arbitration.optional(),
  terms: z
    .strictObject(full)
    .meta({ id: "terms" })
    .optional()
    .meta(
      says(
        "any clause of the terms document in full, instead of what follows from this file",
        "条款文件的任一条款全文，代替由本文件得出者",
      ),
    ),
};

export const clauses = z.strictObject(shape);
export { currency };
export type Clauses = z.infer<typeof clauses>;
export type Milestone = z.infer<typeof milestone>;
export type Criterion = z.infer<typeof criterion>;

/** Neither an amount nor a share, or both. */
export function checkMilestones(milestones: readonly Milestone[], field: string): InputError.InputError[] {
  return milestones.flatMap(({ amount, share }, index) => {
    const expected = both("either an amount or a share of the fee", "金额或价款比例二者之一");
    if ((amount === undefined) !== (share === undefined)) return [];
    const place = { field: `${field}[${index}].amount`, found: amount, expected };
    return [amount === undefined ? new Errors.MissingField(place) : new Errors.ClauseConflict(place)];
  });
}
