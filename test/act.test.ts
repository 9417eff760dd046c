// A deal from signing to its end with the command line and a node alone: nothing of ours runs but one command at a time,
// in a folder that holds the terms and nothing else.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Mnemonic } from "ox";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Terms, Time } from "../src/agreement/index.ts";
import * as Abi from "../src/ledger/Abi.ts";
import * as Anvil from "../src/ledger/Anvil.ts";
import * as Chain from "../src/ledger/Chain.ts";
import type { Address, Hex } from "../src/ledger/Ledger.ts";
import * as Signer from "../src/ledger/Signer.ts";

const MNEMONIC = "test test test test test test test test test test test junk";
const cli = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "commenda-act-"));
const key = (name: string): Hex => `0x${Buffer.from(name.padEnd(32, ".")).toString("hex")}`;
const [client, provider] = [Signer.fromKey(key("client")), Signer.fromKey(key("provider"))];
const START = Time.parse("2027-01-05T09:00Z") * 60;
let node: Anvil.Anvil;
let token: Address;

beforeAll(async () => {
  node = await Anvil.start({ chainId: 31_337, genesis: START, mnemonic: MNEMONIC });
  const house = Signer.fromKey(Mnemonic.toPrivateKey(MNEMONIC, { as: "Hex" }));
  const setup = mkdtempSync(join(tmpdir(), "commenda-setup-"));
  const ledger = await Chain.open({ url: node.url, folder: setup, poll: 20 });
  const deploy = async (name: Parameters<typeof Abi.deployment>[0], args: readonly unknown[] = []) =>
    (await ledger.send(house, { data: Abi.deployment(name, args) })).contract as Address;
  const escrow = await deploy("Escrow", [await deploy("Annex")]);
  token = await deploy("RehearsalToken", [6]);
  for (const who of [client, provider]) {
    await node.rpc("anvil_setBalance", [who.address, "0xde0b6b3a7640000"]);
    await ledger.send(house, { to: token, data: Abi.encode("RehearsalToken", "mint", [who.address, 10n ** 12n]) });
    await ledger.send(who, { to: token, data: Abi.encode("RehearsalToken", "approve", [escrow, 2n ** 255n]) });
  }
  await ledger.close();
  rmSync(setup, { recursive: true, force: true });

  const { parties, ...rest } = Terms.example();
  const { delegate: _, ...own } = parties.provider;
  const terms = Terms.parse({
    ...rest,
    parties: {
      client: { ...parties.client, address: client.address },
      provider: { ...own, address: provider.address },
    },
    registrar: { kind: "chain", chainId: 31_337, escrow },
    currency: { ...rest.currency, token },
  });
  writeFileSync(join(folder, "terms.json"), JSON.stringify(terms));
  writeFileSync(join(folder, "design.zip"), "drawings");
  writeFileSync(join(folder, "reasons.txt"), "the basket loses what was put into it");
});
afterAll(async () => {
  await node.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Ran = { code: number; out: string; err: string };

function commenda(who: string | undefined, args: readonly string[]): Promise<Ran> {
  const env = { PATH: process.env.PATH ?? "", HOME: folder, LANG: "en_GB.UTF-8", COMMENDA_RPC_URL: node.url };
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: folder,
    env: { ...env, ...(who === undefined ? {} : { COMMENDA_KEY: key(who) }) },
  });
  const ran: Ran = { code: -1, out: "", err: "" };
  child.stdout.on("data", (text) => {
    ran.out += text;
  });
  child.stderr.on("data", (text) => {
    ran.err += text;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ ...ran, code: code ?? -1 })));
}
const act = (who: string, verb: string, ...args: string[]) =>
  commenda(who, ["act", verb, "--terms", "terms.json", ...args]);
const until = async (time: string) => {
  await node.rpc("evm_setNextBlockTimestamp", [Time.parse(time) * 60]);
  await node.rpc("evm_mine");
};
const balance = async (who: Address) => {
  const data = Abi.encode("RehearsalToken", "balanceOf", [who]);
  const answer = (await node.rpc("eth_call", [{ to: token, data }, "latest"])) as Hex;
  return Abi.decode("RehearsalToken", "balanceOf", answer) as bigint;
};

