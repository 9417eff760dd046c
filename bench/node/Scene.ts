/** What the load is put on: two sides, colleagues of the one, and agreements between them with whole documents. */
import { fileURLToPath } from "node:url";
import { Terms } from "../../src/agreement/index.ts";
import * as Client from "../../src/api/client.ts";
import * as Document from "../../src/cli/Document.ts";
import * as People from "../../test/node/People.ts";
import type { Request } from "./Load.ts";

export type Scene = {
  readonly agreements: readonly string[];
  /** Each with a seat in all of the agreements; the last is the provider. */
  readonly people: readonly People.Person[];
  /** The `k`th of many, by a session or by an API key. */
  read(k: number, by: "session" | "key"): Request;
  /** A comment, with an idempotency key of its own. */
  write(k: number): Request;
};

const AGREEMENTS = 40;
const PEOPLE = 8;
const DEAL = fileURLToPath(new URL("../../examples/ecommerce/deal.yaml", import.meta.url));

export async function prepare(url: string): Promise<Scene> {
  const { ledger } = await Client.create({ url }).call("GET /v1/node");
  const people: People.Person[] = [];
  for (let k = 0; k < PEOPLE; k++) people.push(await People.enrol(url, ledger.chainId, `person ${k}`));
  const clients = people.map(({ cookie }) => Client.create({ url, cookie }));
  const [first, last] = [at(clients, 0), at(clients, PEOPLE - 1)];
  const { id: organisation } = await first.call("POST /v1/organisations", { name: "Northwind Retail" });
  for (const colleague of clients.slice(1, -1)) {
    const invitation = await first.call("POST /v1/organisations/{organisation}/invitations", {
      ...{ organisation, role: "member" },
    });
    await colleague.call("POST /v1/memberships/{token}/accept", { token: tokenIn(invitation.url) });
  }
  // A key acts for one organisation.
  const keys: string[] = [];
  while (keys.length < PEOPLE - 1) {
    const key = { organisation, name: "agent", scopes: ["read", "write"] as ("read" | "write")[] };
    keys.push((await first.call("POST /v1/organisations/{organisation}/keys", key)).secret);
  }
  keys.push(at(people, PEOPLE - 1).apiKey);
  const { terms } = Document.open(DEAL);
  // The node puts its own in their place.
  const { registrar: _, salt: __, ...document } = JSON.parse(Terms.canonical(terms));
  const agreements: string[] = [];
  for (let k = 0; k < AGREEMENTS; k++) {
    const draft = { organisation, side: "client", document } as const;
    const { id: agreement } = await first.call("POST /v1/agreements", draft);
    const seat = { agreement, role: "provider" } as const;
    const invitation = await first.call("POST /v1/agreements/{agreement}/invitations", seat);
    const own = { token: tokenIn(invitation.url), organisation: at(people, PEOPLE - 1).organisation };
    await last.call("POST /v1/invitations/{token}/accept", own);
    agreements.push(agreement);
  }
  const origin = new URL(url).origin;
  return {
    ...{ agreements, people },
    read(k, by) {
      const who =
        by === "session"
          ? { cookie: at(people, k % PEOPLE).cookie }
          : { authorization: `Bearer ${at(keys, k % PEOPLE)}` };
      return { method: "GET", path: `/v1/agreements/${at(agreements, k % AGREEMENTS)}`, headers: who };
    },
    write(k) {
      const { cookie } = at(people, k % PEOPLE);
      const headers = { cookie, origin, "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
      const body = JSON.stringify({ version: 1, text: `Comment ${k}: shall the second milestone wait for the first?` });
      return { method: "POST", path: `/v1/agreements/${at(agreements, k % AGREEMENTS)}/comments`, headers, body };
    },
  };
}

const tokenIn = (url: string): string => url.slice(url.lastIndexOf("/") + 1);

function at<T>(list: readonly T[], k: number): T {
  const found = list[k];
  if (found === undefined) throw new Error("there are as many as were made");
  return found;
}
