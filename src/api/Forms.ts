/** Forms that several operations share. Amounts are text: JSON has no integers of 256 bits. */
import * as z from "zod";

export const id = z.uuid().meta({ description: "UUID · 标识" });
export const hash = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/)
  .meta({ description: "32 bytes in lower-case hex · 32 字节小写十六进制" });
export const address = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/)
  .meta({ description: "20 bytes in lower-case hex · 20 字节小写十六进制" });
/** At most 8 KB: contract accounts' signatures are long. */
export const bytes = z
  .string()
  .regex(/^0x([0-9a-fA-F]{2}){0,8192}$/)
  .meta({ description: "bytes in hex · 十六进制字节" });
export const units = z
  .string()
  .regex(/^\d{1,78}$/)
  .refine((text) => !/^\d{78}$/.test(text) || BigInt(text) < 2n ** 256n, "expected less than 2^256")
  .meta({ description: "base units of the token · 代币最小单位" });
/** Unix seconds, as signatures carry them: 40 bits get us to the year 36812. */
export const seconds = z
  .int()
  .min(0)
  .max(2 ** 40 - 1);
/** Of a page or an answer. */
export const time = z.iso.datetime().meta({ description: "UTC, ISO 8601 · 协调世界时" });
export const words = z.strictObject({ en: z.string(), zh: z.string() });
export const line = z.string().trim().min(1).max(200);
export const prose = z.string().trim().min(1).max(10_000);
export const base64 = z.base64();
/** Any JSON object; what it holds is judged where it is used. */
export const json = z.record(z.string(), z.unknown());

export const organisationId = z.uuid().meta({ description: "an organisation · 组织" });
export const agreementId = z.uuid().meta({ description: "an agreement · 协议" });

/** Asked for: where to go on, and how many. */
export const page = {
  after: z.string().max(200).optional().meta({ description: "`next` of the page before · 上一页的 next" }),
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: "rows · 行数" }),
};
/** Answered: `next` is absent on the last page. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().optional() });

/** A problem of an input, as in RFC 9457 answers. */
export const problem = z.looseObject({
  title: z.string(),
  detail: z.string(),
  field: z.string().optional(),
  pointer: z.string().optional(),
});

export const done = z.strictObject({ done: z.literal(true) });
