// What goes wrong outside: the node dies, lines are slow, fingers are quick, others are quicker, pages are loaded anew, sessions end.
import type { Route } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Chromium from "./Chromium.ts";
import * as Deals from "./Deals.ts";
import * as Demonstration from "./Demonstration.ts";
import * as Screens from "./Screens.ts";

let demo: Demonstration.Demonstration;
let client: Chromium.Person;
let provider: Chromium.Person;
beforeAll(async () => {
  demo = await Demonstration.open({ stories: false });
  client = await Chromium.person(demo.url);
  provider = await Chromium.person(demo.url);
  await Screens.enter(client, "client");
  await Screens.enter(provider, "provider");
}, 120_000);
afterAll(async () => {
  await Chromium.close();
  await demo.remove();
});

const ACTS = "**/v1/agreements/*/acts";
const DONE = "Done. It stands on the ledger.";
const commitment = `0x${"1".repeat(64)}`;

const sendButton = ({ page }: Chromium.Person) =>
  page.getByRole("dialog").getByRole("button", { name: /^(Sign and send|Send)$/ });

/** The acts of one verb that the node has, and how often it stands on the ledger. */
async function count(deal: Deals.Deal, verb: string, kind: string): Promise<[acts: number, facts: number]> {
  const client = await deal.as("client");
  const acts = await client.call("GET /v1/agreements/{agreement}/acts", { agreement: deal.id, limit: 200 });
  const facts = await client.call("GET /v1/agreements/{agreement}/facts", { agreement: deal.id, limit: 200 });
  return [acts.items.filter((one) => one.verb === verb).length, facts.items.filter((one) => one.kind === kind).length];
}

/** Opens the form of an act of the first milestone. */
async function form({ page }: Chromium.Person, { path }: Deals.Deal, name: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("button", { name, exact: true }).click();
}

test("behavior: the node dies while it is signed and comes back: nothing is lost, nothing doubled", {
  timeout: 120_000,
}, async () => {
  const deal = await Deals.make(demo, { until: "complete" });
  const { page } = client;
  await page.goto(`${deal.path}/sign`);
  const signatures = "**/signatures";
  await page.route(
    signatures,
    async (route) => {
      await demo.stop();
      await route.abort("connectionreset");
    },
    { times: 1 },
  );
  await page.getByLabel("I have read what is promised and what can go wrong.").check();
  await page.getByRole("button", { name: "Sign", exact: true }).click();
  await page.getByText("Your signature is kept in this tab and sent again by itself.").waitFor();
  await demo.start();
  await page
    .getByText(/^signed/)
    .first()
    .waitFor();
  await deal.sign("provider");

  // An answer that is lost is worse: the node has the act, and the page does not know.
  await page.route(
    ACTS,
    async (route) => {
      await route.fetch();
      await demo.stop();
      await route.abort("connectionreset");
    },
    { times: 1 },
  );
  await page.getByRole("button", { name: "Open it and pay in" }).click();
  await sendButton(client).click();
  await page.getByRole("dialog").getByText("The node does not answer.").waitFor();
  await demo.start();
  await page.getByRole("dialog").getByText(DONE).waitFor();
  expect(await count(deal, "open", "opened")).toEqual([1, 1]);
  const { items } = await (await deal.as("client")).call("GET /v1/events", { agreement: deal.id, limit: 200 });
  expect(items.filter(({ kind }) => kind === "signature.given").length).toBe(2);
});

test("behavior: a double click acts once", { timeout: 120_000 }, async () => {
  const deal = await Deals.make(demo);
  await form(provider, deal, "Deliver: Design");
  await provider.page.getByLabel("Or in words: where it is, how to open it").fill("It is in the shared folder.");
  await sendButton(provider).dblclick();
  await provider.page.getByRole("dialog").getByText(DONE).waitFor();
  expect(await count(deal, "deliver", "delivered")).toEqual([1, 1]);
});

test("behavior: two accept and reject at once: one is first, the other is told what happened", {
  timeout: 120_000,
}, async () => {
  const deal = await Deals.make(demo);
  await deal.act("provider", { verb: "deliver", milestone: "design", commitment });
  const colleague = await Chromium.person(demo.url);
  await Screens.enter(colleague, "client");
  await form(client, deal, "Accept: Design");
  await form(colleague, deal, "Reject with reasons: Design");
  await colleague.page.getByLabel("Your reasons").fill("The map is missing.");
  const ends = [client, colleague].map(async ({ page }) => {
    const dialog = page.getByRole("dialog");
    await dialog.getByText(DONE).or(dialog.getByText("Nothing of it happened.")).waitFor();
    return dialog.innerText();
  });
  await Promise.all([sendButton(client).click(), sendButton(colleague).click()]);
  const said = await Promise.all(ends);
  expect(said.filter((text) => text.includes(DONE)).length).toBe(1);
  const loser = [client, colleague][said.findIndex((text) => !text.includes(DONE))];
  await loser?.page.getByRole("dialog").getByText("Meanwhile this happened:").waitFor();
  const [, accepted] = await count(deal, "accept", "paid");
  const [, rejected] = await count(deal, "reject", "rejected");
  expect(accepted + rejected).toBe(1);
  await colleague.close();
});

