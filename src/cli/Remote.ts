/** Operations of a node as commands, made from its table: `commenda call NAME --FIELD VALUE`. */
import { readFileSync } from "node:fs";
import { InputError } from "../agreement/index.ts";
import * as client from "../api/client.ts";
import { OpenApi, Table } from "../api/index.ts";
import { type Command, type Context, type Given, OK, type Option } from "./Command.ts";
import { FileUnusable, UsageError } from "./Errors.ts";

const { both, CommendaError } = InputError;

/** Where `commenda serve` listens unless it is told otherwise. */
const HOME = "http://localhost:8420";

/** One command for each operation. */
export const commands = (): readonly Command[] => Table.NAMES.map(commandOf);

/** Every operation with what it does, a line each. */
export function list(language: InputError.Language): string {
  const width = Math.max(...Table.NAMES.map((name) => name.length));
  return Table.NAMES.map((name) => `${name.padEnd(width)}  ${Table.rowOf(name).says[language]}`).join("\n");
}

const WHOLE: Readonly<Record<string, Option>> = {
  data: { type: "string", value: "JSON", says: both("the whole input as JSON", "以 JSON 给出全部输入") },
  input: {
    type: "string",
    value: "FILE",
    says: both("the whole input from a JSON file", "由 JSON 文件给出全部输入"),
  },
  key: {
    type: "string",
    value: "KEY",
    says: both("Idempotency-Key: the same again does nothing twice", "Idempotency-Key：同键只执行一次"),
  },
};

function commandOf(name: Table.Name): Command {
  const row = Table.rowOf(name);
  const fields = OpenApi.fieldsOf(name);
  // Two operations name a thing `key`; it is what they are about.
  const options = { ...WHOLE, ...Object.fromEntries(fields.map((field) => [field.name, optionOf(field)])) };
  const needed = fields.filter(({ required }) => required).map((field) => ` --${field.name} …`);
  return {
    path: ["call", name],
    says: row.says,
    args: [],
    options,
    examples: [{ line: `commenda call ${name}${needed.join("")}`, says: row.says }],
    async run(given, context) {
      const input = inputOf(given, fields);
      const key = fields.some((field) => field.name === "key") ? undefined : given.options.key;
      const answer = await send(context, given.language, row.route, input, typeof key === "string" ? key : undefined);
      context.print(JSON.stringify(answer, null, 2));
      return OK;
    },
  };
}

function optionOf({ schema, required }: OpenApi.Field): Option {
  const { type, format, description = "" } = schema as { type?: string; format?: string; description?: string };
  const [en = "", zh = en] = description.split(" · ");
  const must = required ? both("; required", "；必填") : both("", "");
  const form = isText(schema) ? (format ?? "TEXT") : (type ?? "JSON");
  return {
    type: "string",
    value: form.toUpperCase(),
    says: both(
      `${en || "as the API documents it"}${must.en}; @FILE reads a file`,
      `${zh || "见接口文档"}${must.zh}；@文件 表示读取文件`,
    ),
  };
}

const isText = ({ type }: OpenApi.Schema) => type === "string";

function inputOf(given: Given, fields: readonly OpenApi.Field[]): Record<string, unknown> {
  const { data, input } = given.options;
  const whole =
    typeof input === "string" ? json(read(input).toString("utf8"), input) : json(String(data ?? "{}"), "--data");
  if (typeof whole !== "object" || whole === null || Array.isArray(whole)) {
    throw new UsageError(both("The input must be a JSON object.", "输入须为 JSON 对象。"));
  }
  const single = fields.flatMap(({ name, schema }): [string, unknown][] => {
    const value = given.options[name];
    return typeof value === "string" ? [[name, readAs(`--${name}`, value, schema)]] : [];
  });
  return { ...whole, ...Object.fromEntries(single) };
}

