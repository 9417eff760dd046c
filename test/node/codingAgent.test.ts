// examples/coding-agent as it stands: two programs, a runner at the node and one elsewhere, and no person.
import { expect, test } from "vitest";
import { play } from "../../examples/coding-agent/play.ts";

test("behavior: a coding agent is paid end to end; what it had only learned by heart is rejected", {
  timeout: 240_000,
}, async () => {
  const told: string[] = [];
  const played = await play((text) => told.push(text));
  // 500 less 1 %, and a runner that ends when it is told to.
  expect(played, told.join("\n")).toEqual({ deliveries: 2, paid: 495_000_000n, watch: 0 });
  expect(told.filter((text) => text.startsWith("agent: rejected"))).toEqual([
    "agent: rejected, since sealed: years failed; mending",
  ]);
});
