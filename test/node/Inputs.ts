/** Inputs of operations made of their own schemas: as they should be, and as they should not. */
import fc from "fast-check";
import * as z from "zod";
import { Table } from "../../src/api/index.ts";

type Schema = {
  type?: string;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
};

export type Input = Readonly<Record<string, unknown>>;
/** By the name of a field: values that lead somewhere. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/** @param known Taken as often as a made-up value. */
export function valid(name: Table.Name, known: Known): fc.Arbitrary<Input> {
  const schema = z.toJSONSchema(Table.rowOf(name).input, { io: "input", unrepresentable: "any" }) as Schema;
  return of(schema, known, "") as fc.Arbitrary<Input>;
}

function of(schema: Schema, known: Known, field: string): fc.Arbitrary<unknown> {
  const made = fresh(schema, known, field);
  const values = known[field];
  return values ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: made }) : made;
}

function fresh(schema: Schema, known: Known, field: string): fc.Arbitrary<unknown> {
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return fc.oneof(...options.map((one) => of(one, known, "")));
  switch (schema.type) {
    case "object":
      return object(schema, known);
    case "array": {
      const { items = {}, minItems = 0, maxItems = 5 } = schema;
      return fc.array(of(items, known, field), { minLength: minItems, maxLength: Math.min(maxItems, minItems + 4) });
    }
    case "integer":
    case "number": {
      const [min, max] = [schema.minimum ?? -(2 ** 31), schema.maximum ?? 2 ** 40];
      const inner = schema.type === "number" ? fc.double({ min, max, noNaN: true }) : fc.integer({ min, max });
      return fc.oneof(inner, fc.constantFrom(min, max, Math.min(max, Math.max(min, 1))));
    }
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "string":
      return text(schema);
    default:
      return JSON_VALUE;
  }
}

const JSON_VALUE = fc.oneof(
  fc.jsonValue({ maxDepth: 3, noUnicodeString: false }),
  fc.constantFrom<unknown>(null, {}, [], "", 0, -1),
);

function object({ properties, required = [] }: Schema, known: Known): fc.Arbitrary<unknown> {
  if (!properties) return fc.dictionary(fc.string({ maxLength: 12 }), JSON_VALUE, { maxKeys: 5 });
  const fields = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, of(one, known, name)]));
  return fc.record(fields, { requiredKeys: required });
}

function text({ format, pattern, minLength = 0, maxLength }: Schema): fc.Arbitrary<string> {
  const most = Math.min(maxLength ?? 60, minLength + 60);
  switch (format) {
    case "uuid":
      return fc.uuid();
    case "email":
      return fc.emailAddress();
    case "uri":
      return fc.constantFrom(...ADDRESSES);
    case "date-time":
      return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
    case "base64":
      return fc.base64String({ maxLength: 400 });
    default:
      if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern), { size: "-1" });
      return fc.string({ unit: "grapheme", minLength, maxLength: most });
  }
}

/** None of which a name server has to be asked about. */
const ADDRESSES = [
  ...["http://127.0.0.1/", "https://192.0.2.1/hook", "https://[::1]:8420/", "https://10.0.0.1/", "ftp://192.0.2.1/"],
  ...["https://user:pw@192.0.2.1/", "file:///etc/passwd", "https://192.0.2.1:99/%00", "javascript:alert(1)"],
];

/** Stand for what `JSON.stringify` cannot write. */
const ENDLESS = "\u2991endless\u2992";
const PROTO = "\u2991proto\u2992";

/** As it travels. */
export const write = (body: unknown): string =>
  JSON.stringify(body).replaceAll(`"${ENDLESS}"`, "1e999").replaceAll(PROTO, "__proto__");

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
const cursor = (...key: unknown[]): string => Buffer.from(JSON.stringify(key)).toString("base64url");

const HOSTILE: readonly unknown[] = [
  ...[
    "",
    " ",
    "a\u0000b",
    "\ud800",
    "x\udfff",
    "\u202e\u2066",
    "e\u0301".repeat(200),
    "💥".repeat(70),
    "x".repeat(20_000),
  ],
  ...["' or 1=1 --", "'; drop table agreement; --", "../../etc/passwd", "a\r\nset-cookie: x=y", "{{7*7}}", "<script>"],
  ...[
    0,
    -1,
    -0.5,
    1e308,
    2 ** 31,
    2 ** 53,
    2 ** 63,
    ENDLESS,
    true,
    false,
    null,
    [],
    {},
    [[]],
    nested(70),
    [null, null],
  ],
  ...[{ [PROTO]: { admin: true } }, { constructor: 1 }, { toString: 1, "": 0 }, "9".repeat(78), "0x", "1e999", "NaN"],
  ...["00000000-0000-0000-0000-000000000000", "0".repeat(64), `0x${"ff".repeat(32)}`, "2026-02-30T00:00:00Z"],
];
/** For `after`. */
export const CURSORS: readonly string[] = [
  ...[
    cursor(),
    cursor(1),
    cursor(-1),
    cursor(1.5),
    cursor(2 ** 31),
    cursor(2 ** 62),
    cursor("x"),
    cursor("1"),
    cursor(null),
  ],
  ...[
    cursor(1, 1),
    cursor("x", "y"),
    cursor("2026-12-01T00:00:00.000Z", "y"),
    cursor(1, 2 ** 40),
    cursor("a\u0000", "b"),
  ],
  ...[
    cursor("+275760-09-13T00:00:00.000Z", crypto.randomUUID()),
    cursor("0000-01-01T00:00:00.000Z", crypto.randomUUID()),
  ],
  ...[
    cursor("2026-12-01T00:00:00.000Z", crypto.randomUUID()),
    cursor("infinity", "0x"),
    cursor("2026-12-01T00:00:00.000Z", "\u0000"),
  ],
  ...["!", "%00", Buffer.from("{}").toString("base64url"), Buffer.from("[[[").toString("base64url")],
];

/** The input with one or two things in it that are not as they should be. */
export const broken = (input: fc.Arbitrary<Input>): fc.Arbitrary<Input> =>
  fc
    .tuple(input, fc.array(fc.tuple(fc.nat(), fc.nat(), KIND), { minLength: 1, maxLength: 2 }))
    .map(([one, changes]) => {
      let value: unknown = structuredClone(one);
      for (const [where, what, kind] of changes)
        value = change(value, where, structuredClone(HOSTILE[what % HOSTILE.length]), kind);
      return value as Input;
    });

const KIND = fc.constantFrom("replace", "replace", "replace", "leave out", "add", "wrap");

function change(root: unknown, where: number, bad: unknown, kind: string): unknown {
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) {
      places.push({ holder: value as Record<string, unknown>, key });
      visit((value as Record<string, unknown>)[key]);
    }
  };
  visit(root);
  if (kind === "add") return { ...(root as object), [PROTO]: bad, extra: bad };
  const { holder, key } = places[where % Math.max(1, places.length)] ?? {};
  if (!holder || key === undefined) return root;
  if (kind === "leave out") delete holder[key];
  else holder[key] = kind === "wrap" ? [holder[key]] : bad;
  return root;
}
