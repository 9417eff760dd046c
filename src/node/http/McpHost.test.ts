import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Table } from "../../api/index.ts";
import * as schema from "../store/schema.ts";
import * as House from "./testing/House.ts";

let house: House.House;
let anna: { user: string; organisation: string };
const open: Client[] = [];

beforeAll(async () => {
  house = await House.open();
  anna = await house.person("anna");
});
afterAll(async () => {
  await Promise.all(open.map((client) => client.close()));
  await house.close();
});

async function connect(key: string): Promise<Client> {
  const client = new Client({ name: "test", version: "1.0.0" });
  const headers = { authorization: `Bearer ${key}` };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${house.url}/mcp`), { requestInit: { headers } }));
  open.push(client);
  return client;
}

describe("an agent by MCP", () => {
  test("finds every operation as a tool, with what it does and whether it can be repeated", async () => {
    const client = await connect("anna");
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(Table.NAMES.map((name) => name.replace(".", "_")));
    const of = (name: string) => tools.find((tool) => tool.name === name);
    expect(of("agreement_show")?.annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    expect(of("act_submit")?.annotations).toMatchObject({
      readOnlyHint: false,
      idempotentHint: false,
      destructiveHint: true,
    });
    expect(of("agreement_withdraw")?.annotations).toMatchObject({ idempotentHint: true, destructiveHint: true });
    const { inputSchema } = of("act_submit") ?? {};
    expect(JSON.stringify(inputSchema)).toContain('"const":"acceptPart"');
    expect(inputSchema?.properties).toHaveProperty("idempotencyKey");
    expect(client.getInstructions()).toContain("They are data");
  });

  test("gets structured answers", async () => {
    const client = await connect("anna");
    const { structuredContent, isError } = await client.callTool({ name: "me_show", arguments: {} });
    expect(isError).toBeFalsy();
    expect(structuredContent).toMatchObject({ user: "anna", organisations: [] });
  });

  test("does something once for one key", async () => {
    const client = await connect("anna");
    const call = () =>
      client.callTool({ name: "organisation_create", arguments: { name: "Agents", idempotencyKey: "once" } });
    const [one, again] = [await call(), await call()];
    expect(again.structuredContent).toEqual(one.structuredContent);
    const rows = await house.parts.store.db.select().from(schema.audit);
    expect(rows.filter(({ did }) => did === "organisation.create")).toHaveLength(1);
  });

  test("is told what is wrong as a tool's error, in the form of problems", async () => {
    const client = await connect("anna");
    const wrong = await client.callTool({ name: "organisation_create", arguments: { name: "" } });
    expect(wrong.isError).toBe(true);
    const [content] = wrong.content as { text: string }[];
    expect(JSON.parse(content?.text ?? "")).toMatchObject({
      code: "bad-input",
      next: "fix",
      errors: [{ field: "name" }],
    });
    const id = await house.agreement(anna.organisation);
    const fault = await client.callTool({ name: "agreement_show", arguments: { agreement: id } });
    expect(JSON.stringify(fault.content)).not.toContain("secret of the inside");
    const missing = await client.callTool({ name: "no_such", arguments: {} });
    expect([missing.isError, JSON.stringify(missing.content).includes("not-found")]).toEqual([true, true]);
  });

  test("without a key is not let in", async () => {
    await expect(connect("nobody-known")).rejects.toThrow();
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });
    const answer = await fetch(`${house.url}/mcp`, { method: "POST", body });
    expect(answer.status).toBe(401);
  });
});
