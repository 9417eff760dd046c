// `npm run snapshots`: measures the gas scenarios and writes contracts/snapshots, on purpose. `npm test` measures them
// too and fails on any difference (forge's own check stops its report there, and does not see a scenario that is new
// or gone).
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { forge } from "./forge.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const committed = join(root, "contracts", "snapshots");

/** What forge needs to write the snapshots of a run into `folder` and to compare nothing. */
export function into(folder: string): Record<string, string> {
  rmSync(folder, { recursive: true, force: true });
  return { FOUNDRY_SNAPSHOTS: folder, FORGE_SNAPSHOT_EMIT: "true", FORGE_SNAPSHOT_CHECK: "false" };
}

/**
 * Every scenario whose gas is not what is committed, in words.
 * @param partial The run was of some tests only: what it did not measure is not missing.
 */
export function differences(folder: string, partial = false): string[] {
  const fresh = read(folder);
  const old = read(committed);
  const names = new Set(partial ? fresh.keys() : [...old.keys(), ...fresh.keys()]);
  return [...names]
    .filter((name) => old.get(name) !== fresh.get(name))
    .sort()
    .map((name) => `${name}: ${old.get(name) ?? "none"} committed, ${fresh.get(name) ?? "none"} now`);
}

/** Gas by `Group.scenario`. */
function read(folder: string): Map<string, string> {
  let files: string[] = [];
  try {
    files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  } catch {
    // No folder, no snapshots.
  }
  return new Map(
    files.flatMap((file) => {
      const group: Record<string, string> = JSON.parse(readFileSync(join(folder, file), "utf8"));
      return Object.entries(group).map(([name, gas]): [string, string] => [`${file.slice(0, -5)}.${name}`, gas]);
    }),
  );
}

if (import.meta.main) {
  const code = await forge(["test", "--match-path", "contracts/test/Gas.t.sol"], { env: into(committed) });
  process.exitCode = code;
}
