// `npm run build:web`: the web app into web/dist. `npm start` calls it too: a build that is still true is left as it is.
//   node scripts/web.ts          build, if anything changed since the last one
//   node scripts/web.ts --force  build anyway
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "web", "dist");
const stamp = join(dist, ".built");
/** What it is made of. Of the rooms it takes only a part: a build too many costs seconds, one too few the truth. */
const SOURCES = [
  "web",
  "src/agreement",
  "src/text",
  "src/matching",
  "src/planning",
  "src/room",
  "src/api",
  "src/ledger",
];

function fingerprint(): string {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  for (const source of SOURCES) {
    const folder = join(root, source);
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
      if (name.startsWith("dist") || name.includes("node_modules") || name.includes(".test.")) continue;
      const path = join(folder, name);
      if (statSync(path).isFile()) hash.update(`${source}/${name}\0`).update(readFileSync(path));
    }
  }
  return hash.digest("hex");
}

/** Builds it where that is needed. @returns whether there is a build that is true. */
export function build({ force = false, quiet = false } = {}): boolean {
  const wanted = fingerprint();
  if (!force && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return true;
  if (!quiet) process.stderr.write("commenda: building the web app (about ten seconds) ...\n");
  rmSync(stamp, { force: true });
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const args = [vite, "build", "--config", join(root, "web", "vite.config.ts"), "--logLevel", "warn"];
  const run = spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (run.status !== 0) {
    process.stderr.write("commenda: the web app could not be built; what is wrong stands above.\n");
    return false;
  }
  writeFileSync(stamp, wanted);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = build({ force: process.argv.includes("--force") }) ? 0 : 1;
}
