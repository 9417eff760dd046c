/** Acts on the ledger: what each would do, who signs it, what came of it. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation } from "../Operation.ts";

const { both } = InputError;
const { agreementId: agreement } = Forms;
const read = { may: "read", of: "agreement" } as const;
const sign = { may: "sign", of: "agreement" } as const;

const milestone = Forms.line.meta({ description: "name of the milestone, or `outcome` · 里程碑名称，或 outcome" });
const milestones = z.array(milestone).min(1).max(8);
/** What is referred to: evidence kept here, or the salted hash of something kept elsewhere. */
const evidence = { evidence: Forms.id.optional(), commitment: Forms.hash.optional() };

/** An act in people's terms. Rounds are those of the moment; the ledger refuses an act that was overtaken. */
export const act = z.discriminatedUnion("verb", [
  z.strictObject({ verb: z.literal("open"), fund: z.array(milestone).max(8).optional() }),
  z.strictObject({ verb: z.literal("revoke") }),
  z.strictObject({ verb: z.literal("fund"), milestones }),
  z.strictObject({ verb: z.literal("deliver"), milestone, ...evidence }),
  z.strictObject({ verb: z.literal("accept"), milestones }),
  z.strictObject({ verb: z.literal("acceptPart"), milestone, share: Forms.line, ...evidence }),
  z.strictObject({ verb: z.literal("reject"), milestone, ...evidence }),
  z.strictObject({ verb: z.literal("contest"), milestone, ...evidence }),
  z.strictObject({ verb: z.literal("answer"), milestone }),
  z.strictObject({ verb: z.literal("arbitrate"), milestone }),
  /** Of a panel: each member signs; the ruling goes to the ledger when enough have. `share` is the provider's; absent: refuses to rule. */
  z.strictObject({ verb: z.literal("rule"), milestone, share: Forms.line.optional() }),
  z.strictObject({ verb: z.literal("claim"), milestone }),
  /** Of signed reports: each reporter signs; the report goes to the ledger when enough have. */
  z.strictObject({ verb: z.literal("report"), value: Forms.units }),
  z.strictObject({ verb: z.literal("terminate"), milestones }),
  z.strictObject({ verb: z.literal("extend"), milestone }),
  /** By the agreement that replaces this one; both have signed it. */
  z.strictObject({ verb: z.literal("amend"), by: Forms.id, fund: z.array(milestone).max(8).optional() }),
  /** Both sign; sent when both have. Units of the token. */
  z.strictObject({
    verb: z.literal("settle"),
    toProvider: Forms.units,
    toClient: Forms.units,
    depositsToProvider: Forms.units.default("0"),
    depositsToClient: Forms.units.default("0"),
  }),
  z.strictObject({ verb: z.literal("namePayee"), payee: Forms.address }),
  z.strictObject({ verb: z.literal("revokeDelegate") }),
  z.strictObject({ verb: z.literal("redirect"), to: Forms.address, amount: Forms.units }),
  z.strictObject({ verb: z.literal("push"), owner: Forms.address }),
]);

const fact = z.looseObject({
  kind: z.string(),
  says: Forms.words,
  block: z.int(),
  at: Forms.time,
  transaction: Forms.hash,
  index: z.int(),
});

const sent = z.strictObject({
  id: Forms.id,
  verb: z.string(),
  act: Forms.json,
  /** `waiting`: for the others who must sign or approve. */
  status: z.enum(["waiting", "queued", "sent", "done", "refused"]),
  by: z.strictObject({ user: z.string(), name: z.string(), organisation: Forms.organisationId.optional() }),
  transaction: Forms.hash.optional(),
  facts: z.array(fact).optional(),
  problem: Forms.problem.optional(),
  createdAt: Forms.time,
});

const next = z.strictObject({ at: Forms.time, verb: z.string(), says: Forms.words });

