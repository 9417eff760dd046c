import { expect, test } from "vitest";
import * as Settlement from "./Settlement.ts";

const about: Settlement.About = {
  agreement: "a",
  client: "shop",
  provider: "ada",
  skills: ["react"],
  held: "token",
  currency: { code: "CNY", scale: 6 },
  target: 50_000n,
};
const yuan = (amount: number) => BigInt(amount) * 1_000_000n;
const paid = (amount: number, cause = "Acceptance", onTime = true): Settlement.Moved => ({
  ...{ kind: "paid", at: 10, cause, amount: yuan(amount), onTime, disputed: false },
});
const back = (amount: number, cause: string): Settlement.Moved => ({
  ...{ kind: "refunded", at: 20, cause, amount: yuan(amount) },
});
const read = (...moved: Settlement.Moved[]) => Settlement.read(about, moved);

test("behavior: payouts and refunds alone tell what was kept", () => {
  expect(read()).toBeUndefined();
  expect(read({ kind: "outcomeSettled", at: 1, value: 1n })).toBeUndefined();
  expect(read(paid(20_000), paid(10_000, "Silence"))).toMatchObject({
    ...{ value: 3_000_000n, lost: 0n, onTime: true, dispute: "none", at: 10 },
  });
  expect(read(paid(20_000, "Acceptance", false))).toMatchObject({ onTime: false });
  expect(read(paid(20_000), back(10_000, "Deadline"))).toMatchObject({ lost: 1_000_000n, onTime: false, at: 20 });
  // What a client ended, left unfunded or both settled is not the provider's failure.
  for (const cause of ["Termination", "Lapse", "Settlement", "Outcome", "ChangeOrder"])
    expect(read(paid(20_000), back(10_000, cause))).toMatchObject({ lost: 0n, onTime: true });
  expect(read(paid(10_000, "Ruling"))).toMatchObject({ dispute: "won" });
  expect(read(back(10_000, "Ruling"))).toMatchObject({ dispute: "lost", value: 0n, lost: 1_000_000n });
  expect(read(paid(5_000, "Fallback"), back(5_000, "Fallback"))).toMatchObject({ dispute: "split" });
  expect(read(paid(1), { kind: "outcomeSettled", at: 3, value: 45_000n })).toMatchObject({ outcome: 9_000 });
  expect(read(paid(1), { kind: "outcomeSettled", at: 3, value: 10n ** 30n })).toMatchObject({ outcome: 100_000 });
});
