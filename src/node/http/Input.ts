/** The input of an operation, as a request carries it: fields of the path, and the query or the body. */
import { InputError } from "../../agreement/index.ts";
import { Operation, Problem } from "../../api/index.ts";
import * as Json from "./Json.ts";

const { both } = InputError;

const BODY_LIMIT = 1_000_000;

/** Throws `wrong-type`, `malformed-body`, `body-too-large`, `bad-input`. */
export async function of(
  request: Request,
  row: Operation.Operation,
  path: Readonly<Record<string, string>>,
): Promise<unknown> {
  const method = Operation.methodOf(row.route);
  for (const value of Object.values(path)) Json.checkText(value);
  const query = queryOf(new URL(request.url).searchParams);
  if (method === "GET" || method === "DELETE") return { ...query, ...inPath(path, query) };
  const [unknown] = Object.keys(query);
  if (unknown !== undefined) throw misplaced(unknown, both("in the body", "请求正文"));
  const body = await bodyOf(request, row.bodyLimit ?? BODY_LIMIT);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Problem.Problem(
      "bad-input",
      both(
        `The body is ${InputError.show(body)}, expected an object with named fields.`,
        `请求正文为 ${InputError.show(body)}，应为带字段名的对象。`,
      ),
    );
  }
  return { ...body, ...inPath(path, body) };
}

async function bodyOf(request: Request, limit: number): Promise<unknown> {
  const type = request.headers.get("content-type");
  const isJson = type !== null && /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type.trim());
  if (!isJson && (type !== null || request.body !== null)) {
    const text = type === null ? await Json.read(request, limit) : undefined;
    // No body at all is an empty one.
    if (text === "") return {};
    throw new Problem.Problem(
      "wrong-type",
      both(
        `The body's type is ${InputError.show(type ?? undefined)}, expected application/json. Set Content-Type.`,
        `请求正文类型为 ${InputError.show(type ?? undefined)}，应为 application/json。请设置 Content-Type。`,
      ),
    );
  }
  const text = await Json.read(request, limit);
  return text === "" && !isJson ? {} : Json.parse(text);
}

function queryOf(search: URLSearchParams): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of search) {
    if (Object.hasOwn(query, name)) {
      const shown = InputError.show(name);
      throw new Problem.Problem(
        "bad-input",
        both(`The query has ${shown} twice. Keep one.`, `查询参数 ${shown} 重复。请保留一个。`),
      );
    }
    Json.checkText(value);
    // Never by assignment: a name can be `__proto__`.
    Object.defineProperty(query, name, { value, enumerable: true });
  }
  return query;
}

/** What the path says is said there only. */
function inPath(path: Readonly<Record<string, string>>, given: object): Readonly<Record<string, string>> {
  for (const name of Object.keys(path))
    if (Object.hasOwn(given, name)) throw misplaced(name, both("in the path", "路径"));
  return path;
}

const misplaced = (name: string, place: InputError.Words) =>
  new Problem.Problem(
    "bad-input",
    both(
      `${InputError.show(name)} belongs ${place.en} of this operation. Move it there.`,
      `${InputError.show(name)} 应置于此操作的${place.zh}中。请移至该处。`,
    ),
    { field: name },
  );

/** `Idempotency-Key`. Throws `bad-input`. */
export function keyOf(headers: Headers): string | undefined {
  const key = headers.get("idempotency-key");
  if (key === null || /^[!-~]{1,200}$/.test(key)) return key ?? undefined;
  throw new Problem.Problem(
    "bad-input",
    both(
      "Idempotency-Key: expected 1 to 200 visible ASCII characters. A UUID is good.",
      "Idempotency-Key：应为 1 至 200 个可见 ASCII 字符。可使用 UUID。",
    ),
    { field: "Idempotency-Key" },
  );
}
