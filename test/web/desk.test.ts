// The agent operator's walk: a month of feedback comes in, people correct by keyboard, the promise is looked at, the desk is paused, its log goes out.
import { readFileSync } from "node:fs";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Log } from "../../src/desk/index.ts";
import * as Chromium from "./Chromium.ts";
import * as Demonstration from "./Demonstration.ts";
import * as Screens from "./Screens.ts";

const MONTH = ["week-1-reviews.csv", "week-2-mails.mbox", "week-3-chat.jsonl", "week-4-issues.json"] as const;
const week = (name: (typeof MONTH)[number]) =>
  readFileSync(new URL(`../../examples/company-month/${name}`, import.meta.url));

let demo: Demonstration.Demonstration;
let operator: Chromium.Person;
/** Address of the desk. */
let desk = "";
beforeAll(async () => {
  demo = await Demonstration.open({ stories: false });
  operator = await Chromium.person(demo.url);
  await Screens.enter(operator, "provider");
}, 120_000);
afterAll(async () => {
  await Chromium.close();
  await demo.remove();
});

const heading = (name: string | RegExp) => operator.page.getByRole("heading", { level: 1, name, exact: true });
const tab = (name: string) =>
  operator.page.getByRole("navigation", { name: "Parts of the desk" }).getByRole("link", { name, exact: true });
const isFocused = (control: Locator) => control.evaluate((element) => element.matches(":focus"));

async function bring(name: string, buffer: Buffer): Promise<void> {
  await operator.page.locator('input[type="file"]').setInputFiles({ name, mimeType: "text/plain", buffer });
}

test("behavior: a month of feedback comes in, in four formats; bad lines are told, and stop no others", {
  timeout: 120_000,
}, async () => {
  const { page } = operator;
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Desk" }).click();
  await page.getByText("No desk yet").waitFor();
  await page.getByLabel("Name").fill("Kettle shop");
  await page.getByLabel("Promised precision").selectOption("0.95");
  await page.getByRole("button", { name: "Set it up" }).click();
  await page.getByText("No feedback yet").waitFor();
  desk = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Import feedback" }).click();
  for (const name of MONTH) {
    await bring(name, week(name));
    await page.getByText(new RegExp(`${name}: \\d+ pieces of feedback were taken`)).waitFor({ timeout: 90_000 });
  }
  await bring(MONTH[0], week(MONTH[0]));
  await page.getByText("This very file came before").waitFor();
  const late = ["Where is my kettle parcel, it is late?", "where is my kettle parcel?? it is late!"];
  await bring(
    "cut.csv",
    Buffer.from(`text,stars\n${late.map((text) => `"${text}",2\n`).join("")}"",1\n"The lid of the`),
  );
  await page.getByText("cut.csv: 2 pieces of feedback were taken").waitFor();
  await page.getByText("1 went to a ticket that says the same").waitFor();
  const bad = page.getByRole("region", { name: "Lines that could not be taken" });
  await bad.getByRole("row").nth(2).waitFor();
});

test("behavior: dangers stand first in the queue, with their word, and near-duplicates are one ticket", {
  timeout: 60_000,
}, async () => {
  const { page } = operator;
  await tab("Queue").click();
  const dangers = page.getByRole("region", { name: /Security and danger first: \d+/ });
  await dangers.waitFor();
  const regions = await page.getByRole("region").allInnerTexts();
  expect(regions[0]).toMatch(/^Security and danger first/);
  for (const row of await dangers.getByRole("listitem").allInnerTexts()) expect(row).toMatch(/Danger: /);
  const state = page.getByRole("combobox", { name: "Show", exact: true });
  await state.selectOption("");
  await page.getByLabel("Words in it").fill("kettle parcel");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByText("2 messages alike").waitFor();
  await page.getByLabel("Words in it").fill("");
  await state.selectOption("handed");
  await dangers.waitFor();

  // What comes in while one looks appears by itself.
  const text = "A stranger logged in as me and read my messages";
  // And what no playbook is for: people have to decide on it.
  const odd = [
    "My neighbour has the same kettle in green",
    "Which tea would you drink on a rainy Sunday?",
    "Do your colleagues like the new office?",
    "The lid hums a tune that I know from school",
  ];
  const [, , organisation = "", one = ""] = desk.split("/");
  await (await demo.as("provider")).call("POST /v1/organisations/{organisation}/desks/{desk}/feedback", {
    ...{ organisation, desk: one, feedback: [text, ...odd].map((said) => ({ text: said })) },
  });
  await dangers.getByText(text).waitFor();
  const others = page.getByRole("region", { name: "The most urgent first" });
  for (const said of odd) await others.getByText(said).waitFor();
});

