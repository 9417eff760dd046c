/** A chain with our contracts on it and people who have play money there: anvil, as any chain's node is reached, by its URL. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as Cast from "../../src/cli/Cast.ts";
import * as NodeStage from "../../src/cli/NodeStage.ts";
import * as Abi from "../../src/ledger/Abi.ts";
import * as Anvil from "../../src/ledger/Anvil.ts";
import * as Chain from "../../src/ledger/Chain.ts";
import type { Address } from "../../src/ledger/Ledger.ts";
import { house } from "../../src/ledger/testing/Faults.ts";
import * as Traffic from "./Traffic.ts";

export type OnChain = {
  readonly anvil: Anvil.Anvil;
  readonly place: { chainId: number; escrow: Address; token: Address };
  /** Of a node that works there, and pays with the account of that name; without one it sends nothing. */
  env(relayer?: string): Record<string, string>;
  close(): Promise<void>;
};

export const CHAIN = 31_337;
const MNEMONIC = "test test test test test test test test test test test junk";

/** @param relayers Names of accounts that pay for what nodes send. */
export async function open(relayers: readonly string[]): Promise<OnChain> {
  const folder = mkdtempSync(join(tmpdir(), "commenda-chain-"));
  const anvil = await Anvil.start({ chainId: CHAIN, genesis: Traffic.BEGIN, mnemonic: MNEMONIC });
  const ledger = await Chain.open({ url: anvil.url, folder: join(folder, "deployer"), poll: 5 });
  const deploy = async (contract: Parameters<typeof Abi.deployment>[0], args: readonly unknown[] = []) => {
    const { contract: address } = await ledger.send(house, { data: Abi.deployment(contract, args) });
    return address?.toLowerCase() as Address;
  };
  const escrow = await deploy("Escrow", [await deploy("Annex")]);
  const token = await deploy("RehearsalToken", [6]);
  const accounts = await deploy("AccountFactory");
  for (const name of ["client", "provider", ...relayers])
    await anvil.rpc("anvil_setBalance", [Cast.account(name), `0x${(10n ** 20n).toString(16)}`]);
  for (const name of ["client", "provider"]) await NodeStage.endow(ledger, token, escrow, name);
  await ledger.close();
  return {
    anvil,
    place: { chainId: CHAIN, escrow, token },
    env: (relayer) => ({
      COMMENDA_RPC_URL: anvil.url,
      COMMENDA_ESCROW: escrow,
      COMMENDA_ACCOUNTS: accounts,
      ...(relayer === undefined ? {} : { COMMENDA_RELAYER_KEY: Cast.key(relayer) }),
    }),
    async close() {
      await anvil.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
