/** What happens in a deal, in people's terms: each entry of `happens` says when, and one thing. */
import * as z from "zod";
import { Errors, InputError } from "../agreement/index.ts";
import * as Clauses from "./Clauses.ts";
import { NotOneHappening } from "./Errors.ts";
import * as Form from "./Form.ts";

const { both } = InputError;
const { says } = Form;

const names = z.union([Form.name, z.array(Form.name).min(1)]).meta({
  id: "names",
  ...says("one milestone or a list; outcome is one too", "一个里程碑或列表；成果付款用 outcome"),
});
const side = z.enum(["client", "provider"]);
/** Whoever a party lets deliver, accept and reject in its place. */
const delegate = z.enum(["client's delegate", "provider's delegate"]);
const account = Form.words.meta({
  id: "account",
  ...says(
    "client, provider, platform, or any name for another account, also as {en, zh}",
    "client、provider、platform，或另一账户的任意名称，可写作 {en, zh}",
  ),
});

/** `everything`: whatever can be claimed. */
export const EVERYTHING = "everything";
/** `to the end`: until nothing is left to claim. */
export const TO_THE_END = "to the end";
/** `signed and opened`: both sign, and the agreement opens on its opening day. */
export const OPENED = "signed and opened";

const kinds = {
  opened: z
    .union([z.literal(true), z.strictObject({ fund: names })])
    .meta(
      says(
        "both signed, the client opens it and funds it; fund: what it funds at once though it could later",
        "双方已签署，甲方使其生效并注资；fund：可后付但立即注资的项",
      ),
    ),
  revoked: side.meta(says("before opening, by this side", "生效前由该方撤销")),
  funded: names.meta(says("by the client", "甲方注资")),
  delivered: Form.name.meta(says("by the provider", "乙方交付")),
  accepted: names.meta(says("by the client, in one act", "甲方一次验收")),
  "accepted in part": z
    .strictObject({ milestone: Form.name, share: Form.share })
    .meta(says("a share is paid, the rest rejected", "支付一定比例，拒收其余")),
  rejected: Form.name.meta(says("by the client", "甲方拒收")),
  contested: z
    .strictObject({ milestone: Form.name, by: side.meta(says("who contests", "提出方")) })
    .meta(says("freezes it; takes the deposit", "冻结该项并缴纳押金")),
  answered: Form.name.meta(says("by the other side, with the same deposit", "对方缴纳同额押金应答")),
  arbitrated: Form.name.meta(says("a dispute is made at the ERC-792 arbitrator", "在 ERC-792 仲裁人处立案")),
  ruled: z
    .strictObject({
      milestone: Form.name,
      share: Form.share
        .optional()
        .meta(says("whole percent of what is unpaid, to the provider", "未付部分归乙方的整数百分比")),
      refuses: z
        .literal(true)
        .optional()
        .meta(
          says(
            "in place of share: the arbitrator refuses to rule (choice 0 of ERC-792), and the fallback share of the terms is paid",
            "代替 share：仲裁人拒绝裁决（ERC-792 选项 0），按条款约定比例支付",
          ),
        ),
      votes: z
        .int()
        .min(1)
        .max(9)
        .optional()
        .meta(says("how many sign; default: as many as needed", "签名数；默认恰为所需")),
    })
    .check((context) => {
      const { share, refuses } = context.value;
      if ((share === undefined) !== (refuses === undefined)) return;
      const expected = both("either a share, or refuses: true", "share，或 refuses: true，二者取一");
      const make = ({ field }: InputError.Place) =>
        share === undefined
          ? new Errors.MissingField({ field: `${field}.share`, expected })
          : new Errors.ClauseConflict({ field: `${field}.refuses`, found: refuses, expected });
      context.issues.push({ code: "custom", input: context.value, params: { make } });
    })
    .meta({
      ...says(
        "by the panel or the arbitrator, of a dispute that both answered",
        "仲裁小组或仲裁人就已应答的争议作出裁决",
      ),
      oneOf: ["share", "refuses"].map((key) => ({ type: "object", properties: { [key]: {} }, required: [key] })),
    }),
  reported: Form.whole.meta(says("the metric's value, attested by the reporters", "报告人证实的指标值")),
  claimed: names.meta(
    says(`by anyone; "${EVERYTHING}": whatever can be claimed`, `任何人申领；“${EVERYTHING}”：一切可申领者`),
  ),
  silence: Form.shaped(
    (text) => text === TO_THE_END || /^until .+/.test(text) || Form.length.safeParse(text).success,
    both(
      `a length like 15 days, "until day 40", or "${TO_THE_END}"`,
      `时长如 15 天、“until day 40”，或“${TO_THE_END}”`,
    ),
  ).meta(
    says("nobody acts; whatever can be claimed is claimed at its first minute", "无人操作；可申领者在最早一刻被申领"),
  ),
  terminated: names.meta(says("by the client, before its start", "甲方在开始前终止")),
  extended: Form.name.meta(says("by the side that the terms name", "由条款所定一方延期")),
  "change order": z
    .strictObject({ ...z.strictObject(Clauses.shape).partial().shape, fund: names.optional() })
    .meta(
      says(
        "both sign other clauses: the agreement is closed and its successor opened",
        "双方签署新的条款：终结旧协议并使新协议生效",
      ),
    ),
  settled: z
    .strictObject({
      provider: Form.amount,
      client: Form.amount.optional().meta(says("default: the rest", "默认为其余")),
      deposits: z
        .strictObject({ provider: Form.amount, client: Form.amount })
        .optional()
        .meta(says("default: each its own", "默认各自取回")),
    })
    .meta(says("both sign a split of all that is held", "双方签署全部托管款的分配")),
  "payee named": account.meta(says("by the provider: later payouts go there", "乙方指定后续付款的收款人")),
  "delegate revoked": side.meta(says("by this side, for ever", "由该方永久撤销其代理人")),
  blacklisted: account.meta(says("the token refuses to pay this account", "代币拒绝向该账户付款")),
  unlisted: account.meta(says("the token pays it again", "代币恢复向其付款")),
  "credit redirected": z
    .strictObject({ of: account, to: account, amount: Form.amount.optional() })
    .meta(says("its owner sends a credit elsewhere; default: all of it", "所有人将余额转往别处；默认全部")),
  "credit pushed": account.meta(says("anyone tries again to pay a credit to its owner", "任何人再次尝试支付余额")),
};

