/** Agreements from the draft to the end, and what is said about them on the way. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation } from "../Operation.ts";

const { both } = InputError;
const { agreementId: agreement, organisationId: organisation } = Forms;
const read = { may: "read", of: "agreement" } as const;
const write = { may: "write", of: "agreement" } as const;
const sign = { may: "sign", of: "agreement" } as const;

export const side = z.enum(["client", "provider"]);
export const seatRole = z.enum(["client", "provider", "arbitrator", "reporter", "reader"]);
export const status = z.enum([
  /** Being written. */
  "draft",
  /** One side has signed the latest version. */
  "offered",
  /** Both have signed, and it is not on the ledger yet. */
  "signed",
  /** On the ledger. */
  "open",
  "closed",
  "revoked",
  /** By a change order. */
  "replaced",
  /** Given up as a draft. */
  "withdrawn",
]);

/** Of a version, in a path or a query. */
const numberOf = z.coerce.number().int().min(1).max(2_147_483_647);

const seat = z.strictObject({ organisation, name: z.string(), role: seatRole });

export const summary = z.strictObject({
  id: agreement,
  title: Forms.words,
  status,
  seats: z.array(seat),
  /** Number of the latest version, from 1. */
  version: z.int(),
  /** On the ledger, and what both sign: known from a complete version on. */
  ledgerId: Forms.hash.optional(),
  createdAt: Forms.time,
  updatedAt: Forms.time,
});

/** As lists show it. */
const listed = z.strictObject({
  ...summary.shape,
  /** What it is worth in all, of the latest complete version. */
  amount: Forms.units.optional(),
  currency: z.strictObject({ code: z.string(), scale: z.int() }).optional(),
  /** In the escrow; of an open one. */
  held: Forms.units.optional(),
  /** Whose move it is: to review, to sign, to open, or to act on the ledger. */
  turn: z.array(seatRole),
  /** What comes first if nobody acts. */
  next: z.strictObject({ at: Forms.time, milestone: z.string(), says: Forms.words }).optional(),
});

const document = Forms.json.meta({
  description:
    "terms document, as far as it is written; its form is that of `commenda terms new` · 条款文件，可不完整；格式同 commenda terms new",
});

export const full = z.strictObject({
  ...summary.shape,
  document,
  /** What is missing or wrong in the latest version. */
  problems: z.array(Forms.problem),
  /** Roles of the caller. */
  mine: z.array(seatRole),
});

const place = z.strictObject({ block: z.int(), start: z.int(), end: z.int(), text: z.string() });
const finding = z.strictObject({ field: z.string(), value: z.unknown(), place, how: Forms.words });
const gap = z.strictObject({ field: z.string(), what: Forms.words, places: z.array(place).optional() });

const versionRow = z.strictObject({
  version: z.int(),
  by: z.strictObject({ user: z.string(), name: z.string(), organisation }),
  note: z.string(),
  /** SHA-256 of the canonical document. */
  contentHash: Forms.hash,
  /** Of a complete version. */
  ledgerId: Forms.hash.optional(),
  createdAt: Forms.time,
});

const difference = z.strictObject({
  kind: z.enum(["field", "ending", "text"]),
  field: z.string(),
  favours: side.optional(),
  says: Forms.words,
});

const comment = z.strictObject({
  id: Forms.id,
  version: z.int(),
  field: z.string().optional(),
  text: z.string(),
  by: z.strictObject({ user: z.string(), name: z.string(), organisation }),
  createdAt: Forms.time,
  resolvedAt: Forms.time.optional(),
});

const invitation = z.strictObject({
  id: Forms.id,
  role: seatRole,
  createdAt: Forms.time,
  expiresAt: Forms.time,
  acceptedBy: organisation.optional(),
  revoked: z.boolean(),
  /** Whether the terms can be read by the link alone. */
  preview: z.boolean(),
});
const token = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .meta({ description: "secret part of the link · 链接中的密钥部分" });

const extreme = z.strictObject({ units: Forms.units, negative: z.boolean(), says: Forms.words });
const endings = z.strictObject({
  count: z.int(),
  endings: z.array(z.strictObject({ tranche: z.int(), kind: z.string(), byConsent: z.boolean(), says: Forms.words })),
  client: z.strictObject({ worst: extreme, best: extreme }),
  provider: z.strictObject({ worst: extreme, best: extreme }),
  lock: z.strictObject({ minutes: z.int(), says: Forms.words }),
  stalls: z.array(Forms.words),
  findings: z.array(Forms.words),
});

