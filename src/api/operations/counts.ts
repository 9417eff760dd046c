/** What a desk is owed: counts under an agreement, signed by its key and by the client. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation } from "../Operation.ts";
import { deskId } from "./desks.ts";

const { both } = InputError;
const { agreementId: agreement } = Forms;
const hex64 = z.string().regex(/^[0-9a-f]{64}$/);

const document = z.strictObject({
  desk: Forms.id,
  agreement,
  /** Unix seconds: tickets that the desk answered between them. */
  from: z.int(),
  to: z.int(),
  /** Days within which a ticket that is reopened or corrected is not owed. */
  days: z.int(),
  answered: z.int(),
  reopened: z.int(),
  open: z.int(),
  solved: z.int(),
  /** Tickets that people had to answer by a time, and how many they did. */
  due: z.int(),
  met: z.int(),
  /** Hash of the log's last line, and how many lines there were. */
  head: hex64,
  lines: z.int(),
  /** What is counted as the outcome: `solved`, or the service level in bps. */
  measure: z.enum(["solved", "level"]),
  value: Forms.units,
});

const count = z.strictObject({
  id: Forms.id,
  document,
  /** What both sign (EIP-712). */
  typedData: Forms.json,
  operator: z.strictObject({ key: Forms.address, signature: Forms.bytes }),
  client: z.strictObject({ address: Forms.address, signature: Forms.bytes }).optional(),
  /** Of the desk's key, for `act.submit` of `report`, where it is one of the reporters. */
  report: z.strictObject({ value: Forms.units, signature: Forms.bytes }).optional(),
  /** What it pays by the curve of the terms, before the share of the milestones that was paid; base units. */
  pays: Forms.units.optional(),
  createdAt: Forms.time,
});

export const counts = {
  "count.propose": operation({
    route: "POST /v1/organisations/{organisation}/desks/{desk}/counts",
    says: both(
      "counts what stayed solved in a period under an agreement, signed by the desk's key",
      "统计协议期间内保持解决的工单，由工单台密钥签署",
    ),
    who: { may: "sign", of: "organisation" },
    repeat: "keyed",
    input: z.strictObject({
      ...deskId,
      /** In which the organisation is the provider. */
      under: agreement,
      from: Forms.seconds,
      to: Forms.seconds,
      measure: z.enum(["solved", "level"]).default("solved"),
    }),
    output: count,
    errors: ["state-conflict"],
  }),
  "count.list": operation({
    route: "GET /v1/agreements/{agreement}/counts",
    says: both("lists the counts of an agreement, newest first", "列出协议的计数，新者在前"),
    who: { may: "read", of: "agreement" },
    repeat: "safe",
    input: z.strictObject({ agreement, ...Forms.page }),
    output: Forms.pageOf(count),
    errors: [],
  }),
  "count.log": operation({
    route: "GET /v1/agreements/{agreement}/counts/{count}/log",
    says: both(
      "the lines of the log that a count was made of, for whoever counts again",
      "查看计数所依据的日志，供重新统计",
    ),
    who: { may: "read", of: "agreement" },
    repeat: "safe",
    input: z.strictObject({ agreement, count: Forms.id }),
    output: z.strictObject({ log: z.string(), lines: z.int(), head: hex64 }),
    errors: ["body-too-large"],
    costly: true,
  }),
  "count.sign": operation({
    route: "POST /v1/agreements/{agreement}/counts/{count}/sign",
    says: both("the client agrees to a count", "甲方确认计数"),
    who: { may: "sign", of: "agreement" },
    repeat: "idempotent",
    input: z.strictObject({
      agreement,
      count: Forms.id,
      /** Absent where the node keeps the key, in a demonstration. */
      signature: Forms.bytes.optional(),
    }),
    output: count,
    errors: ["state-conflict", "wrong-signature"],
  }),
} as const;
