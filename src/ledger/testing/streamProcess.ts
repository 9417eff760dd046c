// A stream of acts that a test kills: mints one unit to account 1, 2, 3, ... and says so on stdout, a line each, once it is
// acknowledged. Arguments: folder, first account, last account, name of the point at which to die, how often to pass it.
import * as Abi from "../Abi.ts";
import type { Hex } from "../Ledger.ts";
import * as Rehearsal from "../Rehearsal.ts";
import { account, TOKEN } from "./Stream.ts";

const [folder = "", first = "1", last = "1", point = "", passes = "0"] = process.argv.slice(2);
let left = Number(passes);
const ledger = await Rehearsal.open({
  folder,
  genesis: 1_700_000_000,
  snapshotEvery: 7,
  point(name) {
    if (name === point && left-- === 0) process.kill(process.pid, "SIGKILL");
  },
});
process.stdout.write(`node ${ledger.nodePid()}\n`);
if ((await ledger.code(TOKEN)) === "0x") await ledger.deploy("RehearsalToken", [6]);
for (let k = Number(first); k <= Number(last); k++) {
  const data: Hex = Abi.encode("RehearsalToken", "mint", [account(k), 1n]);
  const receipt = await ledger.send(ledger.house, { to: TOKEN, data });
  process.stdout.write(`${k} ${receipt.block.number} ${receipt.block.hash} ${receipt.hash}\n`);
}
await ledger.close();
