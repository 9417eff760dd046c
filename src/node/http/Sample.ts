/** What a JSON Schema looks like to people: its form in a few words, and a value that fits it. */
import { type OpenApi, Operation } from "../../api/index.ts";

type Schema = OpenApi.Schema;

const asSchema = (value: unknown): Schema => (typeof value === "object" && value !== null ? (value as Schema) : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const optionsOf = ({ anyOf, oneOf }: Schema) => listOf(anyOf ?? oneOf).map(asSchema);

/** `uuid`, `"en" | "zh"`, `list of string`, `open | revoke | …`. */
export function form(schema: Schema): string {
  const { type, format, items, properties } = schema;
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum !== undefined)
    return listOf(schema.enum)
      .map((one) => JSON.stringify(one))
      .join(" | ");
  const options = optionsOf(schema);
  if (options.length > 0) {
    const verbs = options.map((option) => asSchema(asSchema(option.properties).verb).const);
    return (verbs.every((verb) => verb !== undefined) ? verbs.map(String) : options.map(form)).join(" | ");
  }
  if (type === "array") return `list of ${form(asSchema(items))}`;
  if (type === "object" && properties !== undefined) return `{ ${Object.keys(asSchema(properties)).join(", ")} }`;
  if (type === "string" && typeof format === "string") return format;
  const bounds = [schema.minimum, schema.maximum].filter((bound) => Math.abs(Number(bound)) < Number.MAX_SAFE_INTEGER);
  return bounds.length === 2 ? `${type} ${bounds.join("–")}` : String(type ?? "any");
}

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: "0197b2c4-7d1e-7c3a-9f04-2b6f1f0c7a11",
  "date-time": "2027-03-01T09:00:00.000Z",
  email: "person@example.com",
  uri: "https://example.com/hook",
  base64: "UEsDBA==",
};
/** By pattern, as the table's forms have them. */
const BY_PATTERN: readonly [RegExp, string][] = [
  [/\{64\}/, `0x${"5e".repeat(32)}`],
  [/\{40\}/, `0x${"c1".repeat(20)}`],
  [/0x\(/, "0x1f2e"],
  [/\{43\}/, "u3Jm0v2Qh6cXn8y1Rk4sTz7bWq5pLf9gAe2dCi0oHvM"],
  [/\\d\{1,78\}/, "2500000000"],
];

/** A value that fits; of a union the first. */
export function of(schema: Schema): unknown {
  if ("const" in schema) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum !== undefined) return listOf(schema.enum)[0];
  const [option] = optionsOf(schema);
  if (option) return of(option);
  switch (schema.type) {
    case "object": {
      const required = new Set(listOf(schema.required));
      const fields = Object.entries(asSchema(schema.properties)).filter(([name]) => required.has(name));
      return Object.fromEntries(fields.map(([name, field]) => [name, of(asSchema(field))]));
    }
    case "array":
      return [of(asSchema(schema.items))];
    case "boolean":
      return true;
    case "integer":
    case "number":
      return Math.max(1, Number(schema.minimum ?? 1));
    case "string": {
      const known = typeof schema.format === "string" ? BY_FORMAT[schema.format] : undefined;
      const pattern = String(schema.pattern ?? "");
      return known ?? BY_PATTERN.find(([form]) => form.test(pattern))?.[1] ?? "text";
    }
    default:
      return {};
  }
}

/** A call by curl, with the fields that it needs. */
export function curl(route: string, fields: readonly OpenApi.Field[], origin: string): string {
  const method = Operation.methodOf(route);
  const needed = fields.filter(({ required }) => required);
  const sampleOf = (name: string) => String(of(asSchema(needed.find((field) => field.name === name)?.schema)));
  const path = Operation.pathOf(route).replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(sampleOf(name)));
  const query = needed.filter((field) => field.in === "query").map(({ name }) => `${name}=${sampleOf(name)}`);
  const body = needed.filter((field) => field.in === "body").map(({ name, schema }) => [name, of(schema)]);
  const lines = [
    `curl${method === "GET" ? "" : ` -X ${method}`} "${origin}${path}${query.length > 0 ? `?${query.join("&")}` : ""}"`,
    '-H "Authorization: Bearer $COMMENDA_API_KEY"',
    ...(method === "POST" ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(body.length > 0
      ? ['-H "Content-Type: application/json"', `-d '${JSON.stringify(Object.fromEntries(body))}'`]
      : []),
  ];
  return lines.join(" \\\n  ");
}
