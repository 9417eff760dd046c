/** The web app: static files of its build, under a policy that lets in nothing foreign, and its one page at every address of its own. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Context, Env, Hono } from "hono";
import * as Reply from "./Reply.ts";

/** Where `npm run build:web` puts it. */
const BUILT = fileURLToPath(new URL("../../../web/dist", import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
/** Fonts are compressed already. */
const DENSE = new Set([".woff2"]);

/** No inline script or style, no foreign host, no frame around it; images and downloads made in the page are its own. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

type File = { body: Buffer; type: string; tag: string; packed: Map<string, Promise<Buffer>> };
export type Web = { readonly files: ReadonlyMap<string, File> };

export const isBuilt = (folder = BUILT): boolean => existsSync(join(folder, "index.html"));

/** All files of a build by their address; nothing where there is no build. */
export function open(folder = BUILT): Web | undefined {
  if (!isBuilt(folder)) return undefined;
  const files = new Map<string, File>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    const type = TYPES[extname(name)];
    if (type === undefined || !statSync(path).isFile()) continue;
    const body = readFileSync(path);
    const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
    files.set(`/${name.replaceAll("\\", "/")}`, { body, type, tag, packed: new Map() });
  }
  return { files };
}

const PACK = {
  br: (body: Buffer) =>
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }) as Promise<Buffer>,
  gzip: (body: Buffer) => promisify(gzip)(body, { level: 9 }) as Promise<Buffer>,
};

/** Addresses that are the node's own: a page that is not there is not the app's to tell. */
const OTHERS = /^\/(v1|mcp|docs|health|ready|metrics|openapi\.json|\.well-known)(\/|$)/;

/** Addresses that a browser, or a router in it, could take for another host's. */
const FOREIGN = /^\/[/\\]|%2f|%5c/i;

/** After all other routes. */
export function mount<E extends Env>(app: Hono<E>, { files }: Web): void {
  app.get("*", async (context, next) => {
    const { path } = context.req;
    const file = files.get(path);
    if (file) return answer(context, file, path.startsWith("/assets/"));
    const index = files.get("/index.html");
    const asksForPage = (context.req.header("accept") ?? "").includes("text/html");
    const isOurs = !OTHERS.test(path) && !FOREIGN.test(new URL(context.req.url).pathname) && extname(path) === "";
    if (!index || !asksForPage || !isOurs) return next();
    return answer(context, index, false);
  });
}

/** `fixed`: the name carries a hash of the content. */
async function answer(context: Context, { body, type, tag, packed }: File, fixed: boolean): Promise<Response> {
  const headers = new Headers({
    "content-type": type,
    etag: tag,
    "cache-control": fixed ? "public, max-age=31536000, immutable" : "no-cache",
    vary: "accept-encoding",
    "content-security-policy": POLICY,
  });
  if (Reply.names(context.req.header("if-none-match") ?? "", tag)) return new Response(null, { status: 304, headers });
  const accepted = context.req.header("accept-encoding") ?? "";
  const way = accepted.includes("br") ? "br" : accepted.includes("gzip") ? "gzip" : undefined;
  if (way === undefined || DENSE.has(`.${type.slice(5)}`)) return new Response(new Uint8Array(body), { headers });
  const done = packed.get(way) ?? PACK[way](body);
  packed.set(way, done);
  headers.set("content-encoding", way);
  return new Response(new Uint8Array(await done), { headers });
}
