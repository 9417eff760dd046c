/** The table as an OpenAPI 3.1 document, for tools that make clients, tests and pages of it. */
import * as z from "zod";
import * as Operation from "./Operation.ts";
import * as Problem from "./Problem.ts";
import * as Table from "./Table.ts";

export type Schema = { readonly [member: string]: unknown };
type Json = Record<string, unknown>;

/** JSON Schema (2020-12) of what is sent, defaults not yet filled in. */
export const inputSchema = (name: Table.Name): Schema => schemaOf(Table.rowOf(name).input, "input");
/** Of what is answered. */
export const outputSchema = (name: Table.Name): Schema => schemaOf(Table.rowOf(name).output, "output");

function schemaOf(type: z.ZodType, io: "input" | "output"): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { target: "draft-2020-12", io });
  return schema;
}

export type Field = {
  readonly name: string;
  readonly in: "path" | "query" | "body";
  readonly required: boolean;
  readonly schema: Schema;
};

/** Fields of the input, each with where it is sent. */
export function fieldsOf(name: Table.Name): readonly Field[] {
  const { route } = Table.rowOf(name);
  const inPath = Operation.pathFields(route);
  const isBody = !["GET", "DELETE"].includes(Operation.methodOf(route));
  const { properties = {}, required = [] } = inputSchema(name) as {
    properties?: Record<string, Schema>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([field, schema]) => ({
    name: field,
    in: inPath.includes(field) ? "path" : isBody ? "body" : "query",
    required: inPath.includes(field) || required.includes(field),
    schema,
  }));
}

/** @param server Origin of the node. */
export function document(server: string, version: string): Schema {
  const paths: Record<string, Json> = {};
  for (const name of Table.NAMES) {
    const { route } = Table.rowOf(name);
    const path = Operation.pathOf(route);
    paths[path] = { ...paths[path], [Operation.methodOf(route).toLowerCase()]: operation(name) };
  }
  paths["/v1/events/stream"] = { get: STREAM };
  const nouns = [...new Set(Table.NAMES.map(nounOf))];
  return {
    openapi: "3.1.0",
    info: {
      title: "Commenda",
      version,
      license: { name: "MIT", identifier: "MIT" },
      description:
        "Agreements that both sides sign, money in escrow, and rules that no one can bend. Amounts are text, in base units of their token; times are UTC. 双方签署的协议、托管的资金与无人可曲解的规则。金额为文本，以代币最小单位计；时间为协调世界时。",
    },
    servers: [{ url: server }],
    tags: nouns.map((name) => ({ name })),
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "API key of an organisation · 组织的 API 密钥" },
        session: {
          ...{ type: "apiKey", in: "cookie", name: "commenda.session_token" },
          description: "session of a person, from the node's own pages only · 个人会话，仅限本节点页面",
        },
      },
      schemas: { Problem: PROBLEM },
    },
  };
}

/** `agreement` of `agreement.show`. */
export const nounOf = (name: Table.Name): string => name.slice(0, name.indexOf("."));

function operation(name: Table.Name): Json {
  const row = Table.rowOf(name);
  const fields = fieldsOf(name);
  const body = fields.filter((field) => field.in === "body");
  const scope = Operation.scopeOf(row);
  return {
    operationId: name,
    tags: [nounOf(name)],
    summary: row.says.en,
    description: `${sentence(row.says.en)} ${row.says.zh}。`,
    "x-says-zh": row.says.zh,
    "x-who": row.who,
    "x-repeat": row.repeat,
    ...(scope === undefined ? { security: [] } : { "x-scope": scope }),
    parameters: [
      ...fields.filter((field) => field.in !== "body").map(parameter),
      ...(row.repeat === "safe" ? [] : [KEY]),
    ],
    ...(body.length === 0 ? {} : { requestBody: requestBody(body) }),
    responses: { "200": answer(row, outputSchema(name)), ...refusals(row) },
  };
}

const sentence = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

function parameter({ name, in: place, required, schema }: Field): Json {
  const { description, ...rest } = schema;
  return { name, in: place, required, ...(description ? { description } : {}), schema: rest };
}

function requestBody(fields: readonly Field[]): Json {
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const schema = {
    type: "object",
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
  return { required: required.length > 0, content: { "application/json": { schema } } };
}

function answer({ route }: Operation.Operation, schema: Schema): Json {
  const tag = { ETag: { description: "of this answer, for If-None-Match and If-Match", schema: { type: "string" } } };
  return {
    description: "Done",
    ...(Operation.methodOf(route) === "GET" ? { headers: tag } : {}),
    content: { "application/json": { schema } },
  };
}

/** Codes by status: several problems can share one. */
function refusals({ errors, who }: Operation.Operation): Json {
  const codes = [...Problem.COMMON, ...errors].filter((code) => who.may !== "anyone" || !SIGNED_IN.includes(code));
  const byStatus = Map.groupBy(new Set(codes), (code) => Problem.CODES[code].status);
  return Object.fromEntries(
    [...byStatus]
      .toSorted(([one], [other]) => one - other)
      .map(([status, codes]) => {
        const says = codes.map((code) => `\`${code}\`: ${Problem.CODES[code].title.en}`).join("; ");
        const schema = {
          allOf: [{ $ref: "#/components/schemas/Problem" }, { type: "object", properties: { code: { enum: codes } } }],
        };
        return [String(status), { description: says, content: { "application/problem+json": { schema } } }];
      }),
  );
}

const SIGNED_IN: readonly Problem.Code[] = ["not-signed-in", "session-expired", "forbidden", "scope-missing"];

const KEY: Json = {
  ...{ name: "Idempotency-Key", in: "header", required: false },
  description: "the same key and input again get the same answer, and nothing is done twice · 同键同输入只执行一次",
  schema: { type: "string", pattern: "^[!-~]{1,200}$" },
};

const words: Json = {
  type: "object",
  properties: { en: { type: "string" }, zh: { type: "string" } },
  required: ["en", "zh"],
};

const PROBLEM: Json = {
  type: "object",
  description: "RFC 9457 problem details, in the language of Accept-Language",
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "what was found, what was expected, what to do next" },
    code: { type: "string" },
    next: { enum: ["fix", "retry", "stop"], description: "what the caller does next" },
    titles: words,
    details: words,
    request: { type: "string", description: "id of the request, to tell the operator" },
    errors: { type: "array", items: { type: "object" }, description: "of an input with several problems" },
  },
  required: ["type", "title", "status", "detail", "code", "next"],
};

const STREAM: Json = {
  operationId: "event.stream",
  tags: ["event"],
  summary: "events as they happen, as server-sent events; goes on after Last-Event-ID",
  description:
    "Events as they happen, as server-sent events; goes on after Last-Event-ID. 以 SSE 实时推送事件，可由 Last-Event-ID 续传。",
  "x-says-zh": "以 SSE 实时推送事件，可由 Last-Event-ID 续传",
  "x-who": { may: "user" },
  "x-repeat": "safe",
  "x-scope": "read",
  parameters: [
    { name: "agreement", in: "query", required: false, schema: { type: "string", format: "uuid" } },
    { name: "Last-Event-ID", in: "header", required: false, schema: { type: "string" } },
  ],
  responses: {
    "200": {
      description: "A stream that does not end",
      content: { "text/event-stream": { schema: { type: "string" } } },
    },
    "401": {
      description: "`not-signed-in`",
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    },
  },
};
