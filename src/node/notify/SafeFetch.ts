/**
 * Requests to addresses that somebody else chose. The node stands inside a network, so an address is resolved here,
 * every address that its name has is judged, and the connection goes to what was judged and nowhere else: a name that
 * resolves otherwise a moment later gains nothing. Redirects are not followed.
 */
import { Resolver } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Client } from "undici";
import { InputError } from "../../agreement/index.ts";
import { BadConfiguration } from "../Errors.ts";

const { both, CommendaError, show } = InputError;
type Words = InputError.Words;
type Ip = ipaddr.IPv4 | ipaddr.IPv6;

/** All addresses of a name. Throws where it has none. */
export type Resolve = (name: string, signal: AbortSignal) => Promise<readonly string[]>;

/** What may be reached although it is private, and how names are resolved. */
export type Gate = { readonly networks: readonly [Ip, number][]; readonly resolve: Resolve };

/** An address that the node does not connect to. */
export class AddressRefused extends CommendaError {
  readonly next = "fix";

  constructor(words: Words) {
    super("AddressRefused", both("the address is not one that this node connects to", "节点不连接该地址"), words);
  }
}

/** A name without an address, for now or for ever. */
export class NameUnknown extends CommendaError {
  readonly next = "retry";

  constructor(name: string) {
    super(
      "NameUnknown",
      both("the name has no address", "域名无法解析"),
      both(
        `found ${show(name)}, which has no address; expected a name that DNS resolves. Check its spelling, or try later.`,
        `现为 ${show(name)}，无法解析；应为可由 DNS 解析的域名。请检查拼写或稍后重试。`,
      ),
    );
  }
}

/** @param networks CIDR. Throws `BadConfiguration` with every one that is none. */
export function gate(networks: readonly string[], resolve: Resolve = byDns): Gate {
  const bad = networks.filter((network) => !ipaddr.isValidCIDR(network));
  if (bad.length > 0) {
    throw new BadConfiguration(
      bad.map((network) =>
        both(
          `COMMENDA_WEBHOOK_NETWORKS: found ${show(network)}, expected a network such as 10.1.0.0/16`,
          `COMMENDA_WEBHOOK_NETWORKS：现为 ${show(network)}，应为如 10.1.0.0/16 的网段`,
        ),
      ),
    );
  }
  return { networks: networks.map((network) => ipaddr.parseCIDR(network)), resolve };
}

/** An address that may be reached, and where. */
export type Checked = { readonly url: URL; readonly addresses: readonly string[] };

/** Throws `AddressRefused`, `NameUnknown`; the signal's reason where it took too long. */
export async function check(text: string, { networks, resolve }: Gate, signal: AbortSignal): Promise<Checked> {
  const url = parse(text);
  const name = url.hostname.replace(/^\[|\]$/g, "");
  const found = ipaddr.isValid(name) ? [name] : await named(name, resolve, signal);
  const ips = found.map((address) => ipaddr.process(address));
  if (ips.length === 0) throw new NameUnknown(name);
  for (const ip of ips) {
    const isNamed = networks.some((network) => ip.kind() === network[0].kind() && ip.match(network));
    if (!isNamed && !isPublic(ip)) throw notPublic(name, ip);
    if (url.protocol === "http:" && ip.range() !== "loopback") throw notSecret(text);
  }
  return { url, addresses: ips.map((ip) => ip.toString()) };
}

/** @param body Of type JSON. @param limit Bytes of the answer that are read. */
export type Post = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly limit: number;
};

/** Sends to a checked address. Throws what the network says; the signal's reason where it took too long. */
export async function post(
  { url, addresses }: Checked,
  { headers, body, limit }: Post,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  const client = new Client(url.origin, { connect: { lookup: only(addresses) }, allowH2: false });
  try {
    const answer = await client.request({
      ...{ method: "POST", path: `${url.pathname}${url.search}`, body, signal },
      headers: { "content-type": "application/json", "user-agent": "commenda", ...headers },
    });
    return { status: answer.statusCode, text: await read(answer.body, limit) };
  } finally {
    // Nothing is owed to a receiver that goes on talking.
    await client.destroy();
  }
}

