/** The command line as a process: `commenda VERB ...`. `scripts/commenda.js` starts it under the Node that it needs. */
import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import * as Cli from "./Cli.ts";
import type { Command, Context } from "./Command.ts";
import { accepts } from "./commands/accept.ts";
import { acceptsOfNode } from "./commands/acceptNode.ts";
import { act } from "./commands/act.ts";
import { backups } from "./commands/backup.ts";
import { call, operations } from "./commands/call.ts";
import { deploy } from "./commands/deploy.ts";
import { doctor } from "./commands/doctor.ts";
import { manifest } from "./commands/manifest.ts";
import { mcp } from "./commands/mcp.ts";
import { packs } from "./commands/pack.ts";
import { paper } from "./commands/paper.ts";
import { quorum } from "./commands/quorum.ts";
import { rehearse } from "./commands/rehearse.ts";
import { reindex } from "./commands/reindex.ts";
import { serve } from "./commands/serve.ts";
import { terms } from "./commands/terms.ts";
import { watch } from "./commands/watch.ts";

const COMMANDS: readonly Command[] = [
  rehearse,
  ...terms,
  act,
  watch,
  ...accepts,
  manifest,
  ...acceptsOfNode,
  ...packs,
  paper,
  doctor,
  deploy,
  quorum,
  serve,
  reindex,
  ...backups,
  call,
  mcp,
];

/** Those that weigh most are loaded where they, or none that is known by then, are asked for. */
async function heavy(argv: readonly string[]): Promise<readonly Command[]> {
  if (COMMANDS.some(({ path }) => path[0] === argv[0])) return [];
  const [{ matches }, { desk }] = await Promise.all([import("./commands/match.ts"), import("./commands/desk.ts")]);
  return [...matches, ...desk];
}

/** Milliseconds after which it is told what takes so long, and between two lines where they stay. */
const PATIENCE = 800;
const APART = 5_000;

const { stdout, stderr, stdin, env } = process;
// A reader like `head` that has seen enough is no error.
stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));

/** The first signal ends what goes on for ever, where the command asks for it; any other ends the process. */
const interruption = new AbortController();
let isAwaited = false;

// Whatever ends us, the embedded node ends with us: it is told at `exit`.
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  process.on(signal, () => {
    clear();
    if (!isAwaited || interruption.signal.aborted) process.exit(code);
    interruption.abort();
  });
}

const started = performance.now();
let told = 0;
let isShown = false;
/** What is going on at a terminal, and since when. */
let going: { text: string; since: number; tick: NodeJS.Timeout } | undefined;

function show() {
  if (!going) return;
  const seconds = Math.floor((performance.now() - going.since) / 1_000);
  const text = seconds < 1 ? going.text : `${going.text} (${seconds} s)`;
  stderr.write(`\r\u001b[K${text.slice(0, Math.max(20, (stderr.columns ?? 80) - 1))}`);
  isShown = true;
}

function rest() {
  clearTimeout(going?.tick);
  going = undefined;
}

function clear() {
  if (isShown) stderr.write("\r\u001b[K");
  isShown = false;
}

const context: Context = {
  print(text) {
    clear();
    stdout.write(`${text}\n`);
  },
  tell(text) {
    clear();
    stderr.write(`${text}\n`);
  },
  progress(text) {
    rest();
    clear();
    if (text === undefined) return;
    const now = performance.now();
    if (stderr.isTTY) {
      going = { text, since: now, tick: setInterval(show, 1_000) };
      going.tick.unref();
      if (now - started > PATIENCE) show();
      return;
    }
    const say = () => {
      told = performance.now();
      stderr.write(`${text}\n`);
    };
    if (now - started > PATIENCE && now - told > APART) return say();
    // It may be the last that is told for long.
    going = { text, since: now, tick: setTimeout(say, APART) };
    going.tick.unref();
  },
  interruption() {
    isAwaited = true;
    return interruption.signal;
  },
  async secret(question) {
    if (!stdin.isTTY) return undefined;
    rest();
    clear();
    stderr.write(question);
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input: stdin, output: silent, terminal: true });
    try {
      return await new Promise<string>((resolve) => lines.question("", resolve));
    } finally {
      lines.close();
      stderr.write("\n");
    }
  },
  env,
  now: () => Math.floor(Date.now() / 60_000),
  random: () => `0x${randomBytes(32).toString("hex")}`,
  color: Boolean(stdout.isTTY) && !env.NO_COLOR && env.TERM !== "dumb",
  // Loaded only where it is used: the other commands answer at once.
  stage: async (needs) => (await import("./LedgerStage.ts")).open(needs),
};

const argv = process.argv.slice(2);
process.exitCode = await Cli.run(argv, [...COMMANDS, ...(await heavy(argv)), ...(await operations(argv))], context);
