/** Who offers work, by what can be shown of it: profiles, cases, proofs, attestations, and the record that settlements make. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation } from "../Operation.ts";

const { both } = InputError;
const { organisationId: organisation } = Forms;
const read = { may: "read", of: "organisation" } as const;
const write = { may: "write", of: "organisation" } as const;
const sign = { may: "sign", of: "organisation" } as const;
const provider = z.uuid().meta({ description: "organisation of a provider · 乙方的组织" });

/** A name of the taxonomy, or one of its synonyms in either language. */
const skill = z.string().trim().min(1).max(100);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const currency = z.string().regex(/^[A-Z]{3}$/);
const whole = z.int().min(0).max(1_000_000_000);
const kind = z.enum(["firm", "person", "agent"]);

const profile = {
  kind,
  /** In people's words, for people; nothing is ranked by it. */
  about: z.string().max(2_000).default(""),
  skills: z.array(skill).max(100),
  /** What a day costs, in whole units. */
  rate: z.strictObject({ currency, from: whole, to: whole }),
  /** ISO 3166 codes of where it works. */
  regions: z.array(z.string().regex(/^[A-Z]{2}$/)).max(250),
  /** Working hours in minutes of the UTC day; the second may lie on the next. */
  hours: z.strictObject({ from: z.int().min(0).max(1_439), to: z.int().min(1).max(2_879) }),
  /** Days on which it is free, both included, and how many people it has then. */
  free: z.array(z.strictObject({ from: day, to: day, people: z.int().min(1).max(100_000) })).max(200),
};

const attestation = z.strictObject({
  id: Forms.id,
  what: z.string(),
  issuer: Forms.address,
  from: Forms.seconds,
  until: Forms.seconds,
  signature: Forms.bytes,
  /** Of what was signed: by it the issuer takes it back. */
  digest: Forms.hash,
  /** Why it does not count, on this node and now; absent where it does. */
  refused: Forms.words.optional(),
  revokedAt: Forms.time.optional(),
});

const proofKind = z.enum(["git", "domain"]);
const proof = z.strictObject({
  id: Forms.id,
  kind: proofKind,
  /** `https://github.com/name`, or `example.com`. */
  subject: z.string(),
  state: z.enum(["open", "proven", "refused"]),
  /** What is published, and where it is looked for. */
  statement: z.string(),
  places: z.array(z.string()),
  checkedAt: Forms.time.optional(),
  /** Why it was not found. */
  why: Forms.words.optional(),
});

const shown = z.strictObject({
  provider,
  name: z.string(),
  ...profile,
  about: z.string(),
  /** Whether others see it, and it is ranked. */
  listed: z.boolean(),
  /** A persona of the demonstration: nobody stands behind it. */
  demo: z.boolean(),
  attestations: z.array(attestation),
  /** What was proven. */
  proofs: z.array(z.strictObject({ kind: proofKind, subject: z.string(), checkedAt: Forms.time })),
  /** How many it settled here, and how many it tells of. */
  cases: z.strictObject({ settled: z.int(), told: z.int() }),
  updatedAt: Forms.time,
});

const listed = z.strictObject({
  provider,
  name: z.string(),
  kind,
  skills: z.array(z.string()),
  rate: profile.rate,
  regions: z.array(z.string()),
  demo: z.boolean(),
});

const case_ = z.strictObject({
  id: z.string(),
  /** `settled` here, or `told` by the provider. */
  from: z.enum(["settled", "told"]),
  at: Forms.time,
  area: z.string(),
  /** Of a settled one only where the provider shows it; else the names of its skills. */
  title: z.string(),
  skills: z.array(z.string()),
  /** Of one that was settled: its amount, and whether its title is shown. */
  settled: z
    .strictObject({
      paid: Forms.units,
      currency: z.strictObject({ code: z.string(), scale: z.int() }),
      shown: z.boolean(),
    })
    .optional(),
  source: z.enum(["csv", "jsonl", "git"]).optional(),
});

const line = z.strictObject({
  /** A name of the taxonomy; absent: all work. */
  skill: z.string().optional(),
  settlements: z.int(),
  value: z.array(z.strictObject({ code: z.string(), scale: z.int(), paid: Forms.units, lost: Forms.units })),
  onTime: z.int(),
  disputes: z.strictObject({ won: z.int(), lost: z.int(), split: z.int() }),
  /** Mean of outcome against target, in bps, where one was agreed. */
  outcome: z.int().optional(),
  /** Distinct clients. */
  counterparties: z.int(),
  held: z.strictObject({ token: z.int(), custody: z.int(), direct: z.int() }),
  /** What speaks for it, in observations: the credit behind it, capped for each client. */
  credit: z.number(),
  /** The share of promises kept at least, from 0 to 1. */
  quality: z.number(),
});

