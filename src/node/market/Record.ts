/** A track record from the ledger's payouts and refunds, over all and by skill. */
import type { Table } from "../../api/index.ts";
import { Reputation, Settlement } from "../../matching/index.ts";
import type * as Deals from "./Deals.ts";

export type Lines = Table.Output<"record.show">["lines"];

/** `deals`: all that are known, since credit flows from others; `anchors`: whose money speaks for whom it goes to. */
export function linesOf(deals: readonly Deals.Deal[], provider: string, anchors: readonly string[]): Lines {
  const settled = deals.map((deal) => deal.settled);
  const { CAP: cap, UNIT: unit } = Settlement;
  const lines = Reputation.recordOf(settled, provider, { anchors: new Set(anchors), cap, unit });
  const own = deals.filter(({ about }) => about.provider === provider && about.client !== provider);
  return [...lines].map(([skill, line]) => {
    const some = skill === "" ? own : own.filter(({ about }) => about.skills.includes(skill));
    const { settlements, onTime, disputes, outcome, counterparties, held, credit, quality } = line;
    return {
      ...(skill === "" ? {} : { skill }),
      ...{ settlements, onTime, disputes, counterparties, held, quality, value: valuesOf(some) },
      ...(outcome === undefined ? {} : { outcome }),
      credit: Number(credit) / Number(unit),
    };
  });
}

/** What was paid and what went back, by currency. */
function valuesOf(some: readonly Deals.Deal[]): Lines[number]["value"] {
  const sums = new Map<string, { code: string; scale: number; paid: bigint; lost: bigint }>();
  for (const { paid, lost, about } of some) {
    const { code, scale } = about.currency;
    const sum = sums.get(`${code} ${scale}`) ?? { code, scale, paid: 0n, lost: 0n };
    sums.set(`${code} ${scale}`, { ...sum, paid: sum.paid + paid, lost: sum.lost + lost });
  }
  return [...sums.values()].map((sum) => ({ ...sum, paid: String(sum.paid), lost: String(sum.lost) }));
}
