import { describe, expect, test } from "vitest";
import * as Timeline from "./Timeline.ts";

describe("several plays on one clock", () => {
  test("behavior: take turns in the order of their minutes, and end where the timeline ends", async () => {
    const told: string[] = [];
    const timeline = Timeline.open(30, (minute) => told.push(`clock ${minute}`));
    const play = (name: string, minutes: readonly number[]) => async () => {
      for (const minute of minutes) {
        await timeline.reach(minute);
        told.push(`${name} ${minute}`);
      }
      told.push(`${name} ends`);
    };
    await timeline.run([play("a", [1, 20, 40]), play("b", [5, 10]), play("c", [10, 31])]);
    expect(told.filter((line) => !line.startsWith("clock"))).toEqual(["a 1", "b 5", "c 10", "b 10", "b ends", "a 20"]);
    expect(told.at(-2)).toBe("clock 20");
  });

  test("error: a play that fails is told, and holds up nobody", async () => {
    const timeline = Timeline.open(30, () => {});
    let reached = false;
    const failing = async () => {
      await timeline.reach(1);
      throw new Error("no");
    };
    const other = async () => {
      await timeline.reach(2);
      reached = true;
    };
    await expect(timeline.run([failing, other])).rejects.toThrow("no");
    expect(reached).toBe(true);
  });
});
