// Somebody comes by a link, with a passkey and nothing else, and funds an agreement with one signature and no coin.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Terms } from "../../src/agreement/index.ts";
import * as Client from "../../src/api/client.ts";
import * as Cast from "../../src/cli/Cast.ts";
import type { Address } from "../../src/ledger/Ledger.ts";
import * as Passkey from "../../src/ledger/Passkey.ts";
import type { Typed } from "../../src/ledger/Signer.ts";
import * as Authenticator from "../../src/ledger/testing/Authenticator.ts";
import * as Site from "./Site.ts";

let site: Site.Site;
beforeAll(async () => {
  site = await Site.open({ begin: Date.parse("2026-12-01T00:00Z") / 60_000, passkeys: ["guest"] });
});
afterAll(() => site?.close());

test("behavior: look, sign up, join, sign, and open with all the money, by two signatures", async () => {
  const { ledger, escrow, token, node } = site;
  const provider = await site.actor("provider");
  const registrar = { kind: "chain", chainId: ledger.chainId, escrow } as const;
  const example = Terms.example({ registrar });
  const { client: clientParty, provider: providerParty } = example.parties;
  const terms = Terms.parse({
    ...example,
    parties: { client: clientParty, provider: { ...providerParty, address: Cast.account("provider") } },
    currency: { ...example.currency, token },
  });
  const whole = JSON.parse(Terms.canonical(terms)) as { parties: { client: Record<string, unknown> } };
  const { address: _, ...nameless } = whole.parties.client;
  const document = { ...whole, parties: { ...whole.parties, client: nameless } };
  const draft = { organisation: provider.organisation, side: "provider", document } as const;
  const { id: agreement } = await provider.client.call("POST /v1/agreements", draft);
  const invite = { agreement, role: "client" } as const;
  const { url } = await provider.client.call("POST /v1/agreements/{agreement}/invitations", invite);
  const linked = { token: url.slice(-43) };

  // Nobody yet: what the link alone shows.
  const nobody = Client.create({ url: node.url });
  const shown = await nobody.call("GET /v1/invitations/{token}", linked);
  expect(shown).toMatchObject({ role: "client", title: terms.title, preview: { status: "draft", version: 1 } });

  // A passkey makes somebody of them; the node pays for the account.
  const guest = await site.signIn("guest");
  const { organisations } = await guest.call("GET /v1/me");
  const { id: organisation = "" } = organisations[0] ?? {};
  const device = Authenticator.open({ origin: node.url, name: "guest" });
  const { x, y } = device.publicKey;
  const signers = [{ name: "phone", signer: `${x}${y.slice(2)}` }];
  const { address } = await guest.call("POST /v1/organisations/{organisation}/accounts", {
    ...{ organisation, name: "phone", signers },
  });
  await guest.call("POST /v1/invitations/{token}/accept", { ...linked, organisation });
  const amount = "200000000000";
  await guest.call("POST /v1/organisations/{organisation}/accounts/{address}/mint", { organisation, address, amount });

  const mine = { ...document, parties: { ...document.parties, client: { ...nameless, address } } };
  await guest.call("POST /v1/agreements/{agreement}/versions", { agreement, base: 1, document: mine });
  const account = { chainId: ledger.chainId, address: address as Address };
  const { sign } = Passkey.signer(
    { ...account, signer: Passkey.ofKey(node.parts.place.accounts as Address, device.publicKey) },
    device.sign,
  );
  for (const [side, who, signing] of [
    ["provider", provider.client, provider.sign],
    ["client", guest, sign],
  ] as const) {
    const { version, typedData } = await who.call("GET /v1/agreements/{agreement}/signing", { agreement });
    const signature = await signing?.(typedData as unknown as Typed);
    const given = { agreement, side, version, ...(signature ? { signature } : {}) };
    await who.call("POST /v1/agreements/{agreement}/signatures", given);
  }

  const fund = ["launch", "outcome"];
  const act = { verb: "open" as const, fund };
  const { execution, allowed } = await guest.call("POST /v1/agreements/{agreement}/acts/prepare", { agreement, act });
  // By itself the escrow may take nothing: the approval comes with it.
  expect([allowed, execution?.calls.length]).toEqual([false, 2]);
  if (!execution) throw new Error("there is no execution");
  const { typedData, ...asked } = execution;
  const signature = await sign(typedData as unknown as Typed);
  const done = await guest.call("POST /v1/organisations/{organisation}/accounts/{address}/execute", {
    ...{ ...asked, signature },
  });
  expect(done.ok).toBe(true);

  await node.caughtUp();
  const standing = await guest.call("GET /v1/agreements/{agreement}/standing", { agreement });
  expect(standing.tranches.map(({ stage, held, amount: units }) => [stage, held === units])).toEqual([
    ["active", true],
    ["waiting", true],
    ["waiting", true],
    ["awaiting", true],
  ]);
  const { token: left } = await guest.call("GET /v1/organisations/{organisation}/accounts/{address}", {
    ...{ organisation, address },
  });
  expect(left).toMatchObject({ balance: "85000000000", allowance: "0", play: true });
  const { tasks, money } = await guest.call("GET /v1/me/home");
  expect([tasks.count, money]).toMatchObject([0, [{ role: "client", held: "115000000000", promised: "0" }]]);
});
