import { describe, expect, test } from "vitest";
import * as OpenApi from "./OpenApi.ts";
import * as Operation from "./Operation.ts";
import * as Table from "./Table.ts";

type Parameter = { name: string; in: string; required: boolean; schema: object };
type Described = {
  operationId: string;
  parameters: Parameter[];
  requestBody?: { content: { "application/json": { schema: { properties: object } } } };
  responses: Record<string, { description: string; content: Record<string, { schema: object }> }>;
  security?: unknown[];
};

const text = JSON.stringify(OpenApi.document("http://localhost:8420", "1.0.0"));
const document = JSON.parse(text) as {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  components: Record<string, Record<string, unknown>>;
};
const all = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
);
const of = (name: Table.Name) => {
  const found = all.find(({ operationId }) => operationId === name);
  if (!found) throw new Error(name);
  return found;
};

describe("the OpenAPI document", () => {
  test("has every operation of the table once, at its route", () => {
    const listed = all.map(({ method, path, operationId }) => [operationId, `${method.toUpperCase()} ${path}`]);
    const expected = Table.NAMES.map((name) => [name, Table.rowOf(name).route as string]);
    expect(listed.toSorted()).toEqual([...expected, ["event.stream", "GET /v1/events/stream"]].toSorted());
  });

  test("says where every field of an input is sent, and no field twice", () => {
    for (const name of Table.NAMES) {
      const { parameters, requestBody } = of(name);
      const inBody = Object.keys(requestBody?.content["application/json"].schema.properties ?? {});
      const named = parameters.filter((one) => one.in !== "header");
      expect([...named.map((one) => one.name), ...inBody].toSorted(), name).toEqual(
        Object.keys(Table.rowOf(name).input.shape).toSorted(),
      );
      expect(
        named
          .filter((one) => one.in === "path")
          .map((one) => one.name)
          .toSorted(),
      ).toEqual([...Operation.pathFields(Table.rowOf(name).route)].toSorted());
      expect(named.every((one) => one.in !== "path" || one.required)).toBe(true);
    }
  });

  test("refers to nothing that is not there", () => {
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = ""]) => path.split("/"));
    expect(references.length).toBeGreaterThan(0);
    for (const steps of references) {
      let at: unknown = document;
      for (const step of steps) at = (at as Record<string, unknown> | undefined)?.[step];
      expect(at, steps.join("/")).toBeDefined();
    }
    expect(text).not.toContain('"$defs"');
  });

  test("tells each problem of a row, and the schema of every answer", () => {
    for (const name of Table.NAMES) {
      const { responses } = of(name);
      const told = Object.values(responses)
        .map(({ description }) => description)
        .join("; ");
      for (const code of Table.rowOf(name).errors) expect(told, name).toContain(`\`${code}\``);
      const answer = responses["200"]?.content["application/json"]?.schema ?? {};
      expect(
        Object.keys(answer).some((key) => ["type", "anyOf", "oneOf", "allOf"].includes(key)),
        name,
      ).toBe(true);
    }
  });

  test("keeps a union of acts whole, and needs no one signed in for what anyone may", () => {
    const schema = JSON.stringify(of("act.submit").requestBody);
    for (const verb of ["open", "acceptPart", "settle", "push"]) expect(schema).toContain(`"const":"${verb}"`);
    expect(of("node.show").security).toEqual([]);
    expect(of("me.show").security).toBeUndefined();
    expect(Object.keys(of("node.show").responses)).not.toContain("401");
  });
});
