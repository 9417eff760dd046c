/** Raw requests at a node, as anyone may send them: no client, nothing checked on this side. */
import { Address as OxAddress, Hex as OxHex, PersonalMessage, Secp256k1, Signature, Siwe } from "ox";
import { Operation, Table } from "../../src/api/index.ts";
import * as Cast from "../../src/cli/Cast.ts";

export type Headers = Readonly<Record<string, string>>;
export type Answer = {
  readonly status: number;
  readonly text: string;
  readonly headers: globalThis.Headers;
  /** Members of the problem, or of the answer; empty for what is no JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Of a problem. */
  readonly code: string;
};

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const { status, headers } = response;
  let body: Record<string, unknown> = {};
  try {
    body = JSON.parse(text) as Record<string, unknown>;
  } catch {
    // Bytes of a file, say.
  }
  return { status, text, headers, body, code: status < 400 ? "done" : String(body.code) };
}

/** An operation of the table. `text`: how the body is written. */
export async function ask(
  url: string,
  name: Table.Name,
  input: Readonly<Record<string, unknown>>,
  headers: Headers = {},
  text: (body: unknown) => string = JSON.stringify,
): Promise<Answer> {
  const { route } = Table.rowOf(name);
  const inPath = Operation.pathFields(route);
  const method = Operation.methodOf(route);
  const path = Operation.pathOf(route).replace(/\{(\w+)\}/g, (_, field: string) => escaped(input[field]));
  const rest = Object.entries(input).filter(([field, value]) => !inPath.includes(field) && value !== undefined);
  const origin = new URL(url).origin;
  if (method === "GET" || method === "DELETE") {
    const query = rest.map(([field, value]) => `${escaped(field)}=${escaped(value)}`).join("&");
    return read(await fetch(`${url}${path}${query && `?${query}`}`, { method, headers: { origin, ...headers } }));
  }
  const sent = { origin, "content-type": "application/json", ...headers };
  // By entries, so that `__proto__` is a key like any other.
  const body = text(Object.fromEntries(rest));
  return read(await fetch(`${url}${path}`, { method, headers: sent, body }));
}

const escaped = (value: unknown): string =>
  encodeURIComponent(String(typeof value === "object" ? JSON.stringify(value) : value).toWellFormed())
    // A path of dots alone is another path.
    .replace(/^\.{1,2}$/, (dots) => dots.replaceAll(".", "%2E"));

/** A tool call by MCP, as an agent would send it. */
export async function tool(url: string, name: string, input: unknown, headers: Headers = {}): Promise<Answer> {
  const body = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: input } };
  const accept = "application/json, text/event-stream";
  const sent = { origin: new URL(url).origin, "content-type": "application/json", accept, ...headers };
  const answer = await read(await fetch(`${url}/mcp`, { method: "POST", headers: sent, body: JSON.stringify(body) }));
  if (answer.status >= 400) return answer;
  const data = /^data: (.*)$/m.exec(answer.text)?.[1] ?? answer.text;
  const { result } = JSON.parse(data) as { result?: { isError?: boolean; content: { text: string }[] } };
  if (!result) return { ...answer, code: "no call" };
  const told = JSON.parse(result.content[0]?.text ?? "{}") as Record<string, unknown>;
  return { ...answer, body: told, code: result.isError ? String(told.code) : "done" };
}

export type Saying = {
  /** Of the message, in place of what is right. */
  message?: Partial<Siwe.Message>;
  /** Who signs it. */
  signer?: string;
  headers?: Headers;
};

/** Signs in by the wallet of a stand-in. @returns the answer, and the cookie if it brought one. */
export async function enter(
  node: { readonly url: string; readonly chainId: number },
  name: string,
  { message: said = {}, signer = name, headers = {} }: Saying = {},
): Promise<{ answer: Answer; cookie: string }> {
  const { url, chainId } = node;
  const cookies: string[] = [];
  const send = async (path: string, body: unknown) => {
    const sent = { "content-type": "application/json", origin: url, cookie: cookies.join("; "), ...headers };
    const response = await fetch(`${url}/v1/auth${path}`, {
      method: "POST",
      headers: sent,
      body: JSON.stringify(body),
    });
    cookies.push(...response.headers.getSetCookie().map((one) => one.slice(0, one.indexOf(";"))));
    return read(response);
  };
  const { body } = await send("/siwe/nonce", {});
  const message = Siwe.createMessage({
    ...{ domain: new URL(url).host, uri: url, chainId, nonce: String(body.nonce), version: "1" },
    address: OxAddress.checksum(Cast.account(name)),
    ...said,
  });
  const answer = await send("/siwe/verify", { message, signature: personal(signer, message) });
  return { answer, cookie: cookies.join("; ") };
}

/** `personal_sign` by a stand-in. */
function personal(name: string, text: string): `0x${string}` {
  const payload = PersonalMessage.getSignPayload(OxHex.fromString(text));
  return Signature.toHex(Secp256k1.sign({ payload, privateKey: Cast.key(name) }));
}
