// `npm run -s bench -- ledger [--acts N] [--json]`: acts a second on the embedded ledger, with its journal and without,
// and how long it takes to be back after a kill with so many acts. The last line is one JSON object.
//   actsPerSecond, actsPerSecondBare   one after another, each in a block of its own; bare: in memory, no journal
//   journalCost                        share of the bare speed that the journal takes
//   recoverySeconds                    from a folder that a killed process left, to the first answer; killed when the
//                                      last snapshot is as old as it gets, just before the next
//   snapshotPauseMs                    longest time that a snapshot held up the next act
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as Abi from "../src/ledger/Abi.ts";
import * as Rehearsal from "../src/ledger/Rehearsal.ts";

const { values } = parseArgs({ options: { acts: { type: "string" }, json: { type: "boolean" } } });
const acts = Number(values.acts ?? 10_000);
const ROUND = 500;

/** Sends `count` mints; acts a second. */
async function stream(ledger: Rehearsal.Rehearsal, token: `0x${string}`, count: number): Promise<number> {
  const data = Abi.encode("RehearsalToken", "mint", [ledger.house.address, 1n]);
  const started = performance.now();
  for (let k = 0; k < count; k++) await ledger.send(ledger.house, { to: token, data });
  return (1000 * count) / (performance.now() - started);
}

/** Of speeds over rounds of one length: the harmonic one. */
const mean = (speeds: readonly number[]) => speeds.length / speeds.reduce((sum, speed) => sum + 1 / speed, 0);

const folder = mkdtempSync(join(tmpdir(), "commenda-bench-"));
const pauses: number[] = [];
try {
  const bare = await Rehearsal.open({});
  const journaled = await Rehearsal.open({ folder, onSnapshot: (milliseconds) => pauses.push(milliseconds) });
  const [one, other] = [await bare.deploy("RehearsalToken", [6]), await journaled.deploy("RehearsalToken", [6])];
  // In turns, so that whatever else the machine does slows both alike.
  const speeds: { bare: number; journaled: number }[] = [];
  for (let sent = 0; sent < acts; sent += ROUND) {
    const count = Math.min(ROUND, acts - sent);
    const round = { bare: await stream(bare, one, count), journaled: await stream(journaled, other, count) };
    speeds.push(round);
    if (!values.json || process.stderr.isTTY) {
      const figures = `${round.journaled.toFixed(0)} acts/s, bare ${round.bare.toFixed(0)}`;
      console.error(`${sent + count} of ${acts} acts: ${figures}`);
    }
  }
  await bare.close();
  // What a kill leaves: the folder as it is while its owner has it open, the snapshot that comes next taken out.
  let left = "";
  let head = await journaled.head();
  const taken = pauses.length;
  while (pauses.length === taken) {
    if (left) rmSync(left, { recursive: true, force: true });
    left = mkdtempSync(join(tmpdir(), "commenda-bench-"));
    cpSync(folder, left, { recursive: true });
    head = await journaled.head();
    await stream(journaled, other, 50);
  }
  for (const name of ["lock", "node"]) rmSync(join(left, name), { force: true });
  await journaled.close();
  const started = performance.now();
  const back = await Rehearsal.open({ folder: left });
  const recoverySeconds = (performance.now() - started) / 1000;
  if ((await back.head()).hash !== head.hash) throw new Error("recovered to another block");
  await back.close();
  rmSync(left, { recursive: true, force: true });

  // Over all rounds, snapshots among them.
  const actsPerSecond = mean(speeds.map(({ journaled }) => journaled));
  const actsPerSecondBare = mean(speeds.map(({ bare }) => bare));
  const result = {
    actsPerSecond: Math.round(actsPerSecond),
    actsPerSecondBare: Math.round(actsPerSecondBare),
    journalCost: Number((1 - actsPerSecond / actsPerSecondBare).toFixed(3)),
    recoverySeconds: Number(recoverySeconds.toFixed(2)),
    snapshotPauseMs: Math.round(Math.max(0, ...pauses)),
  };
  console.log(`${acts} acts: ${result.actsPerSecond} acts/s with the journal, ${result.actsPerSecondBare} without`);
  console.log(`back ${result.recoverySeconds} s after a kill; a snapshot pauses at most ${result.snapshotPauseMs} ms`);
  console.log(JSON.stringify(result));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
