/** Tickets of a desk: feedback comes in, the desk answers or hands over, people answer and correct. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation } from "../Operation.ts";
import { bad, deskId, file, fileFormat, intentName, language, line, severity } from "./desks.ts";

const { both } = InputError;
const read = { may: "read", of: "organisation" } as const;
const write = { may: "write", of: "organisation" } as const;

const state = z.enum(["new", "answered", "handed", "solved"]);
const reason = z.enum([
  ...([
    "danger",
    "unreadable",
    "outside",
    "ambiguous",
    "unsure",
    "noPlaybook",
    "paused",
    "reopened",
    "corrected",
  ] as const),
]);
const guess = z.strictObject({ intent: z.string(), confidence: z.number() });

const one = z.strictObject({
  id: Forms.id,
  /** In the order in which they came. */
  number: z.int(),
  /** Personal data is masked; the original is not kept. */
  text: z.string(),
  language: z.string(),
  masked: z.array(z.string()),
  /** Near-duplicates in it. */
  count: z.int(),
  references: z.array(z.string()),
  source: z.string(),
  /** `new`: not decided yet; `answered`: by the desk; `handed`: waits for a person; `solved`: a person answered. */
  state,
  reason: z.strictObject({ code: reason, says: Forms.words }).optional(),
  danger: z.string().optional(),
  severity: severity.optional(),
  team: z.string().optional(),
  due: Forms.time.optional(),
  /** Somebody was told that its time runs out. */
  escalated: z.boolean(),
  /** The three likeliest. */
  guesses: z.array(guess),
  /** Of the first being right, and what it had to be; more than 1: no threshold keeps the promise. */
  sure: z.number().optional(),
  least: z.number().optional(),
  /** What a person said that it is. */
  intent: z.string().optional(),
  answer: z
    .strictObject({
      text: z.string(),
      citations: z.array(z.string()),
      /** Absent: the desk itself. */
      by: z.strictObject({ user: z.string(), name: z.string() }).optional(),
      at: Forms.time,
    })
    .optional(),
  assignee: z.strictObject({ user: z.string(), name: z.string() }).optional(),
  reopened: z.int(),
  at: Forms.time,
});

/** What a person needs to go on. */
const packet = z.strictObject({
  /** Approved words for it, or those that a person used in a like case; absent for what is dangerous. */
  draft: z
    .strictObject({ text: z.string(), citations: z.array(z.string()), from: z.enum(["playbook", "past answer"]) })
    .optional(),
  /** What the writer has not told. */
  missing: z.array(z.strictObject({ what: z.string(), says: Forms.words })),
  similar: z.array(
    z.strictObject({
      id: Forms.id,
      number: z.int(),
      text: z.string(),
      intent: z.string().optional(),
      answer: z.string().optional(),
    }),
  ),
  /** Words that spoke for the first guess and against it. */
  words: z.array(z.strictObject({ gram: z.string(), weight: z.number() })),
  alarm: z.strictObject({ danger: z.string(), by: z.string(), evidence: z.string() }).optional(),
  model: z.string().optional(),
  /** What the log has about it. */
  lines: z.array(line),
});
const whole = z.strictObject({ ...one.shape, packet });

const taken = z.strictObject({
  /** Pieces of feedback that could be read. */
  feedback: z.int(),
  /** Of them, how many went to tickets that were there. */
  folded: z.int(),
  /** This very file came before: nothing was taken. */
  known: z.boolean(),
  bad: z.array(bad),
  badCount: z.int(),
  /** New ones; decided, unless the desk is still learning. At most 200 are shown. */
  tickets: z.array(one),
  ticketCount: z.int(),
});

const ticketId = { ...deskId, ticket: Forms.id };

