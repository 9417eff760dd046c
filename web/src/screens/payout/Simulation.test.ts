import { expect, test } from "vitest";
import * as Terms from "../../../../src/agreement/Terms.ts";
import * as Simulation from "./Simulation.ts";

const agreement = () => Terms.toAgreement(Terms.example());
const full = [10_000, 10_000, 10_000];
const net = (units: number) => BigInt(units) * 1_000_000n;

test("line: steps are two dots at one value", () => {
  expect(Simulation.line(agreement(), full)).toEqual([
    { value: 0n, net: net(69_300) },
    { value: 50_000n, net: net(69_300) },
    { value: 50_000n, net: net(99_000) },
    { value: 60_000n, net: net(99_000) },
    { value: 60_000n, net: net(113_850) },
    { value: 75_000n, net: net(113_850) },
  ]);
});

test("line: lines are one dot at each point", () => {
  const { outcome, ...rest } = agreement();
  const dots = Simulation.line({ ...rest, outcome: { ...outcome, lines: true } }, full);
  expect(dots.map(({ value }) => value)).toEqual([0n, 50_000n, 60_000n, 75_000n]);
});

test("stepOf and snap: some two hundred steps, points of round numbers among them", () => {
  expect(Simulation.stepOf(75_000n)).toBe(500n);
  expect(Simulation.stepOf(30n)).toBe(1n);
  expect(Simulation.snap(49_740n, 75_000n)).toBe(49_500n);
  expect(Simulation.snap(-3n, 75_000n)).toBe(0n);
  expect(Simulation.snap(10n ** 30n, 75_000n)).toBe(75_000n);
});

test("counted: the share accepted follows from the milestones", () => {
  const { outcome, ...rest } = agreement();
  const shared = { ...rest, outcome: { ...outcome, metric: 3 as const } };
  expect(Simulation.counted(shared, 1n, [10_000, 0, 0])).toBe(2_857n);
  expect(Simulation.counted(agreement(), 1n, [10_000, 0, 0])).toBe(1n);
});
