// From a vague need in Chinese to draft terms, without a mouse: questions, matches with their reasons, recomputed, compared, invited.
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Chromium from "./Chromium.ts";
import * as Demonstration from "./Demonstration.ts";
import * as Keyboard from "./Keyboard.ts";
import * as Market from "./Market.ts";

let demo: Demonstration.Demonstration;
let client: Chromium.Person;
/** Organisation of the one that fits best. */
let best: string;
beforeAll(async () => {
  demo = await Demonstration.open({ stories: false });
  [best = ""] = await Market.open(demo);
  client = await Chromium.person(demo.url, { language: "zh" });
}, 120_000);
afterAll(async () => {
  await Chromium.close();
  await demo.remove();
});

const NEED = "我们想让顾客自己点单，少排队。";
const [BEST] = Market.OFFERS.map(({ name }) => name);

const button = (name: string | RegExp) => client.page.getByRole("button", { name, exact: true });
const link = (name: string | RegExp) => client.page.getByRole("link", { name, exact: true });
const press = (control: ReturnType<typeof button>, key?: string) => Keyboard.press(client.page, control, key);

/** What is answered to a question about each field, by the label of its first box. */
const ANSWERS: Readonly<Record<string, () => Promise<void>>> = {
  技能: async () => {
    await Keyboard.type(client.page, client.page.getByLabel("技能"), "微信");
    await client.page.keyboard.press("Enter");
    await button("移除微信").waitFor();
  },
  最高: () => Keyboard.type(client.page, client.page.getByLabel("最高"), "200,000"),
  每天小时数: async () => {
    await Keyboard.type(client.page, client.page.getByLabel("每天小时数"), "4");
    await client.page.getByLabel("您的时区").selectOption("480");
  },
  开工日期: async () => {
    const start = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    await client.page.getByLabel("开工日期").fill(start);
  },
  上限: async () => {
    await Keyboard.type(client.page, client.page.getByLabel("上限"), "3");
    await client.page.getByLabel("单位").selectOption("months");
  },
};

test("behavior: a vague need in Chinese is understood while it is typed", { timeout: 60_000 }, async () => {
  const { page } = client;
  await page.goto("/");
  await press(page.getByTestId("persona-client"));
  await page.waitForURL("**/home");
  await press(link("寻找服务商"));
  await press(link("说明需求"));
  await Keyboard.type(page, page.getByLabel("您的需求（中英文均可）"), NEED);
  await page.getByText("已明确 1 / 8 项").waitFor();
  await press(button("继续"));
  await page.getByRole("heading", { level: 1, name: NEED.replace("，", ",") }).waitFor();
});

test("behavior: five questions, one at a time, and no sixth", { timeout: 60_000 }, async () => {
  const { page } = client;
  const asked: string[] = [];
  const done = page.getByText("没有更多问题");
  for (let number = 1; number <= 5; number++) {
    const question = page.getByRole("region", { name: "问题" });
    await question.getByText(`第 ${number} 问，至多 5 问`).waitFor();
    await page.locator('[aria-busy="true"]').first().waitFor({ state: "detached" });
    const names = Object.keys(ANSWERS);
    const shown = await Promise.all(names.map((name) => question.getByLabel(name).isVisible()));
    const name = names[shown.indexOf(true)] ?? "";
    await ANSWERS[name]?.();
    asked.push(name);
    await press(button("回答"));
  }
  await done.waitFor();
  expect(asked.toSorted()).toEqual(Object.keys(ANSWERS).toSorted());
  await page.getByText("已明确 6 / 8 项").waitFor();
});

test("behavior: matches come with the parts of their scores, their cases, and who may not and why", {
  timeout: 60_000,
}, async () => {
  const { page } = client;
  await press(link("查看合适的服务商").first());
  await press(button("开始排序"));
  const first = page.getByRole("article", { name: `第 1 位：${BEST}` });
  await first.getByText("所需技能的覆盖").waitFor();
  await first.getByText("扫码点单小程序，接入微信支付").waitFor();
  expect(await first.getByText("服务商自述").count()).toBeGreaterThan(0);
  const excluded = page.getByText("家服务商不满足需求中的硬性要求");
  await press(excluded);
  await page.getByText("不具备所需的任何技能").waitFor();
  const articles = page.getByRole("article");
  expect(await articles.count()).toBeGreaterThanOrEqual(2);
  const why = articles.nth(1).getByText(/为何不是首位/);
  await press(why);
  await articles.nth(1).getByText("不足之处").waitFor();
});

test("behavior: this browser recomputes the ranking, and comes to the same", { timeout: 60_000 }, async () => {
  await press(button("在此重新计算"));
  await client.page.getByText("完全一致，分毫不差").waitFor();
});

test("behavior: two are compared side by side", { timeout: 60_000 }, async () => {
  const { page } = client;
  const boxes = page.getByRole("checkbox", { name: /^比较/ });
  await press(boxes.nth(0), "Space");
  await press(boxes.nth(1), "Space");
  await press(button("并列比较"));
  const table = page.getByRole("dialog").getByRole("table", { name: "并列比较" });
  await table.getByText("¥900 – ¥1,800").waitFor();
  expect(await table.getByRole("columnheader").count()).toBe(3);
  await page.keyboard.press("Escape");
});

test("behavior: the best is invited, terms are drafted with it, and it sees its call", {
  timeout: 60_000,
}, async () => {
  const { page } = client;
  await press(button(`邀请${BEST}`));
  const first = page.getByRole("article", { name: `第 1 位：${BEST}` });
  await first.getByText("已邀请").waitFor();
  await press(first.getByRole("button", { name: "起草条款" }));
  await page.waitForURL("**/agreements/*/draft");
  await page.getByRole("heading", { level: 1 }).waitFor();
  const { items } = await (await demo.as("provider")).call("GET /v1/organisations/{organisation}/calls", {
    organisation: best,
  });
  const [agreement] = items[0]?.agreements ?? [];
  expect(page.url()).toContain(`/agreements/${agreement}/draft`);
  expect(client.faults).toEqual([]);
});
