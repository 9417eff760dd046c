/** `commenda call NAME --FIELD VALUE`: asks a node for any of its operations. */
import { InputError } from "../../agreement/index.ts";
import { type Command, OK } from "../Command.ts";
import { UsageError } from "../Errors.ts";

const { both } = InputError;

export const call: Command = {
  path: ["call"],
  says: both(
    "asks a node (COMMENDA_URL; COMMENDA_API_KEY, or COMMENDA_PERSONA of a demonstration) for an operation; without a name: lists them",
    "向节点（COMMENDA_URL；COMMENDA_API_KEY，或演示角色 COMMENDA_PERSONA）请求操作；不给名称则列出全部",
  ),
  args: ["[NAME]"],
  options: {},
  examples: [
    { line: "commenda call node.show", says: both("what a node is", "节点信息") },
    { line: "commenda call agreement.show --help", says: both("the fields of an operation", "某项操作的字段") },
  ],
  async run({ args: [name], language }, context) {
    const Remote = await import("../Remote.ts");
    if (name === undefined) {
      context.print(Remote.list(language));
      return OK;
    }
    const shown = InputError.show(name);
    throw new UsageError(
      both(
        `There is no operation ${shown}. \`commenda call\` lists them.`,
        `没有操作 ${shown}。\`commenda call\` 可列出全部操作。`,
      ),
    );
  },
};

/** The operations as commands of their own; read only where one of them is called. */
export async function operations(argv: readonly string[]): Promise<readonly Command[]> {
  return argv.includes("call") ? (await import("../Remote.ts")).commands() : [];
}
