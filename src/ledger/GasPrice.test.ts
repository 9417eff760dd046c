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
