// Runs before every npm script, on whatever Node the machine has (20.19 or newer), so it is plain JavaScript
// and imports nothing that has to be installed first. It installs what package-lock.json names when
// node_modules is missing or older than the lock; otherwise it says nothing and costs some milliseconds.
// Everything it prints goes to stderr: the output of `npm run -s bench -- NAME --json` stays clean.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(root, "node_modules", ".commenda-setup");
const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** @param {string} text */
const say = (text) => process.stderr.write(`commenda set-up: ${text}\n`);

/** @param {string[]} lines @returns {never} */
const stop = (...lines) => {
  for (const line of lines) say(line);
  process.exit(1);
};

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(
    `this is Node ${process.version}; Commenda needs Node 20.19 or newer to set itself up.`,
    "Install a current Node LTS and run the same command again.",
  );
}

/** npm's own list of what it put there: another after `npm install` by hand, which leaves out what an old Node cannot run. */
const there = join(root, "node_modules", ".package-lock.json");

/** What node_modules has to match: the names and hashes in the lock, what is there, and the machine it is for. */
const fingerprint = () =>
  createHash("sha256")
    .update(readFileSync(join(root, "package.json")))
    .update(readFileSync(join(root, "package-lock.json")))
    .update(existsSync(there) ? readFileSync(there) : "")
    .update(`${process.platform}-${process.arch}`)
    .digest("hex");

/** The Node that the scripts run on: npm puts node_modules/.bin first on PATH. */
const bin = join(root, "node_modules", ".bin");
const binary = join(bin, process.platform === "win32" ? "node.cmd" : "node");

/** @param {string} node Path of the Node that npm runs on. */
function install(node) {
  // `install`, not `ci`: it leaves a matching lock as it is and reuses what is already there.
  // Older npm reports packages that want a newer Node than the one running npm; they run on the Node
  // installed below, so only errors are shown.
  const npm = process.env.npm_execpath;
  const args = ["install", "--no-audit", "--no-fund", "--loglevel=error", "--include=dev", "--include=optional"];
  const shell = process.platform === "win32";
  const env = node === binary ? { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` } : process.env;
  const run =
    npm && /npm-cli\.[cm]?js$/.test(npm)
      ? spawnSync(node, [npm, ...args], { cwd: root, stdio: ["ignore", 2, 2], env, shell: shell && node === binary })
      : spawnSync("npm", args, { cwd: root, stdio: ["ignore", 2, 2], env, shell });
  if (run.error)
    stop(`npm could not be started: ${run.error.message}`, "Install npm (it comes with Node) and try again.");
  if (run.status !== 0) {
    stop(
      `npm install ended with ${run.signal ?? `exit code ${run.status}`}; its own message stands above.`,
      "Most often the package registry could not be reached, or the disk is full. Run the same command again once that is mended.",
    );
  }
}

/** Packages with code for this very machine that the lock names and that are not there. */
function leftOut() {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  const libc = report.header.glibcVersionRuntime === undefined ? "musl" : "glibc";
  const isForHere = (/** @type {{ os?: string[], cpu?: string[], libc?: string[] }} */ one) =>
    one.os?.includes(process.platform) && one.cpu?.includes(process.arch) && (one.libc?.includes(libc) ?? true);
  return Object.entries(packages)
    .filter(([path, one]) => one.optional && isForHere(one) && !existsSync(join(root, path)))
    .map(([path]) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length));
}

const installed = existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint();
if (!installed) {
  say(`${existsSync(stamp) ? "packages changed" : "first run"}: installing packages (about a minute) ...`);
  const started = Date.now();
  install(process.execPath);
  // npm leaves out, without a word, optional packages that want a newer Node than the one it runs on: now there is one.
  if (leftOut().length > 0) install(binary);
  const missing = leftOut();
  if (missing.length > 0) {
    stop(
      `npm did not install ${missing.join(", ")}, which this machine needs.`,
      "Most often the package registry could not be reached. Run the same command again once that is mended.",
    );
  }
  say(`packages are in place after ${Math.round((Date.now() - started) / 1000)} s.`);
}

const expected = `v${wanted.dependencies.node}`;
if (!installed || !existsSync(binary)) {
  const version = spawnSync(binary, ["--version"], { encoding: "utf8", shell: process.platform === "win32" });
  const found = version.stdout?.trim();
  if (found !== expected) {
    stop(
      `expected Node ${expected} at node_modules/.bin/node, found ${found || "none"}.`,
      "npm may have been told to skip install scripts (`npm config get ignore-scripts` should say false),",
      "or there is no such Node for this platform. Delete node_modules and run the same command again.",
    );
  }
  // Taken again: npm may have completed the lock while it installed.
  writeFileSync(stamp, fingerprint());
  say(`ready, scripts run on Node ${expected}.`);
}
