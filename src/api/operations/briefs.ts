/** What is wanted, from a text to draft terms: questions, rankings with their reasons, invitations, teams. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation } from "../Operation.ts";
import { full } from "./agreements.ts";
import { currency } from "./providers.ts";

const { both } = InputError;
const { organisationId: organisation } = Forms;
const read = { may: "read", of: "organisation" } as const;
const write = { may: "write", of: "organisation" } as const;
const provider = z.uuid().meta({ description: "organisation of a provider · 乙方的组织" });
const briefId = Forms.id.meta({ description: "a brief · 需求书" });
const rankingId = Forms.id.meta({ description: "a ranking · 排序" });

const text = z.string().trim().max(100_000);
const whole = z.number().min(0).max(1e12);
const sentence = z.string().trim().min(1).max(5_000);

export const field = z.enum(["outcome", "skills", "criteria", "compliance", "budget", "overlap", "start", "term"]);

const fields = {
  outcome: sentence.optional(),
  /** Names or synonyms of the taxonomy. */
  skills: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
  criteria: z.array(sentence).max(50).optional(),
  /** What the provider must be certified for; empty: nothing. */
  compliance: z.array(z.string().trim().min(1).max(100)).max(20).optional(),
  /** Whole units. */
  budget: z.strictObject({ currency, least: whole.optional(), most: whole }).optional(),
  /** Hours a day together with an ordinary working day, `offset` minutes east of UTC. */
  overlap: z.strictObject({ hours: z.number().min(0).max(24), offset: z.int().min(-840).max(840) }).optional(),
  start: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  /** Days. */
  term: z.int().min(1).max(3_660).optional(),
};

const brief = z.strictObject({
  id: briefId,
  organisation,
  text: z.string(),
  language: z.enum(["en", "zh", "other"]),
  fields: z.strictObject(fields),
  /** From 0 to 1, and what is still open. */
  completeness: z.strictObject({ share: z.number(), missing: z.array(field) }),
  state: z.enum(["open", "closed"]),
  /** Whether every provider that was ranked may ask why; else only who was invited. */
  shown: z.boolean(),
  /** Grows with every change. */
  revision: z.int(),
  createdAt: Forms.time,
  updatedAt: Forms.time,
});

const question = z.strictObject({
  field,
  asks: Forms.words,
  /** The share of the first three that an answer changes, in the mean. */
  changes: z.number(),
});

const reason = z.strictObject({
  id: z.union([z.string(), z.number()]),
  at: Forms.time,
  title: z.string(),
  /** Millionths. */
  weight: z.int(),
  /** Told by the provider; no settlement shows it. */
  told: z.literal(true).optional(),
});

const candidate = z.strictObject({
  place: z.int(),
  provider: z.string(),
  name: z.string(),
  /** Millionths; the sum of `base` and the parts. */
  score: z.int(),
  parts: z.record(z.string(), z.int()),
  /** The share of promises kept at least in the skills that are wanted, in millionths. */
  kept: z.int().optional(),
  cases: z.array(reason),
  /** Chance of being among the first five, before the lot was drawn. */
  propensity: z.number(),
  /** Why it is not the first. */
  why: Forms.words,
});

const ranking = z.strictObject({
  id: rankingId,
  brief: briefId,
  at: Forms.time,
  /** Of the brief that was ranked for. */
  revision: z.int(),
  weights: z.string(),
  inputs: z.strictObject({
    cases: z.int(),
    providers: z.int(),
    settlements: z.int(),
    claims: z.int(),
    hash: Forms.hash,
  }),
  floor: z.strictObject({ share: z.number(), seed: z.string() }).nullable(),
  base: z.int(),
  candidates: z.array(candidate),
  excluded: z.array(z.strictObject({ provider: z.string(), name: z.string(), why: Forms.words })),
  others: z.int(),
  /** Names of the parts. */
  parts: z.record(z.string(), Forms.words),
});
const rankingRow = z.strictObject({
  id: rankingId,
  at: Forms.time,
  revision: z.int(),
  hash: Forms.hash,
  first: z.array(z.strictObject({ provider: z.string(), name: z.string(), score: z.int() })),
});
/** A file for `commenda match verify`. */
const bundle = z.strictObject({ name: z.string(), content: z.string() });

const invitation = z.strictObject({
  id: Forms.id,
  /** Absent while nobody took the link. */
  provider: provider.optional(),
  name: z.string().optional(),
  by: z.enum(["provider", "link"]),
  state: z.enum(["open", "joined", "revoked", "expired"]),
  createdAt: Forms.time,
  expiresAt: Forms.time,
});

const call = z.strictObject({
  invitation: Forms.id,
  brief: briefId,
  from: z.string(),
  text: z.string(),
  fields: z.strictObject(fields),
  state: z.enum(["open", "closed"]),
  expiresAt: Forms.time,
  /** That were begun from it with this organisation. */
  agreements: z.array(Forms.agreementId),
});