export const acts = {
  "act.prepare": operation({
    route: "POST /v1/agreements/{agreement}/acts/prepare",
    says: both(
      "what an act would do now, and the message that its party signs; nothing is sent",
      "说明操作此刻的效果及当事人须签署的消息；不发送",
    ),
    who: sign,
    repeat: "safe",
    input: z.strictObject({ agreement, act, days: z.int().min(1).max(90).default(7) }),
    output: z.strictObject({
      allowed: z.boolean(),
      refusal: Forms.problem.optional(),
      /** What it does: sentences, with the time from which on they hold. None where only the ledger can say. */
      effects: z.array(z.strictObject({ says: Forms.words, at: Forms.time.optional() })),
      /** Absent where the act needs no signature. */
      typedData: Forms.json.optional(),
      /** Whose signature: addresses, any one of them. */
      signers: z.array(Forms.address),
      /** To be given back with the signature. */
      validUntil: z.int().optional(),
      /** For who sends it themselves. */
      transaction: z.strictObject({ to: Forms.address, data: z.string(), value: Forms.units }).optional(),
      /**
       * The same by a contract account of the caller's, with the approval of money that it needs: one signature of
       * `typedData` for both. The rest is the input of `account.execute`, which sends it at the node's cost.
       */
      execution: z
        .strictObject({
          organisation: Forms.organisationId,
          address: Forms.address,
          calls: z.array(z.strictObject({ to: Forms.address, data: z.string(), value: Forms.units })),
          nonce: Forms.units,
          validUntil: z.int(),
          typedData: Forms.json,
        })
        .optional(),
    }),
    errors: ["act-refused", "state-conflict"],
  }),
  "act.submit": operation({
    route: "POST /v1/agreements/{agreement}/acts",
    says: both(
      "hands a signed act to the node, which sends it once and pays for the sending",
      "将已签操作交由节点发送一次，发送费用由节点承担",
    ),
    who: sign,
    repeat: "keyed",
    input: z.strictObject({
      agreement,
      act,
      signature: Forms.bytes.optional(),
      validUntil: Forms.seconds.optional(),
    }),
    output: sent,
    errors: ["act-refused", "wrong-signature", "approval-needed", "state-conflict"],
  }),
  "act.list": operation({
    route: "GET /v1/agreements/{agreement}/acts",
    says: both("lists the acts handed to this node, newest first", "列出交由本节点的操作，新者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, ...Forms.page }),
    output: Forms.pageOf(sent),
    errors: [],
  }),
  "act.show": operation({
    route: "GET /v1/agreements/{agreement}/acts/{act}",
    says: both("what came of an act", "查看某项操作的结果"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, act: Forms.id }),
    output: sent,
    errors: [],
  }),
  "agreement.standing": operation({
    route: "GET /v1/agreements/{agreement}/standing",
    says: both(
      "where each milestone stands, what it holds, and what happens if nobody acts",
      "各里程碑所处阶段、托管金额，以及无人操作时的后果",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement }),
    output: z.strictObject({
      tranches: z.array(
        z.strictObject({
          name: z.string(),
          title: Forms.words,
          stage: z.string(),
          round: z.int(),
          amount: Forms.units,
          held: Forms.units,
          paid: Forms.units,
          refunded: Forms.units,
          due: Forms.time.optional(),
          /** If nobody acts. */
          next: next.optional(),
          /** Verbs that the caller may use now. */
          mine: z.array(z.string()),
        }),
      ),
      currency: z.strictObject({ code: z.string(), scale: z.int() }),
      fee: Forms.units,
      credits: z.array(z.strictObject({ owner: Forms.address, amount: Forms.units })),
      closed: z.boolean(),
      /** Block up to which this was read, and how many blocks the ledger is ahead. */
      block: z.int(),
      lag: z.int(),
    }),
    errors: ["state-conflict"],
  }),
  "agreement.statement": operation({
    route: "GET /v1/agreements/{agreement}/statement",
    says: both(
      "who was paid what, when, and by which rule; deposits, tips and credits are kept apart",
      "款项流向：何时、依何规则、付给谁多少；不含押金、代发酬金与余额",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement }),
    output: z.strictObject({
      currency: z.strictObject({ code: z.string(), scale: z.int() }),
      client: Forms.words,
      provider: Forms.words,
      payments: z.array(
        z.strictObject({
          at: Forms.time,
          block: z.int(),
          transaction: Forms.hash,
          from: z.enum(["client", "provider", "escrow"]),
          to: z.enum(["client", "provider", "escrow"]),
          /** With the fee inside, which is taken now or when the agreement closes. */
          amount: Forms.units,
          fee: Forms.units,
          /** Why, in one word and in both languages, and the rules of docs/protocol.md behind it. */
          cause: z.string(),
          says: Forms.words,
          rules: z.array(z.int()),
          /** Absent of what concerns the whole. */
          milestone: z.string().optional(),
          title: Forms.words.optional(),
          onTime: z.boolean().optional(),
          disputed: z.boolean().optional(),
        }),
      ),
      /** How each milestone, or what both settled, was divided. */
      lines: z.array(
        z.strictObject({
          milestone: z.string().optional(),
          title: Forms.words,
          /** With the fee inside. */
          toProvider: Forms.units,
          fee: Forms.units,
          toClient: Forms.units,
        }),
      ),
      /** `paidIn` is `toProvider` + `toClient` + `held`, less what the client paid past the escrow to extend. */
      total: z.strictObject({
        paidIn: Forms.units,
        toProvider: Forms.units,
        fee: Forms.units,
        toClient: Forms.units,
        held: Forms.units,
      }),
      closed: z.boolean(),
      status: z.enum(["open", "closed", "revoked", "replaced"]),
    }),
    errors: ["state-conflict"],
  }),
  "fact.list": operation({
    route: "GET /v1/agreements/{agreement}/facts",
    says: both("what happened on the ledger, oldest first", "账本上的经过，旧者在前"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, ...Forms.page }),
    output: Forms.pageOf(fact),
    errors: [],
  }),
  "agreement.pack": operation({
    route: "GET /v1/agreements/{agreement}/pack",
    says: both(
      "terms, signatures, acts and proofs in one file that anyone can verify",
      "条款、签名、操作与证明合为一个可核验的文件",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement }),
    output: z.strictObject({ pack: z.string() }),
    errors: ["state-conflict"],
  }),
  "pack.verify": operation({
    route: "POST /v1/packs/verify",
    says: both(
      "says what a pack proves, finding by finding; against this node's ledger where it is of it",
      "逐项说明证明包所证明的内容；属于本节点账本的，同时对照账本核验",
    ),
    who: { may: "anyone" },
    repeat: "safe",
    input: z.strictObject({ pack: z.string().max(4_000_000) }),
    output: z.strictObject({
      /** Of the agreement, on its ledger. */
      id: Forms.hash,
      chainId: z.int(),
      escrow: Forms.address,
      /** Nothing in it is wrong; what is unchecked is not proven. */
      good: z.boolean(),
      against: z.enum(["chain", "rehearsal", "nothing"]),
      findings: z.array(
        z.strictObject({
          /** Which statement, like `signature.client` or `act.3`. */
          name: z.string(),
          what: Forms.words,
          proven: z.enum(["yes", "no", "unchecked"]),
          why: Forms.words,
        }),
      ),
    }),
    errors: ["wrong-file"],
    bodyLimit: 4_500_000,
    costly: true,
  }),
} as const;