test("behavior: a page that is loaded anew at any stage goes on, and the act is done once", {
  timeout: 120_000,
}, async () => {
  const deal = await Deals.make(demo);
  const { page } = provider;
  const words = "The design is at the agreed address, all screens of it.";
  await form(provider, deal, "Deliver: Design");
  const text = page.getByLabel("Or in words: where it is, how to open it");
  await text.fill(words);
  await page.reload();
  expect(await text.inputValue()).toBe(words);

  /** Presses, waits until a request of the stage is on its way, keeps its answer back, and loads the page anew. */
  async function reloadAt(url: string, method: string, press: () => Promise<void>): Promise<void> {
    const held = Promise.withResolvers<void>();
    const hold = async (route: Route) => {
      if (route.request().method() !== method) return route.fallback();
      await route.fetch();
      held.resolve();
    };
    await page.route(url, hold);
    await press();
    await held.promise;
    await page.unroute(url, hold);
    await page.reload();
  }
  const onItsWay = page.getByRole("region", { name: "Acts on their way" });

  // Before it was signed: nothing was sent, and it goes on from there.
  await reloadAt("**/evidence/small", "POST", () => sendButton(provider).click());
  await onItsWay.getByText("The page was loaded anew before it was signed. Nothing was sent.").waitFor();
  // Sent, and the answer lost with the page.
  await reloadAt(ACTS, "POST", () => onItsWay.getByRole("button", { name: "Go on" }).click());
  // At the node, while it is asked how far it is.
  await reloadAt(`${ACTS}/*`, "GET", async () => {});
  await onItsWay.getByText(DONE, { exact: false }).waitFor();
  await page.reload();
  await page.getByText("Delivered, in review").waitFor();
  expect(await count(deal, "deliver", "delivered")).toEqual([1, 1]);
});

test("behavior: on a slow line it is said what is waited for, and the act gets there", {
  timeout: 120_000,
}, async () => {
  const deal = await Deals.make(demo);
  await deal.act("provider", { verb: "deliver", milestone: "design", commitment });
  const { page, context } = client;
  const session = await context.newCDPSession(page);
  const line = { offline: false, latency: 300, downloadThroughput: 60_000, uploadThroughput: 30_000 };
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", line);
  await page.goto(deal.path, { waitUntil: "commit" });
  await page.locator("[data-waiting], [aria-busy='true']").first().waitFor();
  await page.getByRole("button", { name: "Accept: Design", exact: true }).click();
  await sendButton(client).click();
  await page
    .getByRole("dialog")
    .getByText(/Keep this window open/)
    .first()
    .waitFor();
  await page.getByRole("dialog").getByText(DONE).waitFor();
  await session.send("Network.emulateNetworkConditions", {
    ...line,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await session.detach();
  expect(await count(deal, "accept", "paid")).toEqual([1, 1]);
});

test("behavior: a session that ends over a half-written form: signed in again on the page, nothing typed is lost", {
  timeout: 120_000,
}, async () => {
  const draft = await Deals.make(demo, { until: "draft" });
  const { page, context } = client;
  const title = page.getByLabel("Title (English)").first();
  const again = page.getByRole("dialog", { name: "Your session has ended" });
  await page.goto(`${draft.path}/draft`);
  await title.fill("Design of the ordering app");
  await context.clearCookies();
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await page.getByLabel("What did you change?").fill("The title says what it is");
  await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
  await again.getByTestId("persona-client").click();
  await again.waitFor({ state: "hidden" });
  expect(await title.inputValue()).toBe("Design of the ordering app");
  expect(await page.getByLabel("What did you change?").inputValue()).toBe("The title says what it is");
  await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved as version 2").waitFor();

  // An act that was being sent goes on by itself.
  const deal = await Deals.make(demo);
  await deal.act("provider", { verb: "deliver", milestone: "design", commitment });
  await form(client, deal, "Reject with reasons: Design");
  await page.getByLabel("Your reasons").fill("Two screens are missing: the map and the bill.");
  await page.getByRole("dialog").getByText("What this does now").waitFor();
  await context.clearCookies();
  await sendButton(client).click();
  await again.getByTestId("persona-client").click();
  await page.getByRole("dialog").getByText(DONE).waitFor();
  expect(await count(deal, "reject", "rejected")).toEqual([1, 1]);
  for (const { faults } of [client, provider]) expect(faults).toEqual([]);
});
