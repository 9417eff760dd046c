// The provider's walk: begins when the money is there, delivers, wins a dispute whose cost is capped, proposes a change.
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Chromium from "./Chromium.ts";
import * as Deals from "./Deals.ts";
import * as Demonstration from "./Demonstration.ts";
import * as Screens from "./Screens.ts";

let demo: Demonstration.Demonstration;
let deal: Deals.Deal;
let provider: Chromium.Person;
beforeAll(async () => {
  demo = await Demonstration.open({ stories: false });
  deal = await Deals.make(demo, { panel: true, later: true, until: "signed" });
  provider = await Chromium.person(demo.url);
  await Screens.enter(provider, "provider");
}, 120_000);
afterAll(async () => {
  await Chromium.close();
  await demo.remove();
});

/** Signs what the open dialog asks, and waits until it stands on the ledger. */
async function signAndSend({ page }: Chromium.Person): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^(Sign and send|Send)$/ }).click();
  await dialog.getByText("Done. It stands on the ledger.").waitFor();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
}

const milestone = (title: string) =>
  provider.page
    .getByRole("listitem")
    .filter({ has: provider.page.getByRole("heading", { name: new RegExp(`^\\d+\\. ${title}$`) }) });

test("behavior: before the money is there nothing can be delivered, and it is said why", {
  timeout: 120_000,
}, async () => {
  const { page } = provider;
  await page.goto(deal.path);
  await page.getByText("Nothing is on the ledger, and no money is held.").waitFor();
  await page.getByText("Once it is opened, the money is in the escrow and the clocks start.").waitFor();
  expect(await page.getByRole("button", { name: /Deliver/ }).count()).toBe(0);

  // What is opened appears on the open page by itself; the second milestone is not paid in yet.
  await deal.act("client", { verb: "open" });
  await milestone("Design").getByText("In work").waitFor();
  await milestone("The app").getByText("Not funded yet").waitFor();
  await milestone("The app")
    .getByText(/If nobody acts, from .* on:/)
    .waitFor();
  await milestone("Design").getByRole("button", { name: "Deliver: Design" }).waitFor();
  expect(await milestone("The app").getByRole("button", { name: "Deliver: The app" }).count()).toBe(0);

  await deal.act("client", { verb: "fund", milestones: ["app"] });
  await milestone("The app").getByText("Not funded yet").waitFor({ state: "detached" });
});

test("behavior: delivers a file, and sees what the client's silence would do", { timeout: 120_000 }, async () => {
  const { page } = provider;
  await page.getByRole("button", { name: "Deliver: Design" }).click();
  await page.getByLabel("What you deliver").setInputFiles({
    ...{ name: "design.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(200_000, "design ") },
  });
  await page.getByRole("dialog").getByText("design.pdf").waitFor();
  await page.getByRole("dialog").getByText("What this does now").waitFor();
  await signAndSend(provider);
  await milestone("Design").getByText("Delivered, in review").waitFor();
  await milestone("Design")
    .getByText(/If nobody acts, from .* on:/)
    .waitFor();
  await page.getByRole("link", { name: "design.pdf" }).waitFor();
});

test("behavior: wins a dispute, whose cost was capped before it began", { timeout: 120_000 }, async () => {
  const { page } = provider;
  const client = await deal.as("client");
  const content = Buffer.from("The map is missing.").toString("base64");
  const named = { agreement: deal.id, name: "missing.txt", content };
  const { id: evidence } = await client.call("POST /v1/agreements/{agreement}/evidence/small", named);
  await deal.act("client", { verb: "contest", milestone: "design", evidence });

  // The banner names it first; the deposit is said before it is signed.
  const turn = page.getByRole("region", { name: "Your turn" });
  await turn.getByRole("button", { name: "Answer the contest" }).click();
  await signAndSend(provider);
  await page.getByRole("link", { name: "Look at the dispute" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Dispute: Design" }).waitFor();
  const cost = page.getByRole("region", { name: "What it costs" });
  await cost.getByText(/one deposit, .*1,000/).waitFor();
  expect(await cost.innerText()).toMatch(/At most\s+one deposit, .*1,000/);
  await page.getByRole("link", { name: "missing.txt" }).waitFor();

  const arbitrator = await Chromium.person(demo.url);
  await Screens.enter(arbitrator, "arbitrator");
  await arbitrator.page.getByRole("link", { name: /Rule: Design/ }).click();
  await arbitrator.page.getByRole("link", { name: "Look at the dispute" }).first().click();
  await arbitrator.page.getByRole("button", { name: "Rule, or refuse to" }).click();
  await arbitrator.page.getByLabel("Share of what is unpaid that the provider gets, in whole %").fill("100");
  await signAndSend(arbitrator);
  expect(arbitrator.faults).toEqual([]);
  await arbitrator.close();

  await page.getByText("It has been decided.").waitFor();
  await page.getByRole("link", { name: "Statement" }).click();
  await page.getByText("To the provider, net").locator("..").getByText("30,000").waitFor();
});

test("behavior: proposes a change, which replaces the agreement once both have signed", {
  timeout: 120_000,
}, async () => {
  const { page } = provider;
  await page.getByRole("link", { name: "Standing" }).click();
  await page.getByRole("button", { name: "Propose a change order" }).click();
  await page.waitForURL("**/draft");
  await page.getByLabel("Amount (CNY)").first().fill("46000");
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved as version 2").waitFor();
  await page.getByRole("link", { name: "Versions" }).click();
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByRole("button", { name: "Make the link" }).click();
  const url = await page.getByRole("dialog").locator("code").innerText();

  const client = await deal.as("client");
  const { organisations } = await client.call("GET /v1/me");
  const organisation = organisations.find(({ personal }) => !personal)?.id ?? "";
  const next = await client.call("POST /v1/invitations/{token}/accept", { token: Deals.tokenOf(url), organisation });
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.getByRole("link", { name: "Sign and fund" }).click();
  await page.getByLabel("I have read what is promised and what can go wrong.").check();
  await page.getByRole("button", { name: "Sign", exact: true }).click();
  await page
    .getByText(/signed/)
    .first()
    .waitFor();
  const signed = { agreement: next.id, side: "client", version: 2 } as const;
  await client.call("POST /v1/agreements/{agreement}/signatures", signed);
  await page.getByRole("button", { name: "Carry out the change order" }).click();
  await signAndSend(provider);
  const { status } = await client.call("GET /v1/agreements/{agreement}", { agreement: deal.id });
  expect(status).toBe("replaced");
  expect(provider.faults).toEqual([]);
});
