/**
 * Makes a token of a rehearsal refuse payments to some accounts, as tokens with a list do. The rehearsal's node puts a few
 * instructions in front of the token's own code, which is then called as before; storage and events stay the token's.
 */
import { Hex as OxHex } from "ox";
import type { Agreement } from "../agreement/index.ts";
import type { Ledger } from "../ledger/Ledger.ts";

type Address = Agreement.Address;
type Hex = Agreement.Hex;

/** Where the token's own code is kept meanwhile. */
const KEPT: Address = "0x000000000000000000000000000000000000c0de";
/** `transfer(address,uint256)` */
const TRANSFER = "a9059cbb";

export type Veto = { set(account: Address, refused: boolean): Promise<void> };

/** Of a rehearsal ledger in memory: no journal knows of it. */
export function of(ledger: Pick<Ledger, "rpc" | "code">, token: Address): Veto {
  const refused = new Set<Address>();
  let own: Hex | undefined;
  const put = (address: Address, code: Hex) => ledger.rpc("anvil_setCode", [address, code]);
  return {
    async set(account, isRefused) {
      if (own === undefined) {
        own = await ledger.code(token);
        await put(KEPT, own);
      }
      if (isRefused) refused.add(account);
      else refused.delete(account);
      await put(token, refused.size === 0 ? own : guard([...refused]));
    },
  };
}

/** Reverts a `transfer` to one of these accounts, and passes everything else on by delegatecall. */
function guard(accounts: readonly Address[]): Hex {
  const two = (value: number) => value.toString(16).padStart(4, "0");
  // PUSH1 0 CALLDATALOAD PUSH1 e0 SHR PUSH4 selector EQ ISZERO PUSH2 pass JUMPI
  const head = (pass: number) => `60003560e01c63${TRANSFER}1415 61${two(pass)} 57`;
  // PUSH1 4 CALLDATALOAD PUSH20 account EQ PUSH2 fail JUMPI
  const test = (account: Address, fail: number) => `600435 73${account.slice(2)} 14 61${two(fail)} 57`;
  // JUMPDEST, calldata to memory, DELEGATECALL with all gas, its answer to memory, PUSH2 ok JUMPI, REVERT with the answer
  const pass = (ok: number) =>
    `5b 36 6000 6000 37 6000 6000 36 6000 73${KEPT.slice(2)} 5a f4 3d 6000 6000 3e 61${two(ok)} 57 3d 6000 fd`;
  const end = "5b 3d 6000 f3 5b 6000 6000 fd";
  const size = (code: string) => code.replaceAll(" ", "").length / 2;
  const tests = accounts.map((account) => test(account, 0)).join("");
  const passAt = size(head(0)) + size(tests);
  const okAt = passAt + size(pass(0));
  const failAt = okAt + size("5b 3d 6000 f3");
  const code = [head(passAt), ...accounts.map((account) => test(account, failAt)), pass(okAt), end].join("");
  return OxHex.from(`0x${code.replaceAll(" ", "")}`);
}
