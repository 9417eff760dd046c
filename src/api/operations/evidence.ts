/** Files behind deliveries, reasons and documents: the ledger has their salted hash, the node may keep the bytes. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation } from "../Operation.ts";

const { both } = InputError;
const { agreementId: agreement, organisationId: organisation } = Forms;
const read = { may: "read", of: "agreement" } as const;
const write = { may: "write", of: "agreement" } as const;

const name = z.string().min(1).max(255).meta({ description: "shown as text, never used as a path · 仅作显示" });

const one = z.strictObject({
  id: Forms.id,
  name,
  /** Bytes. */
  size: z.int(),
  received: z.int(),
  complete: z.boolean(),
  /** As its bytes say, not its name. */
  type: z.string().optional(),
  contentHash: Forms.hash.optional(),
  /** SHA-256(salt || content hash): what goes to the ledger. */
  commitment: Forms.hash.optional(),
  salt: Forms.hash.optional(),
  /** Organisations that may read it; every seat of the agreement when absent. */
  readers: z.array(organisation).optional(),
  erased: z.boolean(),
  by: z.strictObject({ user: z.string(), name: z.string(), organisation }),
  createdAt: Forms.time,
});

const id = { agreement, evidence: Forms.id };

export const evidence = {
  "evidence.create": operation({
    route: "POST /v1/agreements/{agreement}/evidence",
    says: both(
      "announces a file; its bytes follow at `upload` by the tus protocol, and can be resumed",
      "登记文件；其内容随后按 tus 协议上传至 upload，可断点续传",
    ),
    who: write,
    repeat: "keyed",
    input: z.strictObject({
      agreement,
      name,
      size: z.int().min(1),
      readers: z.array(organisation).max(20).optional(),
    }),
    output: z.strictObject({ ...one.shape, upload: z.string() }),
    errors: ["body-too-large"],
  }),
  "evidence.put": operation({
    route: "POST /v1/agreements/{agreement}/evidence/small",
    says: both("keeps a small file in one call", "一次调用保存小文件"),
    who: write,
    repeat: "keyed",
    input: z.strictObject({
      agreement,
      name,
      content: Forms.base64.max(7_000_000),
      readers: z.array(organisation).max(20).optional(),
    }),
    output: one,
    errors: [],
    bodyLimit: 7_500_000,
  }),
  "evidence.list": operation({
    route: "GET /v1/agreements/{agreement}/evidence",
    says: both("lists the files that the caller may read", "列出您可查看的文件"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, ...Forms.page }),
    output: Forms.pageOf(one),
    errors: [],
  }),
  "evidence.show": operation({
    route: "GET /v1/agreements/{agreement}/evidence/{evidence}",
    says: both("what is known of a file", "查看文件信息"),
    who: read,
    repeat: "safe",
    input: z.strictObject(id),
    output: one,
    errors: [],
  }),
  "evidence.content": operation({
    route: "GET /v1/agreements/{agreement}/evidence/{evidence}/content",
    says: both(
      "a small file's bytes; larger ones are downloaded at `/v1/downloads`",
      "小文件的内容；较大文件请由 /v1/downloads 下载",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject(id),
    output: z.strictObject({ name, type: z.string(), content: Forms.base64 }),
    errors: ["gone", "body-too-large"],
  }),
  "evidence.share": operation({
    route: "PUT /v1/agreements/{agreement}/evidence/{evidence}/readers",
    says: both("says which seats may read it; null: all", "设定可读方；null 为全部"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ ...id, readers: z.array(organisation).max(20).nullable() }),
    output: one,
    errors: ["gone"],
  }),
  "evidence.erase": operation({
    route: "DELETE /v1/agreements/{agreement}/evidence/{evidence}",
    says: both(
      "erases the bytes, the salt and the name; the hash on the ledger stays, and says nothing without them",
      "删除内容、盐与名称；账本上的哈希仍在，但已无从还原",
    ),
    who: write,
    repeat: "idempotent",
    input: z.strictObject(id),
    output: one,
    errors: [],
  }),
} as const;
