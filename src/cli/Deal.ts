/**
 * A deal as people state it, in `deal.yaml`: who, for how much, by when, and what happens. `DealTerms` makes the whole
 * terms document of it, `Rehearsal` plays what happens.
 */
import * as z from "zod";
import { type InputError, type Money, Time } from "../agreement/index.ts";
import * as Clauses from "./Clauses.ts";
import { BadFile, type Located } from "./Errors.ts";
import * as Form from "./Form.ts";
import * as Happening from "./Happening.ts";
import * as Source from "./Source.ts";
import * as When from "./When.ts";

const { says } = Form;

const sum = Form.amount.optional();
const expected = z
  .strictObject({
    provider: sum.meta(says("what the provider has more in the end", "乙方最终增加的金额")),
    client: sum.meta(says("what the client has spent in the end", "甲方最终支出的金额")),
    platform: sum.meta(says("platform fee in all", "平台费合计")),
  })
  .meta({
    id: "expected",
    ...says("checked at the end: exit code 1 if it came out otherwise", "结束时核对：不符则退出码为 1"),
  });

const run = z.strictObject({
  title: Form.words,
  happens: z.array(Happening.schema).min(1),
  expect: expected.optional(),
});

export const schema = z
  .strictObject({
    commenda: z.literal("deal/1").optional().meta(says("form of this file", "本文件的格式")),
    zone: Form.zone.optional().meta(says("offset of the dates here; default UTC", "文中日期的时差；默认 UTC")),
    opening: Form.time.meta(says("when it is to be opened; its day is day 0", "计划生效时间；该日为第 0 天")),
    parties: z
      .strictObject({
        client: Clauses.party.meta(says("wants the work and puts up the money", "提出需求并出资")),
        provider: Clauses.party.meta(says("does the work", "完成工作")),
      })
      .meta(says("who agrees", "当事人")),
    currency: Clauses.currency.meta(says("ISO 4217 code; six decimals unless told", "ISO 4217 代码；默认六位小数")),
    registrar: z
      .strictObject({
        chainId: z.int().min(1).meta(says("number of the chain", "链编号")),
        escrow: Form.address.meta(says("the escrow contract on it", "该链上的托管合约")),
      })
      .optional()
      .meta(says("chain and escrow; default: the rehearsal ledger", "链与托管合约；默认预演账本")),
    feeRecipient: Form.address.optional().meta(says("who receives the platform fee", "平台费收款人")),
    salt: Form.hash.optional().meta(says("default: fresh random bytes in each document", "默认每份文件随机生成")),
    ...Clauses.shape,
    happens: z.array(Happening.schema).optional().meta(says("what happens, in order", "依次发生的事")),
    expect: expected.optional(),
    runs: z
      .array(run)
      .min(1)
      .optional()
      .meta(
        says(
          "how it may go on after what happens in any case: each is rehearsed by itself",
          "上述之后的几种走向，各自预演",
        ),
      ),
  })
  .meta({
    title: "Commenda deal · Commenda 交易",
    ...says(
      "A deal between a client and a provider, and what happens in it. Rehearse it: commenda rehearse FILE",
      "甲乙双方的交易及其经过。预演：commenda rehearse FILE",
    ),
  });

export type Deal = z.infer<typeof schema>;
export type Expected = z.infer<typeof expected>;

/** JSON Schema (draft 2020-12) of the file, as published in `docs/deal.schema.json`. */
export function jsonSchema(): object {
  const made = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const { $schema, ...rest } = made as Record<string, unknown>;
  return { $schema, $id: "urn:commenda:deal:1", ...rest };
}

/** A checked deal, and the file that it stands in. */
export type Read = { deal: Deal; source: Source.Source };

/** Throws `FileUnusable`, or `BadFile` with all problems and their lines. */
export function open(file: string): Read {
  return read(Source.open(file));
}

export function read(source: Source.Source): Read {
  const parsed = schema.safeParse(source.value);
  const problems = parsed.success
    ? Clauses.checkMilestones(parsed.data.milestones, "milestones")
    : Form.problemsIn(source.value, parsed.error.issues, schema);
  if (problems.length > 0 || !parsed.success) throw located(source, problems);
  return { deal: parsed.data, source };
}

/** The problems with their lines. */
export function located(source: Source.Source, problems: readonly InputError.InputError[]): BadFile {
  const list = problems.map((problem): Located => ({ problem, at: source.at(problem.field) }));
  const order = ({ at }: Located) => (at ? at.line * 10_000 + at.column : 0);
  return new BadFile(
    source.name,
    list.toSorted((one, other) => order(one) - order(other)),
  );
}

/** Whether a file is a deal rather than a terms document. */
export const isDeal = ({ value }: Source.Source): boolean =>
  typeof value === "object" && value !== null && !("version" in value);

/** Day 0, the zone, and the minute of opening. Throws an `InputError`. */
export function frame({ opening, zone }: Deal): When.Frame & { opening: number } {
  const offset = zone === undefined ? 0 : When.zone(zone);
  const minute = When.parse(opening, "opening", { dayZero: Time.EARLIEST, zone: offset });
  const dayZero = Math.floor((minute + offset) / Time.DAY) * Time.DAY - offset;
  return { opening: minute, dayZero, zone: offset };
}

export function currencyOf({ currency }: Deal): Money.Currency & { token?: string } {
  if (typeof currency === "string") return { code: currency, scale: 6 };
  const { code, scale = 6, token } = currency;
  return token === undefined ? { code, scale } : { code, scale, token };
}
