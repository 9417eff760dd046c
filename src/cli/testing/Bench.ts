/** The example's terms between two keys on a plain chain, and the commands run against it, for tests of them. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Mnemonic } from "ox";
import { Terms, Time } from "../../agreement/index.ts";
import * as Abi from "../../ledger/Abi.ts";
import * as Anvil from "../../ledger/Anvil.ts";
import * as Chain from "../../ledger/Chain.ts";
import * as Escrow from "../../ledger/Escrow.ts";
import type { Address, Hex } from "../../ledger/Ledger.ts";
import * as Signer from "../../ledger/Signer.ts";
import * as Cli from "../Cli.ts";
import type { Command, Context } from "../Command.ts";
import { terminal } from "./Terminal.ts";

const MNEMONIC = "test test test test test test test test test test test junk";
const CHAIN = 31_337;

/** The key of somebody. */
export const key = (name: string): Hex => `0x${Buffer.from(name.padEnd(32, ".")).toString("hex")}`;

export type Ran = { readonly code: number; readonly out: string; readonly err: string };

export type Bench = {
  readonly node: Anvil.Anvil;
  readonly terms: Terms.Terms;
  /** The terms as a file. */
  readonly file: string;
  /** Path of a file in the bench's folder. */
  path(name: string): string;
  /** Writes a file there. @returns its path. */
  write(name: string, content: string): string;
  read(name: string): string;
  /** A command line by somebody whose key is in the environment, or by nobody. Each has a folder of sent acts. */
  run(who: string | undefined, args: readonly string[], context?: Partial<Context>): Promise<Ran>;
  /** `commenda act`, with the bench's terms. */
  act(who: string, ...args: string[]): Promise<Ran>;
  /** The chain's clock, no earlier than this minute. */
  until(time: string): Promise<void>;
  /** Number of the last block: the same before and after where nothing was sent. */
  block(): Promise<number>;
  balance(who: string): Promise<bigint>;
  /** Both sign; the client opens it. */
  open(): Promise<void>;
  close(): Promise<void>;
};

/** A command line of its own, where there is nothing to act on. */
export async function run(
  commands: readonly Command[],
  args: readonly string[],
  context: Partial<Context> = {},
): Promise<Ran> {
  const seen = terminal(context);
  const code = await Cli.run(args, commands, seen.context);
  return { code, out: seen.out(), err: seen.err() };
}

const people = ["client", "provider", "stranger"];

/** @param change What the terms have otherwise than the example. */
export async function open(
  commands: readonly Command[],
  change: (terms: Terms.Terms) => Terms.Terms = (terms) => terms,
): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), "commenda-bench-"));
  const genesis = Time.parse("2027-01-05T09:00Z") * 60;
  const node = await Anvil.start({ chainId: CHAIN, genesis, mnemonic: MNEMONIC });
  const house = Signer.fromKey(Mnemonic.toPrivateKey(MNEMONIC, { as: "Hex" }));
  const ledger = await Chain.open({ url: node.url, folder: join(folder, "house"), poll: 5 });
  const deploy = async (name: Parameters<typeof Abi.deployment>[0], args: readonly unknown[] = []) =>
    (await ledger.send(house, { data: Abi.deployment(name, args) })).contract as Address;
  const escrow = await deploy("Escrow", [await deploy("Annex")]);
  const token = await deploy("RehearsalToken", [6]);
  for (const name of people) {
    const who = Signer.fromKey(key(name));
    await node.rpc("anvil_setBalance", [who.address, "0xde0b6b3a7640000"]);
    await ledger.send(house, { to: token, data: Abi.encode("RehearsalToken", "mint", [who.address, 10n ** 12n]) });
    await ledger.send(who, { to: token, data: Abi.encode("RehearsalToken", "approve", [escrow, 2n ** 255n]) });
  }
  await ledger.close();

  const address = (name: string) => Signer.fromKey(key(name)).address;
  const { parties, ...rest } = Terms.example();
  const { delegate: _, ...own } = parties.provider;
  const terms = Terms.parse(
    change({
      ...rest,
      parties: {
        client: { ...parties.client, address: address("client") },
        provider: { ...own, address: address("provider") },
      },
      registrar: { kind: "chain", chainId: CHAIN, escrow },
      currency: { ...rest.currency, token },
    }),
  );
  const path = (name: string) => join(folder, name);
  const write = (name: string, content: string) => {
    writeFileSync(path(name), content);
    return path(name);
  };
  const file = write("terms.json", JSON.stringify(terms));

  const by: Bench["run"] = (who, args, context = {}) => {
    const env = { COMMENDA_RPC_URL: node.url, ...(who === undefined ? {} : { COMMENDA_KEY: key(who) }) };
    const random = () => `0x${randomBytes(32).toString("hex")}`;
    const kept = args[0] === "act" && !args.includes("--folder") ? ["--folder", path(`acts of ${who}`)] : [];
    return run(commands, [...args, ...kept], { random, ...context, env: { ...env, ...context.env } });
  };
  return {
    ...{ node, terms, file, path, write, run: by },
    read: (name) => readFileSync(path(name), "utf8"),
    act: (who, verb, ...args) => by(who, ["act", ...(verb === undefined ? [] : [verb]), "--terms", file, ...args]),
    async until(time) {
      await node.rpc("evm_setNextBlockTimestamp", [Time.parse(time) * 60]);
      await node.rpc("evm_mine");
    },
    block: async () => Number(await node.rpc("eth_blockNumber")),
    async balance(who) {
      const data = Abi.encode("RehearsalToken", "balanceOf", [address(who)]);
      const answer = (await node.rpc("eth_call", [{ to: token, data }, "latest"])) as Hex;
      return Abi.decode("RehearsalToken", "balanceOf", answer) as bigint;
    },
    async open() {
      const chain = await Chain.open({ url: node.url, folder: path("acts of client"), poll: 5 });
      try {
        const subject = { escrow, agreement: Terms.toAgreement(terms) };
        const providerSignature = await Escrow.signTerms(chain, subject, Signer.fromKey(key("provider")));
        await Escrow.act(
          chain,
          subject,
          { verb: "open", providerSignature },
          { sender: Signer.fromKey(key("client")) },
        );
      } finally {
        await chain.close();
      }
    },
    async close() {
      await node.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
