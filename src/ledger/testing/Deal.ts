/** Two parties with keys, a token and an agreement of three milestones on a rehearsal ledger. */
import { Hash, Hex as OxHex } from "ox";
import type { Agreement } from "../../agreement/index.ts";
import * as Abi from "../Abi.ts";
import type { Address, Hex } from "../Ledger.ts";
import * as Rehearsal from "../Rehearsal.ts";
import * as Signer from "../Signer.ts";

/** Unix seconds of block 0: 2027-03-01T00:00Z. */
export const GENESIS = 1_803_859_200;
export const DAY = 86_400;
const MINUTE_0 = GENESIS / 60;
export const ZERO: Address = "0x0000000000000000000000000000000000000000";

/** A key made of a name. */
export const keyOf = (name: string): Hex => Hash.keccak256(OxHex.fromString(`commenda test ${name}`));
export const person = (name: string): Signer.Signer => Signer.fromKey(keyOf(name));
export const hashOf = (text: string): Hex => Hash.keccak256(OxHex.fromString(text));

export type Scene = {
  ledger: Rehearsal.Rehearsal;
  token: Address;
  client: Signer.Signer;
  provider: Signer.Signer;
  platform: Address;
  /** Unix seconds of a day after block 0. */
  day(n: number): number;
  balance(owner: Address): Promise<bigint>;
  agreement(change?: Change): Agreement.Agreement;
};
type Change = Partial<Omit<Agreement.Agreement, "work">> & { work?: Partial<Agreement.Work> };

/** Milestones of 20,000, 30,000 and 50,000 (6 decimals) from days 10, 40, 70 to 40, 70, 100; review 10 days, cure 7, fee 1 %. */
export async function scene(options: Rehearsal.Options = {}): Promise<Scene> {
  const ledger = await Rehearsal.open({ genesis: GENESIS, ...options });
  const token = await ledger.deploy("RehearsalToken", [6], { at: GENESIS });
  const [client, provider] = [person("client"), person("provider")];
  const platform = person("platform").address;
  const send = (signer: Signer.Signer, name: string, args: readonly unknown[]) =>
    ledger.send(signer, { to: token, data: Abi.encode("RehearsalToken", name, args) }, { at: GENESIS });
  for (const who of [client, provider]) {
    await send(ledger.house, "mint", [who.address, 1_000_000_000_000n]);
    await send(who, "approve", [ledger.deployment.escrow, 2n ** 256n - 1n]);
  }
  const milestone = (amount: bigint, start: number, due: number): Agreement.Tranche => ({
    ...{ amount, start: MINUTE_0 + start * 1440, due: MINUTE_0 + due * 1440, review: 14_400, cure: 10_080, fundBy: 0 },
    ...{ terminable: false, terminationFee: 0n, extender: 0, extensionDays: 0, extensionPrice: 0n },
  });
  return {
    ledger,
    token,
    client,
    provider,
    platform,
    day: (n) => GENESIS + n * DAY,
    async balance(owner) {
      const data = Abi.encode("RehearsalToken", "balanceOf", [owner]);
      return Abi.decode("RehearsalToken", "balanceOf", await ledger.call({ to: token, data })) as bigint;
    },
    agreement: ({ work, ...change } = {}) => ({
      document: hashOf("document"),
      replaces: `0x${"00".repeat(32)}`,
      openBy: MINUTE_0 + 7 * 1440,
      parties: { client: client.address, provider: provider.address, clientDelegate: ZERO, providerDelegate: ZERO },
      work: {
        ...{ token, feeRecipient: platform, feeBps: 100, sequential: false, payByResult: false, pauses: [] },
        tranches: [
          milestone(20_000_000_000n, 10, 40),
          milestone(30_000_000_000n, 40, 70),
          milestone(50_000_000_000n, 70, 100),
        ],
        ...work,
      },
      arbitration: {
        ...{ arbitrator: ZERO, panel: false, deposit: 0n, answerWithin: 0, ruleWithin: 0, fallbackBps: 5_000 },
        ...{ maxCost: 0n, extraData: "0x" },
      },
      outcome: { source: ZERO, metric: 0, lines: false, defaultValue: 0n, points: [] },
      ...change,
    }),
  };
}
