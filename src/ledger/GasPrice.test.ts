import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FeeAboveCap, NodeRefused } from "./Errors.ts";
import * as GasPrice from "./GasPrice.ts";

const price = (maxFeePerGas: bigint, maxPriorityFeePerGas: bigint) => ({ maxFeePerGas, maxPriorityFeePerGas });

describe("a price of gas", () => {
  test("behavior: twice the base fee and the tip, within the cap", () => {
    expect(GasPrice.from(100n, 3n)).toEqual(price(203n, 3n));
    expect(GasPrice.from(100n, 3n, 150n)).toEqual(price(150n, 3n));
    expect(GasPrice.from(0n, 1_000n, 0n)).toEqual(price(0n, 0n));
  });

  test("error: a base fee above the cap", () => {
    expect(() => GasPrice.from(101n, 0n, 100n)).toThrow(FeeAboveCap);
  });

  test("behavior: the median of recent tips, where the node names none", async () => {
    const rpc = async (method: string) => {
      if (method === "eth_feeHistory") return { baseFeePerGas: ["0xa", "0x14"], reward: [["0x1"], ["0x9"], ["0x5"]] };
      throw new NodeRefused(method, -32601, "the method does not exist");
    };
    expect(await GasPrice.ask(rpc)).toEqual(price(45n, 5n));
  });

  test("behavior: a replacement is an eighth higher, and follows the chain", () => {
    expect(GasPrice.raise(price(800n, 80n), price(1n, 1n))).toEqual(price(900n, 90n));
    expect(GasPrice.raise(price(801n, 81n), price(1n, 1n))).toEqual(price(902n, 92n));
    expect(GasPrice.raise(price(800n, 80n), price(5_000n, 500n))).toEqual(price(5_000n, 500n));
    expect(GasPrice.raise(price(800n, 80n), price(5_000n, 500n), 1_000n)).toEqual(price(1_000n, 500n));
    expect(GasPrice.raise(price(0n, 0n), price(0n, 0n))).toEqual(price(1n, 1n));
    expect(GasPrice.raise(price(800n, 80n), price(1n, 1n), 899n)).toBeUndefined();
  });

  test("behavior: without a cap the base fee counts as it is, and no tip is above 500 gwei", () => {
    const most = 500_000_000_000n;
    expect(GasPrice.from(10n ** 15n, 10n ** 18n)).toEqual(price(2n * 10n ** 15n + most, most));
    expect(GasPrice.from(1n, 10n ** 18n, 10n ** 17n)).toEqual(price(10n ** 17n, 10n ** 17n));
    expect(GasPrice.raise(price(most, 444_444_444_444n), price(0n, 0n))?.maxPriorityFeePerGas).toBe(most);
    expect(GasPrice.raise(price(most, 444_444_444_445n), price(0n, 0n))).toBeUndefined();
  });

  test("behavior: a node that suggests what we paid last does not lead us on", async () => {
    let paid = price(0n, 10n ** 9n);
    const rpc = async (method: string) =>
      method === "eth_feeHistory" ? { baseFeePerGas: ["0x7"] } : `0x${paid.maxPriorityFeePerGas.toString(16)}`;
    for (let k = 0; k < 1_000; k++) {
      const asked = await GasPrice.ask(rpc);
      paid = GasPrice.raise(asked, asked) ?? asked;
    }
    expect(paid.maxPriorityFeePerGas).toBeGreaterThan(400_000_000_000n);
    expect(paid.maxPriorityFeePerGas).toBeLessThanOrEqual(500_000_000_000n);
  });

  test("behavior: any replacement is at least 12.5 % higher in both parts, and never above the cap", () => {
    const wei = fc.bigInt(0n, 10n ** 15n);
    fc.assert(
      fc.property(wei, wei, wei, wei, wei, (max, tip, nowMax, nowTip, cap) => {
        const old = price(max, tip < max ? tip : max);
        const raised = GasPrice.raise(old, price(nowMax, nowTip < nowMax ? nowTip : nowMax), cap);
        if (!raised) expect(max + max / 8n + 1n).toBeGreaterThan(cap);
        if (!raised) return;
        expect(raised.maxFeePerGas * 8n).toBeGreaterThanOrEqual(old.maxFeePerGas * 9n);
        expect(raised.maxPriorityFeePerGas * 8n).toBeGreaterThanOrEqual(old.maxPriorityFeePerGas * 9n);
        expect(raised.maxFeePerGas).toBeLessThanOrEqual(cap);
        expect(raised.maxPriorityFeePerGas).toBeLessThanOrEqual(raised.maxFeePerGas);
      }),
    );
  });
});
