/** A wallet of the browser, by EIP-1193: it shows what it signs, and the key never leaves it. */
import { Hex as OxHex } from "ox";

export type Hex = `0x${string}`;
export type Address = `0x${string}`;

type Provider = { request(asked: { method: string; params?: readonly unknown[] }): Promise<unknown> };
declare global {
  interface Window {
    ethereum?: Provider;
  }
}

export class NoWallet extends Error {
  override readonly name = "NoWallet";
}
export class OtherAccount extends Error {
  override readonly name = "OtherAccount";
  readonly expected: Address;
  constructor(expected: Address) {
    super(`the wallet does not have ${expected}`);
    this.expected = expected;
  }
}

function provider(): Provider {
  if (!window.ethereum) throw new NoWallet("no wallet in this browser");
  return window.ethereum;
}

/** The account that its owner chose, in lower case. */
export async function connect(): Promise<Address> {
  const accounts = (await provider().request({ method: "eth_requestAccounts" })) as readonly string[];
  const [first] = accounts;
  if (!first) throw new NoWallet("the wallet has no account");
  return first.toLowerCase() as Address;
}

/** EIP-191. */
export async function signText(address: Address, text: string): Promise<Hex> {
  return (await provider().request({ method: "personal_sign", params: [OxHex.fromString(text), address] })) as Hex;
}

/** EIP-712; `typed` as the node gave it. Throws `OtherAccount` where the wallet has another one chosen. */
export async function signTyped(address: Address, typed: unknown): Promise<Hex> {
  const accounts = (await provider().request({ method: "eth_requestAccounts" })) as readonly string[];
  if (!accounts.some((one) => one.toLowerCase() === address)) throw new OtherAccount(address);
  return (await provider().request({
    method: "eth_signTypedData_v4",
    params: [address, JSON.stringify(typed)],
  })) as Hex;
}
