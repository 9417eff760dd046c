import { expect, test } from "vitest";
import * as Lately from "./Lately.ts";

function scene() {
  let now = 0;
  let isGood = true;
  let looked = 0;
  const lately = Lately.open<number>(() => now);
  const look = async () => ({ value: ++looked, isGood: () => isGood });
  return {
    ask: (name = "a") => lately.of(name, look),
    lately,
    wait: (ms: number) => {
      now += ms;
    },
    spoil: () => {
      isGood = false;
    },
  };
}

test("behavior: looks once in five seconds, for each name", async () => {
  const { ask, wait } = scene();
  expect([await ask(), await ask(), await ask("b")]).toEqual([1, 1, 2]);
  wait(4_999);
  expect(await ask()).toBe(1);
  wait(1);
  expect(await ask()).toBe(3);
});

test("behavior: looks again when it is forgotten, or no longer good", async () => {
  const { ask, lately, spoil } = scene();
  await ask();
  lately.forget();
  expect([await ask(), await ask()]).toEqual([2, 2]);
  spoil();
  expect(await ask()).toBe(3);
});

test("error: what was being looked up while it was forgotten is not kept", async () => {
  const { ask, lately } = scene();
  let answer: (found: Lately.Found<number>) => void = () => {};
  const slow = lately.of("a", () => new Promise((resolve) => (answer = resolve)));
  lately.forget();
  answer({ value: 100, isGood: () => true });
  expect([await slow, await ask()]).toEqual([100, 1]);
});

test("error: what is not there is looked for each time, and a failed look is not kept", async () => {
  const { ask, lately } = scene();
  expect(await lately.of("a", async () => undefined)).toBeUndefined();
  await expect(lately.of("a", () => Promise.reject(new Error("no store")))).rejects.toThrow("no store");
  expect(await ask()).toBe(1);
});
