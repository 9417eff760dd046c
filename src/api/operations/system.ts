/** The node itself: what it is, what it tells, what it remembers. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation } from "../Operation.ts";

const { both } = InputError;
const { agreementId: agreement, organisationId: organisation } = Forms;
const manage = { may: "manage", of: "organisation" } as const;

/** What is told of as it happens, by event streams and webhooks. */
export const eventKind = z.enum([
  "agreement.changed",
  "version.saved",
  "comment.added",
  "invitation.accepted",
  "signature.given",
  "act.changed",
  "fact",
  "fact.undone",
  "evidence.changed",
  "run.changed",
  "run.log",
  "verdict.given",
  "sealed.shown",
  "acceptance.changed",
  "approval.asked",
  "approval.decided",
  "deadline.near",
  "deadline.passed",
  "notice.added",
  "desk.changed",
  "ticket.changed",
  "count.changed",
]);

const event = z.strictObject({
  /** Resume after it: `Last-Event-ID`, or `after`. */
  id: z.string(),
  kind: eventKind,
  agreement: agreement.optional(),
  data: Forms.json,
  at: Forms.time,
});

const notice = z.strictObject({
  id: Forms.id,
  kind: z.string(),
  says: Forms.words,
  agreement: agreement.optional(),
  at: Forms.time,
  readAt: Forms.time.optional(),
});

const webhook = z.strictObject({
  id: Forms.id,
  url: z.string(),
  kinds: z.array(eventKind),
  active: z.boolean(),
  /** Why it was switched off, if it was. */
  paused: Forms.words.optional(),
  createdAt: Forms.time,
});
const webhookId = { organisation, webhook: Forms.id };

const delivery = z.strictObject({
  id: Forms.id,
  event: z.string(),
  kind: eventKind,
  state: z.enum(["waiting", "delivered", "failed"]),
  attempts: z.int(),
  /** Of the last attempt. */
  answer: z.string().optional(),
  createdAt: Forms.time,
});

const record = z.strictObject({
  number: z.int(),
  at: Forms.time,
  /** User id, `key:…`, `node`, or `nobody`; and how they are called, where they are known still. */
  by: z.string(),
  name: z.string().optional(),
  did: z.string(),
  object: z.string().optional(),
  facts: Forms.json,
  hash: Forms.hash,
});

