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
  const logger = pino({ ...options, serializers: { error: pino.stdSerializers.err } }, destination);
  return {
    debug: (facts, what) => logger.debug(facts, what),
    info: (facts, what) => logger.info(facts, what),
    warn: (facts, what) => logger.warn(facts, what),
    error: (facts, what) => logger.error(facts, what),
  };
}

/** Nobody logs them; should somebody, they are not written. */
const SECRETS = ["authorization", "cookie", "token", "secret", "password", "*.authorization", "*.cookie", "*.secret"];

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
