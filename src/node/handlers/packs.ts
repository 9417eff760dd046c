/** Packs of anybody's: what they prove, for whoever has one. */
import type { Handler, Handlers } from "../Call.ts";
import * as Import from "../draft/Import.ts";
import * as Checking from "../pack/Checking.ts";

const verify: Handler<"pack.verify"> = async ({ parts }, { pack: file }) => {
  const { ledger, escrow } = parts.place;
  const pack = Import.parsed(file);
  const isHere = pack.ledger.chainId === ledger.chainId && pack.ledger.escrow === escrow;
  const findings = await Checking.check(pack, isHere ? { ledger } : {});
  return {
    ...{ id: pack.id, chainId: pack.ledger.chainId, escrow: pack.ledger.escrow },
    good: findings.every(({ proven }) => proven !== false),
    against: isHere ? ledger.kind : "nothing",
    findings: findings.map(({ name, what, proven, why }) => ({
      ...{ name, what, why },
      proven: proven === true ? "yes" : proven === false ? "no" : "unchecked",
    })),
  };
};

export const packs = { "pack.verify": verify } satisfies Partial<Handlers>;
