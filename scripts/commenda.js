#!/usr/bin/env node
// `npx commenda`: runs on whatever Node the machine has (20.19 or newer), so it is plain JavaScript. It sets up what is
// missing and hands over to the Node that the repository runs on, which reads TypeScript as it is.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import "./setup.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const bin = join(root, "node_modules", ".bin");
const windows = process.platform === "win32";
const node = join(bin, windows ? "node.cmd" : "node");
const separator = windows ? ";" : ":";
const modules = pathToFileURL(join(root, "scripts", "modules.ts")).href;
const main = join(root, "src", "cli", "main.ts");
const child = spawn(node, ["--import", modules, main, ...process.argv.slice(2)], {
  stdio: "inherit",
  shell: windows,
  env: {
    NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "compile"),
    ...process.env,
    PATH: `${bin}${separator}${process.env.PATH ?? ""}`,
  },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  process.stderr.write(`commenda: ${error.message}\n`);
  process.exitCode = 2;
});
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 2);
});
