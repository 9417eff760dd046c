/** Who stands before the door: the address, the host that was asked for, and whether a page of ours sent the request. */
import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import * as Config from "../Config.ts";

const { both } = InputError;

export type Site = {
  /** Address that the node listens on. */
  readonly host: string;
  readonly port: number;
  /** `https://…`: a proxy with TLS stands before the node. */
  readonly origin: string;
};

/** As the caller gave it where it is harmless in a log, else made. */
export function requestId(given: string | null | undefined): string {
  return given && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : randomUUID();
}

/** Address of the caller: what our own proxy says, else who is at the other end of the line. */
export function addressOf(incoming: IncomingMessage | undefined, forwarded: string | undefined, site: Site): string {
  const peer = normal(incoming?.socket.remoteAddress ?? "");
  const isProxied = site.origin.startsWith("https:") && forwarded !== undefined && isPrivate(peer);
  const last = isProxied ? normal(forwarded.split(",").at(-1)?.trim() ?? "") : "";
  return last === "" ? peer : last;
}

/** `::ffff:127.0.0.1` as `127.0.0.1`; empty for what is no address. */
function normal(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : "";
}

const isPrivate = (address: string): boolean =>
  address !== "" && ["loopback", "private", "uniqueLocal", "linkLocal"].includes(ipaddr.parse(address).range());

/** Throws for a name that is not ours: a page elsewhere whose name was made to lead here. */
export function checkHost(header: string | undefined, { host, port, origin }: Site): void {
  if (!Config.isLocal(host)) return;
  const named = (header ?? "").toLowerCase();
  const ours = ["localhost", "127.0.0.1", "[::1]", host].map((name) => `${name}:${port}`);
  if (named === new URL(origin).host || ours.includes(named)) return;
  throw new Problem.Problem(
    "forbidden",
    both(
      `The host ${InputError.show(named)} is not this node's. Use ${origin}.`,
      `主机名 ${InputError.show(named)} 不属于本节点。请使用 ${origin}。`,
    ),
  );
}

/** Whether the request was made on this machine, to its own name. */
export function isFromHere(address: string, header: string | undefined): boolean {
  const name = (header ?? "").replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  return Config.isLocal(address) && Config.isLocal(name);
}

/**
 * Throws where a page of another origin may have sent the request with the caller's cookie. A key in `Authorization` is
 * nothing that a browser adds by itself.
 */
export function checkOrigin(request: Request, { origin }: Site): void {
  if (["GET", "HEAD", "OPTIONS"].includes(request.method)) return;
  const { headers } = request;
  if (headers.has("authorization")) return;
  const [from, site] = [headers.get("origin"), headers.get("sec-fetch-site")];
  const isOurs = from === origin || site === "same-origin";
  const isForeign = !isOurs && ((from !== null && from !== origin) || (site !== null && site !== "none"));
  if (isOurs || (!isForeign && !headers.has("cookie"))) return;
  throw new Problem.Problem(
    "forbidden",
    both(
      `A request with a session must come from ${origin}: found ${from === null ? "no Origin" : InputError.show(from)}. Open that address, or use an API key.`,
      `携带会话的请求须来自 ${origin}：现为 ${from === null ? "无 Origin" : InputError.show(from)}。请打开该地址，或使用 API 密钥。`,
    ),
  );
}

/** Takes as long whatever they differ in. */
export function isSame(one: string, other: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
