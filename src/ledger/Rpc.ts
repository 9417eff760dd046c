/** JSON-RPC over HTTP, with the node's errors as ours. */
import { NodeDown, NodeRefused, Reverted } from "./Errors.ts";
import type { Hex } from "./Ledger.ts";

export type Rpc = (method: string, params?: readonly unknown[]) => Promise<unknown>;

type Answer = { id?: unknown; result?: unknown; error?: { code: number; message: string; data?: unknown } };

/** @param timeout Milliseconds for each request. */
export function connect(url: string, { timeout = 20_000, fetch = globalThis.fetch } = {}): Rpc {
  let id = 0;
  return async (method, params = []) => {
    let answer: Answer;
    const asked = ++id;
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", id: asked, method, params }),
        signal: AbortSignal.timeout(timeout),
      });
      answer = (await response.json()) as Answer;
      // The answer to something else, or to nothing: as good as none.
      if (answer.id !== asked || !(answer.error || "result" in answer)) throw new TypeError("not the answer");
    } catch (cause) {
      throw new NodeDown(host(url), { cause });
    }
    if (answer.error) throw problem(method, answer.error);
    return answer.result;
  };
}

/** What a contract said when it refused, or else that the node refused. */
function problem(method: string, { code, message, data }: NonNullable<Answer["error"]>): Error {
  const raw = typeof data === "string" ? data : (data as { data?: unknown } | undefined)?.data;
  if (typeof raw === "string" && /^0x[0-9a-f]*$/i.test(raw)) return new Reverted(raw as Hex);
  if (code === 3 || /revert/i.test(message)) return new Reverted("0x");
  return new NodeRefused(method, code, message);
}

/** Without path and key: an address with a secret in it must not reach a log. */
export const host = (url: string): string => {
  try {
    return new URL(url).origin;
  } catch {
    return url;
  }
};
