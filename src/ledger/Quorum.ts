/**
 * Contracts in which some of several people decide together: the included panel of arbitrators, and reporters of an
 * outcome. They have no owner and nothing to set, so the same people with the same quorum share one, at an address that
 * follows from them: terms can name it before it is there.
 */
import { ContractAddress, Hex as OxHex } from "ox";
import { InputError } from "../agreement/index.ts";
import * as Abi from "./Abi.ts";
import { Reverted } from "./Errors.ts";
import type { Address, Hex, Ledger, Transaction } from "./Ledger.ts";
import type { Signer } from "./Signer.ts";

const { both } = InputError;

export type Kind = "Panel" | "SignedReports";

/** `members`: of wallets; their order is no matter. `votes`: how many of them decide. */
export type Plan = { readonly kind: Kind; readonly members: readonly Address[]; readonly votes: number };

/** Members that could never decide together. */
export class BadQuorum extends InputError.InputError {
  constructor(place: InputError.Place, expected: InputError.Words) {
    super("BadQuorum", place, {
      title: both("these people could never decide", "这些成员将无法作出决定"),
      expected,
      fix: both("Correct the members or how many of them decide", "请更正成员或所需票数"),
    });
  }
}

/** The contract's own bound. */
const MOST = 255;

/** Creates contracts at addresses that follow from their code; at the same address on nearly every chain, anvil's too. */
export const DEPLOYER: Address = "0x4e59b44847b379578588920ca78fbf26c0b4956c";
const SALT: Hex = `0x${"00".repeat(32)}`;

/** Members as the contract wants them: lower case, ascending. Throws `BadQuorum`. */
export function ordered({ members, votes }: Pick<Plan, "members" | "votes">): readonly Address[] {
  const list = members.map((member) => member.toLowerCase() as Address).sort();
  if (list.length === 0 || list.length > MOST || new Set(list).size < list.length || /^0x0{40}$/.test(list[0] ?? "")) {
    const expected = both(`1 to ${MOST} wallets that differ`, ` 1 至 ${MOST} 个互不相同的钱包`);
    throw new BadQuorum({ field: "members", found: members.length }, expected);
  }
  if (!Number.isInteger(votes) || votes < 1 || votes > list.length)
    throw new BadQuorum({ field: "votes", found: votes }, both(`1 to ${list.length}`, ` 1 至 ${list.length}`));
  return list;
}

const codeOf = (plan: Plan): Hex => Abi.deployment(plan.kind, [ordered(plan), BigInt(plan.votes)]);

/** Where it is or will be, on a chain that has the deployer. Throws `BadQuorum`. */
export const address = (plan: Plan): Address =>
  ContractAddress.fromCreate2({ from: DEPLOYER, salt: SALT, bytecode: codeOf(plan) }).toLowerCase() as Address;

/** Creates it, for anyone to send, on a chain that has the deployer. */
export const deploy = (plan: Plan): Transaction => ({ to: DEPLOYER, data: OxHex.concat(SALT, codeOf(plan)) });

/** Whether addresses can be known beforehand on this chain. */
export const isForeseen = async ({ code }: Pick<Ledger, "code">): Promise<boolean> => (await code(DEPLOYER)) !== "0x";

/**
 * Sees to it that it is there. Where the chain has no deployer, a fresh one is made.
 * `at`: Unix seconds, of a rehearsal. Throws `BadQuorum`, `Reverted`.
 */
export async function place(
  ledger: Ledger,
  payer: Signer,
  plan: Plan,
  options: { at?: number } = {},
): Promise<Address> {
  if (!(await isForeseen(ledger))) {
    const receipt = await ledger.send(payer, { data: codeOf(plan) }, options);
    if (!receipt.ok || !receipt.contract) throw new Reverted("0x");
    return receipt.contract.toLowerCase() as Address;
  }
  const found = address(plan);
  if ((await ledger.code(found)) !== "0x") return found;
  await ledger.send(payer, deploy(plan), options);
  // Refused it may have been because somebody else was faster.
  if ((await ledger.code(found)) === "0x") throw new Reverted("0x");
  return found;
}