test("behavior: two hand-offs are corrected by keyboard, two keys each, and answered with a third", {
  timeout: 60_000,
}, async () => {
  const { page } = operator;
  const others = page.getByRole("region", { name: "The most urgent first" });
  // Those that follow it are none of the dangers that are as urgent.
  await others.getByText("My neighbour has the same kettle in green").click();
  await heading(/^Ticket \d+$/).waitFor();
  const corrected: string[] = [];
  for (const digit of [2, 3]) {
    const name = await heading(/^Ticket/).innerText();
    corrected.push(name);
    const guess = page
      .getByRole("group", { name: "What is it about?" })
      .getByRole("radio")
      .nth(digit - 1);
    await guess.waitFor();
    await page.keyboard.press(String(digit));
    expect(await guess.isChecked()).toBe(true);
    expect(await isFocused(guess)).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByText(`${name} is “`).waitFor();
    // The draft of that intent has the focus now: one more key gives it, after it was seen.
    const give = page.getByRole("button", { name: "Answer with these words" });
    await expect.poll(() => isFocused(give)).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByText(`${name} is answered.`).waitFor();
    await heading(name).waitFor({ state: "detached" });
    await heading(/^Ticket \d+$/).waitFor();
  }
  expect(new Set(corrected).size).toBe(2);

  // Whoever types is left alone; the help tells all keys, and the queue is one key away.
  const name = await heading(/^Ticket/).innerText();
  await page.getByLabel(/^(Your answer|Or your own words)$/).pressSequentially("1 j q ?");
  expect(await page.getByRole("radio", { checked: true }).count()).toBe(0);
  expect(await heading(/^Ticket/).innerText()).toBe(name);
  await page.getByRole("button", { name: "Keys" }).click();
  await page.getByRole("dialog", { name: "Keys" }).getByText("next ticket, without a decision").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await heading(name).waitFor({ state: "detached" });
  await heading(/^Ticket \d+$/).waitFor();
  await page.keyboard.press("q");
  await heading("Queue").waitFor();
  await page.getByText(/2 solved by people/).waitFor();
});

test("behavior: sees promised against realised, pauses the desk and lets it answer again", {
  timeout: 60_000,
}, async () => {
  const { page } = operator;
  await tab("Figures").click();
  const weeks = page.getByRole("region", { name: "Promised and realised precision, by week" });
  await weeks.getByRole("img", { name: /by week/ }).waitFor();
  const [, row = ""] = await weeks.getByRole("row").allInnerTexts();
  expect(row.split("\t")).toHaveLength(8);
  await page.getByRole("region", { name: "Risk by coverage" }).getByText("The curve as a table").click();
  await page
    .getByRole("region", { name: "What 1,000 solved tickets take" })
    .getByText("people alone")
    .first()
    .waitFor();

  await tab("Settings").click();
  await page.getByRole("button", { name: "Pause the desk" }).click();
  await page.getByText("The desk is paused").waitFor();
  await tab("Import").click();
  await bring("late.jsonl", Buffer.from('{"text":"The app crashes whenever I open my basket"}\n'));
  await page.getByText("late.jsonl: 1 piece of feedback was taken").waitFor();
  await tab("Queue").click();
  await page.getByText("the desk is paused", { exact: false }).first().waitFor();
  await tab("Settings").click();
  await page.getByRole("button", { name: "Let it answer again" }).click();
  await page.getByText("The desk is paused").waitFor({ state: "detached" });
});

test("behavior: exports a log that verifies and holds what was done; the same in Chinese at a glance", {
  timeout: 60_000,
}, async () => {
  const { page } = operator;
  await tab("Count and pay").click();
  const asked = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export the log" }).click();
  await page.getByText("Exported, and whole").waitFor();
  const lines = readFileSync(await (await asked).path(), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Log.Line);
  const { broken, head } = Log.verify(lines);
  expect(broken).toBeUndefined();
  await page.getByText(head).waitFor();
  const count = (kind: Log.Kind) => lines.filter((line) => line.kind === kind).length;
  expect([count("correction"), count("closed"), count("paused"), count("resumed")]).toEqual([2, 2, 1, 1]);

  await page.getByRole("button", { name: "中文" }).click();
  await page.getByRole("heading", { level: 1, name: "计数与付款" }).waitFor();
  await page.goto(desk);
  await page
    .getByRole("region", { name: /安全与危险优先/ })
    .getByText("危险：系统漏洞")
    .first()
    .waitFor();
  await page
    .getByRole("link", { name: /^工单 \d+：/ })
    .first()
    .click();
  await page.getByRole("group", { name: "属于哪种意图？" }).waitFor();
  expect(operator.faults).toEqual([]);
});
