/** What a delivery consists of, whether each part of it is at hand, and what build services say. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation } from "../Operation.ts";

const { both } = InputError;
const { agreementId: agreement, organisationId: organisation } = Forms;
const read = { may: "read", of: "agreement" } as const;
const write = { may: "write", of: "agreement" } as const;

const commit = z
  .string()
  .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/)
  .meta({ description: "commit of git in full · git 提交的完整哈希" });
const by = z.strictObject({ user: z.string(), name: z.string(), organisation });

const one = z.strictObject({
  /** Of the evidence: `act.submit` delivers it by this id. */
  id: Forms.id,
  milestone: z.string(),
  round: z.int(),
  /** Salted hash of the manifest: what the ledger names once it is delivered. Absent while it is being kept. */
  commitment: Forms.hash.optional(),
  /** Where the ledger names it. */
  delivered: z.strictObject({ at: Forms.time, transaction: Forms.hash }).optional(),
  erased: z.boolean(),
  by,
  createdAt: Forms.time,
});

const item = z.strictObject({
  kind: z.enum(["file", "report"]),
  name: z.string(),
  commitment: Forms.hash,
  state: z.enum(["here", "missing", "erased", "unreadable"]).meta({
    description:
      "here: at hand; missing: announced, and never arrived; erased: was here; unreadable: here, not for you · here：可查阅；missing：已列明但从未送达；erased：曾有，已删除；unreadable：存在，但您无权查看",
  }),
  says: Forms.words,
  /** By which it is downloaded. */
  evidence: Forms.id.optional(),
});

const source = z.enum(["github", "gitlab"]);

const address = z.strictObject({
  id: Forms.id,
  source,
  name: z.string(),
  url: z.string(),
  by,
  createdAt: Forms.time,
  rotatedAt: Forms.time.optional(),
});
const addressId = { agreement, address: Forms.id };

const report = z.strictObject({
  /** Of the evidence that holds the body as it came. */
  id: Forms.id,
  source,
  kind: z.enum(["workflow_run", "check_suite", "pipeline"]),
  delivery: z.string(),
  repository: z.string(),
  commit: z.string(),
  name: z.string(),
  conclusion: z.string(),
  url: z.string().optional(),
  commitment: Forms.hash.optional(),
  createdAt: Forms.time,
});

const MOST = 500;

export const manifests = {
  "manifest.create": operation({
    route: "POST /v1/agreements/{agreement}/manifests",
    says: both(
      "puts together what a delivery consists of, and keeps it as a file whose salted hash is what is delivered",
      "汇总一次交付的全部内容并存为文件，其加盐哈希即为交付物",
    ),
    who: write,
    repeat: "keyed",
    input: z.strictObject({
      agreement,
      milestone: Forms.line,
      commits: z
        .array(z.strictObject({ repository: Forms.line, commit }))
        .max(MOST)
        .default([]),
      /** Evidence that is complete. */
      files: z.array(Forms.id).max(MOST).default([]),
      /** Of `report.list`. */
      reports: z.array(Forms.id).max(MOST).default([]),
      /** Signed verdicts, as `commenda accept run` writes them. */
      verdicts: z.array(Forms.json).max(MOST).default([]),
      readings: z
        .array(
          z.strictObject({
            metric: Forms.line,
            value: z.string().max(60).meta({ description: "decimal number as text · 十进制数（文本）" }),
            unit: Forms.line.optional(),
            at: Forms.line.meta({ description: "UTC minute, such as 2027-01-20T09:00Z · 协调世界时（分钟）" }),
            source: Forms.line,
          }),
        )
        .max(MOST)
        .default([]),
      note: Forms.prose.optional(),
    }),
    output: one,
    errors: ["state-conflict", "wrong-signature"],
    bodyLimit: 8_000_000,
  }),
  "manifest.list": operation({
    route: "GET /v1/agreements/{agreement}/manifests",
    says: both("lists the manifests of deliveries, newest first", "列出交付清单，新者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, ...Forms.page }),
    output: Forms.pageOf(one),
    errors: [],
  }),
  "manifest.show": operation({
    route: "GET /v1/agreements/{agreement}/manifests/{manifest}",
    says: both(
      "shows a manifest, and of each part whether it is here, never arrived, was erased, or is not yours to read",
      "查看交付清单，并说明各项是否可查阅、从未送达、已删除或无权查看",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, manifest: Forms.id }),
    output: z.strictObject({
      ...one.shape,
      /** The document, as it was delivered. */
      document: Forms.json,
      items: z.array(item),
      /** Whether all of it is at hand: "the evidence is not available" is a valid reason to reject. */
      available: z.boolean(),
    }),
    errors: ["gone"],
  }),
  "ci.create": operation({
    route: "POST /v1/agreements/{agreement}/ci",
    says: both(
      "makes an address to which GitHub or GitLab reports builds, with a secret that is shown once",
      "生成供 GitHub 或 GitLab 报告构建结果的地址及密钥；密钥仅显示一次",
    ),
    who: write,
    repeat: "keyed",
    input: z.strictObject({ agreement, source, name: Forms.line }),
    output: z.strictObject({ ...address.shape, secret: z.string() }),
    errors: ["state-conflict"],
  }),
  "ci.list": operation({
    route: "GET /v1/agreements/{agreement}/ci",
    says: both(
      "lists the addresses to which builds are reported, without their secrets",
      "列出构建报告地址（不含密钥）",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement }),
    output: z.strictObject({ items: z.array(address) }),
    errors: [],
  }),
  "ci.rotate": operation({
    route: "POST /v1/agreements/{agreement}/ci/{address}/rotate",
    says: both(
      "gives an address a new secret, shown once; the one before is of no more use at once",
      "更换地址的密钥，仅显示一次；旧密钥立即失效",
    ),
    who: write,
    repeat: "keyed",
    input: z.strictObject(addressId),
    output: z.strictObject({ ...address.shape, secret: z.string() }),
    errors: [],
  }),
  "ci.remove": operation({
    route: "DELETE /v1/agreements/{agreement}/ci/{address}",
    says: both("removes an address; what was reported there stays", "删除地址；已收到的报告保留"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject(addressId),
    output: Forms.done,
    errors: [],
  }),
  "report.list": operation({
    route: "GET /v1/agreements/{agreement}/reports",
    says: both("lists what build services reported, newest first", "列出构建服务的报告，新者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, ...Forms.page }),
    output: Forms.pageOf(report),
    errors: [],
  }),
} as const;
