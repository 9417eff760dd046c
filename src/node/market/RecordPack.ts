/**
 * A track record as a file that a stranger checks offline: of each settlement a pack without the document's text, so that what was
 * paid and refunded follows from receipts and their proofs; what only the terms say (skills, currency, target) is told beside it.
 */
import canonicalize from "canonicalize";
import * as z from "zod";
import { Errors, InputError, Terms } from "../../agreement/index.ts";
import type { Hex, Ledger } from "../../ledger/Ledger.ts";
import * as Pack from "../../ledger/Pack.ts";
import { Reputation, Settlement } from "../../matching/index.ts";

const { both } = InputError;
type Words = InputError.Words;

const told = z.strictObject({
  skills: z.array(z.string().max(100)).max(50),
  currency: z.strictObject({ code: z.string().max(10), scale: z.int().min(0).max(36) }),
  held: z.enum(["token", "custody", "direct"]),
  /** Of the outcome. */
  target: z
    .string()
    .regex(/^\d{1,78}$/)
    .optional(),
});

const schema = z.strictObject({
  format: z.literal("commenda-record-1"),
  provider: z.strictObject({
    id: z.string().max(100),
    name: z.string().max(200),
    /** By which it is paid. */
    accounts: z.array(z.string().regex(/^0x[0-9a-f]{40}$/)).max(1_000),
  }),
  /** Unix seconds. */
  at: z.int().min(0),
  settlements: z.array(z.strictObject({ told, pack: z.unknown() })).max(1_000),
});

export type Record = Omit<z.infer<typeof schema>, "settlements"> & {
  readonly settlements: readonly { readonly told: z.infer<typeof told>; readonly pack: Pack.Pack }[];
};

/** Settlements of one file, the latest: each takes a few hundredths of a second to prove and to check. */
export const MOST = 40;

type Wanted = { readonly terms: Terms.Terms; readonly told: z.infer<typeof told> };

/** Throws what `Pack.make` throws. */
export async function make(
  ledger: Ledger,
  {
    escrow,
    from,
    provider,
    at,
    deals,
  }: { escrow: Hex; from: number; provider: Record["provider"]; at: number; deals: readonly Wanted[] },
): Promise<Record> {
  const settlements: Record["settlements"][number][] = [];
  for (const { terms, told } of deals) {
    const subject = { escrow, agreement: Terms.toAgreement(terms) };
    settlements.push({ told, pack: await Pack.make(ledger, subject, { from }) });
  }
  return { format: "commenda-record-1", provider, at, settlements };
}

export const write = (record: Record): string => `${canonicalize(record) ?? ""}\n`;

/** Throws `BadInput`, and what `Pack.read` throws. */
export function read(text: string): Record {
  const value = json(text);
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const expected = both("a record as `record.pack` gives it", "`record.pack` 给出的履约记录文件");
    throw new InputError.BadInput([
      new Errors.WrongForm({ field: issue?.path.join(".") || "record", found: value, expected }),
    ]);
  }
  return {
    ...parsed.data,
    settlements: parsed.data.settlements.map(({ told, pack }) => ({
      told,
      // In its one form, as every pack is read.
      pack: Pack.read(`${canonicalize(pack) ?? ""}\n`),
    })),
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type Checked = {
  readonly good: boolean;
  /** What is wrong, by settlement, from 1. */
  readonly wrong: readonly { readonly settlement: number; readonly why: Words }[];
  /** Over all (`""`) and by skill. */
  readonly lines: ReadonlyMap<string, Reputation.Line>;
  readonly paid: readonly {
    readonly code: string;
    readonly scale: number;
    readonly paid: bigint;
    readonly lost: bigint;
  }[];
  /** What a file alone cannot show. */
  readonly open: readonly Words[];
};

/** Recomputes the record. `anchors`: addresses of clients whose money speaks for it, by the reader's own judgement. */
export async function verify(record: Record, { anchors = [] }: { anchors?: readonly string[] } = {}): Promise<Checked> {
  const { accounts, id } = record.provider;
  const wrong: { settlement: number; why: Words }[] = [];
  const settled: Reputation.Settled[] = [];
  const sums = new Map<string, Checked["paid"][number]>();
  const seen = new Set<string>();
  for (const [k, { told, pack }] of record.settlements.entries()) {
    const settlement = k + 1;
    const findings = await Pack.verify(pack);
    for (const { proven, what, why } of findings)
      if (proven === false)
        wrong.push({ settlement, why: both(`${what.en}: no, ${why.en}`, `${what.zh}：不成立，${why.zh}`) });
    const { parties } = Pack.agreementOf(pack);
    if (seen.has(pack.id)) {
      wrong.push({ settlement, why: both("it is there twice", "重复列出") });
      continue;
    }
    seen.add(pack.id);
    const provider = parties.provider.toLowerCase();
    if (!accounts.includes(provider)) {
      const why = both(`it was ${provider} who was paid`, `收款方为 ${provider}`);
      wrong.push({ settlement, why });
      continue;
    }
    const moved = movedOf(pack);
    const about: Settlement.About = {
      ...{ agreement: pack.id, client: parties.client.toLowerCase(), provider: id },
      ...{ skills: told.skills, held: told.held, currency: told.currency },
      ...(told.target === undefined ? {} : { target: BigInt(told.target) }),
    };
    const one = Settlement.read(about, moved);
    if (!one) wrong.push({ settlement, why: both("no money moved in it", "没有资金往来") });
    else settled.push(one);
    const { code, scale } = told.currency;
    const { paid, lost } = Settlement.sums(moved);
    const sum = sums.get(`${code} ${scale}`) ?? { code, scale, paid: 0n, lost: 0n };
    sums.set(`${code} ${scale}`, { ...sum, paid: sum.paid + paid, lost: sum.lost + lost });
  }
  const { CAP: cap, UNIT: unit } = Settlement;
  const trusted = new Set(anchors.map((anchor) => anchor.toLowerCase()));
  const lines = Reputation.recordOf(settled, id, { anchors: trusted, cap, unit });
  return { good: wrong.length === 0, wrong, lines, paid: [...sums.values()], open: OPEN };
}

const OPEN: readonly Words[] = [
  both(
    "that the blocks are the chain's: `commenda verify --rpc` checks a pack against it",
    "区块属于该链：可用 `commenda verify --rpc` 对照链核验",
  ),
  both("that these are all settlements: a provider may leave some out", "已列出全部结算：乙方可能略去部分"),
  both(
    "skills, currency and target: they stand in terms whose text is not here",
    "技能、货币与目标：载于未附文本的条款",
  ),
  both("that the accounts are this provider's", "账户归该乙方所有"),
];

function movedOf(pack: Pack.Pack): readonly Settlement.Moved[] {
  return pack.facts.flatMap((fact): Settlement.Moved[] => {
    const at = fact.block.time;
    switch (fact.kind) {
      case "paid": {
        const { cause, onTime, disputed } = fact;
        return [{ kind: "paid", at, cause, amount: BigInt(fact.amount), onTime, disputed }];
      }
      case "refunded":
        return [{ kind: "refunded", at, cause: fact.cause, amount: BigInt(fact.amount) }];
      case "outcomeSettled":
        return [{ kind: "outcomeSettled", at, value: BigInt(fact.value) }];
      default:
        return [];
    }
  });
}
