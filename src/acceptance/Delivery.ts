/**
 * What was delivered, made ready to be judged: a commit of git, or a folder, in a clean place, with its dependencies.
 * Nothing of it runs meanwhile: no hook, no filter, no install script.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { InputError } from "../agreement/index.ts";
import { CommitGone, DependencyRefused, TooLarge } from "./Errors.ts";
import * as Folder from "./Folder.ts";
import * as Lock from "./Lock.ts";

const { both, CommendaError } = InputError;

export type Delivery = {
  readonly subject: { readonly kind: "commit" | "tree"; readonly hash: string };
  /** As it was delivered, to be read from outside. */
  readonly folder: string;
  /** The same, packed. */
  readonly tar: string;
  /** Folder that holds `node_modules`, where a lock file asks for it. */
  readonly dependencies?: string;
};

export type Options = {
  /** Where what was prepared is kept, by content. Default: `~/.cache/commenda`. */
  readonly cache?: string;
  /** The one registry that dependencies may come from. */
  readonly registry?: string;
  /** MB of a commit or folder, and of its dependencies. Default 512. */
  readonly most?: number;
  /** Seconds for fetching. Default 600. */
  readonly patience?: number;
  /** Settings of git for fetching, `name=value`. */
  readonly git?: readonly string[];
  /** What git may speak, with colons between; default: files, HTTPS, SSH, git and HTTP. */
  readonly protocols?: string;
};

/** What npm is set to on this machine; where there is no npm an address that no package has, so that none is taken. */
function ownRegistry(): string {
  const { status, stdout } = spawnSync("npm", ["config", "get", "registry"], { encoding: "utf8" });
  const set = process.env.npm_config_registry ?? (status === 0 ? stdout.trim() : "");
  return set.startsWith("http") ? `${set.replace(/\/+$/, "")}/` : "none:/";
}

export const cacheOf = ({ cache }: Options): string =>
  cache ?? join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "commenda");

/** What looks like a commit of git: SHA-1 or SHA-256, in full. */
export const isCommit = (text: string): boolean => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

/**
 * A commit of a repository, which is a folder or an address. Throws `CommitGone`, `TooLarge`, `DependencyRefused` or
 * `BadFolder`.
 */
export async function ofCommit(repository: string, commit: string, options: Options = {}): Promise<Delivery> {
  const place = await kept(join(cacheOf(options), "commits", commit), async (folder) => {
    const git = join(folder, "git");
    mkdirSync(git);
    await fetch({ git, repository, commit, options });
    const tree = join(folder, "tree");
    mkdirSync(tree);
    // A tree may have such a hash too: git knows that of no files without fetching it.
    await run("git", [...QUIET, "--git-dir", git, "rev-parse", "--verify", `${commit}^{commit}`], {}).catch(() => {
      throw new CommitGone(commit, repository, "not a commit");
    });
    // Attributes of the delivery choose no filter that is configured nowhere; links stay links.
    await run("git", [...QUIET, "--git-dir", git, "--work-tree", tree, "read-tree", commit], {});
    await run("git", [...QUIET, "--git-dir", git, "--work-tree", tree, "checkout-index", "--all", "--force"], {});
    rmSync(git, { recursive: true, force: true });
    pack(folder, options);
  });
  return ready(place, { kind: "commit", hash: commit }, options);
}

/** A folder as it lies there. Throws `BadFolder`, `TooLarge` or `DependencyRefused`. */
export async function ofFolder(folder: string, options: Options = {}): Promise<Delivery> {
  const { hash } = Folder.read(folder);
  const place = await kept(join(cacheOf(options), "trees", hash.slice(2)), async (copy) => {
    const tree = join(copy, "tree");
    mkdirSync(tree);
    const file = join(copy, "as-it-lies.tar");
    Folder.pack(folder, file);
    await run("tar", ["--extract", `--file=${file}`, `--directory=${tree}`, "--no-same-owner"], {});
    rmSync(file);
    pack(copy, options);
  });
  return ready(place, { kind: "tree", hash }, options);
}

