/** Desks: who answers feedback by what model, playbooks and table, and how it keeps its promise. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation } from "../Operation.ts";

const { both } = InputError;
const { organisationId: organisation } = Forms;
const read = { may: "read", of: "organisation" } as const;
const write = { may: "write", of: "organisation" } as const;
const manage = { may: "manage", of: "organisation" } as const;

const desk = z.uuid().meta({ description: "a desk · 工单台" });
export const deskId = { organisation, desk };
export const intentName = z.string().trim().min(1).max(100);
export const language = z.enum(["en", "zh"]);
const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const share = z.number().min(0).max(1);
/** A precision, as a fraction. */
const promise = z.number().min(0.5).max(0.999).meta({ description: "fraction, like 0.98 · 小数，例如 0.98" });
export const fileFormat = z.enum(["auto", "csv", "jsonl", "mbox", "issues", "reviews"]);
/** Some 5 MB; what it holds is told from its content where `format` is `auto`. */
export const file = Forms.base64.min(1).max(7_000_000);
export const bad = z.strictObject({ at: z.int(), why: Forms.words });

const costs = z.strictObject({
  /** Minutes that a person needs for a ticket. */
  minutes: z.number().min(0.1).max(480),
  /** What an hour of a person costs, and what the client pays for a ticket that stays solved; base units. */
  hour: Forms.units,
  ticket: Forms.units,
  currency: z.strictObject({ code: z.string().regex(/^[A-Z]{3}$/), scale: z.int().min(0).max(18) }),
});
const settings = {
  promise: promise.optional(),
  /** Days within which a ticket that is reopened is not owed. */
  reopenDays: z.int().min(0).max(90).optional(),
  /** Share of the traffic expected outside of all intents; null: as the model was calibrated. */
  outsideShare: share.max(0.9).nullable().optional(),
  costs: costs.optional(),
};

const one = z.strictObject({
  id: Forms.id,
  name: z.string(),
  /** `paused`: everything goes to people; `stopped`: for good, nothing is taken in. */
  state: z.enum(["working", "paused", "stopped"]),
  promise,
  reopenDays: z.int(),
  outsideShare: share.optional(),
  costs,
  /** The one that works, by its hash; absent until the first feedback or training. */
  model: z.string().optional(),
  intents: z.array(z.string()),
  /** Address of the key that seals its log. */
  key: Forms.address,
  log: z.strictObject({ lines: z.int(), head: hex64 }),
  tickets: z.strictObject({ new: z.int(), answered: z.int(), handed: z.int(), solved: z.int() }),
  /** Whether an endpoint rewrites drafts. */
  rewrites: z.boolean(),
  createdAt: Forms.time,
});

const version = z.strictObject({
  id: Forms.id,
  number: z.int(),
  /** `refused`: worse on the frozen set, the one before stays; `failed`: nothing could be learnt. */
  state: z.enum(["training", "working", "past", "refused", "failed"]),
  model: z.string().optional(),
  starter: z.boolean(),
  /** English sentence embeddings were used: the node's operator says whether they are. */
  embeddings: z.boolean(),
  intents: z.array(z.string()),
  /** What was found in the examples. */
  notes: z
    .strictObject({
      examples: z.int(),
      contradictory: z.int(),
      thin: z.array(z.string()),
      unseen: z.int(),
    })
    .optional(),
  /** Right answers on the frozen set: of it, of the one before. */
  frozen: z.strictObject({ rows: z.int(), right: z.int(), before: z.int().optional() }).optional(),
  why: Forms.words.optional(),
  by: z.string(),
  at: Forms.time,
});

const needs = z.array(z.enum(["order", "device", "account"])).max(3);
const playbook = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9_/.-]{0,99}$/i),
  intent: intentName,
  language,
  /** Given word for word. */
  answer: z.string().trim().min(1).max(4_000),
  needs,
});

