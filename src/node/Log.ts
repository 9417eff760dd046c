/** What the node tells its operator: one line a request, never bodies, tokens or names. */
import pino from "pino";
import type { Config } from "./Config.ts";

export type Facts = Readonly<Record<string, unknown>>;

export type Log = {
  debug(facts: Facts, what: string): void;
  info(facts: Facts, what: string): void;
  warn(facts: Facts, what: string): void;
  error(facts: Facts, what: string): void;
};

/** JSON lines on standard error: standard output belongs to the command line. */
export function open(level: Config["logLevel"]): Log {
  const destination = pino.destination({ dest: 2, sync: true });
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: SECRETS };
  const logger = pino({ ...options, serializers: { error: tellOf } }, destination);
  return {
    debug: (facts, what) => logger.debug(facts, what),
    info: (facts, what) => logger.info(facts, what),
    warn: (facts, what) => logger.warn(facts, what),
    error: (facts, what) => logger.error(facts, what),
  };
}

/**
 * Of an error only what finds its place in the code: a failed statement would bring the values that it was given, which
 * are what people wrote.
 */
export function tellOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: error.message.split("\nparams:")[0],
    ...("code" in error ? { code: error.code } : {}),
    at: frames.map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: tellOf(error.cause) }),
  };
}

/** Nobody logs them; should somebody, they are not written. */
const SECRETS = ["authorization", "cookie", "token", "secret", "password", "*.authorization", "*.cookie", "*.secret"];

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