const placement = z.strictObject({
  ranking: rankingId,
  brief: briefId,
  at: Forms.time,
  /** Absent: left out. */
  place: z.int().optional(),
  of: z.int(),
  why: Forms.words,
  score: z.int().optional(),
  parts: z.record(z.string(), z.int()).optional(),
  /** Own parts less those of the first, in millionths: nothing of who it is. */
  behind: z.record(z.string(), z.int()).optional(),
  /** Names of the parts. */
  names: z.record(z.string(), Forms.words),
  /** Whether its inputs can be had, to recompute it. */
  open: z.boolean(),
});

const token = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .meta({ description: "secret part of the link · 链接中的密钥部分" });

const award = z.strictObject({
  package: z.string(),
  /** Absent where everyone who could is taken by others. */
  provider: z.string().optional(),
  name: z.string().optional(),
  score: z.int(),
  /** Who would be the best for this package alone, and what that would cost the others: millionths, and packages left without. */
  first: z.strictObject({ provider: z.string(), name: z.string(), costs: z.int(), without: z.int() }).optional(),
  why: Forms.words,
});

export const briefs = {
  "brief.create": operation({
    route: "POST /v1/organisations/{organisation}/briefs",
    says: both(
      "reads what is wanted from a text in English or Chinese, and keeps it; nothing is guessed",
      "从中英文文本读取需求并保存为需求书；不作猜测",
    ),
    who: write,
    repeat: "keyed",
    /** `fields`: what stands there counts, whatever the text says. */
    input: z.strictObject({ organisation, text, fields: z.strictObject(fields).optional() }),
    output: brief,
    errors: ["state-conflict"],
  }),
  "brief.list": operation({
    route: "GET /v1/organisations/{organisation}/briefs",
    says: both("lists an organisation's briefs, the latest changed first", "列出组织的需求书，最近变更者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, ...Forms.page }),
    output: Forms.pageOf(brief),
    errors: [],
  }),
  "brief.show": operation({
    route: "GET /v1/organisations/{organisation}/briefs/{brief}",
    says: both("shows a brief, with how complete it is", "查看需求书及其完整度"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, brief: briefId }),
    output: brief,
    errors: [],
  }),
  "brief.update": operation({
    route: "PATCH /v1/organisations/{organisation}/briefs/{brief}",
    says: both(
      "changes a brief: a new text is read anew, fields are set or (null) opened, and who may ask why",
      "修改需求书：新文本将重新读取；字段可设置或以 null 清空；并可设定谁可询问排序理由",
    ),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({
      organisation,
      brief: briefId,
      text: text.optional(),
      fields: z
        .strictObject({
          outcome: fields.outcome.nullable(),
          skills: fields.skills.nullable(),
          criteria: fields.criteria.nullable(),
          compliance: fields.compliance.nullable(),
          budget: fields.budget.nullable(),
          overlap: fields.overlap.nullable(),
          start: fields.start.nullable(),
          term: fields.term.nullable(),
        })
        .optional(),
      shown: z.boolean().optional(),
    }),
    output: brief,
    errors: ["state-conflict"],
  }),
  "brief.questions": operation({
    route: "GET /v1/organisations/{organisation}/briefs/{brief}/questions",
    says: both(
      "at most five questions, by what their answers would change in the ranking; none where nothing would",
      "至多五个问题，按答案对排序的影响排列；无影响则不问",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, brief: briefId }),
    output: z.strictObject({ items: z.array(question) }),
    errors: [],
  }),
  "brief.answer": operation({
    route: "POST /v1/organisations/{organisation}/briefs/{brief}/answers",
    says: both("answers a question in words, in either language", "以中文或英文回答问题"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ organisation, brief: briefId, field, answer: z.string().trim().min(1).max(5_000) }),
    output: brief,
    errors: ["state-conflict"],
  }),
  "brief.close": operation({
    route: "POST /v1/organisations/{organisation}/briefs/{brief}/close",
    says: both("closes a brief: nobody is invited to it any more", "关闭需求书：不再邀请"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ organisation, brief: briefId }),
    output: brief,
    errors: [],
  }),
  "brief.match": operation({
    route: "POST /v1/organisations/{organisation}/briefs/{brief}/rankings",
    says: both(
      "ranks the providers for a brief, with every part of every score, and keeps what it takes to recompute it",
      "为需求书对乙方排序，列出每项得分的构成，并保存重新计算所需的全部输入",
    ),
    who: write,
    repeat: "keyed",
    /** `seed`: of the lot that gives newcomers a place; one is made when absent. */
    input: z.strictObject({ organisation, brief: briefId, seed: z.string().min(1).max(100).optional() }),
    output: ranking,
    errors: ["state-conflict"],
    costly: true,
  }),
  "ranking.list": operation({
    route: "GET /v1/organisations/{organisation}/briefs/{brief}/rankings",
    says: both("lists the rankings of a brief, newest first", "列出需求书的各次排序，新者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, brief: briefId, ...Forms.page }),
    output: Forms.pageOf(rankingRow),
    errors: [],
  }),
  "ranking.show": operation({
    route: "GET /v1/organisations/{organisation}/briefs/{brief}/rankings/{ranking}",
    says: both("shows a ranking as it was made", "查看某次排序"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, brief: briefId, ranking: rankingId }),
    output: ranking,
    errors: [],
  }),
  "ranking.bundle": operation({
    route: "GET /v1/organisations/{organisation}/briefs/{brief}/rankings/{ranking}/bundle",
    says: both(
      "a ranking with all its inputs as a file: anyone recomputes it with `commenda match verify`",
      "含全部输入的排序文件：任何人可用 `commenda match verify` 重新计算",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, brief: briefId, ranking: rankingId }),
    output: bundle,
    errors: [],
  }),
  "brief.invite": operation({
    route: "POST /v1/organisations/{organisation}/briefs/{brief}/invitations",
    says: both(
      "invites a provider of this node, or makes a link for one outside; the link is shown once",
      "邀请本节点的乙方，或为外部乙方生成链接；链接仅显示一次",
    ),
    who: write,
    repeat: "keyed",
    /** `provider`: a link is made when absent. */
    input: z.strictObject({
      organisation,
      brief: briefId,
      provider: provider.optional(),
      days: z.int().min(1).max(90).default(14),
    }),
    output: z.strictObject({ ...invitation.shape, url: z.string().optional() }),
    errors: ["state-conflict"],
  }),
  "brief.invited": operation({
    route: "GET /v1/organisations/{organisation}/briefs/{brief}/invitations",
    says: both("lists who was invited to a brief, newest first", "列出需求书的邀请，新者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, brief: briefId, ...Forms.page }),
    output: Forms.pageOf(invitation),
    errors: [],
  }),
  "brief.uninvite": operation({
    route: "DELETE /v1/organisations/{organisation}/briefs/{brief}/invitations/{invitation}",
    says: both(
      "takes an invitation back: the link is useless, the brief no longer seen",
      "撤回邀请：链接失效，需求书不再可见",
    ),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ organisation, brief: briefId, invitation: Forms.id }),
    output: Forms.done,
    errors: [],
  }),
  "brief.draft": operation({
    route: "POST /v1/organisations/{organisation}/briefs/{brief}/draft",
    says: both(
      "makes draft terms of a brief in one step; a provider that was invited is given its seat",
      "一步将需求书转为条款草稿；已受邀的乙方直接入席",
    ),
    who: write,
    repeat: "keyed",
    input: z.strictObject({ organisation, brief: briefId, provider: provider.optional() }),
    output: full,
    errors: ["state-conflict"],
  }),
  "call.list": operation({
    route: "GET /v1/organisations/{organisation}/calls",
    says: both("lists the briefs that an organisation is invited to, newest first", "列出邀请本组织的需求书，新者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, ...Forms.page }),
    output: Forms.pageOf(call),
    errors: [],
  }),
  "call.show": operation({
    route: "GET /v1/calls/{token}",
    says: both("what whoever has the link may read of a brief", "凭链接可见的需求书内容"),
    who: { may: "anyone" },
    repeat: "safe",
    input: z.strictObject({ token }),
    output: z.strictObject({
      from: z.string(),
      text: z.string(),
      fields: z.strictObject(fields),
      expiresAt: Forms.time,
    }),
    errors: ["gone"],
  }),
  "call.join": operation({
    route: "POST /v1/calls/{token}/join",
    says: both("takes such a link for an organisation: once", "以组织身份接受链接邀请；仅限一次"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ organisation, token }),
    output: call,
    errors: ["gone", "state-conflict"],
  }),
  "placement.list": operation({
    route: "GET /v1/organisations/{organisation}/placements",
    says: both(
      "the rankings in which an organisation was judged and may ask why, newest first",
      "列出本组织参与且可询问理由的排序，新者在前",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, ...Forms.page }),
    output: Forms.pageOf(placement),
    errors: [],
  }),
  "placement.show": operation({
    route: "GET /v1/organisations/{organisation}/placements/{ranking}",
    says: both(
      "why not me: an organisation's own place and parts, and what the first has more of, without who that is",
      "为何不是我：本组织的名次与得分构成，以及首位领先之处（不透露其身份）",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, ranking: rankingId }),
    output: placement,
    errors: [],
  }),
  "placement.bundle": operation({
    route: "GET /v1/organisations/{organisation}/placements/{ranking}/bundle",
    says: both(
      "of a brief that is shown to all: the ranking with its inputs, for who was judged in it to recompute",
      "公开需求书的排序及其输入，供参与者重新计算",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, ranking: rankingId }),
    output: bundle,
    errors: ["state-conflict"],
  }),
  "team.match": operation({
    route: "POST /v1/organisations/{organisation}/teams",
    says: both(
      "who does which of several work packages under everyone's capacity, by minimum-cost assignment; nothing is kept",
      "在各方产能内为多个工作包整体选定乙方（最小费用分配）；不留存",
    ),
    who: write,
    repeat: "safe",
    input: z.strictObject({
      organisation,
      packages: z
        .array(
          z.strictObject({
            name: Forms.line,
            /** A brief that is kept, or the text of one. */
            brief: briefId.optional(),
            text: text.optional(),
          }),
        )
        .min(1)
        .max(20),
    }),
    output: z.strictObject({ awards: z.array(award), score: z.int(), without: z.int() }),
    errors: ["state-conflict"],
    costly: true,
  }),
} as const;
