// Runs forge with the arguments given and ends as it ends. npm's own shim for forge loses exit codes and
// leaves children behind, so the platform's binary is called directly.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** No binary of forge or anvil for this machine is installed. */
export class MissingPlatformPackage extends Error {
  override name = "MissingPlatformPackage";
  readonly packageName: string;
  constructor(packageName: string, options?: ErrorOptions) {
    super(
      `${packageName} is not installed, and it holds the binary for this machine (${process.platform} ${process.arch}). ` +
        `Add it with \`npm install --no-save ${packageName}\` (same version as its siblings in package.json).`,
      options,
    );
    this.packageName = packageName;
  }
}

/** The path of the `forge` or `anvil` binary for this machine. @throws {MissingPlatformPackage} */
export function binary(tool: "forge" | "anvil"): string {
  const platform = process.platform;
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const packageName = `@foundry-rs/${tool}-${platform}-${arch}`;
  let manifest: string;
  try {
    manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  } catch (cause) {
    throw new MissingPlatformPackage(packageName, { cause });
  }
  const file = join(dirname(manifest), "bin", platform === "win32" ? `${tool}.exe` : tool);
  if (!existsSync(file)) throw new MissingPlatformPackage(packageName);
  return file;
}

/**
 * Runs forge, in the root of the repository unless said otherwise.
 * @returns its exit code, and what it printed on stdout when `onLine` is given (it gets each line as it comes).
 */
export async function forge(args: readonly string[], options: forge.Options = {}): Promise<number> {
  const { onLine, env, cwd = root } = options;
  const child = spawn(binary("forge"), args, {
    cwd,
    env: { ...process.env, FOUNDRY_DISABLE_NIGHTLY_WARNING: "1", ...env },
    stdio: ["inherit", onLine ? "pipe" : "inherit", "inherit"],
  });
  if (onLine && child.stdout) {
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line);
    });
    child.stdout.on("end", () => rest && onLine(rest));
  }
  const stop = () => child.kill("SIGTERM");
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      resolve(code ?? 1);
    });
  });
}

export declare namespace forge {
  type Options = {
    /** Gets every line of stdout; without it stdout goes straight to ours. */
    onLine?: (line: string) => void;
    /** Added to the environment, e.g. `FOUNDRY_PROFILE`. */
    env?: Record<string, string>;
    /** Another project than this repository. */
    cwd?: string;
  };
}

if (import.meta.main) {
  try {
    process.exitCode = await forge(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof MissingPlatformPackage)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
