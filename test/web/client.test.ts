// The client's walk, in Chinese and without a mouse: tries the payout, signs, funds, rejects one criterion, changes the order, pays 70 %.
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Chromium from "./Chromium.ts";
import * as Deals from "./Deals.ts";
import * as Demonstration from "./Demonstration.ts";
import * as Keyboard from "./Keyboard.ts";

let demo: Demonstration.Demonstration;
let deal: Deals.Deal;
let client: Chromium.Person;
beforeAll(async () => {
  demo = await Demonstration.open({ stories: false });
  deal = await Deals.make(demo, { outcome: true, until: "complete" });
  await deal.sign("provider");
  client = await Chromium.person(demo.url, { language: "zh" });
}, 120_000);
afterAll(async () => {
  await Chromium.close();
  await demo.remove();
});

const button = (name: string | RegExp) => client.page.getByRole("button", { name, exact: true });
const link = (name: string | RegExp) => client.page.getByRole("link", { name, exact: true });
const press = (control: ReturnType<typeof button>, key?: string) => Keyboard.press(client.page, control, key);
/** Signs what the open dialog asks, and waits until it stands on the ledger. */
async function signAndSend(): Promise<void> {
  await press(button(/^(签署并)?发送$/));
  await client.page.getByRole("dialog").getByText("已完成，已记入账本。").waitFor();
  await press(button("关闭").last());
}

test("behavior: the demonstration is entered, and what awaits the client is there", { timeout: 120_000 }, async () => {
  const { page } = client;
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "双方签同一份。款项先托管。做完就付款。" }).waitFor();
  await press(page.getByTestId("persona-client"));
  await page.waitForURL("**/home");
  await press(link(/签署.*点餐应用/s));
  await page.waitForURL(`**${deal.path}/sign`);
  expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
});

test("behavior: the payout is tried: below the target 70 %, at its best 115 %", { timeout: 120_000 }, async () => {
  const { page } = client;
  await press(link("付款试算"));
  const result = page.getByRole("slider", { name: "成果数值" });
  await Keyboard.reach(page, result);
  await page.keyboard.press("Home");
  const said = () => result.getAttribute("aria-valuetext");
  await expect.poll(said, { timeout: 20_000 }).toMatch(/乙方所得 ¥?70,000/);
  await page.keyboard.press("End");
  await expect.poll(said, { timeout: 20_000 }).toMatch(/乙方所得 ¥?115,000/);
});

test("behavior: signed, opened and funded", { timeout: 120_000 }, async () => {
  const { page } = client;
  await press(link("签署与注资"));
  await press(page.getByRole("checkbox", { name: "我已阅读承诺内容及可能出现的问题。" }), "Space");
  await press(button("签署"));
  await press(button("生效并注资"));
  await signAndSend();
  expect(await deal.stages()).toEqual({ design: "active", app: "active", outcome: "awaiting" });
});

test("behavior: one criterion is accepted, the other rejected with evidence", { timeout: 120_000 }, async () => {
  const { page } = client;
  await deal.act("provider", { verb: "deliver", milestone: "design", commitment: `0x${"1".repeat(64)}` });
  await press(link("现状"));
  await press(button("部分验收：设计"));
  await Keyboard.type(page, page.getByLabel("验收比例（%）"), "60");
  await Keyboard.attach(page, page.getByLabel("证据（如有）"), "秒数.txt", "“页面一秒内打开”未达到：首页 3.2 秒。");
  await page.getByText("秒数.txt").first().waitFor();
  await signAndSend();
  await page.getByText("18,000").first().waitFor();
  await page.getByText("被拒收，待补正").first().waitFor();
  expect((await deal.stages()).design).toBe("rejected");
});

test("behavior: a change order is agreed, and the money moves along", { timeout: 120_000 }, async () => {
  const { page } = client;
  await deal.act("provider", { verb: "deliver", milestone: "design", commitment: `0x${"2".repeat(64)}` });
  await press(button("验收：设计"));
  await signAndSend();
  const next = await Deals.changeOrder(demo, deal, {
    title: { en: "Ordering app, with loyalty points", zh: "点餐应用（含积分）" },
  });
  await next.sign("provider");
  await page.goto("/home");
  await press(link(/签署.*点餐应用（含积分）/s));
  await press(page.getByRole("checkbox", { name: "我已阅读承诺内容及可能出现的问题。" }), "Space");
  await press(button("签署"));
  await press(button("执行变更单"));
  await signAndSend();
  expect(await next.stages()).toEqual({ app: "active", outcome: "awaiting" });
  const [old] = (await (await deal.as("client")).call("GET /v1/agreements", { status: "replaced" })).items;
  expect(old?.id).toBe(deal.id);
  deal = next;
});

test("behavior: the outcome stays below its target, and 70 % is all that is paid", { timeout: 120_000 }, async () => {
  const { page } = client;
  await deal.act("provider", { verb: "deliver", milestone: "app", commitment: `0x${"3".repeat(64)}` });
  await page.goto(deal.path);
  await press(button("验收：应用"));
  await signAndSend();
  await Deals.advance(demo, 91);
  await deal.act("arbitrator", { verb: "report", value: "9000" });
  await press(link("成果"));
  await page.getByText("9,000").first().waitFor();
  await Deals.advance(demo, 8);
  await press(link("结算单"));
  // 30,000 of it went with the agreement that this one replaced.
  const sum = (name: string) => page.getByText(name, { exact: true }).first().locator("..");
  await sum("乙方净得").getByText("40,000").waitFor();
  await sum("退还甲方").getByText("45,000").waitFor();
  expect(client.faults).toEqual([]);
});
