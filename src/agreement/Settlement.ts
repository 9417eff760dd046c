/** A split that both sign ends all tranches and disputes at once; and what of every ending is shown, line by line. */
import * as z from "zod/mini";
import type { Hex } from "./Agreement.ts";
import { AmountTooLarge, SharesDoNotFit } from "./Errors.ts";
import * as Fee from "./Fee.ts";
import * as Field from "./Field.ts";
import { BadInput, both, type InputError, type Language, type Words } from "./InputError.ts";
import * as Money from "./Money.ts";

export const schema = z.strictObject({
  /** Id of the agreement. */
  agreement: Field.hash,
  toProvider: Field.amount,
  toClient: Field.amount,
  /** Of the deposits posted; the client gets the rest. */
  depositsToProvider: Field.amount,
});

export type Settlement = z.infer<typeof schema>;

/** The same in base units, as the ledger takes it. */
export type Split = { agreement: Hex; toProvider: bigint; toClient: bigint; depositsToProvider: bigint };

/** What the escrow holds for the agreement: of tranches, of deposits, and of those the part owed to who fronted a cost. */
export type Held = { tranches: bigint; deposits: bigint; fronted: bigint };

/** What each gets: the provider's leg is net of the fee, deposits bear none. */
export type Legs = { provider: bigint; client: bigint; fee: bigint; fronters: bigint };

/** Throws `BadInput` with all problems. */
export function parse(input: unknown, currency: Money.Currency): Split {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    throw new BadInput(Field.problemsIn(input, parsed.error.issues, (path) => Field.known(schema, path)));
  }
  const units = (field: "toProvider" | "toClient" | "depositsToProvider") =>
    Money.parse(parsed.data[field], currency.scale, field);
  return {
    agreement: parsed.data.agreement as Hex,
    toProvider: units("toProvider"),
    toClient: units("toClient"),
    depositsToProvider: units("depositsToProvider"),
  };
}

/** Splits all that is held, to the last unit. */
export function check(split: Split, held: Held, currency: Money.Currency): readonly InputError[] {
  const problems: InputError[] = [];
  const show = (units: bigint) => Money.show(units, currency);
  const found = split.toProvider + split.toClient;
  if (found !== held.tranches) {
    const expected = both(
      `together ${show(held.tranches)}, all that is held`,
      `合计 ${show(held.tranches)}，即全部托管款`,
    );
    problems.push(new SharesDoNotFit({ field: "toClient", found: show(found), expected, others: ["toProvider"] }));
  }
  const free = held.deposits - held.fronted;
  if (split.depositsToProvider > free) {
    const expected = both(`at most ${show(free)}, the deposits that nobody fronted`, `不超过可分配押金 ${show(free)}`);
    problems.push(new AmountTooLarge({ field: "depositsToProvider", found: show(split.depositsToProvider), expected }));
  }
  return problems;
}

/** What each gets of a split that `check` passed. The fee is on what goes to the provider from tranches only. */
export function legs(split: Split, held: Held, feeBps: number): Legs {
  const fee = Fee.of(split.toProvider, feeBps);
  return {
    provider: split.toProvider - fee + split.depositsToProvider,
    client: split.toClient + held.deposits - held.fronted - split.depositsToProvider,
    fee,
    fronters: held.fronted,
  };
}

/** One tranche in the end: what was escrowed, and where it went. `toProvider` is gross, the fee inside. */
export type Line = { title: Words; escrowed: bigint; toProvider: bigint; fee: bigint; toClient: bigint };

/** The lines' sum. Throws `BadInput` where a line's legs are not what was escrowed. */
export function total(lines: readonly Line[]): Omit<Line, "title"> {
  const problems = lines.flatMap(({ escrowed, toProvider, toClient }, index) => {
    if (escrowed === toProvider + toClient) return [];
    const expected = both(`${toProvider + toClient}, what went out`, ` ${toProvider + toClient}，即已付出的金额`);
    return [new SharesDoNotFit({ field: `lines[${index}].escrowed`, found: escrowed, expected })];
  });
  if (problems.length > 0) throw new BadInput(problems);
  const sum = (key: "escrowed" | "toProvider" | "fee" | "toClient") =>
    lines.reduce((units, line) => units + line[key], 0n);
  return { escrowed: sum("escrowed"), toProvider: sum("toProvider"), fee: sum("fee"), toClient: sum("toClient") };
}

const WORDS = {
  en: {
    total: "Total",
    text: (e: string, p: string, f: string, c: string) => `escrowed ${e}, provider ${p} (fee ${f} inside), client ${c}`,
  },
  zh: {
    total: "合计",
    text: (e: string, p: string, f: string, c: string) => `托管 ${e}，乙方 ${p}（含平台费 ${f}），甲方 ${c}`,
  },
};

/** The statement as lines of text, the total last. */
export function show(lines: readonly Line[], currency: Money.Currency, language: Language = "en"): readonly string[] {
  const words = WORDS[language];
  const text = ({ escrowed, toProvider, fee, toClient }: Omit<Line, "title">) => {
    const [e = "", p = "", f = "", c = ""] = [escrowed, toProvider, fee, toClient].map((units) =>
      Money.show(units, currency),
    );
    return words.text(e, p, f, c);
  };
  const separator = language === "zh" ? "：" : ": ";
  return [
    ...lines.map((line) => `${line.title[language]}${separator}${text(line)}`),
    `${words.total}${separator}${text(total(lines))}`,
  ];
}
