// The JSON Schema of deal files, for editors: writes docs/deal.schema.json, or with --check says whether it is current.
//   npx node scripts/schema.ts [--check]
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as Deal from "../src/cli/Deal.ts";

const file = fileURLToPath(new URL("../docs/deal.schema.json", import.meta.url));
const made = JSON.stringify(Deal.jsonSchema(), null, 2);
if (process.argv.includes("--check")) {
  const isCurrent = JSON.stringify(JSON.parse(readFileSync(file, "utf8")), null, 2) === made;
  if (!isCurrent) console.error("docs/deal.schema.json is not current: run `npx node scripts/schema.ts`");
  process.exitCode = isCurrent ? 0 : 1;
} else {
  writeFileSync(file, `${made}\n`);
  // As the house formats its files.
  const biome = fileURLToPath(new URL("../node_modules/@biomejs/biome/bin/biome", import.meta.url));
  process.exitCode = spawnSync(process.execPath, [biome, "format", "--write", file], { stdio: "inherit" }).status ?? 1;
}
