// One act in a process of its own, which ends at a named point. Arguments: url, folder, token, account, point, and
// "stuck" where the act should be replaced.
import * as Chain from "../Chain.ts";
import type { Address } from "../Ledger.ts";
import { house, mint } from "./Faults.ts";

const [url = "", folder = "", token = "", account = "1", point = "", stuck = ""] = process.argv.slice(2);
const ledger = await Chain.open({
  ...{ url, folder, poll: 5, patience: 20_000, stuckAfter: stuck ? 20 : 60_000 },
  point(name) {
    if (name === point) process.kill(process.pid, "SIGKILL");
  },
});
const receipt = await ledger.send(house, mint(token as Address, Number(account)));
process.stdout.write(`${receipt.hash}\n`);
await ledger.close();
