/** Contracts that ask for the signatures of several people: a panel's ruling, signed reports of an outcome. */
import { AbiParameters } from "ox";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import * as Abi from "../../ledger/Abi.ts";
import type { Address, Hex, Ledger, Log } from "../../ledger/Ledger.ts";
import type { Typed } from "../../ledger/Signer.ts";
import type { Place } from "../Call.ts";

const { both } = InputError;

/** `members` ascending, as the contract wants them. */
export type Quorum = { readonly address: Address; readonly members: readonly Address[]; readonly quorum: number };
type Kind = "Panel" | "SignedReports";

const known = new WeakMap<Ledger, Map<Address, Quorum>>();

/** Who signs at a contract of ours, by the event of its creation. Throws `state-conflict` where it is none of ours. */
export async function at(
  { ledger, firstBlock = 0 }: Pick<Place, "ledger" | "firstBlock">,
  kind: Kind,
  address: Address,
): Promise<Quorum> {
  const cache = known.get(ledger) ?? new Map<Address, Quorum>();
  known.set(ledger, cache);
  const kept = cache.get(address);
  if (kept) return kept;
  const { number } = await ledger.head();
  const logs = async (from: number, to: number) => (from > to ? [] : ledger.logs({ address: [address], from, to }));
  const created = (found: readonly Log[]) => found.map((log) => Abi.event(kind, log)).find(isCreated);
  // It may be older than the escrow, but seldom is: far fewer blocks are looked through.
  const event = created(await logs(firstBlock, number)) ?? created(await logs(0, firstBlock - 1));
  if (event) {
    const list = Object.values(event.args)[0] as readonly Address[];
    const members = list.map((one) => one.toLowerCase() as Address);
    const found = { address, members, quorum: Number(event.args.quorum) };
    cache.set(address, found);
    return found;
  }
  throw new Problem.Problem(
    "state-conflict",
    both(
      `The contract at ${address} is none whose signers this node can read. Let them send to it themselves.`,
      `${address} 处的合约不属于本节点可读取签名人的类型。请由其自行发送。`,
    ),
  );
}

const isCreated = (event: ReturnType<typeof Abi.event>) => event?.name === "Created";

/** What a member of the panel signs. `choice`: 1 to 101 for 0 % to 100 % to the provider, 0 refuses to rule. */
export const ruling = (chainId: number, panel: Address, arbitrable: Address, number: bigint, choice: bigint): Typed =>
  named("Commenda Panel", chainId, panel, "Ruling", "address arbitrable,uint256 number,uint256 choice", {
    ...{ arbitrable, number, choice },
  });

/** What a reporter signs. */
export const report = (chainId: number, source: Address, agreement: Hex, value: bigint): Typed =>
  named("Commenda Reports", chainId, source, "Report", "bytes32 agreement,uint256 value", { agreement, value });

/** One signature a member in their order, empty for those who have not signed. */
export const inOrder = ({ members }: Quorum, parts: Readonly<Record<string, string>>): readonly Hex[] =>
  members.map((member) => (parts[member] ?? "0x") as Hex);

/** The proof of a report. */
export const proof = (quorum: Quorum, parts: Readonly<Record<string, string>>): Hex =>
  AbiParameters.encode(AbiParameters.from("address[], bytes[]"), [quorum.members, inOrder(quorum, parts)]);

function named(
  name: string,
  chainId: number,
  verifyingContract: Address,
  primaryType: string,
  fields: string,
  message: Record<string, unknown>,
): Typed {
  const list = fields.split(",").map((field) => {
    const [type = "", label = ""] = field.split(" ");
    return { type, name: label };
  });
  return {
    domain: { name, version: "1", chainId, verifyingContract },
    types: { [primaryType]: list },
    primaryType,
    message,
  };
}