export const tickets = {
  "desk.take": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/feedback",
    says: both(
      "hands in feedback: masked, folded, then answered or handed to a person; a bad piece never stops the others",
      "提交反馈：脱敏、合并，然后答复或转交人员；单条错误不影响其余",
    ),
    who: write,
    repeat: "keyed",
    input: z.strictObject({
      ...deskId,
      feedback: z
        .array(
          z.strictObject({
            text: z.string().max(1_000_000),
            title: z.string().max(1_000).optional(),
            /** Unix seconds at which it was written. */
            time: Forms.seconds.optional(),
            /** By which you know it, such as a message's id; never a person's name or address. */
            reference: z.string().trim().min(1).max(200).optional(),
          }),
        )
        .min(1)
        .max(500),
      source: z.string().trim().min(1).max(60).default("api"),
    }),
    output: taken,
    errors: ["state-conflict"],
    bodyLimit: 7_500_000,
  }),
  "desk.import": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/imports",
    says: both(
      "hands in a file: CSV, an app store's export, JSON Lines, a mail box, GitHub issues; the same file again does nothing",
      "导入文件：CSV、应用商店导出、JSON Lines、邮箱文件或 GitHub issues；重复导入同一文件不产生影响",
    ),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({
      ...deskId,
      format: fileFormat.default("auto"),
      content: file,
      source: z.string().trim().min(1).max(60).default("file"),
    }),
    output: taken,
    errors: ["state-conflict"],
    bodyLimit: 7_500_000,
    costly: true,
  }),
  "ticket.list": operation({
    route: "GET /v1/organisations/{organisation}/desks/{desk}/tickets",
    says: both(
      "lists tickets: the queue of people with the most urgent first, or others with the newest first",
      "列出工单：待人员处理的按紧急程度排列，其余新者在前",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({
      ...deskId,
      state: state.optional(),
      reason: reason.optional(),
      severity: severity.optional(),
      team: z.string().max(60).optional(),
      language: z.string().max(20).optional(),
      intent: intentName.optional(),
      /** Those of one person; `me`, `nobody`, or a user's id. */
      assignee: z.string().max(100).optional(),
      /** Words that must stand in it. */
      text: z.string().trim().min(1).max(100).optional(),
      ...Forms.page,
    }),
    output: Forms.pageOf(one),
    errors: [],
  }),
  "ticket.show": operation({
    route: "GET /v1/organisations/{organisation}/desks/{desk}/tickets/{ticket}",
    says: both(
      "a ticket with all that a person needs: reason, guesses, draft, like cases, what is missing, why it was so decided",
      "工单及处理所需的一切：原因、候选意图、草稿、相似案例、缺失信息与决定依据",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject(ticketId),
    output: whole,
    errors: [],
  }),
  "ticket.next": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/next",
    says: both(
      "takes the most urgent ticket that nobody else is at; the one that the caller is at comes first",
      "领取最紧急且无人处理的工单；已领取未完成的优先返回",
    ),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ ...deskId, team: z.string().max(60).optional(), language: language.optional() }),
    output: z.strictObject({ ticket: whole.optional(), waiting: z.int() }),
    errors: [],
  }),
  "ticket.assign": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/tickets/{ticket}/assign",
    says: both("gives a ticket to a member, to another team, or back to all", "将工单指派给成员或其他团队，或退回队列"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({
      ...ticketId,
      /** Null: nobody's. */
      user: z.string().max(100).nullable().optional(),
      team: z.string().trim().min(1).max(60).optional(),
    }),
    output: one,
    errors: ["state-conflict"],
  }),
  "ticket.answer": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/tickets/{ticket}/answer",
    says: both(
      "answers a ticket that waits; without a text by the approved words for its intent",
      "答复待处理工单；不提供文本则使用该意图的获准答复",
    ),
    who: write,
    repeat: "keyed",
    input: z.strictObject({
      ...ticketId,
      text: z.string().trim().min(1).max(8_000).optional(),
      /** What it is, where the first guess is wrong: corrected at once. */
      intent: intentName.optional(),
    }),
    output: one,
    errors: ["state-conflict"],
  }),
  "ticket.correct": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/tickets/{ticket}/correct",
    says: both(
      "says what a ticket is; the next training learns it, and an answer that the desk gave waits for a person again",
      "更正工单意图；下次训练会学习，若已自动答复则重新转交人员",
    ),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ ...ticketId, intent: intentName }),
    output: whole,
    errors: [],
  }),
  "ticket.reopen": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/tickets/{ticket}/reopen",
    says: both("it was not solved after all: it waits for a person again", "问题并未解决：重新转交人员"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject(ticketId),
    output: one,
    errors: ["state-conflict"],
  }),
} as const;
