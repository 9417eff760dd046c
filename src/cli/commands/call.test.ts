import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Table } from "../../api/index.ts";
import * as House from "../../node/http/testing/House.ts";
import * as Cli from "../Cli.ts";
import { terminal } from "../testing/Terminal.ts";
import { call, operations } from "./call.ts";

let house: House.House;
let organisation: string;
const folder = mkdtempSync(join(tmpdir(), "commenda-call-"));

beforeAll(async () => {
  house = await House.open();
  ({ organisation } = await house.person("anna"));
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true });
});

async function run(...argv: string[]) {
  const env = { COMMENDA_URL: house.url, COMMENDA_API_KEY: "anna" };
  const { context, out, err } = terminal({ env });
  const code = await Cli.run(argv, [call, ...(await operations(argv))], context);
  return { code, out: out(), err: err() };
}

describe("commenda call", () => {
  test("has a command for every operation, and every flag goes to its field", async () => {
    const commands = await operations(["call"]);
    expect(commands.map(({ path }) => path[1])).toEqual(Table.NAMES);
    for (const { path, options } of commands) {
      const fields = Object.keys(Table.rowOf(path[1] as Table.Name).input.shape);
      expect(Object.keys(options), path[1]).toEqual(expect.arrayContaining(fields));
      expect(
        Object.keys(Cli.GLOBAL).filter((name) => fields.includes(name)),
        path[1],
      ).toEqual([]);
      expect(
        ["data", "input"].filter((name) => fields.includes(name)),
        path[1],
      ).toEqual([]);
    }
    expect((await operations(["doctor"])).length).toBe(0);
  });

  test("sends fields as flags, as JSON and from a file, and prints the answer", async () => {
    const shown = await run("call", "organisation.show", "--organisation", organisation);
    expect([shown.code, JSON.parse(shown.out)]).toMatchObject([0, { id: organisation, name: "anna" }]);
    const made = await run("call", "organisation.create", "--data", '{"name":"By JSON"}');
    expect(JSON.parse(made.out)).toMatchObject({ name: "By JSON" });
    const file = join(folder, "input.json");
    writeFileSync(file, '{"name":"By file"}');
    expect(JSON.parse((await run("call", "organisation.create", "--input", file)).out)).toMatchObject({
      name: "By file",
    });
    writeFileSync(file, '{"a":1}');
    const checked = await run("call", "terms.check", "--document", `@${file}`);
    expect(JSON.parse(checked.out)).toEqual({ problems: [] });
  });

  test("says a node's problem in the language asked for", async () => {
    const { code, err } = await run("call", "organisation.create", "--name", "", "--lang", "zh");
    expect([code, err]).toEqual([2, expect.stringContaining("输入有误")]);
    const asJson = await run("call", "organisation.create", "--name", "", "--json");
    expect(JSON.parse(asJson.out)).toMatchObject({ code: "bad-input", status: 422 });
  });

  test("says what is wrong with a name, with JSON, and with a node that is not there", async () => {
    expect((await run("call", "organisation.nothing")).err).toContain("There is no operation");
    expect((await run("call", "version.save", "--base", "x")).err).toContain("--base: found");
    const { context, err } = terminal({ env: { COMMENDA_URL: "http://127.0.0.1:9" } });
    expect(await Cli.run(["call", "node.show"], await operations(["call"]), context)).toBe(2);
    expect(err()).toContain("Nothing answers at http://127.0.0.1:9");
  });

  test("lists the operations, and shows the fields of one", async () => {
    expect((await run("call")).out).toContain("agreement.show");
    const { out } = await run("call", "act.submit", "--help");
    expect(out).toMatch(/--act JSON/);
  });
});
