import { expect, test } from "vitest";
import { all, apply, choose, diff, type Mutant } from "./mutants.ts";

const source = `// if (a) revert B();
contract Till {
    uint256 internal constant MOST = 3;

    function pay(uint256 amount) external nonReentrant {
        if (amount >= MOST) revert TooMuch(amount);
        if (amount == 0 || closed) {
            revert Nothing();
        }
        held -= amount;
        if (open) _push(act.a.client(), amount);
        else {
            revert Closed();
        }
        emit Paid(amount, "held += 1;"); // paid + sent
    }
}
`;

const mutants = all(source, "Till.sol");
const after = (kind: Mutant["kind"]) => mutants.filter((mutant) => mutant.kind === kind).map((mutant) => mutant.after);

test("drops checks, of one line, of a block and behind else", () => {
  expect(after("drop a check")).toEqual(["{}", "{}", "else {}"]);
});

test("skips updates, calls and events, and keeps the rest of the statement", () => {
  expect(after("skip an update")).toEqual(["{}"]);
  expect(after("skip a call")).toEqual(["if (open) {}"]);
  expect(after("skip an event")).toEqual(["{} // paid + sent"]);
});

test("changes operators, constants, parties and the guard", () => {
  expect(after("move a boundary")).toEqual(["if (amount > MOST) revert TooMuch(amount);"]);
  expect(after("flip an equality")).toEqual(["if (amount != 0 || closed) {"]);
  expect(after("and for or")).toEqual(["if (amount == 0 && closed) {"]);
  expect(after("change a constant")).toEqual(["uint256 internal constant MOST = 4;", "if (amount == 1 || closed) {"]);
  expect(after("swap the parties")).toEqual(["if (open) _push(act.a.provider(), amount);"]);
  expect(after("drop the guard")).toEqual(["function pay(uint256 amount) external {"]);
  expect(after("plus for minus")).toEqual(["held = amount;"]);
});

test("leaves comments and strings alone, and makes no two of the same line and kind", () => {
  for (const mutant of mutants) expect(mutant.line).toBeGreaterThan(2);
  expect(new Set(mutants.map(({ line, kind }) => `${line} ${kind}`)).size).toBe(mutants.length);
});

test("applies and shows exactly the change", () => {
  const mutant = mutants.find(({ kind }) => kind === "move a boundary");
  if (!mutant) throw new Error("no boundary");
  expect(apply(source, mutant)).toBe(source.replace(">=", ">"));
  expect(diff(source, mutant)).toBe(
    "-         if (amount >= MOST) revert TooMuch(amount);\n+         if (amount > MOST) revert TooMuch(amount);",
  );
});

test("chooses as many as asked, each kind first, the same every time, in the order of the file", () => {
  const few = choose(mutants, 11);
  expect(few).toEqual(choose(mutants, 11));
  expect(few).toHaveLength(11);
  expect(few.map(({ start }) => start)).toEqual(few.map(({ start }) => start).sort((a, b) => a - b));
  expect(new Set(few.map(({ kind }) => kind)).size).toBeGreaterThan(8);
  expect(choose(mutants, 1000)).toEqual(mutants);
});
