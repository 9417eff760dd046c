import { expect, test } from "vitest";
import * as Criterion from "./Criterion.ts";
import * as Example from "./Example.ts";
import * as Milestone from "./Milestone.ts";
import * as Option from "./Option.ts";

const { milestones, criteria, options } = Example.terms();
const [design] = milestones as [Milestone.Milestone];

test("behavior: amount = net + tax - withholding", () => {
  const withheld = { ...design, amount: "19500", withholding: "500" };
  expect([Milestone.checkAmounts(design, 6, "m"), Milestone.checkAmounts(withheld, 6, "m")]).toEqual([[], []]);
});

test("error: a split that does not add up says what it adds up to", () => {
  expect(Milestone.checkAmounts({ ...design, tax: "1132.09" }, 6, "milestones[0]")).toMatchObject([
    {
      name: "SharesDoNotFit",
      field: "milestones[0].amount",
      found: '"20000"',
      expected: { en: "net + tax - withholding = 20000.01", zh: "净额 + 税额 - 代扣 = 20000.01" },
    },
  ]);
});

test("behavior: options become fields of their tranche", () => {
  const extension: Option.Option = { kind: "extension", of: "a", by: "client", days: 5, price: "1.5" };
  const termination: Option.Option = { kind: "termination", of: "a", fee: "2" };
  expect([Option.toTranche([extension, termination], "a", 2), Option.toTranche(options, "none", 2)]).toEqual([
    { terminable: true, terminationFee: 200n, extender: 1, extensionDays: 5, extensionPrice: 150n },
    { terminable: false, terminationFee: 0n, extender: 0, extensionDays: 0, extensionPrice: 0n },
  ]);
});

test("behavior: the weights of a milestone's criteria sum to 100 %", () => {
  const use = (...names: string[]) =>
    Criterion.checkUse(names, criteria, "milestones[0].criteria").map(({ name, field, found }) => [name, field, found]);
  expect([use("functions", "speed"), use("functions"), use(), use("speed", "beauty")]).toEqual([
    [],
    [["SharesDoNotFit", "milestones[0].criteria", '"functions 80 %"']],
    [["MissingField", "milestones[0].criteria", "[]"]],
    [["UnknownName", "milestones[0].criteria[1]", '"beauty"']],
  ]);
});
