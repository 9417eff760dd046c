// No money and no contract can be reached from feedback: what works on it imports nothing that pays, signs or sends, and
// is given nothing that does.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import type { Parts } from "../Call.ts";
import * as Desk from "./Desk.ts";

const root = resolve(import.meta.dirname, "../../..");
/** All that a piece of feedback passes: the door, the intake, the thread, the decision, the jobs, what people are told. */
const PASSED = [
  "Inlet",
  "Intake",
  "Work",
  "Brain",
  "brainThread",
  "Rewrite",
  "Escalation",
  "Duty",
  "Models",
  "Tickets",
  "Watch",
];
/** The ledger's room, what relays, who signs for whom, and how acts are asked for. */
const FORBIDDEN =
  /^src\/(ledger|node\/(relay|index|draft|pack)|cli)\/|^src\/node\/identity\/(Personas|Wallet|Relay|Deploy)\.ts$|Handlers\.ts$/;

/** What runs: types are nothing when it does. */
function imported(file: string): string[] {
  const source = readFileSync(file, "utf8");
  const found = [...source.matchAll(/^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)"/gms)].map(
    ([, path = ""]) => path,
  );
  const threads = [...source.matchAll(/new URL\("([^"]+\.ts)"/g)].map(([, path = ""]) => `./${path}`);
  return [...found, ...threads].map((path) => join(dirname(file), path)).filter((path) => existsSync(path));
}

test("behavior: whatever feedback passes reaches neither ledger nor relay, nor who signs", () => {
  const seen = new Map<string, string>();
  const visit = (file: string, from: string) => {
    const name = relative(root, file);
    if (seen.has(name)) return;
    seen.set(name, from);
    for (const next of imported(file)) visit(next, name);
  };
  for (const name of PASSED) visit(join(import.meta.dirname, `${name}.ts`), "");
  expect(seen.size).toBeGreaterThan(40);
  // Locks and refusals of the store are types of the ledger's room without a ledger in them.
  const reached = [...seen].filter(([name]) => FORBIDDEN.test(name));
  expect(reached.map(([name, from]) => `${from} -> ${name}`)).toEqual([]);
});

test("behavior: of the node's parts it is given five, and no ledger, relayer or identity among them", () => {
  const whole = {
    config: 1,
    store: 2,
    clock: 3,
    events: 4,
    jobs: 5,
    place: "money",
    identity: "keys",
    audit: 6,
    files: 7,
  };
  expect(Desk.needs(whole as unknown as Parts)).toEqual({ config: 1, store: 2, clock: 3, events: 4, jobs: 5 });
});
