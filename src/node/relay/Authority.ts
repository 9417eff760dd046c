/** Whose signature an act needs, what exactly they sign, and whether they did. */
import { Secp256k1, Signature, TypedData } from "ox";
import { InputError, State } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import * as Auth from "../../ledger/Auth.ts";
import { Reverted } from "../../ledger/Errors.ts";
import * as Escrow from "../../ledger/Escrow.ts";
import type { Address, Hex, Ledger } from "../../ledger/Ledger.ts";
import type { Typed } from "../../ledger/Signer.ts";
import type { Place, SeatRole } from "../Call.ts";
import * as Quorum from "./Quorum.ts";
import type { Subject } from "./Subject.ts";
import type { Wanted } from "./Wanted.ts";

const { both } = InputError;

export type Authority = {
  /** Who may ask for it; empty: any seat that may sign. */
  readonly seats: readonly SeatRole[];
  /** Addresses whose signature counts; empty: it needs none. */
  readonly signers: readonly Address[];
  /** How many of them must sign. */
  readonly needed: number;
};

const NOBODY: Authority = { seats: [], signers: [], needed: 0 };

/** Throws `state-conflict` where the signers of a panel or of reports cannot be read. */
export async function of(place: Place, subject: Subject, state: State.State, wanted: Wanted): Promise<Authority> {
  const { parties, arbitration, outcome, work } = subject.agreement;
  const party = (side: "client" | "provider", delegated = false): Authority => {
    const delegate = side === "client" ? parties.clientDelegate : parties.providerDelegate;
    const active = delegated && delegate !== State.ZERO && !state.revokedDelegates.includes(delegate);
    return { seats: [side], signers: [parties[side], ...(active ? [delegate] : [])], needed: 1 };
  };
  switch (wanted.verb) {
    case "fund":
    case "terminate":
      return party("client");
    case "accept":
    case "acceptPart":
    case "reject":
      return party("client", true);
    case "deliver":
      return party("provider", true);
    case "namePayee":
      return party("provider");
    case "revoke":
    case "revokeDelegate":
    case "contest":
      return party(wanted.byClient ? "client" : "provider");
    case "answer":
      return party(State.cell(state, wanted.tranche).code === State.Code.ContestedByClient ? "provider" : "client");
    case "extend":
      return party(work.tranches[wanted.tranche]?.extender === 2 ? "provider" : "client");
    case "settle":
      return { seats: ["client", "provider"], signers: [parties.client, parties.provider], needed: 2 };
    case "redirect":
      return { seats: [], signers: [wanted.owner], needed: 1 };
    case "rule": {
      const { members, quorum } = await Quorum.at(place, "Panel", arbitration.arbitrator);
      return { seats: ["arbitrator"], signers: members, needed: quorum };
    }
    case "report": {
      const { members, quorum } = await Quorum.at(place, "SignedReports", outcome.source);
      return { seats: ["reporter"], signers: members, needed: quorum };
    }
    case "open":
    case "amend":
    case "arbitrate":
    case "claim":
    case "push":
      return NOBODY;
  }
}

/** What they sign; nothing where no signature is needed. `validUntil`: Unix seconds. */
export function typedData(place: Place, subject: Subject, wanted: Wanted, validUntil: number): Typed | undefined {
  const { parties, arbitration, outcome } = subject.agreement;
  const { chainId } = place.ledger;
  if (wanted.verb === "rule")
    return Quorum.ruling(chainId, arbitration.arbitrator, place.escrow, wanted.number, wanted.choice);
  if (wanted.verb === "report") return Quorum.report(chainId, outcome.source, subject.ledgerId, wanted.value);
  if (!Auth.isSignable(wanted.verb)) return undefined;
  const delegate =
    wanted.verb === "revokeDelegate"
      ? wanted.byClient
        ? parties.clientDelegate
        : parties.providerDelegate
      : undefined;
  const domain = Escrow.domain(place.ledger, place.escrow);
  return Auth.typedData(
    domain,
    subject.ledgerId,
    wanted as Parameters<typeof Auth.typedData>[2],
    { validUntil },
    delegate,
  );
}

/** Whether its signature ends by itself: that of a ruling or a report does not. */
export const ends = (wanted: Wanted): boolean => wanted.verb !== "rule" && wanted.verb !== "report";

/** ERC-1271: what a contract account answers to a signature of its own. */
const VALID = "0x1626ba7e";

/**
 * Which of `addresses` signed: by its key, or as a contract account. Throws `wrong-signature` where none did.
 * @param contracts Whether contract accounts are asked; a panel's members sign by key alone.
 */
export async function signerOf(
  ledger: Ledger,
  typed: Typed,
  signature: Hex,
  addresses: readonly Address[],
  contracts = true,
): Promise<Address> {
  const hash = TypedData.getSignPayload(typed as TypedData.Definition);
  const key = recover(hash, signature);
  const found = addresses.find((address) => address === key);
  if (found) return found;
  for (const address of contracts ? addresses : []) if (await accepts(ledger, address, hash, signature)) return address;
  const expected = addresses.join(", ");
  const empty = contracts && !key ? await withoutCode(ledger, addresses) : undefined;
  throw new Problem.Problem(
    "wrong-signature",
    empty
      ? both(
          `The signature is of a contract account, and there is none at ${empty} yet. Deploy the account, then send the signature again.`,
          `该签名属于合约账户，而 ${empty} 处尚无账户。请先部署账户，再提交签名。`,
        )
      : both(
          `The signature is ${key ? `of ${key}` : "no key's"}; expected ${expected}. Ask what is to be signed again, and sign exactly that.`,
          `该签名${key ? `属于 ${key}` : "不属于任何密钥"}，应为 ${expected}。请重新获取待签内容，并原样签署。`,
        ),
    { expected: addresses, ...(key ? { found: key } : {}) },
  );
}

/** Half of the order of secp256k1: of the two `s` that are good, the ledger takes the lower (EIP-2). */
const HALF = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

function recover(hash: Hex, signature: Hex): Address | undefined {
  if (signature.length !== 132) return undefined;
  try {
    const parsed = Signature.fromHex(signature);
    // In the one form that the escrow takes: another would be kept here, and refused there when it is too late.
    if (!/1[bc]$/i.test(signature) || BigInt(parsed.s) > HALF) return undefined;
    return Secp256k1.recoverAddress({ payload: hash, signature: parsed }).toLowerCase() as Address;
  } catch {
    return undefined;
  }
}

async function accepts(ledger: Ledger, account: Address, hash: Hex, signature: Hex): Promise<boolean> {
  if ((await ledger.code(account)) === "0x") return false;
  try {
    const data = isValid(hash, signature);
    return (await ledger.call({ to: account, data })).startsWith(VALID);
  } catch (error) {
    if (error instanceof Reverted) return false;
    throw error;
  }
}

/** `isValidSignature(bytes32,bytes)`. */
function isValid(hash: Hex, signature: Hex): Hex {
  const body = signature.slice(2);
  const length = (body.length / 2).toString(16).padStart(64, "0");
  const padded = body.padEnd(Math.ceil(body.length / 64) * 64, "0");
  return `${VALID}${hash.slice(2)}${(64).toString(16).padStart(64, "0")}${length}${padded}`;
}

async function withoutCode(ledger: Ledger, addresses: readonly Address[]): Promise<Address | undefined> {
  for (const address of addresses) if ((await ledger.code(address)) === "0x") return address;
  return undefined;
}