export type Kind = keyof typeof kinds;
export const KINDS = Object.keys(kinds) as Kind[];

const entry = z
  .strictObject({
    on: Form.time
      .optional()
      .meta(says("default: when the one before happened; of the first, the opening", "默认与前一条同时；首条为生效时")),
    note: Form.words.optional().meta(says("shown beside it", "显示在旁的说明")),
    relayed: z
      .union([side, z.literal("anyone")])
      .optional()
      .meta(says("who sends what the party signed; default: the party itself", "代发人；默认当事人自行发送")),
    by: delegate
      .optional()
      .meta(
        says(
          "who delivers, accepts or rejects in its party's place; default: the party itself",
          "代当事人交付、验收或拒收的代理人；默认当事人自身",
        ),
      ),
    tip: Form.amount.optional().meta(says("what the relayer takes, of the signer's money", "代发酬金，由签署人承担")),
    refused: Form.line
      .optional()
      .meta(
        says(
          "the refusal that is expected, like TooEarly: nothing changes and it goes on",
          "预期的拒绝，如 TooEarly：无变化并继续",
        ),
      ),
    ...z.strictObject(kinds).partial().shape,
  })
  .check((context) => {
    const said = KINDS.filter((kind) => context.value[kind] !== undefined);
    if (said.length === 1) return;
    const make = (place: InputError.Place) => new NotOneHappening({ ...place, known: KINDS });
    context.issues.push({ code: "custom", input: context.value, params: { make } });
  })
  .meta({
    id: "happening",
    oneOf: KINDS.map((kind) => ({ type: "object", properties: { [kind]: {} }, required: [kind] })),
  });

export const schema = z.union([z.literal(OPENED), entry]);
export type Happening = z.infer<typeof schema>;
type Entry = z.infer<typeof entry>;

/** The one thing that an entry says. */
export type Said = { [K in Kind]: { kind: K; value: NonNullable<Entry[K]> } }[Kind];
export type Particulars = Pick<Entry, "on" | "note" | "relayed" | "by" | "tip" | "refused">;

export function read(happening: Happening): { said: Said; particulars: Particulars } {
  if (happening === OPENED) return { said: { kind: "opened", value: true }, particulars: {} };
  const kind = KINDS.find((one) => happening[one] !== undefined) ?? "opened";
  const said = { kind, value: happening[kind] } as Said;
  const { on, note, relayed, by, tip, refused } = happening;
  return { said, particulars: { on, note, relayed, by, tip, refused } as Particulars };
}

/** One name or several. */
export const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === "string" ? [value] : value;
