/** People and organisations: who belongs to what, and who may do what in its name. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation, SCOPES } from "../Operation.ts";

const { both } = InputError;
const { organisationId: organisation } = Forms;
const read = { may: "read", of: "organisation" } as const;
const sign = { may: "sign", of: "organisation" } as const;
const manage = { may: "manage", of: "organisation" } as const;

export const role = z.enum(["owner", "signer", "member", "auditor"]);
const user = z.string().min(1).max(64);

/** Enforced by the node only where the organisation's account is not itself one of two signatures. */
const rule = z.strictObject({
  /** From this amount on a second person approves an act; base units. Absent: never. */
  above: Forms.units.optional(),
  enforcedBy: z.enum(["ledger", "node", "nobody"]),
});

const one = z.strictObject({ id: organisation, name: z.string(), personal: z.boolean(), role, rule });
const member = z.strictObject({ user, name: z.string(), role, since: Forms.time });
const invitation = z.strictObject({ id: Forms.id, role, expiresAt: Forms.time, acceptedBy: user.optional() });
const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const account = z.strictObject({
  address: Forms.address,
  /** Own key elsewhere; a contract account of passkeys or of several signers; a demo key that this node keeps. */
  kind: z.enum(["wallet", "passkey", "threshold", "demo"]),
  name: z.string(),
  deployed: z.boolean(),
  signers: z.array(z.strictObject({ signer: z.string(), name: z.string() })),
  threshold: z.int(),
  createdAt: Forms.time,
});

const holder = z.strictObject({
  ...account.shape,
  token: z
    .strictObject({
      address: Forms.address,
      balance: Forms.units,
      /** What the escrow may take. */
      allowance: Forms.units,
      scale: z.int(),
      /** Play money of a rehearsal, worth nothing. */
      play: z.boolean(),
    })
    .optional(),
  /** Of the next `account.execute`; of a contract account. */
  nonce: Forms.units.optional(),
});

const quorumKind = z.enum(["panel", "reports"]).meta({
  description:
    "`panel`: terms name it as arbitrator; `reports`: as source of an outcome · panel：条款中的仲裁人；reports：成果的数据来源",
});
const quorum = z.strictObject({
  kind: quorumKind,
  /** To be named in terms, also before it is there. */
  address: Forms.address,
  members: z.array(Forms.address),
  votes: z.int(),
  deployed: z.boolean(),
  /** For who sends it themselves, where the node does not pay. */
  transaction: z.strictObject({ to: Forms.address, data: z.string() }).optional(),
});

const key = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** First characters, to tell keys apart. */
  start: z.string(),
  organisation,
  /** Who made it, and as whom it acts. */
  by: z.strictObject({ user, name: z.string() }),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: Forms.time,
  expiresAt: Forms.time.optional(),
  lastUsedAt: Forms.time.optional(),
});

const approval = z.strictObject({
  id: Forms.id,
  agreement: Forms.agreementId,
  /** Of the agreement. */
  title: Forms.words.optional(),
  act: Forms.json,
  /** What it moves; of one that is open. */
  amount: Forms.units.optional(),
  currency: z.strictObject({ code: z.string(), scale: z.int() }).optional(),
  by: z.strictObject({ user, name: z.string() }),
  state: z.enum(["open", "approved", "refused", "expired"]),
  decidedBy: z.strictObject({ user, name: z.string() }).optional(),
  createdAt: Forms.time,
});