const danger = z.enum(["vulnerability", "leak", "takeover", "fraud", "legal", "harm"]);
export const severity = z.enum(["critical", "high", "normal", "low"]);
const team = z.string().trim().min(1).max(60);
const table = z.strictObject({
  /** From the top: the first row that fits. */
  rows: z
    .array(
      z.strictObject({
        intents: z.array(intentName).max(200).optional(),
        dangers: z.array(danger).max(6).optional(),
        languages: z.array(z.string().max(20)).max(10).optional(),
        team,
        severity,
        /** Minutes until the first answer. */
        within: z.int().min(1).max(43_200),
      }),
    )
    .min(1)
    .max(200),
  teams: z
    .array(
      z.strictObject({
        name: team,
        /** Tickets at a time. */
        capacity: z.int().min(1).max(1_000_000),
        /** In UTC, from and to, past midnight where the second is the smaller; days 0 (Sunday) to 6. */
        hours: z.array(z.int().min(0).max(24)).length(2).optional(),
        days: z.array(z.int().min(0).max(6)).max(7).optional(),
        relief: team.optional(),
      }),
    )
    .min(1)
    .max(50),
});

const inlet = z.strictObject({
  id: Forms.id,
  name: z.string(),
  /** `standard`: Standard Webhooks; `github`: `X-Hub-Signature-256`. */
  scheme: z.enum(["standard", "github"]),
  url: z.string(),
  lastAt: Forms.time.optional(),
  createdAt: Forms.time,
});

export const line = z.strictObject({
  number: z.int(),
  at: z.int(),
  before: hex64,
  kind: z.string(),
  what: Forms.json,
  hash: hex64,
  key: Forms.address.optional(),
  signature: Forms.bytes.optional(),
});

const period = { from: Forms.time.optional(), to: Forms.time.optional() };

