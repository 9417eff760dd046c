// `npm run check`: what a reviewer should never have to say. Every step runs, also after one that failed;
// the exit code is 1 if any did.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { binary } from "./forge.ts";

type Step = {
  name: string;
  fix?: string;
  command: () => [file: string, ...args: string[]];
  when?: () => boolean;
  env?: Record<string, string>;
};

const hasFile = (folder: string, end: string) => {
  try {
    return readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith(end));
  } catch {
    return false;
  }
};
const pureRooms = ["src/agreement", "src/text", "src/matching", "src/planning"];

/** A later step (docs are current) is one more row. */
const steps: Step[] = [
  { name: "types", command: () => ["tsc", "-p", "tsconfig.json"] },
  {
    name: "types of the pure rooms",
    command: () => ["tsc", "-p", "tsconfig.pure.json"],
    when: () => pureRooms.some((room) => hasFile(room, ".ts")),
  },
  { name: "types of the web app", command: () => ["tsc", "-p", "web/tsconfig.json"] },
  {
    name: "texts of the web app",
    fix: "npm run texts",
    command: () => [process.execPath, "scripts/texts.ts", "--check"],
  },
  {
    name: "biome",
    fix: "npm run fix",
    command: () => ["biome", "ci", "--error-on-warnings", ...(process.stdout.isTTY ? [] : ["--colors=off"])],
  },
  { name: "knip", command: () => ["knip"] },
  { name: "forge fmt", fix: "npm run fix", command: () => [binary("forge"), "fmt", "--check"] },
  {
    name: "artifacts match their sources",
    fix: "npm run build:contracts",
    command: () => [process.execPath, "scripts/artifacts.ts", "--check"],
    when: () => hasFile("contracts/src", ".sol"),
  },
  {
    name: "forge lint",
    command: () => [binary("forge"), "lint", "--deny", "warnings", "contracts/src"],
    env: { FOUNDRY_PROFILE: "lint" },
    when: () => hasFile("contracts/src", ".sol"),
  },
];

const failed: string[] = [];
for (const { name, fix, command, when, env } of steps) {
  if (when && !when()) {
    console.log(`- ${name}: nothing to check yet`);
    continue;
  }
  const started = performance.now();
  const [file, ...args] = command();
  // npm scripts have node_modules/.bin on PATH; Windows needs a shell to find the .cmd files there.
  const run = spawnSync(file, args, {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, ...env },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (run.status === 0) {
    console.log(`✓ ${name} (${seconds} s)`);
    continue;
  }
  if (run.error) console.error(run.error.message);
  console.error(`✗ ${name} (${seconds} s)${fix ? `; ${fix} mends most of it` : ""}`);
  failed.push(name);
}
console.log(failed.length === 0 ? "check: all good" : `check: not good: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
