// Two who know each other: from the provider's Word contract to the proof that a third person checks, all of it by passkey.
import { readFileSync } from "node:fs";
import { Document, Packer, Paragraph, Table, TableCell, TableRow } from "docx";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Chromium from "./Chromium.ts";
import * as Demonstration from "./Demonstration.ts";

let demo: Demonstration.Demonstration;
let provider: Chromium.Person;
let client: Chromium.Person;
/** What one test leaves for the next. */
let agreement = "";
let invitation = "";
let proof = "";
beforeAll(async () => {
  demo = await Demonstration.open({ stories: false });
  provider = await Chromium.person(demo.url);
  client = await Chromium.person(demo.url);
}, 120_000);
afterAll(async () => {
  await Chromium.close();
  await demo.remove();
});

const DAY = 86_400_000;
const date = (days: number) =>
  new Date(Date.now() + days * DAY).toLocaleDateString("en-GB", {
    ...{ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" },
  });

/** As somebody writes it who has written many: prose, and a table of the milestones. */
async function contract(): Promise<Buffer> {
  const row = (...cells: string[]) =>
    new TableRow({ children: cells.map((text) => new TableCell({ children: [new Paragraph(text)] })) });
  const children = [
    new Paragraph({ text: "Software Development Agreement", heading: "Title" }),
    new Paragraph(
      "This Agreement is made between Lighthouse Bakery Ltd (the “Client”), and Quist Software GmbH (the “Contractor”).",
    ),
    new Paragraph("The total contract price is EUR 50,000.00 (fifty thousand euros)."),
    new Table({
      rows: [
        row("Milestone", "Due date", "Amount (EUR)", "Acceptance criteria"),
        row("Shop", date(30), "20,000", "An order can be placed and paid"),
        row("Delivery routes", date(60), "30,000", "Routes are planned for two vans"),
      ],
    }),
    new Paragraph(
      "The Client shall review each deliverable within ten (10) days after delivery. If a deliverable is rejected, the Contractor shall correct it within 14 days.",
    ),
    new Paragraph(
      "All intellectual property rights in the deliverables shall vest in the Client upon full payment. The Contractor's pre-existing tools remain with the Contractor, and the Client may use them without limit.",
    ),
    new Paragraph("Each party's total liability shall not exceed EUR 50,000."),
    new Paragraph(
      "This Agreement is governed by the laws of Ireland. The courts of Dublin shall have exclusive jurisdiction.",
    ),
  ];
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
}

const button = ({ page }: Chromium.Person, name: string | RegExp) => page.getByRole("button", { name, exact: true });
const link = ({ page }: Chromium.Person, name: string | RegExp) => page.getByRole("link", { name, exact: true });

/** Whoever is new makes a passkey. */
async function signUp(someone: Chromium.Person, name: string): Promise<void> {
  await button(someone, "I am new here").click();
  await someone.page.getByLabel("Your name").fill(name);
  await button(someone, "Create a passkey and go on").click();
}

async function save(someone: Chromium.Person, version: number): Promise<void> {
  await button(someone, `Save as version ${version}`).click();
  await someone.page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
  await someone.page.getByText(`Saved as version ${version}`).waitFor();
}

/** Signs what the open dialog asks by passkey, and waits until it stands on the ledger. */
async function signAndSend({ page }: Chromium.Person): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^(Sign and send|Send)$/ }).click();
  await dialog.getByText("Done. It stands on the ledger").waitFor();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
}

test("behavior: the provider signs up, drops in a Word contract and fills its gaps", { timeout: 120_000 }, async () => {
  const { page } = provider;
  await page.goto("/");
  await signUp(provider, "Mara Quist");
  await page.waitForURL("**/home");
  await link(provider, "Begin one").click();
  await button(provider, "Make one with my passkey").click();
  await page.getByLabel("Account").waitFor();
  await page.locator('input[type="file"]').setInputFiles({
    name: "contract.docx",
    mimeType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    buffer: await contract(),
  });
  await page.getByText("Nothing was guessed.").waitFor();
  await page.getByText("“EUR 50,000.00").or(page.getByText("Lighthouse Bakery Ltd")).first().waitFor();
  await link(provider, "Go on with the draft").click();
  await page.waitForURL("**/draft");
  agreement = new URL(page.url()).pathname.replace("/draft", "");
  await button(provider, "Fill them in").click();
  // What only the two of them know; the client's side is theirs to fill.
  await page.getByText("Parties").last().click();
  for (const side of [0, 1]) await page.getByLabel("Country").nth(side).fill("IE");
  await page.getByLabel("Who signs (English)").first().fill("Aoife Byrne");
  await page.getByLabel("Who signs (中文)").first().fill("Aoife Byrne");
  await save(provider, 2);
});