/** 2020-01-01T00:00:00Z: a time of files that no build takes for the future. */
const FILE_TIME = 1_577_836_800;

function pack(folder: string, { most = Folder.MAX.megabytes }: Options): void {
  const tree = join(folder, "tree");
  if (sizeOf(tree) > most * 1_048_576) throw new TooLarge(both("The delivery", "交付物"), most);
  mkdirSync(join(folder, "packed"));
  Folder.pack(tree, join(folder, "packed", "delivery.tar"), FILE_TIME);
}

async function ready(place: string, subject: Delivery["subject"], options: Options): Promise<Delivery> {
  const folder = join(place, "tree");
  const dependencies = await install(folder, options);
  return {
    ...{ subject, folder, tar: join(place, "packed", "delivery.tar") },
    ...(dependencies === undefined ? {} : { dependencies }),
  };
}

/** Makes a folder once: whole or not at all, also where several make it. */
async function kept(place: string, make: (folder: string) => Promise<void>): Promise<string> {
  if (existsSync(place)) return place;
  const parent = join(place, "..");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, ".new-"));
  // Started by root, a sandbox may read with the rights of nobody; who may come here is up to the cache's own folder.
  chmodSync(folder, 0o755);
  try {
    await make(folder);
    renameSync(folder, place);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    // Another process was first, with the same content.
    if (!existsSync(place) || error instanceof CommendaError) throw error;
  }
  return place;
}

/** No configuration of the machine or of the repository, no hook, no filter, no file system monitor. */
const QUIET = [
  ...["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.attributesFile=/dev/null"],
  ...["-c", "core.autocrlf=false", "-c", "core.symlinks=true", "-c", "protocol.version=2", "-c", "safe.directory=*"],
  ...[
    "-c",
    "transfer.fsckObjects=true",
    "-c",
    "fetch.fsckObjects=true",
    "-c",
    "gc.auto=0",
    "-c",
    "maintenance.auto=false",
  ],
  ...["-c", "advice.detachedHead=false", "-c", "submodule.recurse=false", "-c", "core.protectNTFS=true"],
];
const PROTOCOLS = "file:https:ssh:git:http";

async function fetch(what: { git: string; repository: string; commit: string; options: Options }): Promise<void> {
  const { git, repository, commit, options } = what;
  const { most = Folder.MAX.megabytes, patience = 600, protocols = PROTOCOLS } = options;
  const form = commit.length === 64 ? "sha256" : "sha1";
  await run("git", [...QUIET, "init", "--quiet", "--bare", `--object-format=${form}`, git], {});
  const args = ["--git-dir", git, "fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--"];
  // A path is made one that no option and no address can be.
  const from = /^[a-z][a-z0-9+.-]*:\/\/|^[^/\s]+@[^/\s]+:/i.test(repository)
    ? repository
    : `file://${absolute(repository)}`;
  try {
    const settings = (options.git ?? []).flatMap((setting) => ["-c", setting]);
    const how = { patience, watch: { folder: git, most }, protocols };
    await run("git", [...QUIET, ...settings, ...args, from, commit], how);
  } catch (error) {
    if (error instanceof CommendaError) throw error;
    const detail =
      (error as Error).message.split("\n").find((line) => /fatal|error/i.test(line)) ?? (error as Error).message;
    throw new CommitGone(commit, repository, InputError.show(detail.slice(0, 200)));
  }
}

const absolute = (path: string): string => (path.startsWith("/") ? path : join(process.cwd(), path));

