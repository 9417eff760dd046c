// The eleven examples through a node's API alone, by the typed client: each party with its own key, in its own session.
import { readdirSync } from "node:fs";
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
  .map(({ name }) => name);

describe.each(examples)("example %s", (name) => {
  const read = Deal.open(join(folder, name, "deal.yaml"));
  const sites: Site.Site[] = [];
  afterAll(() => Promise.all(sites.map((site) => site.close())));

  test("behavior: plays as the rules foretell, through the API", { timeout: 120_000 }, async () => {
    const played = await Rehearsal.play(read, async (needs) => {
      const site = await Site.open({ begin: needs.from - 1 });
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
