import { expect, test } from "vitest";
import * as Bucket from "./Bucket.ts";

test("a bucket gives its burst, then as much as flows in, and each has its own", () => {
  let now = 0;
  const bucket = Bucket.open({ perSecond: 2, burst: 3 }, () => now);
  const take = (name = "a") => bucket.take(name);
  expect([take(), take(), take(), take()]).toEqual([undefined, undefined, undefined, 0.5]);
  expect(take("b")).toBeUndefined();
  now = 0.5;
  expect([take(), take()]).toEqual([undefined, 0.5]);
  now = 100;
  expect([take(), take(), take(), take()]).toEqual([undefined, undefined, undefined, 0.5]);
});

test("a million names need no more room than some", () => {
  const bucket = Bucket.open({ perSecond: 1, burst: 1 }, () => 0);
  bucket.take("kept");
  for (let k = 0; k < 19_999; k++) bucket.take(`${k}`);
  expect(bucket.take("kept")).toBe(1);
  for (let k = 0; k < 20_000; k++) bucket.take(`other ${k}`);
  expect(bucket.take("kept")).toBeUndefined();
});