test("behavior: signed, opened, delivered, accepted by a relayed signature, refused, claimed", {
  timeout: 120_000,
}, async () => {
  const signed = await commenda("provider", ["terms", "sign", "terms.json", "--out", "provider.json"]);
  expect(signed).toMatchObject({ code: 0 });
  expect(await act("client", "open", "--provider-signature", "provider.json")).toMatchObject({ code: 0 });
  expect(await act("client", "open", "--provider-signature", "provider.json")).toMatchObject({ code: 2 });

  await until("2027-01-28T09:00Z");
  const delivered = await act("provider", "deliver", "--milestone", "design", "--file", "design.zip");
  expect(delivered).toMatchObject({ code: 0 });
  expect(delivered.err).toContain("Keep design.zip, and terms.evidence.json with its salt 0x");

  const early = await act("provider", "claim", "--milestone", "design");
  expect(early.code).toBe(2);
  expect(early.err).toContain("TooEarly");
  expect(early.err).toContain("allowed from 2027-02-02T09:0");
  expect(early.err).not.toContain("    at ");

  const only = await act("client", "accept", "--milestone", "design", "--only-sign");
  writeFileSync(join(folder, "accepted.json"), only.out);
  const before = await balance(provider.address);
  const relayed = await act("provider", "accept", "--signed", "accepted.json");
  expect(relayed.err).toBe("");
  expect((await balance(provider.address)) - before).toBe(19_800_000_000n);

  await until("2027-04-01T09:00Z");
  await act("provider", "deliver", "--milestone", "2", "--file", "design.zip");
  const rejected = await act("client", "reject", "--milestone", "build", "--reasons", "reasons.txt", "--lang", "zh");
  expect(rejected.out).toContain("已完成");
  await until("2027-04-05T09:00Z");
  expect(await act("provider", "deliver", "--milestone", "build", "--file", "design.zip")).toMatchObject({ code: 0 });
  await until("2027-04-20T09:00Z");
  expect(await act("provider", "claim", "--milestone", "build")).toMatchObject({ code: 0 });
  // What the client never funded lapses for its termination fees.
  expect(await act("provider", "claim", "--milestone", "launch")).toMatchObject({ code: 0 });
  const last = await act("provider", "claim", "--milestone", "outcome", "--json");
  expect(JSON.parse(last.out).facts.map(({ kind }: { kind: string }) => kind)).toEqual(["paid", "closed"]);

  const watched = await commenda(undefined, ["watch", "--terms", "terms.json", "--once"]);
  expect(watched.code).toBe(0);
  expect(watched.out).toContain("It has ended.");
  expect(await commenda(undefined, ["pack", "--terms", "terms.json", "--out", "pack.json"])).toMatchObject({ code: 0 });
  const offline = await commenda(undefined, ["verify", "pack.json", "--json"]);
  expect(JSON.parse(offline.out).good).toBe(true);
  // The files of two deliveries, of one again, and of one rejection, by the list that the acts wrote.
  expect(offline.out.match(/"name": "evidence\.\d"/g)).toHaveLength(4);
  expect(offline.out).not.toContain("commitment.");
  const pack = readFileSync(join(folder, "pack.json"), "utf8");
  writeFileSync(join(folder, "forged.json"), pack.replace("Qinghe Tea", "Qinghe Rice"));
  const forged = await commenda(undefined, ["verify", "forged.json"]);
  expect(forged.code).toBeGreaterThan(0);
  expect(forged.out + forged.err).toContain("✗");
  expect(watched.out.trim().split("\n").length).toBeGreaterThan(10);
});

test("error: a wrong key, a wrong chain, a node that is down, changed terms: nothing is sent, nothing is left", {
  timeout: 60_000,
}, async () => {
  const block = await node.rpc("eth_blockNumber");
  const files = readdirSync(folder).sort();
  const stranger = await act("stranger", "deliver", "--milestone", "design", "--file", "design.zip");
  expect(stranger).toMatchObject({ code: 2 });
  expect(stranger.err).toContain("NotAuthorised");
  const down = await act("client", "accept", "--milestone", "design", "--rpc", "http://127.0.0.1:9");
  expect(down.err).toContain("does not answer");
  const terms = JSON.parse(readFileSync(join(folder, "terms.json"), "utf8"));
  const other = join(folder, "other.json");
  writeFileSync(other, JSON.stringify({ ...terms, registrar: { ...terms.registrar, chainId: 5 } }));
  expect((await act("client", "accept", "--milestone", "design", "--terms", other)).err).toContain("chain 5");
  const milestones = terms.milestones.map((one: object, k: number) => (k === 0 ? { ...one, review: "6 days" } : one));
  writeFileSync(other, JSON.stringify({ ...terms, milestones }));
  expect((await act("client", "accept", "--milestone", "design", "--terms", other)).err).toContain("NotOpen");
  rmSync(other);
  expect(await commenda("client", ["act", "deliver", "--terms", "terms.json", "--milestone", "desing"])).toMatchObject({
    code: 2,
  });
  expect(await node.rpc("eth_blockNumber")).toBe(block);
  expect(readdirSync(folder).sort()).toEqual(files);
  expect(existsSync(join(folder, ".commenda"))).toBe(true);
});
