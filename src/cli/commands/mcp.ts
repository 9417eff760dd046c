/** `commenda mcp`: gives an agent on this machine the tools of a node, over standard input and output. */
import { once } from "node:events";
import { InputError } from "../../agreement/index.ts";
import { type Command, OK } from "../Command.ts";

const { both } = InputError;

export const mcp: Command = {
  path: ["mcp"],
  says: both(
    "serves a node's operations (COMMENDA_URL, COMMENDA_API_KEY) to an agent as MCP tools, over stdin and stdout",
    "经标准输入输出以 MCP 工具向智能体提供节点（COMMENDA_URL、COMMENDA_API_KEY）的操作",
  ),
  args: [],
  options: {},
  examples: [{ line: "commenda mcp", says: both("as an agent's configuration calls it", "由智能体的配置调用") }],
  async run({ language }, context) {
    const [{ serveStdio }, Mcp, { ProblemError }, { Table }, { connect }] = await Promise.all([
      import("@modelcontextprotocol/server/stdio"),
      import("../../api/Mcp.ts"),
      import("../../api/client.ts"),
      import("../../api/index.ts"),
      import("../Remote.ts"),
    ]);
    const node = await connect(context.env, language);
    const options = {
      version: "1",
      call: (name: Parameters<typeof Table.rowOf>[0], input: Readonly<Record<string, unknown>>, key?: string) =>
        node.send(Table.rowOf(name).route, input, key === undefined ? {} : { key }),
      async problemOf(error: unknown) {
        if (error instanceof ProblemError) return error.problem;
        if (error instanceof InputError.CommendaError) return error.toProblem(language);
        const words = both("The node cannot be reached. Try again later.", "无法连接节点，请稍后再试。");
        return { title: words[language], detail: words[language], next: "retry", code: "unreachable" };
      },
    };
    const handle = serveStdio(() => Mcp.server(options));
    const signal = context.interruption();
    await Promise.race([once(process.stdin, "end"), once(signal, "abort")]);
    await handle.close();
    return OK;
  },
};