const party = z.strictObject({ party: z.string().min(1).max(64), name: Forms.line });
const issuer = z.strictObject({ address: Forms.address, name: Forms.line });

const attestationIn = {
  what: z.string().trim().min(1).max(100),
  issuer: Forms.address,
  from: Forms.seconds,
  until: Forms.seconds,
  signature: Forms.bytes,
};

export const providers = {
  "skill.list": operation({
    route: "GET /v1/skills",
    says: both(
      "the taxonomy of skills; with `query` those that a text names, or may mean",
      "技能表；带 query 时列出文本所指或可能所指的技能",
    ),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({ query: z.string().max(1_000).optional() }),
    output: z.strictObject({
      items: z.array(z.strictObject({ name: z.string(), field: z.string(), en: z.string(), zh: z.string() })),
    }),
    errors: [],
  }),
  "provider.list": operation({
    route: "GET /v1/providers",
    says: both("lists the providers that show themselves, by name", "按名称列出公开的乙方"),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({
      skill: skill.optional(),
      kind: kind.optional(),
      region: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
      ...Forms.page,
    }),
    output: Forms.pageOf(listed),
    errors: [],
  }),
  "provider.show": operation({
    route: "GET /v1/providers/{provider}",
    says: both("shows a provider; one that is not listed to its own people alone", "查看乙方；未公开者仅其成员可见"),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({ provider }),
    output: shown,
    errors: [],
  }),
  "provider.update": operation({
    route: "PUT /v1/organisations/{organisation}/provider",
    says: both(
      "says what an organisation offers: skills, rates, hours, free days; whether others see it",
      "填写组织的服务档案：技能、费率、工作时间、空闲日期，以及是否公开",
    ),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ organisation, ...profile, listed: z.boolean().default(true) }),
    output: shown,
    errors: [],
  }),
  "case.import": operation({
    route: "POST /v1/organisations/{organisation}/provider/cases",
    says: both(
      "brings past cases from CSV, JSONL or an export of `git log`; they are kept apart from what was settled here",
      "从 CSV、JSONL 或 `git log` 导出文件导入既往案例；与在此结算的案例分开保存",
    ),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({
      organisation,
      format: z.enum(["csv", "jsonl", "git"]),
      text: z.string().min(1).max(4_000_000),
      /** Leaves broken lines out and tells them, instead of refusing the file. */
      keepGood: z.boolean().default(false),
    }),
    output: z.strictObject({
      /** Those that were not there yet, those that were, and all that are kept. */
      added: z.int(),
      known: z.int(),
      kept: z.int(),
      problems: z.array(Forms.problem),
    }),
    errors: ["state-conflict"],
    bodyLimit: 5_000_000,
  }),
  "case.list": operation({
    route: "GET /v1/providers/{provider}/cases",
    says: both(
      "lists a provider's cases, newest first: settled here, or told by it",
      "列出乙方案例：在此结算的或其自述的",
    ),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({ provider, from: z.enum(["settled", "told"]).default("told"), ...Forms.page }),
    output: Forms.pageOf(case_),
    errors: [],
  }),
  "case.remove": operation({
    route: "DELETE /v1/organisations/{organisation}/provider/cases",
    says: both("removes cases that were imported: one, or all", "删除导入的案例：单个或全部"),
    who: write,
    repeat: "idempotent",
    /** `case`: all of them when absent. */
    input: z.strictObject({ organisation, case: z.string().min(1).max(200).optional() }),
    output: Forms.done,
    errors: [],
  }),
  "case.publish": operation({
    route: "PUT /v1/organisations/{organisation}/provider/settled/{ledgerId}",
    says: both(
      "shows or hides the title of an agreement in which the organisation was paid; its figures count either way",
      "公开或隐藏本组织获付款协议的标题；其数据均计入记录",
    ),
    who: sign,
    repeat: "idempotent",
    input: z.strictObject({ organisation, ledgerId: Forms.hash, shown: z.boolean() }),
    output: Forms.done,
    errors: ["state-conflict"],
  }),
  "proof.begin": operation({
    route: "POST /v1/organisations/{organisation}/proofs",
    says: both(
      "says what to publish, and where, so that a git account or a domain is proven to be the organisation's",
      "给出为证明 Git 账户或域名归属须发布的内容与位置",
    ),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ organisation, kind: proofKind, subject: z.string().trim().min(1).max(300) }),
    output: proof,
    errors: ["state-conflict"],
  }),
  "proof.check": operation({
    route: "POST /v1/organisations/{organisation}/proofs/{proof}/check",
    says: both("looks for what was to be published", "核查应发布的内容"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ organisation, proof: Forms.id }),
    output: proof,
    errors: [],
    costly: true,
  }),
  "proof.list": operation({
    route: "GET /v1/organisations/{organisation}/proofs",
    says: both("lists an organisation's proofs, newest first", "列出组织的归属证明"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation, ...Forms.page }),
    output: Forms.pageOf(proof),
    errors: [],
  }),
  "proof.remove": operation({
    route: "DELETE /v1/organisations/{organisation}/proofs/{proof}",
    says: both("forgets a proof", "删除归属证明"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ organisation, proof: Forms.id }),
    output: Forms.done,
    errors: [],
  }),
  "attestation.add": operation({
    route: "POST /v1/organisations/{organisation}/attestations",
    says: both(
      "keeps what an issuer signed about the organisation; a signature that is not the issuer's is refused",
      "保存签发方对本组织签署的证明；签名与签发方不符者不予接受",
    ),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ organisation, ...attestationIn }),
    output: attestation,
    errors: ["wrong-signature", "state-conflict"],
  }),
  "attestation.list": operation({
    route: "GET /v1/organisations/{organisation}/attestations",
    says: both(
      "lists an organisation's attestations, and what an issuer would sign for it",
      "列出组织的资质证明，以及签发方应签署的文本",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ organisation }),
    output: z.strictObject({ items: z.array(attestation) }),
    errors: [],
  }),
  "attestation.remove": operation({
    route: "DELETE /v1/organisations/{organisation}/attestations/{attestation}",
    says: both("removes an attestation from the profile", "从档案中移除资质证明"),
    who: write,
    repeat: "idempotent",
    input: z.strictObject({ organisation, attestation: Forms.id }),
    output: Forms.done,
    errors: [],
  }),
  "attestation.revoke": operation({
    route: "POST /v1/attestations/revoke",
    says: both(
      "takes an attestation back, by the issuer's signature over that; whoever brings it",
      "凭签发方的撤销签名撤销资质证明；任何人均可提交",
    ),
    who: { may: "user" },
    repeat: "idempotent",
    /** `issuer`: who signed `Commenda revocation` and, on the next line, the digest (EIP-191). */
    input: z.strictObject({ digest: Forms.hash, issuer: Forms.address, signature: Forms.bytes }),
    output: Forms.done,
    errors: ["wrong-signature"],
  }),
  "record.show": operation({
    route: "GET /v1/providers/{provider}/record",
    says: both(
      "a provider's track record: what the ledger paid and refunded, over all and by skill",
      "乙方履约记录：账本上的付款与退款，总计及按技能",
    ),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({ provider }),
    output: z.strictObject({ provider, name: z.string(), at: Forms.time, lines: z.array(line) }),
    errors: [],
  }),
  "record.pack": operation({
    route: "GET /v1/providers/{provider}/record/pack",
    says: both(
      "the record as a file that a stranger verifies offline: `commenda match record FILE`",
      "可由任何人离线核验的履约记录文件：`commenda match record FILE`",
    ),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({ provider }),
    output: z.strictObject({ name: z.string(), content: z.string() }),
    errors: ["state-conflict"],
    costly: true,
  }),
  "trust.show": operation({
    route: "GET /v1/trust",
    says: both(
      "whose attestations count on this node, and whose money speaks for whom it goes to",
      "本节点认可的签发方，以及其付款可作为信誉来源的当事人",
    ),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({}),
    output: z.strictObject({ issuers: z.array(issuer), anchors: z.array(party) }),
    errors: [],
  }),
  "trust.update": operation({
    route: "PUT /v1/trust",
    says: both("names the issuers and the parties that this node vouches for", "指定本节点认可的签发方与当事人"),
    who: { may: "operator" },
    repeat: "idempotent",
    /** A `party` is an organisation's id or an address on the ledger. */
    input: z.strictObject({ issuers: z.array(issuer).max(1_000), anchors: z.array(party).max(10_000) }),
    output: z.strictObject({ issuers: z.array(issuer), anchors: z.array(party) }),
    errors: [],
  }),
} as const;
