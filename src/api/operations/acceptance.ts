/** Acceptance by code: suites, sealed parts, what is delivered, runs, verdicts, and what two of them come to. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation } from "../Operation.ts";

const { both } = InputError;
const { agreementId: agreement, organisationId: organisation } = Forms;
const read = { may: "read", of: "agreement" } as const;
const write = { may: "write", of: "agreement" } as const;

/** Of a milestone or criterion in the terms. */
const name = Forms.line.meta({ description: "name in the terms · 条款中的名称" });
const side = z.enum(["client", "provider", "arbitrator"]);

/** A file of a folder, by its path from there. */
const file = z.strictObject({
  path: z.string().min(1).max(1_024),
  content: Forms.base64.max(7_000_000),
  executable: z.boolean().default(false),
});
const files = z.array(file).min(1).max(2_000).meta({ description: "a folder, file by file · 文件夹中的各文件" });

const entry = z.strictObject({ path: z.string(), size: z.int(), hash: Forms.hash, executable: z.boolean() });

const checks = z.array(z.strictObject({ id: z.string(), what: Forms.words }));

/** A suite as it says itself. `criterion`: a clause for the terms, with its hash and how it is run. */
const suite = z.strictObject({ title: Forms.words, kind: z.string(), checks, criterion: Forms.json });

const purpose = z.enum(["suite", "part", "reference", "input", "work"]);

const folder = z.strictObject({
  id: Forms.id,
  purpose,
  /** Of the tree: what the terms and verdicts name. */
  hash: Forms.hash,
  /** Bytes, all files together. */
  size: z.int(),
  files: z.array(entry),
  /** Of suites and sealed parts. */
  suite: suite.optional(),
  organisation,
  createdAt: Forms.time,
});

