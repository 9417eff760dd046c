// The twelve examples through a node's API alone, by the typed client: each party with its own key, in its own session.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import * as Deal from "../../src/cli/Deal.ts";
import * as NodeStage from "../../src/cli/NodeStage.ts";
import * as Rehearsal from "../../src/cli/Rehearsal.ts";
import * as Reindex from "../../src/node/index/Reindex.ts";
import * as Site from "./Site.ts";

const folder = fileURLToPath(new URL("../../examples", import.meta.url));
const examples = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => existsSync(join(folder, name, "deal.yaml")));

/** How people come to the node: by HTTP, by MCP as agents do, or with a passkey in place of a wallet. */
const deep = process.env.COMMENDA_DEEP === "1";
/** The examples that differ most; all of them, by either way, are for the long runs. `src/cli` plays all twelve without a node. */
const MOST = ["change-order", "daily-users", "dispute", "ecommerce", "termination-extension", "vanished-provider"];
const WAYS: readonly (readonly [string, Partial<Site.Options>, readonly string[]])[] = [
  ["the API", {}, deep ? examples : MOST],
  ["MCP", { agents: true }, deep ? examples : ["change-order"]],
  ["passkeys of both sides", { passkeys: ["client", "provider"] }, ["ecommerce"]],
];
const rows = WAYS.flatMap(([way, options, names]) => names.map((name) => [name, way, options] as const));

describe.each(rows)("example %s, through %s", (name, _way, options) => {
  const read = Deal.open(join(folder, name, "deal.yaml"));
  const sites: Site.Site[] = [];
  afterAll(() => Promise.all(sites.map((site) => site.close())));

  test("behavior: plays as the rules foretell", { timeout: 120_000 }, async () => {
    const played = await Rehearsal.play(read, async (needs) => {
      const site = await Site.open({ begin: needs.from - 1, ...options });
      sites.push(site);
      return NodeStage.open(site, needs);
    });
    expect(played.length).toBeGreaterThan(0);
    for (const [index, { agreements }] of played.entries()) {
      const site = sites[index] as Site.Site;
      await site.node.caughtUp();
      const { client } = await site.actor("client");
      const { items } = await client.call("GET /v1/agreements", {});
      expect(items.map(({ ledgerId }) => ledgerId).toSorted()).toEqual(agreements.map(({ id }) => id).toSorted());
      for (const { id } of items) {
        const { pack } = await client.call("GET /v1/agreements/{agreement}/pack", { agreement: id });
        expect(JSON.parse(pack)).toHaveProperty("acts");
      }
      const { before, after } = await Reindex.reindex(site.node.parts);
      expect(after).toBe(before);
    }
  });
});
