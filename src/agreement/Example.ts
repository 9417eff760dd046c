/**
 * A whole agreement to look at, rehearse and test with: an e-commerce mini-program in three milestones and an outcome,
 * the classic case of rule 13. Names, numbers and addresses are invented.
 */
import type { Terms } from "./Terms.ts";

/** A fresh copy, with whole clauses replaced by those given. */
export function terms(changes: Partial<Terms> = {}): Terms {
  return { ...document(), ...changes };
}

const hex = (digits: string, length: number): string => `0x${digits.repeat(length)}`;

const document = (): Terms => ({
  version: "commenda/1",
  title: {
    en: "Development of the Qinghe Tea online shop as a mini-program",
    zh: "清禾茶业电商小程序开发协议",
  },
  text: {
    en: [
      "1. The provider designs, builds and launches a mini-program in which customers of the client find, order and pay for tea. It works on current phones, in Chinese and English.",
      "2. The work has three milestones. Each is delivered, judged by its criteria, and paid on its own.",
      "3. The fee is 100,000 at 50,000 daily users. 70,000 of it are paid by milestones. What lies above depends on the daily users counted in July 2027: nothing more below 50,000, 30,000 from 50,000, 45,000 from 60,000.",
      "4. The client provides product data, photographs and access to its payment account by the dates in the list of inputs. If they come late, the provider may extend or contest.",
      "5. Where this text and the typed clauses differ, the typed clauses hold for what the ledger does.",
    ].join("\n"),
    zh: [
      "一、乙方设计、开发并上线电商小程序，供甲方顾客浏览、下单和支付茶叶商品。小程序须在现行手机上以中英文正常运行。",
      "二、工作分为三个里程碑，各自交付、按验收标准验收并单独付款。",
      "三、日活跃用户达到五万时总价为 100,000 元，其中 70,000 元按里程碑支付，其余视 2027 年 7 月统计的日活跃用户而定：不足五万不再支付，五万起支付 30,000 元，六万起支付 45,000 元。",
      "四、甲方按所列日期提供商品数据、图片和支付账户权限；迟延时乙方可以延期或提出争议。",
      "五、本文本与分项条款不一致时，账本执行以分项条款为准。",
    ].join("\n"),
    prevails: "zh",
  },
  parties: {
    client: {
      name: { en: "Hangzhou Qinghe Tea Co., Ltd.", zh: "杭州清禾茶业有限公司" },
      registration: "91330106MA2EXAMPLE",
      taxNumber: "91330106MA2EXAMPLE",
      country: "CN",
      signatory: {
        name: { en: "Lin Yuhe", zh: "林予禾" },
        authority: { en: "legal representative", zh: "法定代表人" },
      },
      address: hex("c1", 20),
    },
    provider: {
      name: { en: "Chengdu Lanting Software Studio", zh: "成都蓝汀软件工作室" },
      registration: "92510107MA6EXAMPLE",
      taxNumber: "92510107MA6EXAMPLE",
      country: "CN",
      signatory: {
        name: { en: "Zhou Anran", zh: "周安然" },
        authority: { en: "proprietor", zh: "经营者" },
      },
      address: hex("d2", 20),
      delegate: hex("de", 20),
    },
  },
  rail: "token",
  registrar: { kind: "chain", chainId: 31337, escrow: hex("e5", 20) },
  currency: { code: "CNY", scale: 6, token: hex("70", 20) },
  openBy: "2027-01-08T16:00Z",
  sequential: true,
  milestones: [
    {
      name: "design",
      title: { en: "Design and clickable prototype", zh: "设计与可点击原型" },
      amount: "20000",
      net: "18867.92",
      tax: "1132.08",
      withholding: "0",
      start: "2027-01-11T01:00Z",
      due: "2027-01-29T10:00Z",
      review: "5 days",
      cure: "5 days",
      criteria: ["prototype"],
      invoice: "after payment",
    },
    {
      name: "build",
      title: { en: "Shop, orders and payment", zh: "商城、订单与支付" },
      amount: "25000",
      net: "23584.91",
      tax: "1415.09",
      withholding: "0",
      start: "2027-02-15T01:00Z",
      due: "2027-04-02T10:00Z",
      review: "7 days",
      cure: "10 days",
      criteria: ["functions", "speed"],
      invoice: "after payment",
    },
    {
      name: "launch",
      title: { en: "Launch and hand-over", zh: "上线与移交" },
      amount: "25000",
      net: "23584.91",
      tax: "1415.09",
      withholding: "0",
      start: "2027-04-05T01:00Z",
      due: "2027-04-30T10:00Z",
      review: "7 days",
      cure: "7 days",
      criteria: ["live", "hand-over"],
      invoice: "before payment",
      fundBy: "2027-03-29T16:00Z",
    },
  ],
  criteria: [
    {
      name: "prototype",
      what: { en: "All 24 screens of the list can be clicked through", zh: "清单所列 24 个页面均可点击浏览" },
      how: "inspection",
      by: "client",
      weight: "100 %",
    },
    {
      name: "functions",
      what: { en: "The sealed acceptance suite passes", zh: "密封验收用例全部通过" },
      how: "test suite",
      by: "both",
      weight: "80 %",
      suite: hex("5a", 32),
      sealed: [
        { part: { en: "orders with discounts and refunds", zh: "含优惠与退款的订单" }, commitment: hex("5b", 32) },
      ],
    },
    {
      name: "speed",
      what: { en: "First screen within 2 seconds on the reference phone", zh: "参考手机上首屏 2 秒内显示" },
      how: "measurement",
      by: "provider",
      weight: "20 %",
    },
    {
      name: "live",
      what: { en: "The mini-program can be found and takes a paid order", zh: "小程序可被搜索并完成一笔付款订单" },
      how: "inspection",
      by: "client",
      weight: "60 %",
    },
    {
      name: "hand-over",
      what: { en: "Source, build steps and operating manual are complete", zh: "源代码、构建步骤和运维手册齐全" },
      how: "document",
      by: "third party",
      weight: "40 %",
    },
  ],
  inputs: [
    {
      what: { en: "Product data and photographs", zh: "商品数据与图片" },
      due: "2027-01-20T10:00Z",
      milestone: "build",
    },
    {
      what: { en: "Access to the payment account", zh: "支付账户权限" },
      due: "2027-02-26T10:00Z",
      milestone: "build",
    },
  ],
  outcome: {
    title: { en: "Daily users", zh: "日活跃用户" },
    what: {
      en: "Average daily users in July 2027, from the platform's own statistics",
      zh: "2027 年 7 月平均日活跃用户，以平台后台统计为准",
    },
    metric: "reported",
    target: "50000",
    unit: { en: "users a day", zh: "人/日" },
    source: hex("5c", 20),
    measuredAt: "2027-08-01T00:00Z",
    reportBy: "2027-08-15T00:00Z",
    challenge: "7 days",
    shape: "steps",
    points: [
      { value: "0", pay: "0" },
      { value: "50000", pay: "30000" },
      { value: "60000", pay: "45000" },
    ],
    default: "0",
    amount: "45000",
    invoice: "after payment",
    fundBy: "2027-03-29T16:00Z",
  },
  options: [
    { kind: "termination", of: "launch", fee: "2500" },
    { kind: "extension", of: "build", by: "provider", days: 10, price: "500" },
    { kind: "termination", of: "outcome", fee: "4500" },
  ],
  ip: {
    owner: "client",
    from: "payment",
    certificate: true,
    background: {
      en: "The provider keeps its component library; the client may use it without limit in this mini-program.",
      zh: "乙方保留其组件库，甲方可在本小程序中不受限制地使用。",
    },
  },
  law: {
    governing: { en: "the laws of the People's Republic of China", zh: "中华人民共和国法律" },
    forum: { kind: "court", seat: { en: "Hangzhou, Xihu District", zh: "杭州市西湖区" } },
    liabilityCap: "115000",
    dataIn: ["CN"],
  },
  calendar: [
    { name: { en: "Spring Festival", zh: "春节" }, from: "2027-02-04T16:00Z", until: "2027-02-11T16:00Z" },
    { name: { en: "Labour Day", zh: "劳动节" }, from: "2027-04-30T16:00Z", until: "2027-05-05T16:00Z" },
  ],
  arbitration: {
    fallback: "50 %",
    by: {
      kind: "panel",
      name: { en: "Panel of three engineers", zh: "三人工程师仲裁组" },
      address: hex("a7", 20),
      deposit: "1000",
      answerWithin: "5 days",
      ruleWithin: "21 days",
      maxCost: "0",
      extraData: "0x",
    },
  },
  fees: { platform: "1 %", recipient: hex("fe", 20) },
  salt: hex("9f3c", 16),
});