const subject = z.strictObject({
  kind: z.enum(["commit", "tree"]),
  hash: z.string().regex(/^(0x[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{64})$/),
});

const state = z.enum(["waiting", "queued", "running", "done", "failed", "stopped"]);

const run = z.strictObject({
  id: Forms.id,
  /** `waiting`: until the sealed part of the round is shown, or need not be any more. */
  state,
  criterion: z.string(),
  /** Of a run by the terms; a trial has none. */
  side: side.optional(),
  milestone: z.string().optional(),
  round: z.int().optional(),
  attempt: z.int(),
  subject,
  suite: Forms.hash,
  /** Who asked for it; `node` where something was delivered. */
  by: z.string(),
  /** Check by check, once it is done. */
  checks: z.array(Forms.json).optional(),
  passed: z.boolean().optional(),
  digest: Forms.hash.optional(),
  confined: z.boolean().optional(),
  /** What it found, as a verdict that nobody has signed. */
  document: Forms.json.optional(),
  /** Of the verdict that was signed. */
  verdict: Forms.id.optional(),
  /** Why there is none. */
  problem: Forms.problem.optional(),
  /** Files that it left, by hash. */
  artefacts: z.array(z.strictObject({ name: z.string(), size: z.int(), hash: Forms.hash })).optional(),
  createdAt: Forms.time,
  startedAt: Forms.time.optional(),
  endedAt: Forms.time.optional(),
});

const verdict = z.strictObject({
  id: Forms.id,
  milestone: z.string(),
  round: z.int(),
  criterion: z.string(),
  side: z.enum(["client", "provider"]),
  attempt: z.int(),
  /** What two runs must agree on. */
  digest: Forms.hash,
  passed: z.boolean(),
  /** False: it ran without a sandbox, and accepts nothing by itself. */
  confined: z.boolean(),
  subject,
  /** Passed, and all. */
  counts: z.strictObject({ passed: z.int(), all: z.int() }),
  /** Whose key signed it. */
  signer: Forms.address,
  at: Forms.time,
});

const difference = z.strictObject({
  criterion: z.string(),
  /** Of the verdict; `check` where it is a check. */
  field: z.string(),
  check: z.string().optional(),
  one: z.string(),
  other: z.string(),
  says: Forms.words,
});

const sealed = z.strictObject({
  id: Forms.id.optional(),
  criterion: z.string().optional(),
  round: z.int().optional(),
  commitment: Forms.hash,
  /** `kept`: here, for its owner's eyes. `absent`: in the terms, and not kept here. `late`: not shown in its window. */
  state: z.enum(["kept", "absent", "shown", "late"]),
  /** Until when it may be shown, once the milestone was delivered. */
  until: Forms.time.optional(),
  shownAt: Forms.time.optional(),
  /** For its owner, and for every seat once it is shown: folders to fetch, and their salt. */
  part: Forms.id.optional(),
  reference: Forms.id.optional(),
  salt: Forms.hash.optional(),
});

const waitsFor = z.strictObject({
  side: z.enum(["client", "provider"]),
  criterion: z.string(),
  /** Of the run that is under way for it at this node: how far it is, to both sides. What it prints is its own side's. */
  run: z.enum(["waiting", "queued", "running"]).optional(),
});

const acceptance = z.strictObject({
  milestone: z.string(),
  title: Forms.words,
  /** Criteria that code runs; none: people judge. */
  criteria: z.array(z.string()),
  /** Of the milestone on the ledger. */
  stage: z.string(),
  round: z.int(),
  /**
   *   none       nothing of it is run by code
   *   open       not delivered
   *   unknown    delivered, but not by a manifest of one commit or one folder
   *   waiting    for runs: `waits` says whose
   *   rerun      they differ, and both run once more, as the flake rule says
   *   unequal    they differ: `differences`; nothing is paid
   *   unconfined equal, but one ran without a sandbox: a person decides
   *   failed     equal, and nothing passed
   *   part       equal, and passed in part
   *   passed     equal, and all passed
   *   ended      accepted, rejected, contested or over by other ways
   */
  state: z.enum([
    ...(["none", "open", "unknown", "waiting", "rerun", "unequal", "unconfined"] as const),
    ...(["failed", "part", "passed", "ended"] as const),
  ]),
  says: Forms.words,
  subject: subject.optional(),
  repository: z.string().optional(),
  deliveredAt: Forms.time.optional(),
  /** Until when both have to run it; who has not by then was silent, and rule 9 decides. */
  until: Forms.time.optional(),
  waits: z.array(waitsFor),
  differences: z.array(difference),
  /** Weights of what passed in both runs, in bps. */
  shareBps: z.int().optional(),
  /** Whether criteria are left that people judge, so that nothing is accepted by itself. */
  people: z.boolean(),
  /** What the client's delegate signs now that both agree. */
  does: z.enum(["accept", "acceptPart", "reject"]).optional(),
  /** The act by which it was carried out. */
  act: Forms.id.optional(),
  /** What the arbitrator runs, to see for themselves. */
  command: z.string().optional(),
});

const runner = z.strictObject({
  organisation,
  /** To be named as the party's `delegate` in the terms; absent: this node judges nothing for it. */
  address: Forms.address.optional(),
  /** What holds foreign code here. */
  sandbox: z.string().optional(),
  /** Why nothing does. */
  problem: Forms.words.optional(),
});

const inRun = { agreement, run: Forms.id };

export const acceptances = {
  "suite.standard": operation({
    route: "GET /v1/suites",
    says: both("standard suites to start from", "列出可直接选用的标准用例集"),
    who: { may: "anyone" },
    repeat: "safe",
    input: z.strictObject({}),
    output: z.strictObject({
      items: z.array(z.strictObject({ name: z.string(), hash: Forms.hash, sealed: z.boolean(), ...suite.shape })),
    }),
    errors: [],
  }),
  "suite.template": operation({
    route: "GET /v1/suites/{suite}",
    says: both(
      "the files of a standard suite: what is judged by, a sealed part, and a delivery that passes",
      "标准用例集的文件：用例、密封部分与可通过的示例交付物",
    ),
    who: { may: "anyone" },
    repeat: "safe",
    input: z.strictObject({ suite: Forms.line }),
    output: z.strictObject({
      name: z.string(),
      suite: z.array(file),
      part: z.array(file),
      good: z.array(file),
    }),
    errors: [],
  }),
  "folder.put": operation({
    route: "POST /v1/agreements/{agreement}/folders",
    says: both(
      "keeps a folder by the hash of its content: a suite, a frozen input, a sealed part, or delivered work",
      "按内容哈希保存文件夹：用例集、冻结数据、密封部分或交付成果",
    ),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({
      agreement,
      purpose,
      files,
      /** What the terms name: anything else is refused. */
      hash: Forms.hash.optional(),
    }),
    output: folder,
    errors: ["wrong-file", "state-conflict"],
    bodyLimit: 7_500_000,
  }),
  "folder.list": operation({
    route: "GET /v1/agreements/{agreement}/folders",
    says: both("lists the folders that the caller may read, newest first", "列出您可查看的文件夹，新者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, ...Forms.page }),
    output: Forms.pageOf(folder),
    errors: [],
  }),
  "folder.show": operation({
    route: "GET /v1/agreements/{agreement}/folders/{folder}",
    says: both("what is in a folder", "查看文件夹内容清单"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, folder: Forms.id }),
    output: folder,
    errors: [],
  }),
  "folder.content": operation({
    route: "GET /v1/agreements/{agreement}/folders/{folder}/content",
    says: both("the files of a folder", "取得文件夹中的文件"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, folder: Forms.id }),
    output: z.strictObject({ hash: Forms.hash, files: z.array(file) }),
    errors: ["gone"],
  }),
  "sealed.make": operation({
    route: "POST /v1/agreements/{agreement}/sealed",
    says: both(
      "seals a part of a suite with a salt; it stays its owner's until it is shown, and its commitment goes into the terms",
      "以盐密封用例的一部分；公开前仅所有者可见，其承诺值写入条款",
    ),
    who: write,
    repeat: "keyed",
    input: z.strictObject({
      agreement,
      /** Folders that were put; each of the caller's own organisation. */
      part: Forms.id,
      reference: Forms.id.optional(),
      /** 32 random bytes; made here when absent. */
      salt: Forms.hash.optional(),
    }),
    output: z.strictObject({
      ...sealed.shape,
      /** For `criteria[].sealed` of the terms. */
      clause: Forms.json,
    }),
    errors: ["wrong-file", "state-conflict"],
  }),
  "sealed.list": operation({
    route: "GET /v1/agreements/{agreement}/sealed",
    says: both("which parts are sealed, and which were shown", "列出密封部分及其公开情况"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement }),
    output: z.strictObject({ items: z.array(sealed) }),
    errors: [],
  }),
  "sealed.reveal": operation({
    route: "POST /v1/agreements/{agreement}/sealed/reveal",
    says: both(
      "shows the sealed part of the round to both runners; only at judgement, and within its window",
      "向双方运行者公开本轮的密封部分；仅限判定时且在期限内",
    ),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({
      agreement,
      milestone: name,
      criterion: name,
      /** Where it is not kept here: folders that were put, and their salt. */
      part: Forms.id.optional(),
      reference: Forms.id.optional(),
      salt: Forms.hash.optional(),
    }),
    output: sealed,
    errors: ["wrong-file", "state-conflict", "gone"],
  }),
  "run.start": operation({
    route: "POST /v1/agreements/{agreement}/runs",
    says: both(
      "has this node run a criterion on what was delivered, for the caller's side; with `suite` a trial that binds nobody",
      "由本节点为您一方按标准验收交付物；指定 suite 则为不具约束力的试跑",
    ),
    who: write,
    repeat: "keyed",
    costly: true,
    input: z.strictObject({
      agreement,
      /** A run by the terms. */
      milestone: name.optional(),
      criterion: name.optional(),
      /** A trial: a folder with a suite, and what it is tried on. */
      suite: Forms.id.optional(),
      folder: Forms.id.optional(),
      commit: z
        .string()
        .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/)
        .optional(),
      repository: z.string().min(1).max(1_000).optional(),
      /** Answers of persons to a manual check, each signed. */
      answers: z
        .array(
          z.strictObject({
            by: z.string().regex(/^0x[0-9a-fA-F]{40}$/),
            answers: z.record(z.string().max(400), z.boolean()),
            signature: z.string().regex(/^0x([0-9a-f]{2}){0,200}$/),
          }),
        )
        .max(20)
        .optional(),
    }),
    output: run,
    errors: ["state-conflict"],
  }),
  "run.list": operation({
    route: "GET /v1/agreements/{agreement}/runs",
    says: both("runs of the caller's organisations, newest first", "列出您所在组织的运行，新者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, ...Forms.page }),
    output: Forms.pageOf(run),
    errors: [],
  }),
  "run.show": operation({
    route: "GET /v1/agreements/{agreement}/runs/{run}",
    says: both("how far a run is, and what it found", "查看运行进度与结果"),
    who: read,
    repeat: "safe",
    input: z.strictObject(inRun),
    output: run,
    errors: [],
  }),
  "run.log": operation({
    route: "GET /v1/agreements/{agreement}/runs/{run}/log",
    says: both(
      "what a run printed from an offset on; `run.log` events tell when there is more",
      "自某处起的运行日志；有新内容时由 run.log 事件告知",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({
      ...inRun,
      offset: z.coerce.number().int().min(0).max(100_000_000).default(0).meta({ description: "characters · 字符数" }),
    }),
    output: z.strictObject({ text: z.string(), offset: z.int(), state }),
    errors: [],
  }),
  "run.stop": operation({
    route: "POST /v1/agreements/{agreement}/runs/{run}/stop",
    says: both("ends a run that is under way; it says nothing then", "中止运行；不产生结论"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject(inRun),
    output: run,
    errors: ["state-conflict"],
  }),
  "verdict.submit": operation({
    route: "POST /v1/agreements/{agreement}/verdicts",
    says: both(
      "hands in a verdict that the delegate of the caller's side has signed; two equal ones settle the milestone",
      "提交由己方代理密钥签署的结论；双方结论一致即结算里程碑",
    ),
    who: { may: "sign", of: "agreement" },
    repeat: "idempotent",
    input: z.strictObject({
      agreement,
      /** As `commenda accept run` writes it: verdict, by, signature. */
      signed: Forms.json,
    }),
    output: verdict,
    errors: ["wrong-signature", "state-conflict"],
    bodyLimit: 7_500_000,
  }),
  "verdict.list": operation({
    route: "GET /v1/agreements/{agreement}/verdicts",
    says: both("verdicts of both sides, newest first", "列出双方的结论，新者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, ...Forms.page }),
    output: Forms.pageOf(verdict),
    errors: [],
  }),
  "verdict.show": operation({
    route: "GET /v1/agreements/{agreement}/verdicts/{verdict}",
    says: both("a verdict, whole and signed, as anyone can verify it", "查看可供任何人核验的已签署结论全文"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, verdict: Forms.id }),
    output: z.strictObject({ ...verdict.shape, signed: Forms.json }),
    errors: [],
  }),
  "verdict.compare": operation({
    route: "GET /v1/agreements/{agreement}/verdicts/{verdict}/compare/{other}",
    says: both("check by check what two verdicts differ in", "逐项比较两份结论"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, verdict: Forms.id, other: Forms.id }),
    output: z.strictObject({
      equal: z.boolean(),
      differences: z.array(difference),
      /** Every check of either, side by side. */
      checks: z.array(
        z.strictObject({
          id: z.string(),
          one: z.string().optional(),
          other: z.string().optional(),
          why: z.array(Forms.words),
        }),
      ),
    }),
    errors: [],
  }),
  "acceptance.show": operation({
    route: "GET /v1/agreements/{agreement}/acceptance",
    says: both(
      "milestone by milestone: who still has to run, whether both agree, and what comes of it",
      "逐里程碑说明：尚待何方运行、双方是否一致、后果如何",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement }),
    output: z.strictObject({ items: z.array(acceptance) }),
    errors: ["state-conflict"],
  }),
  "artefact.show": operation({
    route: "GET /v1/agreements/{agreement}/artefacts/{hash}",
    says: both(
      "a file that a run left, by the hash in its verdict; its bytes are at `evidence.content`",
      "按结论中的哈希查找运行产物；内容见 evidence.content",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, hash: Forms.hash }),
    output: z.strictObject({ evidence: Forms.id, name: z.string(), size: z.int(), hash: Forms.hash }),
    errors: [],
  }),
  "runner.show": operation({
    route: "GET /v1/organisations/{organisation}/runner",
    says: both("whether this node judges for an organisation, and by which key", "本节点是否代组织判定及其密钥地址"),
    who: { may: "read", of: "organisation" },
    repeat: "safe",
    input: z.strictObject({ organisation }),
    output: runner,
    errors: [],
  }),
  "runner.create": operation({
    route: "PUT /v1/organisations/{organisation}/runner",
    says: both(
      "makes the key by which this node judges and signs for an organisation, where terms name its address as the delegate",
      "生成本节点代组织判定与签署所用的密钥；条款须将其地址列为代理人",
    ),
    who: { may: "manage", of: "organisation" },
    repeat: "idempotent",
    input: z.strictObject({ organisation }),
    output: runner,
    errors: [],
  }),
  "runner.remove": operation({
    route: "DELETE /v1/organisations/{organisation}/runner",
    says: both(
      "erases that key; agreements that name it need another runner, or people",
      "删除该密钥；已指定它的协议须改用其他运行者或人工验收",
    ),
    who: { may: "manage", of: "organisation" },
    repeat: "idempotent",
    input: z.strictObject({ organisation }),
    output: runner,
    errors: [],
  }),
} as const;
