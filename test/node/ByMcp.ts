/** The typed client's calls, carried by a real MCP client instead of HTTP: what an agent has. */
import { Client as McpClient, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { type Client, ProblemError } from "../../src/api/client.ts";
import { Table } from "../../src/api/index.ts";

const TOOLS = new Map(Table.NAMES.map((name) => [Table.table[name].route as string, name.replace(".", "_")]));

export async function open(url: string, apiKey: string): Promise<Client & { close(): Promise<void> }> {
  const mcp = new McpClient({ name: "an agent of ours", version: "1.0.0" });
  const headers = { authorization: `Bearer ${apiKey}` };
  await mcp.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } }));
  const send: Client["send"] = async (route, input) => {
    const answer = await mcp.callTool({ name: TOOLS.get(route) ?? route, arguments: { ...input } });
    if (!answer.isError) return answer.structuredContent;
    const [content] = answer.content as { text: string }[];
    throw new ProblemError(JSON.parse(content?.text ?? "{}"), 422);
  };
  return {
    send,
    call: ((route: string, input: Readonly<Record<string, unknown>> = {}) => send(route, input)) as Client["call"],
    events() {
      throw new Error("an agent asks event_list");
    },
    close: () => mcp.close(),
  };
}