export const system = {
  "node.show": operation({
    route: "GET /v1/node",
    says: both("what node this is, and on which ledger", "节点及其账本信息"),
    who: { may: "anyone" },
    repeat: "safe",
    input: z.strictObject({}),
    output: z.strictObject({
      name: z.literal("commenda"),
      version: z.string(),
      publicUrl: z.string(),
      ledger: z.strictObject({
        kind: z.enum(["rehearsal", "chain"]),
        name: Forms.words,
        chainId: z.int(),
        escrow: Forms.address,
        evidence: Forms.address.optional(),
        accounts: Forms.address.optional(),
        token: Forms.address.optional(),
        /** Its clock; a rehearsal's can be ahead. */
        now: Forms.time,
        head: z.int(),
        indexed: z.int(),
      }),
      /** Personas of the demonstration, whose keys this node keeps; absent in production. */
      demo: z.array(z.strictObject({ persona: z.string(), name: Forms.words, role: z.string() })).optional(),
    }),
    errors: [],
  }),
  "demo.advance": operation({
    route: "POST /v1/demo/clock",
    says: both(
      "moves the rehearsal ledger's clock ahead, to see what silence and deadlines do; only in a demonstration",
      "将预演账本的时钟拨快，以查看沉默与期限的效果；仅限演示",
    ),
    who: { may: "user" },
    repeat: "keyed",
    input: z.strictObject({ minutes: z.int().min(1).max(1_051_200) }),
    output: z.strictObject({ now: Forms.time }),
    errors: ["state-conflict"],
  }),
  "event.list": operation({
    route: "GET /v1/events",
    says: both(
      "what happened in the caller's agreements and organisations, oldest first",
      "您的协议与组织中发生的事件，旧者在前",
    ),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({ agreement: agreement.optional(), ...Forms.page }),
    output: Forms.pageOf(event),
    errors: [],
  }),
  "notice.list": operation({
    route: "GET /v1/notices",
    says: both("what awaits the caller, newest first", "待您处理的通知，新者在前"),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({ ...Forms.page }),
    output: Forms.pageOf(notice),
    errors: [],
  }),
  "notice.read": operation({
    route: "POST /v1/notices/{notice}/read",
    says: both("marks a notice as read", "将通知标记为已读"),
    who: { may: "user" },
    repeat: "idempotent",
    input: z.strictObject({ notice: Forms.id }),
    output: Forms.done,
    errors: [],
  }),
  "webhook.create": operation({
    route: "POST /v1/organisations/{organisation}/webhooks",
    says: both(
      "tells an address of events, signed by the Standard Webhooks scheme; the secret is shown once",
      "向指定地址推送事件，按 Standard Webhooks 签名；密钥仅显示一次",
    ),
    who: manage,
    repeat: "keyed",
    input: z.strictObject({ organisation, url: z.url().max(2000), kinds: z.array(eventKind).max(40).default([]) }),
    output: z.strictObject({ ...webhook.shape, secret: z.string() }),
    errors: ["state-conflict"],
  }),
  "webhook.list": operation({
    route: "GET /v1/organisations/{organisation}/webhooks",
    says: both("lists the webhooks, without their secrets", "列出 webhook（不含密钥）"),
    who: manage,
    repeat: "safe",
    input: z.strictObject({ organisation, ...Forms.page }),
    output: Forms.pageOf(webhook),
    errors: [],
  }),
  "webhook.change": operation({
    route: "PATCH /v1/organisations/{organisation}/webhooks/{webhook}",
    says: both("changes the address or the kinds, or switches it on and off", "修改地址或事件类型，或启用与停用"),
    who: manage,
    repeat: "idempotent",
    input: z.strictObject({
      ...webhookId,
      url: z.url().max(2000).optional(),
      kinds: z.array(eventKind).max(40).optional(),
      active: z.boolean().optional(),
    }),
    output: webhook,
    errors: [],
  }),
  "webhook.rotate": operation({
    route: "POST /v1/organisations/{organisation}/webhooks/{webhook}/rotate",
    says: both(
      "gives a new secret; for a day deliveries carry the signatures of both",
      "更换密钥；一天内推送同时带有新旧签名",
    ),
    who: manage,
    repeat: "keyed",
    input: z.strictObject(webhookId),
    output: z.strictObject({ ...webhook.shape, secret: z.string() }),
    errors: [],
  }),
  "webhook.remove": operation({
    route: "DELETE /v1/organisations/{organisation}/webhooks/{webhook}",
    says: both("removes a webhook and what still waits for it", "删除 webhook 及其待发内容"),
    who: manage,
    repeat: "idempotent",
    input: z.strictObject(webhookId),
    output: Forms.done,
    errors: [],
  }),
  "delivery.list": operation({
    route: "GET /v1/organisations/{organisation}/webhooks/{webhook}/deliveries",
    says: both("lists what was sent to a webhook and what it answered, newest first", "列出推送记录及应答，新者在前"),
    who: manage,
    repeat: "safe",
    input: z.strictObject({ ...webhookId, ...Forms.page }),
    output: Forms.pageOf(delivery),
    errors: [],
  }),
  "delivery.replay": operation({
    route: "POST /v1/organisations/{organisation}/webhooks/{webhook}/deliveries/{delivery}/replay",
    says: both("sends a delivery once more, with the same `webhook-id`", "以相同 webhook-id 重新推送一次"),
    who: manage,
    repeat: "keyed",
    input: z.strictObject({ ...webhookId, delivery: Forms.id }),
    output: delivery,
    errors: [],
  }),
  "audit.list": operation({
    route: "GET /v1/organisations/{organisation}/audit",
    says: both(
      "what was done in its name, newest first; each record carries the hash of the one before",
      "以其名义所做的操作，新者在前；每条含前一条的哈希",
    ),
    who: { may: "read", of: "organisation" },
    repeat: "safe",
    input: z.strictObject({ organisation, ...Forms.page }),
    output: Forms.pageOf(record),
    errors: [],
  }),
  "audit.verify": operation({
    route: "GET /v1/audit/verification",
    says: both("recomputes the whole chain of the audit log", "重新计算整条审计日志链"),
    who: { may: "operator" },
    repeat: "safe",
    input: z.strictObject({}),
    output: z.strictObject({ records: z.int(), head: Forms.hash, broken: z.int().optional() }),
    errors: [],
  }),
} as const;