/** Reads from a checked address, as text. Throws as `post` does. */
export async function get(
  { url, addresses }: Checked,
  { limit }: Pick<Post, "limit">,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  const client = new Client(url.origin, { connect: { lookup: only(addresses) }, allowH2: false });
  try {
    const answer = await client.request({
      ...{ method: "GET", path: `${url.pathname}${url.search}`, signal },
      headers: { accept: "*/*", "user-agent": "commenda" },
    });
    return { status: answer.statusCode, text: await read(answer.body, limit) };
  } finally {
    await client.destroy();
  }
}

/** Text records of a name, from the machine's name servers; none where it has none. */
export async function texts(name: string, signal: AbortSignal): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  const cancel = () => resolver.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(""));
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    // A name that is not there has no records; a server that does not answer is told by nobody else either.
    if (/^E(NOTFOUND|NODATA|SERVFAIL|TIMEOUT|REFUSED|CONNREFUSED|CANCELLED|BADNAME)$/.test(code)) return [];
    throw error;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:") || url.hostname === "") throw notWeb(text);
  if (url.username !== "" || url.password !== "") {
    throw new AddressRefused(
      both(
        "found a user name or password in the address; expected none. Take it out: deliveries are signed instead.",
        "地址中含有用户名或密码；不应包含。请删除：推送以签名证明来源。",
      ),
    );
  }
  return url;
}

async function named(name: string, resolve: Resolve, signal: AbortSignal): Promise<readonly string[]> {
  // RFC 6761: this machine, whatever a name server says.
  if (/^(.+\.)?localhost\.?$/.test(name)) return ["127.0.0.1"];
  signal.throwIfAborted();
  const found = await resolve(name, signal);
  signal.throwIfAborted();
  return found.filter((address) => ipaddr.isValid(address));
}

/** Public IP of Azure's machines for talking to their host: a service of metadata behind an address that looks public. */
const AZURE_HOST = "168.63.129.16";
const GLOBAL_UNICAST = ipaddr.parseCIDR("2000::/3");

/** Only what is plainly of the public internet; whatever tunnels, translates or is reserved is not. */
function isPublic(ip: Ip): boolean {
  if (ip.range() !== "unicast" || ip.toString() === AZURE_HOST) return false;
  return ip.kind() === "ipv4" || ip.match(GLOBAL_UNICAST);
}

/** For a connection: the addresses that were judged, whatever name it asks for. */
const only =
  (addresses: readonly string[]): LookupFunction =>
  (_name, { all }, done) => {
    const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    const [first = { address: "", family: 4 }] = found;
    if (all) done(null, found);
    else done(null, first.address, first.family);
  };

async function read(body: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part);
    size += part.length;
    if (size >= limit) break;
  }
  return Buffer.concat(parts).subarray(0, limit).toString("utf8");
}

/** Asks the machine's name servers. Without the system's resolver, whose few threads a slow name server would hold. */
async function byDns(name: string, signal: AbortSignal): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  const cancel = () => resolver.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    return answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

const notWeb = (text: string) =>
  new AddressRefused(
    both(
      `found ${show(text)}; expected an address https://…. Give the full address of the receiver.`,
      `现为 ${show(text)}；应为 https://… 地址。请提供接收方的完整地址。`,
    ),
  );

const notSecret = (text: string) =>
  new AddressRefused(
    both(
      `found ${show(text)}; expected https://, since what is sent is not public. Give the receiver a certificate.`,
      `现为 ${show(text)}；因内容不公开，应为 https://。请为接收方配置证书。`,
    ),
  );

const notPublic = (name: string, ip: Ip) => {
  const at = name === ip.toString() ? show(name) : `${show(name)} (${ip.toString()})`;
  return new AddressRefused(
    both(
      `found ${at}, which is not an address of the public internet; expected one that is. Whoever runs the node can allow a private network by COMMENDA_WEBHOOK_NETWORKS.`,
      `现为 ${at}，不属于公共互联网；应为公网地址。节点运营者可通过 COMMENDA_WEBHOOK_NETWORKS 允许私有网段。`,
    ),
  );
};
