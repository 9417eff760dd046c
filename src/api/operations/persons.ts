/** What the node has of a person: all of it, for them to take; and its erasure. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation } from "../Operation.ts";

const { both } = InputError;

export const persons = {
  "me.export": operation({
    route: "GET /v1/me/export",
    says: both(
      "all that the node has of the caller, as one JSON document, without secrets",
      "以一份 JSON 文件导出本节点所存的全部本人数据（不含密钥）",
    ),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({}),
    output: z.strictObject({
      version: z.literal("commenda-person/1"),
      at: Forms.time,
      /** Names of what there is, each with its rows. */
      data: z.record(z.string(), z.array(Forms.json)),
    }),
    errors: [],
    costly: true,
  }),
  "me.erase": operation({
    route: "POST /v1/me/erase",
    says: both(
      "erases the caller for good: what is personal goes, what money records need stays without a name; says what stays and why",
      "永久删除本人数据：个人信息予以删除，款项记录所需内容去名保留，并说明保留项目及原因",
    ),
    who: { may: "user" },
    repeat: "keyed",
    input: z.strictObject({
      confirm: z
        .string()
        .min(1)
        .max(64)
        .meta({ description: "`user` of `me.show`, to be sure · me.show 的 user，用于确认" }),
    }),
    output: z.strictObject({
      done: z.literal(true),
      erased: z.array(z.strictObject({ what: Forms.words, count: z.int() })),
      kept: z.array(z.strictObject({ what: Forms.words, why: Forms.words, count: z.int() })),
    }),
    errors: ["state-conflict"],
  }),
} as const;
