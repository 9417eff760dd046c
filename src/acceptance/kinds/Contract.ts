/** An OpenAPI 3.1 contract in JSON: which answers it promises. */
import { fromJSONSchema, type ZodType } from "zod";
import { Errors, InputError } from "../../agreement/index.ts";
import { clip, parse } from "./Outcome.ts";

const { both } = InputError;
type Words = InputError.Words;

export type Contract = {
  /** Why an answer is not what the contract promises; nothing where it is. */
  judge(method: string, path: string, answer: { status: number; body: string }): Words | undefined;
};

type Schema = Record<string, unknown>;
type Promised = { path: RegExp; method: string; answers: ReadonlyMap<string, ZodType | undefined> };

const METHODS = ["get", "post", "put", "patch", "delete"];
/** A pattern of a stranger may keep the judge busy for ever. */
const REFUSED = ["pattern", "patternProperties"];

/** Throws `WrongForm` where it is no contract, or has what is not judged. */
export function read(text: string, file: string): Contract {
  const refuse = (at: string, expected: Words) => new Errors.WrongForm({ field: `${file}${at}`, found: "-", expected });
  const document = parse(text)?.value as Schema | undefined;
  const paths = document?.paths as Record<string, Record<string, Schema>> | undefined;
  if (typeof document?.openapi !== "string" || typeof paths !== "object" || paths === null)
    throw refuse("", both("OpenAPI 3.1 in JSON, with paths", "含 paths 的 OpenAPI 3.1（JSON）"));
  const shared = ((document.components as Schema | undefined)?.schemas ?? {}) as Schema;
  const held = (schema: unknown, at: string): ZodType => {
    const local = rewritten(schema, () => {
      throw refuse(at, both(`no ${REFUSED.join(" and no ")}`, `不含 ${REFUSED.join("、")}`));
    });
    try {
      const defs = rewritten(shared, () => {
        throw refuse("/components/schemas", both(`no ${REFUSED.join(" and no ")}`, `不含 ${REFUSED.join("、")}`));
      });
      return fromJSONSchema({ ...(local as object), $defs: defs } as never);
    } catch (cause) {
      if (cause instanceof InputError.CommendaError) throw cause;
      const detail = clip((cause as Error).message);
      throw refuse(at, both(`a JSON Schema that can be judged (${detail})`, `可判定的 JSON Schema（${detail}）`));
    }
  };
  const promised = Object.entries(paths).flatMap(([path, operations]): Promised[] =>
    METHODS.filter((method) => operations[method] !== undefined).map((method) => {
      const responses = (operations[method]?.responses ?? {}) as Record<string, Schema>;
      const answers = Object.entries(responses).map(([status, response]) => {
        const content = response.content as Record<string, Schema> | undefined;
        const schema = content?.["application/json"]?.schema;
        const at = `/paths/${path}/${method}/responses/${status}`;
        return [status, schema === undefined ? undefined : held(schema, at)] as const;
      });
      return { path: template(path), method, answers: new Map(answers) };
    }),
  );
  return {
    judge(method, path, { status, body }) {
      const plain = path.split("?")[0] ?? path;
      const one = promised.find((each) => each.method === method.toLowerCase() && each.path.test(plain));
      if (!one) return both(`the contract has no ${method} ${plain}`, `契约中没有 ${method} ${plain}`);
      const key = [String(status), `${Math.floor(status / 100)}XX`, "default"].find((name) => one.answers.has(name));
      if (key === undefined) return both(`the contract has no answer ${status}`, `契约中没有应答 ${status}`);
      const schema = one.answers.get(key);
      if (!schema) return undefined;
      const found = parse(body);
      if (!found) return both("the answer is no JSON", "应答不是 JSON");
      const [issue] = schema.safeParse(found.value).error?.issues ?? [];
      if (!issue) return undefined;
      const where = clip(`${issue.path.map(String).join(".") || "-"}: ${issue.message}`);
      return both(clip(`the answer breaks the contract: ${where}`), clip(`应答不符合契约：${where}`));
    },
  };
}

/** `/todos/{id}` as an expression. */
function template(path: string): RegExp {
  const parts = path.split("/").map((part) => {
    if (/^\{[^}]*\}$/.test(part)) return "[^/]+";
    return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("/")}$`);
}

/** References into the components as references into the schema itself. */
function rewritten(value: unknown, refuse: () => never, depth = 0): unknown {
  if (depth > 32) refuse();
  if (Array.isArray(value)) return value.map((item) => rewritten(item, refuse, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (REFUSED.includes(key) && typeof item !== "boolean" && (typeof item === "string" || key !== "pattern"))
        refuse();
      if (key === "$ref" && typeof item === "string")
        return [key, item.replace(/^#\/components\/schemas\//, "#/$defs/")];
      return [key, rewritten(item, refuse, depth + 1)];
    }),
  );
}