function readAs(flag: string, given: string, schema: OpenApi.Schema): unknown {
  const bytes = given.startsWith("@") ? read(given.slice(1)) : undefined;
  if (isText(schema)) {
    if (bytes === undefined) return given;
    return schema.format === "base64" ? bytes.toString("base64") : bytes.toString("utf8");
  }
  return json(bytes?.toString("utf8") ?? given, flag);
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FileUnusable(file, both(why, why));
  }
}

function json(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const shown = InputError.show(text);
    throw new UsageError(
      both(
        `${where}: found ${shown}, expected JSON, such as 5, true or {"a": 1}.`,
        `${where}：现为 ${shown}，应为 JSON，如 5、true 或 {"a": 1}。`,
      ),
    );
  }
}

/** A client of the node of `COMMENDA_URL`, as the owner of `COMMENDA_API_KEY`, or as a persona of a demonstration. */
export async function connect(env: Context["env"], language: InputError.Language): Promise<client.Client> {
  const { COMMENDA_URL, COMMENDA_API_KEY: apiKey, COMMENDA_PERSONA: persona } = env;
  const url = COMMENDA_URL || HOME;
  if (!persona || apiKey) return client.create({ url, language, ...(apiKey ? { apiKey } : {}) });
  return client.create({ url, language, cookie: await enter(url, persona) });
}

/** The session of a persona. Throws `UsageError` where the node knows none of this name. */
async function enter(url: string, persona: string): Promise<string> {
  const headers = { "content-type": "application/json", origin: new URL(url).origin };
  const answer = await fetch(`${url}/v1/demo/enter`, { method: "POST", headers, body: JSON.stringify({ persona }) });
  if (answer.ok)
    return answer.headers
      .getSetCookie()
      .map((one) => one.slice(0, one.indexOf(";")))
      .join("; ");
  const shown = InputError.show(persona);
  throw new UsageError(
    both(
      `COMMENDA_PERSONA: the node has no persona ${shown}. \`commenda call node.show\` lists them; only demonstrations have any.`,
      `COMMENDA_PERSONA：节点没有演示角色 ${shown}。\`commenda call node.show\` 可列出全部；仅演示节点设有角色。`,
    ),
  );
}

/** One operation by its route. Throws what the node says of it, and where no node answers. */
export async function send(
  { env }: Context,
  language: InputError.Language,
  route: string,
  input: Record<string, unknown>,
  key: string | undefined,
): Promise<unknown> {
  try {
    const connected = await connect(env, language);
    return await connected.send(route, input, key === undefined ? {} : { key });
  } catch (error) {
    if (error instanceof client.ProblemError) throw new NodeRefuses(error);
    if (error instanceof TypeError) throw new NoNode(env.COMMENDA_URL || HOME);
    throw error;
  }
}

/** A node's problem, in its own words. */
class NodeRefuses extends CommendaError {
  readonly next: InputError.Next;
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(error: client.ProblemError) {
    const words = (given: unknown, otherwise: string) => {
      const { en, zh } = (given ?? {}) as { en?: unknown; zh?: unknown };
      return both(typeof en === "string" ? en : otherwise, typeof zh === "string" ? zh : otherwise);
    };
    super("NodeRefuses", words(error.problem.titles, error.title), words(error.problem.details, error.message));
    this.next = error.next;
    this.problem = error.problem;
  }

  override toProblem(language: InputError.Language = "en"): InputError.ProblemDetails {
    return { ...super.toProblem(language), ...this.problem };
  }
}

class NoNode extends CommendaError {
  readonly next = "retry";

  constructor(url: string) {
    super(
      "NoNode",
      both("no node answers", "节点没有应答"),
      both(
        `Nothing answers at ${url}. Start a node with \`commenda serve\`, or name another by COMMENDA_URL.`,
        `${url} 没有应答。请以 \`commenda serve\` 启动节点，或以 COMMENDA_URL 指定其他节点。`,
      ),
    );
  }
}
