/** MCP over HTTP: the same callers, the same dispatcher, the same problems as everywhere. */
import { createMcpHandler } from "@modelcontextprotocol/server";
import * as Mcp from "../../api/Mcp.ts";
import type { Caller, Handlers, Parts } from "../Call.ts";
import { dispatch } from "../Dispatch.ts";
import type { Log } from "../Log.ts";
import { VERSION } from "../Version.ts";
import * as Reply from "./Reply.ts";

/** Who connects, and the id of the request. */
type From = { readonly caller: Caller; readonly id: string };

const NOBODY: From = { caller: { kind: "nobody" }, id: "" };

export type McpHost = {
  /** @param body Parsed already. */
  handle(request: Request, from: From, body: unknown): Promise<Response>;
  close(): Promise<void>;
};

export function open({ parts, handlers, log }: { parts: Parts; handlers: Handlers; log: Log }): McpHost {
  const handler = createMcpHandler(({ authInfo }) => {
    const { caller, id } = (authInfo?.extra ?? NOBODY) as From;
    return Mcp.server({
      version: VERSION,
      call: (name, input, key) =>
        dispatch(parts, handlers, { name, input, caller, ...(key === undefined ? {} : { key }) }),
      async problemOf(error) {
        const language = caller.kind === "user" ? caller.language : "en";
        const { details, fault } = await Reply.problemOf(error, language, { request: id, store: parts.store });
        if (fault) log.error({ id, error }, "fault");
        return details;
      },
    });
  });
  return {
    handle(request, from, parsedBody) {
      // Its own notes about the caller are not read by anyone but us.
      const authInfo = { token: "", clientId: "", scopes: [], extra: from };
      return handler.fetch(request, { parsedBody, authInfo });
    },
    close: () => handler.close(),
  };
}
