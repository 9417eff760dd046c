// `npm run -s bench -- NAME [ARGUMENTS...]`: runs bench/NAME.ts and ends as it ends.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "bench");
const names = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((file) => /^[a-z][a-zA-Z0-9-]*\.ts$/.test(file))
  .map((file) => file.slice(0, -3))
  .sort();

const [name, ...args] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  if (name !== undefined) console.error(`no measurement is called ${name}`);
  console.error("usage: npm run -s bench -- NAME [--json]");
  console.error(names.length > 0 ? `names: ${names.join(", ")}` : "there is none yet");
  process.exitCode = 2;
} else {
  const run = spawnSync(process.execPath, [join(folder, `${name}.ts`), ...args], { stdio: "inherit" });
  if (run.error) throw run.error;
  process.exitCode = run.status ?? 1;
}
