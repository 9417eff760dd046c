import { expect, test } from "vitest";
import * as Cost from "./Cost.ts";

const assumed: Cost.Assumed = { minutesAlone: 6, minutesPrepared: 3, hour: 30, price: 0.5 };

test("a desk that answers nothing costs what its people cost, prepared", () => {
  const found = Cost.perThousand({ answered: 0, undone: 0, handed: 50 }, assumed);
  expect(found).toEqual({ desk: { minutes: 3_000, money: 1_500 }, people: { minutes: 6_000, money: 3_000 } });
});

test("what stays solved costs its price, what was undone a whole person", () => {
  const found = Cost.perThousand({ answered: 80, undone: 5, handed: 20 }, assumed);
  // 200 handed at 3 minutes and 50 done again at 6, of each 1,000; 750 stayed solved.
  expect(found?.desk).toEqual({ minutes: 900, money: 450 + 375 });
});

test("nothing solved, nothing said", () => {
  expect(Cost.perThousand({ answered: 0, undone: 0, handed: 0 }, assumed)).toBeUndefined();
});
