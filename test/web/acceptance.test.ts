// Acceptance by code: a commit that is delivered is run by both sides, and paid without a click; what differs is compared.
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Chromium from "./Chromium.ts";
import * as Court from "./Court.ts";
import * as Demonstration from "./Demonstration.ts";
import * as Screens from "./Screens.ts";

let demo: Demonstration.Demonstration;
let repository: Court.Repository;
let client: Chromium.Person;
let provider: Chromium.Person;
beforeAll(async () => {
  repository = Court.repository();
  demo = await Demonstration.open({ stories: false, environment: { COMMENDA_REPOSITORIES: repository.path } });
  client = await Chromium.person(demo.url);
  provider = await Chromium.person(demo.url, { language: "zh", width: 360 });
  await Screens.enter(client, "client");
  await Screens.enter(provider, "provider");
}, 120_000);
afterAll(async () => {
  await Chromium.close();
  await demo.remove();
  repository.remove();
});

test("behavior: a commit is delivered, both runs say the same, and the money moves without a click", {
  timeout: 120_000,
}, async () => {
  const deal = await Court.make(demo);
  // The provider, in Chinese on a phone, names the commit that both run.
  const { page } = provider;
  await page.goto(deal.path);
  await page.getByRole("button", { name: "交付：设计" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("仓库地址").fill(repository.path);
  await dialog.getByLabel("完整的提交哈希").fill(repository.commit(Court.GOOD));
  await dialog.getByRole("button", { name: "选定该提交" }).click();
  await dialog.getByRole("button", { name: "签署并发送" }).click();

  // The client only watches.
  await client.page.goto(`${deal.path}/acceptance`);
  const design = client.page.getByRole("region", { name: "Design" });
  await design.getByText("Accepted and paid, without a click").waitFor({ timeout: 60_000 });
  await design.getByText(/CNY 30,000.00 is paid/).waitFor();
  await design.getByRole("img", { name: "both say the same" }).waitFor();
  expect(await design.getByText("3 of 3 checks").count()).toBe(2);
  expect((await deal.stages()).design).toBe("paid");

  // Whole, with what it was judged on, and what it printed.
  await design.getByRole("link", { name: "What it found" }).first().click();
  await client.page.getByRole("heading", { level: 1, name: "Verdict of the client" }).waitFor();
  await client.page.getByText("Yes: no network, nothing of the machine to write to").waitFor();
  await client.page.getByRole("button", { name: "log.txt", exact: true }).waitFor();
  await page.getByText("已自动验收并付款，无需点击").first().waitFor();
});

test("behavior: two runs that differ pay nothing, and are compared check by check, what differs first", {
  timeout: 120_000,
}, async () => {
  const deal = await Court.make(demo, { provider: Court.ELSEWHERE, panel: true });
  await deal.deliver(Court.GOOD);
  const { page } = client;
  await page.goto(deal.path);
  await page.getByText("Code is judging: Design").waitFor();
  await Court.disagree(deal);
  await page.getByRole("img", { name: "they differ" }).waitFor();
  await page.getByRole("link", { name: "Compare check by check" }).click();
  await page.getByRole("heading", { level: 1, name: "Two verdicts compared" }).waitFor();
  const rows = page.getByRole("table").getByRole("row");
  expect(await rows.nth(1).innerText()).toMatch(
    /sum[\s\S]*found 7301, expected 7300[\s\S]*passes[\s\S]*fails[\s\S]*differs/,
  );
  expect(await rows.nth(2).innerText()).toMatch(/same/);
  // The arbitrator's one command, and the way to them.
  await page.getByText(`commenda accept check ${deal.id} design`).waitFor();
  await page.getByRole("link", { name: "Contest", exact: true }).click();
  await page.getByRole("dialog").getByRole("heading", { name: "Contest: Design" }).waitFor();
  expect((await deal.stages()).design).toBe("delivered");
});

test("behavior: a hidden part is shown at judgement, and judged by both", { timeout: 120_000 }, async () => {
  const deal = await Court.make(demo, { sealed: true });
  await deal.deliver(Court.GOOD);
  const { page } = client;
  await page.goto(`${deal.path}/acceptance`);
  await page.getByText(/^It can be shown until/).waitFor();
  expect(await page.getByText("Waits for the hidden part").count()).toBe(2);
  await page.getByRole("button", { name: "Show it to both runners" }).click();
  await page.getByText("Accepted and paid, without a click").waitFor({ timeout: 60_000 });
  await page.getByText("The hidden part was shown to both").waitFor();
  await page.getByRole("link", { name: "What it found" }).last().click();
  await page.getByText("sealed: large").waitFor();
  await page.getByText("shown, and judged").waitFor();
});

test("behavior: a suite is picked and tried in the draft, its log is watched as text, and it is stopped", {
  timeout: 120_000,
}, async () => {
  const deal = await Court.make(demo, { until: "complete" });
  const { page } = client;
  await page.goto(`${deal.path}/draft`);
  await page.getByRole("button", { name: "Let code judge it" }).first().click();
  await page.getByRole("button", { name: "Use this suite: Web shop mini-program" }).click();
  const coded = page.getByRole("region", { name: "Judged by code" }).last();
  await coded.getByText("Judged by code: Web shop mini-program").waitFor();
  await coded.getByRole("button", { name: "Hide a part" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Hide the ready part" }).click();
  await coded.getByText("Part and salt are kept here for your side only.").waitFor();
  // What it is tried on never ends.
  await Court.putWork(await deal.as("client"), deal.id, Court.SLOW);
  await page.getByRole("region", { name: "Judged by code" }).first().getByRole("link", { name: "Try it" }).click();
  await page.getByText("One that was brought before").click();
  await page.getByRole("button", { name: "Run it on this", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "A trial" }).waitFor();
  await page.getByText(/line 2 <b>red<\/b>⟨U\+202E⟩/).waitFor();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("Stopped").waitFor();
  expect(client.faults).toEqual([]);
  expect(provider.faults).toEqual([]);
});
