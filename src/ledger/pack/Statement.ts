/** Who was paid what of an agreement, in base units: made of the facts of its receipts, and of nothing else. */
import canonicalize from "canonicalize";
import { InputError } from "../../agreement/index.ts";
import type * as Fact from "../Fact.ts";
import { type Context, type Finding, finding } from "./Finding.ts";
import type * as Form from "./Form.ts";

const { both } = InputError;

export type Statement = NonNullable<Form.Pack["statement"]>;

/** Every payment in the ledger's order, and what each part and the whole come to. */
export function of(facts: readonly Fact.Fact[]): Statement {
  const payments = facts.flatMap((fact): Statement["payments"] => {
    if (fact.kind !== "paid" && fact.kind !== "refunded") return [];
    const { kind, tranche, cause, amount, block, transaction } = fact;
    const fee = kind === "paid" ? { fee: String(fact.fee) } : {};
    return [{ kind, tranche, cause, amount: String(amount), ...fee, time: block.time, transaction }];
  });
  const sum = (list: Statement["payments"]) => {
    const of = (kind: "paid" | "refunded", field: "amount" | "fee") =>
      String(list.reduce((units, one) => (one.kind === kind ? units + BigInt(one[field] ?? 0) : units), 0n));
    return { toProvider: of("paid", "amount"), fee: of("paid", "fee"), toClient: of("refunded", "amount") };
  };
  const parts = [...new Set(payments.map(({ tranche }) => tranche))].toSorted((one, other) => one - other);
  return {
    payments,
    lines: parts.map((tranche) => ({ tranche, ...sum(payments.filter((one) => one.tranche === tranche)) })),
    total: sum(payments),
  };
}

export function statement({ pack, facts }: Context): readonly Finding[] {
  if (!pack.statement) return [];
  const computed = of(facts);
  const { toProvider, fee, toClient } = computed.total;
  const same = canonicalize(pack.statement) === canonicalize(computed);
  return [
    finding(
      "statement",
      both("The statement is what the facts come to, to the last unit", "对账单与事实逐分相符"),
      same,
      same
        ? both(
            `${toProvider} units to the provider, ${fee} of them fee, and ${toClient} back to the client`,
            `付乙方 ${toProvider} 单位（含平台费 ${fee}），退甲方 ${toClient} 单位`,
          )
        : both(
            `the facts come to ${toProvider} units for the provider, ${fee} of them fee, and ${toClient} for the client, by ${computed.payments.length} payments`,
            `依事实计算：付乙方 ${toProvider} 单位（含平台费 ${fee}），退甲方 ${toClient} 单位，共 ${computed.payments.length} 笔`,
          ),
    ),
  ];
}