test("behavior: looks at the endings, changes a clause and sees what that does; in Chinese too", {
  timeout: 120_000,
}, async () => {
  const { page } = provider;
  await page.getByRole("tab", { name: "Endings" }).click();
  await page.getByText(/worst/i).first().waitFor();
  await page.getByLabel("Review window").first().fill("21");
  await page
    .getByRole("region", { name: "What your edits change" })
    .getByText(/21 days/)
    .first()
    .waitFor();
  await button(provider, "中文").click();
  await page.getByRole("heading", { level: 1, name: "草稿" }).waitFor();
  await page.getByRole("region", { name: "您的修改带来的变化" }).getByText(/21 天/).first().waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
  await button(provider, "English").click();
  await save(provider, 3);
  await link(provider, "Versions").click();
  await page.getByRole("heading", { name: "From version 2 to version 3" }).waitFor();
  await button(provider, "Invite").click();
  await button(provider, "Make the link").click();
  invitation = await page.getByRole("dialog").locator("code").innerText();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
});

test("behavior: the client opens the link without an account, signs up and completes their side", {
  timeout: 120_000,
}, async () => {
  const { page } = client;
  await page.goto(invitation);
  await page.getByText("Software Development Agreement").first().waitFor();
  await page.getByText("as the client: you order the work and pay for it").waitFor();
  await page.getByText("The terms are still being written.").waitFor();
  await signUp(client, "Aoife Byrne");
  await button(client, "Accept and read the terms").click();
  await page.waitForURL(`**${agreement}`);
  await link(client, "Fill the gaps").click();
  await page.getByRole("button", { name: /Client · account/ }).click();
  await button(client, "Make one with my passkey").click();
  const account = page.getByRole("group", { name: "Client" }).getByRole("textbox", { name: "Account" });
  await expect.poll(() => account.inputValue(), { timeout: 20_000 }).toMatch(/^0x/);
  await button(client, "Fill them in").click();
  await page.getByText("Nothing is missing and nothing is wrong").waitFor();
  await save(client, 4);
});

test("behavior: both sign, and the client funds it", { timeout: 120_000 }, async () => {
  for (const someone of [client, provider]) {
    await link(someone, "Sign and fund").click();
    await someone.page.getByLabel("I have read what is promised and what can go wrong.").check();
    await button(someone, "Sign").click();
    await someone.page.getByText("Signed. On its way to the node.").waitFor({ state: "detached" });
  }
  const steps = client.page.getByRole("listitem");
  await button(client, "Get play money").click();
  await steps.filter({ hasText: "It has €50,000.00" }).waitFor();
  await button(client, /^Allow it for this agreement/).click();
  await steps.filter({ hasText: "It may take €50,000.00" }).waitFor();
  await button(client, "Open it and pay in").click();
  await signAndSend(client);
});

test("behavior: delivered, met with silence, paid when time has moved", { timeout: 120_000 }, async () => {
  const { page } = provider;
  await link(provider, "Standing").click();
  await button(provider, "Deliver: Shop").click();
  await page.getByLabel("What you deliver").setInputFiles({
    ...{ name: "shop.zip", mimeType: "application/zip", buffer: Buffer.alloc(50_000, "shop") },
  });
  await page.getByRole("dialog").getByText("shop.zip").waitFor();
  await signAndSend(provider);
  await page.getByText("Delivered, in review").waitFor();
  await button(provider, "Move time").click();
  await button(provider, "30 d ahead").click();
  await page.getByText("Paid", { exact: true }).first().waitFor();
});

test("behavior: the statement says so, and a third person finds the proof good", { timeout: 120_000 }, async () => {
  const { page } = provider;
  await link(provider, "Statement").click();
  await page.getByText("To the provider, net").locator("..").getByText("20,000").waitFor();
  const download = page.waitForEvent("download");
  await button(provider, "Download the proof").click();
  proof = await (await download).path();
  expect(JSON.parse(readFileSync(proof, "utf8")).version).toMatch(/^commenda-pack/);

  const stranger = await Chromium.person(demo.url);
  await stranger.page.goto("/");
  await link(stranger, "Verify").click();
  await stranger.page.locator('input[type="file"]').setInputFiles({
    ...{ name: "proof.json", mimeType: "application/json", buffer: readFileSync(proof) },
  });
  await stranger.page.getByText("Nothing in it is wrong").waitFor();
  await stranger.page.getByRole("region", { name: "Proven" }).waitFor();
  for (const { faults } of [provider, client, stranger]) expect(faults).toEqual([]);
});