export const organisations = {
  "me.show": operation({
    route: "GET /v1/me",
    says: both("who is signed in, and for which organisations", "当前登录者及其所属组织"),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({}),
    output: z.strictObject({
      user,
      name: z.string(),
      email: z.string().optional(),
      /** Whether they proved it: without that nothing is mailed there. */
      emailVerified: z.boolean().optional(),
      /** Whether they want notices by e-mail. */
      mail: z.boolean(),
      language: z.enum(["en", "zh"]),
      /** Whether they run this node. */
      operator: z.boolean(),
      /** A persona of the demonstration, whose key this node keeps. */
      demo: z.boolean(),
      organisations: z.array(one),
    }),
    errors: [],
  }),
  "me.update": operation({
    route: "PATCH /v1/me",
    says: both(
      "changes the caller's name, language or whether notices are mailed",
      "修改本人姓名、语言或是否接收邮件通知",
    ),
    who: { may: "user" },
    repeat: "idempotent",
    input: z.strictObject({
      name: Forms.line.optional(),
      language: z.enum(["en", "zh"]).optional(),
      /** Whether notices are mailed; the address is given by `email.ask`. */
      mail: z.boolean().optional(),
    }),
    output: Forms.done,
    errors: [],
  }),
  "email.ask": operation({
    route: "POST /v1/me/email",
    says: both(
      "mails a link by which the caller proves an e-mail address; the same is said whether or not it is known or mailed",
      "发送用于验证邮箱地址的链接；无论该地址是否已知、是否发出，答复均相同",
    ),
    who: { may: "user" },
    repeat: "keyed",
    input: z.strictObject({ email: z.email().max(254) }),
    output: Forms.done,
    errors: ["state-conflict"],
  }),
  "email.confirm": operation({
    route: "POST /v1/me/email/confirm",
    says: both(
      "proves the address by the secret part of the link, within an hour and once, as who asked for it",
      "以链接中的密钥部分验证邮箱；一小时内有效，仅限一次，须为请求者本人",
    ),
    who: { may: "user" },
    repeat: "keyed",
    input: z.strictObject({ token }),
    output: Forms.done,
    errors: ["gone"],
  }),
  "email.remove": operation({
    route: "DELETE /v1/me/email",
    says: both("forgets the caller's e-mail address", "删除本人的邮箱地址"),
    who: { may: "user" },
    repeat: "idempotent",
    input: z.strictObject({}),
    output: Forms.done,
    errors: [],
  }),
  "organisation.create": operation({
    route: "POST /v1/organisations",
    says: both("founds an organisation; the caller owns it", "新建组织，由您担任所有者"),
    who: { may: "user" },
    repeat: "keyed",
    input: z.strictObject({ name: Forms.line }),
    output: one,
    errors: [],
  }),
  "organisation.show": operation({
    route: "GET /v1/organisations/{organisation}",
    says: both("shows an organisation and its rules", "查看组织及其规则"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation }),
    output: one,
    errors: [],
  }),
  "organisation.update": operation({
    route: "PATCH /v1/organisations/{organisation}",
    says: both(
      "renames it, or changes from which amount on a second person approves",
      "改名，或设定须第二人批准的金额",
    ),
    who: manage,
    repeat: "idempotent",
    input: z.strictObject({ organisation, name: Forms.line.optional(), above: Forms.units.nullable().optional() }),
    output: one,
    errors: [],
  }),
  "member.list": operation({
    route: "GET /v1/organisations/{organisation}/members",
    says: both("lists its people", "列出成员"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, ...Forms.page }),
    output: Forms.pageOf(member),
    errors: [],
  }),
  "member.invite": operation({
    route: "POST /v1/organisations/{organisation}/invitations",
    says: both("makes a link by which one person joins; shown once", "生成成员邀请链接；仅显示一次"),
    who: manage,
    repeat: "keyed",
    input: z.strictObject({ organisation, role, email: z.email().max(254).optional() }),
    output: z.strictObject({ ...invitation.shape, url: z.string() }),
    errors: [],
  }),
  "member.join": operation({
    route: "POST /v1/memberships/{token}/accept",
    says: both("joins by such a link", "通过邀请链接加入"),
    who: { may: "user" },
    repeat: "idempotent",
    input: z.strictObject({ token }),
    output: one,
    errors: ["gone"],
  }),
  "member.change": operation({
    route: "PATCH /v1/organisations/{organisation}/members/{user}",
    says: both(
      "gives a member another role; an organisation keeps at least one owner",
      "变更成员角色；组织至少保留一名所有者",
    ),
    who: manage,
    repeat: "idempotent",
    input: z.strictObject({ organisation, user, role }),
    output: member,
    errors: ["state-conflict"],
  }),
  "member.remove": operation({
    route: "DELETE /v1/organisations/{organisation}/members/{user}",
    says: both("ends a membership, and the keys that the member made for it", "移除成员并撤销其为该组织创建的密钥"),
    who: manage,
    repeat: "idempotent",
    input: z.strictObject({ organisation, user }),
    output: Forms.done,
    errors: ["state-conflict"],
  }),
  "account.list": operation({
    route: "GET /v1/organisations/{organisation}/accounts",
    says: both("lists the accounts by which it acts on the ledger", "列出其账本账户"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, ...Forms.page }),
    output: Forms.pageOf(account),
    errors: [],
  }),
  "account.show": operation({
    route: "GET /v1/organisations/{organisation}/accounts/{address}",
    says: both(
      "shows an account with what it has in a token, what the escrow may take of it, and its next number",
      "查看账户及其代币余额、对托管合约的授权额与下一序号",
    ),
    who: read,
    repeat: "safe",
    /** `token`: the node's own, when absent. */
    input: z.strictObject({ organisation, address: Forms.address, token: Forms.address.optional() }),
    output: holder,
    errors: [],
  }),
  "account.mint": operation({
    route: "POST /v1/organisations/{organisation}/accounts/{address}/mint",
    says: both(
      "sees to it that an account has at least so much play money; on a rehearsal ledger only",
      "为账户补足游戏币至指定数额；仅限预演账本",
    ),
    who: sign,
    repeat: "idempotent",
    input: z.strictObject({ organisation, address: Forms.address, amount: Forms.units }),
    output: holder,
    errors: ["state-conflict"],
  }),
  "account.addWallet": operation({
    route: "POST /v1/organisations/{organisation}/accounts/wallet",
    says: both(
      "adds a wallet's address, proven by a signature of the text that names both",
      "添加钱包地址，须以签名证明",
    ),
    who: manage,
    repeat: "idempotent",
    input: z.strictObject({ organisation, name: Forms.line, address: Forms.address, signature: Forms.bytes }),
    output: account,
    errors: ["wrong-signature"],
  }),
  "account.create": operation({
    route: "POST /v1/organisations/{organisation}/accounts",
    says: both(
      "makes a contract account of passkeys and wallets; the node pays for its deployment",
      "以通行密钥与钱包建立合约账户；部署费用由节点承担",
    ),
    who: manage,
    repeat: "keyed",
    input: z.strictObject({
      organisation,
      name: Forms.line,
      /** Each a wallet's address, or the public key of a passkey: 64 bytes, x then y. */
      signers: z
        .array(z.strictObject({ name: Forms.line, signer: z.string().regex(/^0x([0-9a-f]{40}|[0-9a-f]{128})$/) }))
        .min(1)
        .max(10),
      /** How many of them must sign. */
      threshold: z.int().min(1).max(10).default(1),
    }),
    output: account,
    errors: ["state-conflict"],
  }),
  "account.execute": operation({
    route: "POST /v1/organisations/{organisation}/accounts/{address}/execute",
    says: both(
      "relays calls that the account's signers signed: an approval of money, a new signer",
      "代发该账户签署者已签的调用：如代币授权、增加签署者",
    ),
    who: sign,
    repeat: "keyed",
    input: z.strictObject({
      organisation,
      address: Forms.address,
      calls: z
        .array(z.strictObject({ to: Forms.address, data: Forms.bytes, value: Forms.units.default("0") }))
        .min(1)
        .max(10),
      nonce: Forms.units,
      validUntil: Forms.seconds,
      signature: Forms.bytes,
    }),
    output: z.strictObject({ transaction: Forms.hash, ok: z.boolean() }),
    errors: ["wrong-signature", "act-refused", "state-conflict", "approval-needed"],
  }),
  "quorum.create": operation({
    route: "POST /v1/organisations/{organisation}/quorums",
    says: both(
      "places a panel of arbitrators, or reporters of an outcome, on the ledger, or finds the one of the same people; the node pays",
      "将仲裁小组或成果报告人合约部署至账本，相同成员已有的则直接找出；费用由节点承担",
    ),
    who: sign,
    repeat: "idempotent",
    input: z.strictObject({
      organisation,
      kind: quorumKind,
      /** Wallets, in any order. */
      members: z.array(Forms.address).min(1).max(21),
      /** How many of them decide. */
      votes: z.int().min(1).max(21),
    }),
    output: quorum,
    errors: ["state-conflict"],
  }),
  "quorum.show": operation({
    route: "GET /v1/quorums/{kind}/{address}",
    says: both(
      "who decides in a panel or attests by reports, and how many of them",
      "查看仲裁小组或报告合约的成员与票数",
    ),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({ kind: quorumKind, address: Forms.address }),
    output: quorum,
    errors: ["state-conflict"],
  }),
  "approval.list": operation({
    route: "GET /v1/organisations/{organisation}/approvals",
    says: both("lists acts that wait for a second person, newest first", "列出待第二人批准的操作"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, ...Forms.page }),
    output: Forms.pageOf(approval),
    errors: [],
  }),
  "approval.decide": operation({
    route: "POST /v1/organisations/{organisation}/approvals/{approval}",
    says: both("approves or refuses an act of somebody else's", "批准或拒绝他人的操作"),
    who: sign,
    repeat: "idempotent",
    input: z.strictObject({ organisation, approval: Forms.id, approve: z.boolean() }),
    output: approval,
    errors: ["state-conflict"],
  }),
  "key.create": operation({
    route: "POST /v1/organisations/{organisation}/keys",
    says: both("makes an API key for a tool or an agent; shown once", "为工具或智能体创建 API 密钥；仅显示一次"),
    who: manage,
    repeat: "keyed",
    input: z.strictObject({
      organisation,
      name: Forms.line,
      scopes: z.array(z.enum(SCOPES)).min(1).max(4),
      days: z.int().min(1).max(366).optional(),
    }),
    output: z.strictObject({ ...key.shape, secret: z.string() }),
    errors: [],
  }),
  "key.list": operation({
    route: "GET /v1/organisations/{organisation}/keys",
    says: both("lists the API keys, without their secrets", "列出 API 密钥（不含密钥本身）"),
    who: manage,
    repeat: "safe",
    input: z.strictObject({ organisation, ...Forms.page }),
    output: Forms.pageOf(key),
    errors: [],
  }),
  "key.revoke": operation({
    route: "DELETE /v1/organisations/{organisation}/keys/{key}",
    says: both("makes an API key useless at once", "立即撤销 API 密钥"),
    who: manage,
    repeat: "idempotent",
    input: z.strictObject({ organisation, key: z.string().max(64) }),
    output: Forms.done,
    errors: [],
  }),
} as const;
