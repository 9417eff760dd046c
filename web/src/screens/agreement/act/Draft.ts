/** What was filled in, as the act that it asks for: nothing while something is missing. Pure. */
import * as Money from "../../../../../src/agreement/Money.ts";
import type { Act } from "./Progress.ts";

/** A file that the node keeps, or is to keep. */
export type File = {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Where its bytes go; absent once they are all there. */
  readonly upload?: string;
};

export type Fields = {
  readonly text: string;
  readonly share: string;
  readonly milestones: readonly string[];
  readonly file?: File;
  readonly toProvider: string;
  readonly depositsToProvider: string;
  readonly address: string;
  readonly amount: string;
  readonly value: string;
  readonly refuses: boolean;
};

export const EMPTY: Fields = {
  ...{ text: "", share: "", milestones: [], toProvider: "", depositsToProvider: "0" },
  ...{ address: "", amount: "", value: "", refuses: false },
};

/** What is asked, and of which money. `held`, `deposits`: base units. */
export type Asked = {
  readonly verb: string;
  readonly milestone?: string;
  /** Whose credit, or the agreement that replaces this one. */
  readonly of?: string;
  readonly scale: number;
  readonly held: bigint;
  readonly deposits: bigint;
};
export type Draft = { readonly act: Act; readonly note?: { readonly name: string; readonly text: string } };

/** Acts that name a text or a file. */
const NAMED: Readonly<Record<string, "delivery" | "reasons">> = {
  deliver: "delivery",
  acceptPart: "reasons",
  reject: "reasons",
  contest: "reasons",
};
export const names = (verb: string): boolean => verb in NAMED;
/** Whether it cannot be without one. */
export const mustName = (verb: string): boolean => verb === "deliver" || verb === "reject" || verb === "acceptPart";

export function of(asked: Asked, fields: Fields): Draft | undefined {
  const { verb, milestone } = asked;
  if (verb in NAMED) return named(asked, fields);
  switch (verb) {
    case "fund":
    case "accept":
    case "terminate": {
      const milestones = fields.milestones.length > 0 ? fields.milestones : milestone === undefined ? [] : [milestone];
      return milestones.length === 0 ? undefined : { act: { verb, milestones } };
    }
    case "rule": {
      if (fields.refuses) return { act: { verb, milestone } };
      const share = whole(fields.share);
      return share === undefined ? undefined : { act: { verb, milestone, share } };
    }
    case "report":
      return /^(0|[1-9]\d{0,37})$/.test(fields.value) ? { act: { verb, value: fields.value } } : undefined;
    case "settle":
      return settlement(asked, fields);
    case "namePayee": {
      const payee = address(fields.address);
      return payee === undefined ? undefined : { act: { verb, payee } };
    }
    case "redirect": {
      const [to, amount] = [address(fields.address), units(fields.amount, asked.scale)];
      return to === undefined || amount === undefined || amount === 0n
        ? undefined
        : { act: { verb, to, amount: String(amount) } };
    }
    case "push":
      return { act: { verb, owner: asked.of } };
    case "amend":
      return { act: { verb, by: asked.of } };
    case "open":
    case "revoke":
    case "revokeDelegate":
      return { act: { verb } };
    default:
      return milestone === undefined ? undefined : { act: { verb, milestone } };
  }
}

function named({ verb, milestone }: Asked, { text, share, file }: Fields): Draft | undefined {
  const isThere = file !== undefined && file.upload === undefined;
  const isOnItsWay = file?.upload !== undefined;
  const said = text.trim();
  if (isOnItsWay || (mustName(verb) && !isThere && said === "")) return undefined;
  const part = verb === "acceptPart" ? percent(share) : "";
  if (part === undefined) return undefined;
  const act = { verb, milestone, ...(part === "" ? {} : { share: part }) };
  // The file counts; what was written beside it is kept with it only where there is none.
  if (isThere) return { act: { ...act, evidence: file.id } };
  return said === "" ? { act } : { act, note: { name: `${NAMED[verb]}.txt`, text: said } };
}

function settlement({ scale, held, deposits }: Asked, fields: Fields): Draft | undefined {
  const [toProvider, ofDeposits] = [units(fields.toProvider, scale), units(fields.depositsToProvider, scale)];
  if (toProvider === undefined || ofDeposits === undefined || toProvider > held || ofDeposits > deposits)
    return undefined;
  return {
    act: {
      verb: "settle",
      toProvider: String(toProvider),
      toClient: String(held - toProvider),
      depositsToProvider: String(ofDeposits),
      depositsToClient: String(deposits - ofDeposits),
    },
  };
}

/** Base units of what was typed; thousands may be set apart. */
export function units(typed: string, scale: number): bigint | undefined {
  try {
    return Money.parse(typed.trim().replace(/[,，\s]/g, ""), scale);
  } catch {
    return undefined;
  }
}

/** More than nothing and less than all. */
function percent(typed: string): string | undefined {
  const number = /^(\d{1,2}(?:\.\d{1,2})?)$/.exec(typed.replace(/[%％\s]/g, ""))?.[1];
  return number === undefined || Number(number) === 0 ? undefined : `${number} %`;
}

/** As an arbitrator can give it. */
function whole(typed: string): string | undefined {
  const number = /^(\d{1,3})$/.exec(typed.replace(/[%％\s]/g, ""))?.[1];
  return number === undefined || Number(number) > 100 ? undefined : `${Number(number)} %`;
}

const address = (typed: string): string | undefined =>
  /^0x[0-9a-f]{40}$/i.test(typed.trim()) ? typed.trim().toLowerCase() : undefined;