export const agreements = {
  "agreement.list": operation({
    route: "GET /v1/agreements",
    says: both(
      "lists the agreements that the caller has a seat in, the latest changed first",
      "列出您参与的协议，最近变更者在前",
    ),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({ organisation: organisation.optional(), status: status.optional(), ...Forms.page }),
    output: Forms.pageOf(listed),
    errors: [],
  }),
  "agreement.create": operation({
    route: "POST /v1/agreements",
    says: both("begins a draft, empty or with a document", "新建草稿，可附条款文件"),
    who: { may: "write", of: "organisation" },
    repeat: "keyed",
    input: z.strictObject({ organisation, side, document: document.optional() }),
    output: full,
    errors: [],
  }),
  "agreement.importWord": operation({
    route: "POST /v1/agreements/word",
    says: both(
      "begins a draft from a Word contract: what was found, each with its place in the text, and what is missing",
      "由 Word 合同新建草稿：列出所得各项及其在原文中的位置，以及缺漏",
    ),
    who: { may: "write", of: "organisation" },
    repeat: "keyed",
    input: z.strictObject({ organisation, side, file: Forms.base64.max(14_000_000) }),
    output: z.strictObject({ agreement: full, findings: z.array(finding), gaps: z.array(gap) }),
    errors: ["wrong-file"],
    bodyLimit: 14_500_000,
  }),
  "agreement.importPack": operation({
    route: "POST /v1/agreements/pack",
    says: both(
      "takes an agreement over from another node by its pack; what happened is read anew from the ledger",
      "由证据包从其他节点导入协议；经过由账本重新读取",
    ),
    who: { may: "write", of: "organisation" },
    repeat: "idempotent",
    input: z.strictObject({ organisation, role: seatRole, pack: z.string().max(9_000_000) }),
    output: full,
    errors: ["wrong-file"],
    bodyLimit: 10_000_000,
  }),
  "agreement.show": operation({
    route: "GET /v1/agreements/{agreement}",
    says: both("shows an agreement", "查看协议"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement }),
    output: full,
    errors: [],
  }),
  "agreement.withdraw": operation({
    route: "DELETE /v1/agreements/{agreement}",
    says: both("gives a draft up; what is on the ledger stays", "放弃草稿；账本上的内容不受影响"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ agreement }),
    output: Forms.done,
    errors: ["state-conflict"],
  }),
  "version.list": operation({
    route: "GET /v1/agreements/{agreement}/versions",
    says: both("lists the versions of a draft, newest first", "列出各版本，新者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, ...Forms.page }),
    output: Forms.pageOf(versionRow),
    errors: [],
  }),
  "version.show": operation({
    route: "GET /v1/agreements/{agreement}/versions/{version}",
    says: both("shows one version with its document and its problems", "查看某一版本及其问题"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, version: numberOf }),
    output: z.strictObject({ ...versionRow.shape, document, problems: z.array(Forms.problem) }),
    errors: [],
  }),
  "version.save": operation({
    route: "POST /v1/agreements/{agreement}/versions",
    says: both(
      "saves a new version on top of `base`, the latest that the writer saw",
      "在 base（所见最新版本）之上保存新版本",
    ),
    who: write,
    repeat: "keyed",
    input: z.strictObject({ agreement, base: z.int().min(1), document, note: z.string().max(500).default("") }),
    output: full,
    errors: ["changed-meanwhile", "state-conflict"],
  }),
  "version.compare": operation({
    route: "GET /v1/agreements/{agreement}/compare",
    says: both(
      "compares two versions: field by field, and what the changes do to the endings",
      "比较两个版本：逐项差异，以及对各种结局的影响",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({
      agreement,
      from: numberOf,
      to: numberOf,
    }),
    output: z.strictObject({ differences: z.array(difference), complete: z.boolean() }),
    errors: [],
  }),
  "version.endings": operation({
    route: "GET /v1/agreements/{agreement}/versions/{version}/endings",
    says: both("every way in which a complete version can end", "完整版本的所有结局"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, version: numberOf }),
    output: endings,
    errors: ["state-conflict"],
  }),
  "terms.check": operation({
    route: "POST /v1/terms/check",
    says: both("checks a terms document and keeps nothing of it", "检查条款文件，不留存"),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({ document }),
    output: z.strictObject({
      problems: z.array(Forms.problem),
      ledgerId: Forms.hash.optional(),
      contentHash: Forms.hash.optional(),
      endings: endings.optional(),
    }),
    errors: [],
  }),
  "comment.list": operation({
    route: "GET /v1/agreements/{agreement}/comments",
    says: both("lists the comments, oldest first", "列出评论，旧者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, ...Forms.page }),
    output: Forms.pageOf(comment),
    errors: [],
  }),
  "comment.add": operation({
    route: "POST /v1/agreements/{agreement}/comments",
    says: both("comments on a version, or on one field of it", "对某版本或其中某项发表评论"),
    who: write,
    repeat: "keyed",
    input: z.strictObject({ agreement, version: z.int().min(1), field: Forms.line.optional(), text: Forms.prose }),
    output: comment,
    errors: [],
  }),
  "comment.resolve": operation({
    route: "POST /v1/agreements/{agreement}/comments/{comment}/resolve",
    says: both("marks a comment as settled", "将评论标记为已解决"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ agreement, comment: Forms.id }),
    output: comment,
    errors: [],
  }),
  "invitation.create": operation({
    route: "POST /v1/agreements/{agreement}/invitations",
    says: both(
      "makes a link that gives one organisation a seat; shown once",
      "生成邀请链接，供一个组织加入；仅显示一次",
    ),
    who: write,
    repeat: "keyed",
    input: z.strictObject({
      agreement,
      role: seatRole,
      email: z.email().max(254).optional(),
      days: z.int().min(1).max(90).default(14),
      /** Whether whoever has the link may read the terms before they sign in. */
      preview: z.boolean().default(true),
    }),
    output: z.strictObject({ ...invitation.shape, url: z.string() }),
    errors: ["state-conflict"],
  }),
  "invitation.list": operation({
    route: "GET /v1/agreements/{agreement}/invitations",
    says: both("lists the invitations, without their secrets", "列出邀请（不含密钥）"),
    who: write,
    repeat: "safe",
    input: z.strictObject({ agreement, ...Forms.page }),
    output: Forms.pageOf(invitation),
    errors: [],
  }),
  "invitation.revoke": operation({
    route: "DELETE /v1/agreements/{agreement}/invitations/{invitation}",
    says: both("makes a link useless", "使邀请链接失效"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ agreement, invitation: Forms.id }),
    output: Forms.done,
    errors: [],
  }),
  "invitation.show": operation({
    route: "GET /v1/invitations/{token}",
    says: both("shows who invites to what, to whoever has the link", "向持有链接者说明邀请内容"),
    who: { may: "anyone" },
    repeat: "safe",
    input: z.strictObject({ token }),
    output: z.strictObject({
      title: Forms.words,
      from: z.string(),
      role: seatRole,
      expiresAt: Forms.time,
      /** Where the invitation allows a look before signing in. */
      preview: z
        .strictObject({
          status,
          version: z.int(),
          client: Forms.words.optional(),
          provider: Forms.words.optional(),
          amount: Forms.units.optional(),
          currency: z.strictObject({ code: z.string(), scale: z.int() }).optional(),
          /** The terms as people read them, of a version that is complete; else it is still being written. */
          sheet: Forms.words.optional(),
        })
        .optional(),
    }),
    errors: ["gone"],
  }),
  "invitation.accept": operation({
    route: "POST /v1/invitations/{token}/accept",
    says: both("takes the seat for one of the caller's organisations", "以您所属的一个组织接受邀请"),
    who: { may: "write", of: "organisation" },
    repeat: "idempotent",
    input: z.strictObject({ token, organisation }),
    output: full,
    errors: ["gone", "state-conflict"],
  }),
  "signature.prepare": operation({
    route: "GET /v1/agreements/{agreement}/signing",
    says: both(
      "what a side signs: the EIP-712 message of the latest version",
      "一方须签署的内容：最新版本的 EIP-712 消息",
    ),
    who: sign,
    repeat: "safe",
    input: z.strictObject({ agreement }),
    output: z.strictObject({ version: z.int(), ledgerId: Forms.hash, typedData: Forms.json, sheet: Forms.words }),
    errors: ["state-conflict"],
  }),
  "signature.give": operation({
    route: "POST /v1/agreements/{agreement}/signatures",
    says: both(
      "signs the version; the signature may be left out only by a demo persona, whose key the node keeps",
      "签署该版本；仅密钥由节点保管的演示角色可省略签名",
    ),
    who: sign,
    repeat: "idempotent",
    input: z.strictObject({ agreement, side, version: z.int().min(1), signature: Forms.bytes.optional() }),
    output: full,
    errors: ["wrong-signature", "state-conflict", "changed-meanwhile", "approval-needed"],
  }),
} as const;
