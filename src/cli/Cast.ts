/**
 * Stand-ins: accounts that play the parts in a rehearsal, and fill what a draft does not name yet. Their keys follow from
 * their names and are known to everyone: never send anything of worth to them.
 */
import { Hash, Address as OxAddress, Hex as OxHex, Secp256k1 } from "ox";
import type { Agreement, InputError } from "../agreement/index.ts";

type Address = Agreement.Address;
type Hex = Agreement.Hex;

/** Where the parts of a deal stand on one ledger. */
export type Cast = {
  readonly chainId: number;
  readonly escrow: Address;
  readonly token: Address;
  /** Of the panel, or of the ERC-792 arbitrator. */
  readonly arbitrator: Address;
  /** Checks what the reporters attest. */
  readonly source: Address;
};

/** The key of a stand-in. */
export function key(name: string): Hex {
  return Hash.keccak256(OxHex.fromString(`Commenda rehearsal: ${name}`));
}

const known = new Map<string, Address>();
const names = new Map<Address, string>();

/** The account of a stand-in, lower case. */
export function account(name: string): Address {
  const found = known.get(name);
  if (found) return found;
  const address = OxAddress.fromPublicKey(Secp256k1.getPublicKey({ privateKey: key(name) }), { checksum: false });
  known.set(name, address);
  names.set(address, name);
  return address;
}

/** Lets somebody with an account of their own play a part: its key is then not known to everyone. */
export function appoint(name: string, address: Address): void {
  known.set(name, address);
  names.set(address, name);
}

/** The name of a stand-in that was asked for before. */
export const nameOf = (address: Address): string | undefined => names.get(address);

const calls = new Map<string, InputError.Words>();

/** How a stand-in of this name is called in either language. */
export function call(name: string, words: InputError.Words): void {
  calls.set(name, words);
}

export const callOf = (name: string): InputError.Words | undefined => calls.get(name);

/** Who carries out claims and relays what others signed. */
export const ANYONE = "anyone";
export const panelist = (index: number): string => `panel member ${index + 1}`;
export const reporter = (index: number): string => `reporter ${index + 1}`;

/** Addresses of so many stand-ins, ascending, as panels and sources want them; with their names. */
export function ascending(
  count: number,
  name: (index: number) => string,
): readonly { name: string; address: Address }[] {
  const all = Array.from({ length: count }, (_, index) => ({ name: name(index), address: account(name(index)) }));
  return all.toSorted((one, other) => (BigInt(one.address) < BigInt(other.address) ? -1 : 1));
}

/** The chain of rehearsals, as anvil numbers it. */
export const CHAIN_ID = 31_337;

/** Stand-ins for contracts too, where no ledger runs. */
export const PAPER: Cast = {
  chainId: CHAIN_ID,
  escrow: account("escrow"),
  token: account("token"),
  arbitrator: account("arbitrator"),
  source: account("source"),
};
