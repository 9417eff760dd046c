/** Where browsers find the node. */
import type { Config } from "../Config.ts";

/** Origin of links, passkeys and sign-in messages. Passkeys work at `localhost` and not at 127.0.0.1. */
export const originOf = ({ publicUrl, port }: Pick<Config, "publicUrl" | "port">): string =>
  new URL(publicUrl ?? `http://localhost:${port}`).origin;