export const desks = {
  "desk.create": operation({
    route: "POST /v1/organisations/{organisation}/desks",
    says: both(
      "sets up a desk that answers feedback; it works with the starter intents until it is taught",
      "设立处理用户反馈的工单台；在学习自有数据前使用起步意图",
    ),
    who: manage,
    repeat: "keyed",
    input: z.strictObject({ organisation, name: Forms.line, ...settings }),
    output: one,
    errors: ["state-conflict"],
  }),
  "desk.list": operation({
    route: "GET /v1/organisations/{organisation}/desks",
    says: both("lists the desks, newest first", "列出工单台，新者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, ...Forms.page }),
    output: Forms.pageOf(one),
    errors: [],
  }),
  "desk.show": operation({
    route: "GET /v1/organisations/{organisation}/desks/{desk}",
    says: both("what a desk is, what it promises, and how many tickets wait", "查看工单台的设置、承诺与待处理数量"),
    who: read,
    repeat: "safe",
    input: z.strictObject(deskId),
    output: one,
    errors: [],
  }),
  "desk.update": operation({
    route: "PATCH /v1/organisations/{organisation}/desks/{desk}",
    says: both("changes the name, the promise, or what things cost", "修改名称、承诺或成本"),
    who: manage,
    repeat: "idempotent",
    input: z.strictObject({ ...deskId, name: Forms.line.optional(), ...settings }),
    output: one,
    errors: [],
  }),
  "desk.pause": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/pause",
    says: both("from now on everything goes to people", "自此刻起全部转交人员"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject(deskId),
    output: one,
    errors: ["state-conflict"],
  }),
  "desk.resume": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/resume",
    says: both("the desk answers again", "恢复自动答复"),
    who: manage,
    repeat: "idempotent",
    input: z.strictObject(deskId),
    output: one,
    errors: ["state-conflict"],
  }),
  "desk.stop": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/stop",
    says: both(
      "ends a desk for good: nothing more comes in, people finish what is there, its log stays",
      "永久停用工单台：不再接收反馈，已有工单由人员处理，日志保留",
    ),
    who: manage,
    repeat: "idempotent",
    input: z.strictObject(deskId),
    output: one,
    errors: [],
  }),
  "desk.rotateKey": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/key",
    says: both(
      "gives the log another key; what the old one seals afterwards is refused by whoever verifies the log",
      "更换日志密钥；此后旧密钥签署的内容将无法通过核验",
    ),
    who: manage,
    repeat: "keyed",
    input: z.strictObject(deskId),
    output: one,
    errors: ["state-conflict"],
  }),
  "desk.teach": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/examples",
    says: both(
      "gives a desk labelled history to learn from, a frozen set that no new model may be worse on, or texts outside of all intents",
      "向工单台提供已标注的历史数据、新模型不得变差的冻结集，或不属于任何意图的文本",
    ),
    who: manage,
    repeat: "idempotent",
    input: z.strictObject({
      ...deskId,
      kind: z.enum(["history", "frozen", "outside"]),
      format: fileFormat.default("auto"),
      content: file,
      /** In place of what is there of this kind. */
      replace: z.boolean().default(false),
    }),
    output: z.strictObject({
      taken: z.int(),
      /** Rows without a label, where there has to be one. */
      unlabelled: z.int(),
      bad: z.array(bad),
      /** Of all bad ones. */
      badCount: z.int(),
      examples: z.strictObject({ history: z.int(), frozen: z.int(), outside: z.int() }),
    }),
    errors: ["state-conflict"],
    bodyLimit: 7_500_000,
    costly: true,
  }),
  "desk.train": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/models",
    says: both(
      "learns from the examples and from what people corrected; the new model works if the frozen set says that it is no worse",
      "从示例与人工更正中学习；冻结集表明不变差时启用新模型",
    ),
    who: manage,
    repeat: "keyed",
    input: z.strictObject({
      ...deskId,
      /** The starter intents beside the desk's own; without own examples always. */
      starter: z.boolean().default(false),
    }),
    output: version,
    errors: ["state-conflict"],
    costly: true,
  }),
  "desk.models": operation({
    route: "GET /v1/organisations/{organisation}/desks/{desk}/models",
    says: both("lists the models of a desk, newest first", "列出工单台的模型，新者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ ...deskId, ...Forms.page }),
    output: Forms.pageOf(version),
    errors: [],
  }),
  "desk.rollback": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/models/rollback",
    says: both("goes back to the model before, or to the one named", "回退到上一个或指定的模型"),
    who: manage,
    repeat: "keyed",
    input: z.strictObject({ ...deskId, model: hex64.optional() }),
    output: version,
    errors: ["state-conflict"],
  }),
  "desk.figures": operation({
    route: "GET /v1/organisations/{organisation}/desks/{desk}/figures",
    says: both(
      "promised against realised by week with alarms, risk by coverage, time to answer, cost and person-minutes against people alone",
      "按周对照承诺与实际并给出警报，风险与覆盖率，首次答复时间，成本与人工分钟对比全人工",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ ...deskId, ...period }),
    output: z.strictObject({
      promise,
      tickets: z.int(),
      /** Pieces of feedback behind them. */
      feedback: z.int(),
      answered: z.int(),
      handed: z.int(),
      /** Right of answered; what nobody corrected or reopened counts as right. */
      realised: share.optional(),
      weeks: z.array(
        z.strictObject({
          from: Forms.time,
          tickets: z.int(),
          answered: z.int(),
          wrong: z.int(),
          realised: share.optional(),
          outside: share,
          alarms: z.array(z.enum(["precision", "outside"])),
        }),
      ),
      /** If only the surest were answered: how many of all, and how many of them would be wrong. Of what people judged. */
      curve: z.array(z.strictObject({ coverage: share, risk: share, sure: share })),
      reasons: z.array(z.strictObject({ reason: z.string(), says: Forms.words, count: z.int() })),
      intents: z.array(z.strictObject({ intent: z.string(), count: z.int(), answered: z.int() })),
      /** Seconds until the first answer, of all and of those that people gave. */
      firstAnswer: z.strictObject({
        median: z.number().optional(),
        p90: z.number().optional(),
        byPeople: z.number().optional(),
      }),
      /** Tickets that people had to answer by a time: how many there were, how many in time. */
      level: z.strictObject({ due: z.int(), met: z.int(), late: z.int() }),
      /** For 1,000 tickets solved. Minutes are measured from taking to answering where known. */
      perThousand: z.strictObject({
        minutes: z.number(),
        minutesByPeople: z.number(),
        measured: z.boolean(),
        cost: Forms.units,
        costByPeople: Forms.units,
        currency: costs.shape.currency,
      }),
    }),
    errors: [],
  }),
  "desk.log": operation({
    route: "GET /v1/organisations/{organisation}/desks/{desk}/log",
    says: both(
      "every decision and correction, oldest first; each line carries the hash of the one before",
      "全部决定与更正，旧者在前；每行含前一行的哈希",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ ...deskId, ...Forms.page }),
    output: Forms.pageOf(line),
    errors: [],
  }),
  "desk.export": operation({
    route: "GET /v1/organisations/{organisation}/desks/{desk}/log/export",
    says: both(
      "the log as a file that anyone can verify, with what verifying it says; it is the evidence of a delivery",
      "导出任何人均可核验的日志文件及核验结果，作为交付证据",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject(deskId),
    output: z.strictObject({
      /** JSON Lines. */
      log: z.string(),
      lines: z.int(),
      head: hex64,
      /** Number of the first line that is not as it was written, and why. */
      broken: z.strictObject({ line: z.int(), why: Forms.words }).optional(),
    }),
    errors: ["body-too-large"],
    costly: true,
  }),
  "playbook.list": operation({
    route: "GET /v1/organisations/{organisation}/desks/{desk}/playbooks",
    says: both("lists the approved answers", "列出获准答复"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ ...deskId, ...Forms.page }),
    output: Forms.pageOf(playbook),
    errors: [],
  }),
  "playbook.put": operation({
    route: "PUT /v1/organisations/{organisation}/desks/{desk}/playbooks",
    says: both(
      "approves answers: the desk gives them word for word; those with the same id are replaced",
      "批准答复内容：工单台将逐字使用；同 id 的将被替换",
    ),
    who: manage,
    repeat: "idempotent",
    input: z.strictObject({
      ...deskId,
      playbooks: z.array(z.strictObject({ ...playbook.shape, needs: needs.default([]) })).max(500),
      /** Takes out all that are not among them, those of the start too. */
      replace: z.boolean().default(false),
    }),
    output: z.strictObject({ playbooks: z.int() }),
    errors: ["state-conflict"],
  }),
  "routing.show": operation({
    route: "GET /v1/organisations/{organisation}/desks/{desk}/routing",
    says: both("to which team a ticket goes, how urgent, by when", "查看分派表：团队、紧急程度与时限"),
    who: read,
    repeat: "safe",
    input: z.strictObject(deskId),
    output: table,
    errors: [],
  }),
  "routing.put": operation({
    route: "PUT /v1/organisations/{organisation}/desks/{desk}/routing",
    says: both("sets that table; tickets that wait keep their team", "设定分派表；已在等待的工单不变"),
    who: manage,
    repeat: "idempotent",
    input: z.strictObject({ ...deskId, ...table.shape }),
    output: table,
    errors: [],
  }),
  "inlet.create": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/inlets",
    says: both(
      "opens an address to which a system of yours sends feedback, signed; the secret is shown once",
      "开通由您的系统推送签名反馈的地址；密钥仅显示一次",
    ),
    who: manage,
    repeat: "keyed",
    input: z.strictObject({ ...deskId, name: Forms.line, scheme: z.enum(["standard", "github"]).default("standard") }),
    output: z.strictObject({ ...inlet.shape, secret: z.string() }),
    errors: ["state-conflict"],
  }),
  "inlet.list": operation({
    route: "GET /v1/organisations/{organisation}/desks/{desk}/inlets",
    says: both("lists these addresses, without their secrets", "列出推送地址（不含密钥）"),
    who: manage,
    repeat: "safe",
    input: z.strictObject({ ...deskId, ...Forms.page }),
    output: Forms.pageOf(inlet),
    errors: [],
  }),
  "inlet.remove": operation({
    route: "DELETE /v1/organisations/{organisation}/desks/{desk}/inlets/{inlet}",
    says: both("closes such an address at once", "立即关闭推送地址"),
    who: manage,
    repeat: "idempotent",
    input: z.strictObject({ ...deskId, inlet: Forms.id }),
    output: Forms.done,
    errors: [],
  }),
} as const;