/** Installs what the lock file pins, without running any of it. @returns the folder that holds `node_modules`. */
async function install(tree: string, options: Options): Promise<string | undefined> {
  const files = ["package.json", "package-lock.json"].map((name) => Folder.file(tree, name, 16_000_000));
  const [manifest, lock] = files;
  if (!manifest || !lock || existsSync(join(tree, "node_modules"))) return undefined;
  const registry = options.registry ?? ownRegistry();
  const pinned = Lock.read(lock.toString("utf8"), registry);
  if (pinned.length === 0) return undefined;
  const key = createHash("sha256")
    .update(manifest)
    .update("\0")
    .update(lock)
    .update("\0")
    .update(process.version)
    .digest("hex");
  return kept(join(cacheOf(options), "dependencies", key), async (folder) => {
    // Alone with its two files: no settings of the delivery are read.
    writeFileSync(join(folder, "package.json"), Lock.plain(manifest.toString("utf8")));
    writeFileSync(join(folder, "package-lock.json"), lock);
    const { most = Folder.MAX.megabytes, patience = 600 } = options;
    const args = [
      ...["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"],
      ...[
        "--install-links=false",
        "--fetch-retries=2",
        "--fetch-retry-mintimeout=200",
        "--fetch-retry-maxtimeout=1000",
        `--registry=${registry}`,
      ],
      ...[`--cache=${join(cacheOf(options), "npm")}`, `--userconfig=${join(folder, "no-user")}`],
      `--globalconfig=${join(folder, "no-global")}`,
    ];
    try {
      await run("npm", args, { cwd: folder, patience, watch: { folder, most } });
    } catch (error) {
      if (error instanceof CommendaError) throw error;
      const said = InputError.show((error as Error).message.slice(0, 400));
      throw new DependencyRefused(
        "package-lock.json",
        both(`it cannot be installed: ${said}. Correct the lock file.`, `无法安装：${said}。请更正锁文件。`),
      );
    }
    mkdirSync(join(folder, "node_modules"), { recursive: true });
  });
}

type How = {
  cwd?: string;
  /** Seconds. */
  patience?: number;
  /** A folder that may not grow above so many MB. */
  watch?: { folder: string; most: number };
  protocols?: string;
};

/** Whatever ends us, what fetches for us ends with us. */
const leaving = new Set<() => void>();
process.on("exit", () => {
  for (const leave of leaving) leave();
});

/** Runs a program of ours. Rejects with what it said. */
function run(
  file: string,
  args: readonly string[],
  { cwd, patience = 120, watch, protocols = PROTOCOLS }: How,
): Promise<void> {
  const quiet = { GIT_TERMINAL_PROMPT: "0", GIT_ALLOW_PROTOCOL: protocols, GIT_LFS_SKIP_SMUDGE: "1", LC_ALL: "C" };
  // Checking out reads no configuration of the user: a filter there would run on files of a stranger.
  const own = args.includes("fetch") ? {} : { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args], {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, ...quiet, ...own },
      detached: true,
      ...(cwd === undefined ? {} : { cwd }),
    });
    let said = "";
    let stopped: Error | undefined;
    const stop = (why: Error) => {
      stopped ??= why;
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    };
    const leave = () => stop(new Error("error: we end"));
    leaving.add(leave);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (said.length < 8_000) said += text;
    });
    const clock = setTimeout(() => stop(new Error(`error: it took longer than ${patience} s`)), patience * 1_000);
    const look = setInterval(() => {
      if (watch && sizeOf(watch.folder) > watch.most * 1_048_576)
        stop(new TooLarge(both("What is fetched", "获取的内容"), watch.most));
    }, 100);
    const done = (error?: Error) => {
      clearTimeout(clock);
      clearInterval(look);
      leaving.delete(leave);
      if (error) reject(error);
      else resolve();
    };
    child.on("error", done);
    child.on("close", (code) =>
      done(stopped ?? (code === 0 ? undefined : new Error(said.trim() || `it ended with ${code}`))),
    );
  });
}

/** Bytes of all files below; links are not followed, and what vanishes meanwhile counts nothing. */
function sizeOf(folder: string): number {
  let bytes = 0;
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of attempt(() => readdirSync(next as string, { withFileTypes: true })) ?? []) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) pending.push(path);
      else bytes += attempt(() => lstatSync(path).size) ?? 0;
    }
  }
  return bytes;
}

function attempt<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch {
    // Gone meanwhile.
    return undefined;
  }
}
