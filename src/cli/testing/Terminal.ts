/** A terminal for tests: keeps what is said. */
import { Time } from "../../agreement/index.ts";
import type { Context } from "../Command.ts";
import * as ModelStage from "./ModelStage.ts";

export function terminal(change: Partial<Context> = {}): { context: Context; out: () => string; err: () => string } {
  let [out, err] = ["", ""];
  const context: Context = {
    print(text) {
      out += `${text}\n`;
    },
    tell(text) {
      err += `${text}\n`;
    },
    progress() {},
    interruption: () => new AbortController().signal,
    secret: async () => undefined,
    env: {},
    now: () => Time.parse("2026-12-01T00:00Z"),
    random: () => `0x${"42".repeat(32)}`,
    color: false,
    stage: ModelStage.open,
    ...change,
  };
  return { context, out: () => out, err: () => err };
}
