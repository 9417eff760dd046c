// A node in a process of its own, which a test may end at a named point. It is told what to do by the first line of its
// input, `Process.Given` as JSON: until then it is only loaded. Says its address once it is up, and ends well at SIGTERM.
import { flushCompileCache } from "node:module";
import { createInterface } from "node:readline";
import type * as RehearsalLedger from "../../src/ledger/Rehearsal.ts";
import * as Config from "../../src/node/Config.ts";
import * as Node from "../../src/node/Node.ts";
import type { Given } from "./Process.ts";

flushCompileCache();
const input = createInterface({ input: process.stdin });
const told = await new Promise<string>((resolve) => {
  input.once("line", resolve);
  input.once("close", () => resolve(""));
});
// Whoever would have told is gone.
if (told === "") process.exit(0);
input.close();
process.stdin.unref();
const { home, port, begin, env = {}, point: last, snapshotEvery = 0 } = JSON.parse(told) as Given;
let left = last?.passes ?? 0;
const real = () => Math.floor(Date.now() / 1_000);
let ahead = begin === undefined ? 0 : begin - real();
const clock = {
  now: () => real() + ahead,
  advance(seconds: number) {
    ahead += seconds;
  },
};
const ANY = { perSecond: 1e6, burst: 1e6 };
const node = await Node.start(Config.read({ COMMENDA_LOG: "error", ...env }, { home, port }), {
  ...(begin === undefined ? {} : { clock }),
  limits: { caller: ANY, address: ANY, signIn: ANY, costly: ANY },
  point(name) {
    if (name === last?.name && left-- === 0) process.kill(process.pid, "SIGKILL");
  },
});
if (snapshotEvery > 0) {
  // A rehearsal takes one after thousands of acts by itself.
  let waited = 0;
  const ledger = node.parts.place.ledger as RehearsalLedger.Rehearsal;
  node.parts.events.subscribe(() => {
    if (++waited % snapshotEvery === 0) void ledger.snapshot();
  });
}
process.on("SIGTERM", () => void node.stop().then(() => process.exit(0)));
process.stdout.write(`up ${node.url}\n`);
