/** The same three parts in the many ways in which contracts set them out, and what looks like parts and is none. */
import { describe, expect, test } from "vitest";
import { write } from "./testing/Markup.ts";
import * as Word from "./Word.ts";

const HEAD = {
  en: `= Software Development Agreement
This Agreement is made between Acme Rivers Ltd (the “Client”) and Blue Fern Studio Ltd (the “Developer”).
`,
  zh: `= 软件开发合同
甲方：杭州云帆贸易有限公司
乙方：苏州石桥软件有限公司
`,
};
type Language = keyof typeof HEAD;

const blocksOf = async (text: string) => Word.read(await write(text)).blocks;

/** Title, amount and day of each part. */
function partsIn(language: Language, blocks: Word.Document["blocks"]): readonly (readonly unknown[])[] {
  const { findings } = Word.draft({ blocks });
  const values = new Map(findings.map(({ field, value }) => [field, value]));
  const count = Math.max(0, ...findings.map(({ field }) => Number(/^milestones\[(\d+)\]/.exec(field)?.[1] ?? -1) + 1));
  return Array.from({ length: count }, (_, index) => [
    values.get(`milestones[${index}].title.${language}`),
    values.get(`milestones[${index}].amount`),
    String(values.get(`milestones[${index}].due`) ?? "").slice(0, 10),
  ]);
}

const partsOf = async (language: Language, text: string) =>
  partsIn(language, await blocksOf(`${HEAD[language]}${text}`));

const ENGLISH: readonly string[] = [
  `1. Prototype. Due March 12, 2027. Fee: $12,000.
2. Beta release. Due May 14, 2027. Fee: $20,000.
3. Final release. Due July 16, 2027. Fee: $8,000.`,
  `Milestone A (Prototype): EUR 12,000, due 12 March 2027
Milestone B (Beta release): EUR 20,000, due 14 May 2027
Milestone C (Final release): EUR 8,000, due 16 July 2027`,
  `The Developer shall deliver the Prototype by 12 March 2027, the Beta release by 14 May 2027 and the Final release by 16 July 2027.
The Client shall pay EUR 12,000 for the Prototype, EUR 20,000 for the Beta release and EUR 8,000 for the Final release.`,
  `The work is done in three phases: Prototype (by 12 March 2027), Beta release (by 14 May 2027) and Final release (by 16 July 2027).
The fees are EUR 12,000, EUR 20,000 and EUR 8,000 respectively.`,
  `|Phase|What we deliver|When|Price
|1|Prototype|12 March 2027|EUR 12,000
|2|Beta release|14 May 2027|EUR 20,000
|3|Final release|16 July 2027|EUR 8,000`,
  `|Payment|Amount|Upon
|30%|EUR 12,000|Acceptance of the Prototype (due 12 March 2027)
|50%|EUR 20,000|Acceptance of the Beta release (due 14 May 2027)
|20%|EUR 8,000|Acceptance of the Final release (due 16 July 2027)`,
  `* Timeline
- Prototype: March 12, 2027
- Beta release: May 14, 2027
- Final release: July 16, 2027
* Payment
- 30% ($12,000) on acceptance of the Prototype
- 50% ($20,000) on acceptance of the Beta release
- 20% ($8,000) on acceptance of the Final release`,
  `* Timeline
- March 12, 2027: Prototype
- May 14, 2027: Beta release
- July 16, 2027: Final release
* Fees
- Prototype: $12,000
- Beta release: $20,000
- Final release: $8,000`,
  `Total price: EUR 40,000.
+ Prototype
Delivery: 12 March 2027. Price: 30% of the total price.
+ Beta release
Delivery: 14 May 2027. Price: 50% of the total price.
+ Final release
Delivery: 16 July 2027. Price: 20% of the total price.`,
  `|Deliverable|Prototype|Beta release|Final release
|Due|12 March 2027|14 May 2027|16 July 2027
|Fee (EUR)|12,000|20,000|8,000`,
  `# Phase 1: Prototype
The Developer will complete this phase on or before March 12, 2027. The Client will pay $12,000 upon acceptance.
# Phase 2: Beta release
The Developer will complete this phase on or before May 14, 2027. The Client will pay $20,000 upon acceptance.
# Phase 3: Final release
The Developer will complete this phase on or before July 16, 2027. The Client will pay $8,000 upon acceptance.`,
  `The price of EUR 40,000 is payable in three instalments: (i) EUR 12,000 on acceptance of the Prototype, which is due on 12 March 2027; (ii) EUR 20,000 on acceptance of the Beta release, which is due on 14 May 2027; and (iii) EUR 8,000 on acceptance of the Final release, which is due on 16 July 2027.`,
  `|No|Milestone / Deliverables|Completion|% of fee
|M1|Prototype//Clickable screens|12-Mar-2027|30%
|M2|Beta release//All functions|14-May-2027|50%
|M3|Final release//Stores|16-Jul-2027|20%
The total fee is GBP 40,000.`,
  `First milestone: the Prototype, to be delivered by 12 March 2027, for which EUR 12,000 is payable.
Second milestone: the Beta release, to be delivered by 14 May 2027, for which EUR 20,000 is payable.
Third milestone: the Final release, to be delivered by 16 July 2027, for which EUR 8,000 is payable.`,
  `Work Package 1 – Prototype
Deadline: 12 March 2027
Remuneration: EUR 12,000
Work Package 2 – Beta release
Deadline: 14 May 2027
Remuneration: EUR 20,000
Work Package 3 – Final release
Deadline: 16 July 2027
Remuneration: EUR 8,000`,
  `The Prototype shall be delivered on 12 March 2027 at a price of EUR 12,000. The Beta release shall be delivered on 14 May 2027 at a price of EUR 20,000. The Final release shall be delivered on 16 July 2027 at a price of EUR 8,000.`,
  `|Description|Amount
|Prototype (delivery by 12 March 2027)|EUR 12,000
|Beta release (delivery by 14 May 2027)|EUR 20,000
|Final release (delivery by 16 July 2027)|EUR 8,000
|Total|EUR 40,000`,
  `a. Prototype - 12 March 2027 - EUR 12,000
b. Beta release - 14 May 2027 - EUR 20,000
c. Final release - 16 July 2027 - EUR 8,000`,
];

const CHINESE: readonly string[] = [
  `乙方应于2027年3月12日前完成原型设计，于2027年5月14日前完成核心功能，于2027年7月16日前完成上线部署。
甲方分别支付12,000元、20,000元和8,000元。`,
  `一期（原型设计）：2027年3月12日交付，12,000元；
二期（核心功能）：2027年5月14日交付，20,000元；
三期（上线部署）：2027年7月16日交付，8,000元。`,
  `1、原型设计，交付时间2027年3月12日，费用12,000元；
2、核心功能，交付时间2027年5月14日，费用20,000元；
3、上线部署，交付时间2027年7月16日，费用8,000元。`,
  `第一阶段：原型设计
交付时间：2027年3月12日
付款：12,000元
第二阶段：核心功能
交付时间：2027年5月14日
付款：20,000元
第三阶段：上线部署
交付时间：2027年7月16日
付款：8,000元`,
  `|阶段|交付内容|交付期限|款项
|一|原型设计|2027.3.12|1.2万元
|二|核心功能|2027.5.14|2万元
|三|上线部署|2027.7.16|0.8万元`,
  `项目总费用40,000元，分三次支付：
原型设计于2027年3月12日前交付，验收合格后支付总费用的30%；
核心功能于2027年5月14日前交付，验收合格后支付总费用的50%；
上线部署于2027年7月16日前交付，验收合格后支付总费用的20%。`,
  `项目计划：
（1）2027年3月12日前：原型设计；
（2）2027年5月14日前：核心功能；
（3）2027年7月16日前：上线部署。
付款计划：
（1）原型设计验收后付12,000元；
（2）核心功能验收后付20,000元；
（3）上线部署验收后付8,000元。`,
  `|付款阶段|付款条件|比例|金额（元）
|第一笔|原型设计验收合格|30%|12,000
|第二笔|核心功能验收合格|50%|20,000
|第三笔|上线部署验收合格|20%|8,000
原型设计、核心功能、上线部署的交付日期分别为2027年3月12日、2027年5月14日和2027年7月16日。`,
  `|项目|原型设计|核心功能|上线部署
|交付日期|2027年3月12日|2027年5月14日|2027年7月16日
|金额（元）|12,000|20,000|8,000`,
  `3.1 原型设计
3.1.1 交付日期：2027年3月12日
3.1.2 价款：人民币12,000元
3.2 核心功能
3.2.1 交付日期：2027年5月14日
3.2.2 价款：人民币20,000元
3.3 上线部署
3.3.1 交付日期：2027年7月16日
3.3.2 价款：人民币8,000元`,
  `本合同价款人民币肆万元整，其中原型设计壹万贰仟元整，核心功能贰万元整，上线部署捌仟元整。
交付时间：原型设计2027年3月12日，核心功能2027年5月14日，上线部署2027年7月16日。`,
  `里程碑1（原型设计）应于2027年3月12日前交付，对应价款为12,000元。
里程碑2（核心功能）应于2027年5月14日前交付，对应价款为20,000元。
里程碑3（上线部署）应于2027年7月16日前交付，对应价款为8,000元。`,
  `|序号|工作包|起止日期|合同价（元）
|1|原型设计|2027-02-01至2027-03-12|12,000.00
|2|核心功能|2027-03-15至2027-05-14|20,000.00
|3|上线部署|2027-05-17至2027-07-16|8,000.00`,
  `第一批交付物为原型设计，须于2027年3月12日前提交，甲方验收后支付人民币12,000元。
第二批交付物为核心功能，须于2027年5月14日前提交，甲方验收后支付人民币20,000元。
第三批交付物为上线部署，须于2027年7月16日前提交，甲方验收后支付人民币8,000元。`,
  `合同总额40,000元。乙方完成原型设计（2027年3月12日前）并经甲方验收后，甲方支付30%；完成核心功能（2027年5月14日前）并经甲方验收后，甲方支付50%；完成上线部署（2027年7月16日前）并经甲方验收后，甲方支付20%。`,
  `①原型设计：2027年3月12日前完成，付款12,000元
②核心功能：2027年5月14日前完成，付款20,000元
③上线部署：2027年7月16日前完成，付款8,000元`,
  `|内容|数量|单价（元）|小计（元）|交付时间
|原型设计|1|12,000|12,000|2027年3月12日
|核心功能|1|20,000|20,000|2027年5月14日
|上线部署|1|8,000|8,000|2027年7月16日`,
];

const PARTS = {
  en: [
    [expect.stringMatching(/^(?:the )?prototype$/i), "12000", "2027-03-12"],
    [expect.stringMatching(/^(?:the )?beta release$/i), "20000", "2027-05-14"],
    [expect.stringMatching(/^(?:the )?final release$/i), "8000", "2027-07-16"],
  ],
  zh: [
    ["原型设计", "12000", "2027-03-12"],
    ["核心功能", "20000", "2027-05-14"],
    ["上线部署", "8000", "2027-07-16"],
  ],
};

describe("three parts", () => {
  test.each(ENGLISH)("behavior: in English: %s", async (text) => {
    expect(await partsOf("en", text)).toEqual(PARTS.en);
  });

  test.each(CHINESE)("behavior: in Chinese: %s", async (text) => {
    expect(await partsOf("zh", text)).toEqual(PARTS.zh);
  });
});

const OTHER: readonly (readonly [english: boolean, text: string])[] = [
  [true, "|Version|Date|Author|Changes\n|0.1|2 January 2027|R. Abbot|First draft\n|0.2|9 January 2027|J. Ortega|Fees"],
  [true, "|Role|Daily rate (EUR)\n|Senior engineer|720\n|Tester|540"],
  [true, "|Severity|Response time|Credit (EUR)\n|Critical|2 hours|500\n|Major|8 hours|200"],
  [
    true,
    "The kick-off meeting takes place on 4 January 2027. The steering committee meets on 1 February 2027 and on 5 April 2027.",
  ],
  [true, "Optional items: (a) hosting, EUR 300 per month; (b) additional licences, EUR 90 each."],
  [true, "The Client shall provide test data by 15 January 2027 and server access by 1 February 2027."],
  [true, "- Hosting until 31 December 2027: EUR 3,000 per year\n- Domain until 31 December 2027: EUR 40 per year"],
  [
    true,
    "The Developer carries insurance of EUR 500,000 until 31 December 2028 and EUR 250,000 until 31 December 2030.",
  ],
  [true, "|Item|Qty|Unit price|Amount\n|Laptop|2|1,200|2,400\n|Scanner|4|300|1,200"],
  [false, "|版本|日期|修订人|说明\n|V1.0|2027年1月2日|陆远|初稿\n|V1.1|2027年1月9日|沈青|修改费用"],
  [false, "|人员|岗位|人天单价（元）\n|陆一|架构师|2,400\n|沈二|测试|1,500"],
  [false, "甲方应于2027年1月15日前提供测试数据，于2027年2月1日前开通服务器。"],
  [false, "|设备名称|型号|数量|单价（元）|金额（元）\n|服务器|R750|2|38,000|76,000\n|交换机|S5735|1|6,000|6,000"],
  [false, "云服务费3,000元/年，服务至2027年12月31日；短信费1,000元/年，服务至2027年12月31日。"],
  [false, "第一次项目例会：2027年1月4日；第二次项目例会：2027年2月1日。"],
  [false, "逾期交付设计稿的，每日支付违约金100元；逾期交付系统上线的，每日支付违约金200元。"],
  [false, "合同有效期自2027年1月1日起至2028年12月31日止。质保期自2027年5月1日起至2028年4月30日止。"],
  [false, "履约保证金3,000元，于2027年1月10日前缴纳；投标保证金1,000元，于2027年1月20日前退还。"],
];

const TABLE = {
  en: `|Milestone|Delivery date|Amount (EUR)
|Design|1 March 2027|10,000
|Build|1 May 2027|20,000
`,
  zh: `|里程碑|交付日期|金额（元）
|设计稿|2027年3月1日|10,000
|系统上线|2027年5月1日|20,000
`,
};

const blocks = {
  en: { head: await blocksOf(HEAD.en), table: await blocksOf(TABLE.en) },
  zh: { head: await blocksOf(HEAD.zh), table: await blocksOf(TABLE.zh) },
};

describe("what looks like parts", () => {
  test.each(OTHER)("behavior: is none, alone or beside them: %s %s", async (english, text) => {
    const language = english ? "en" : "zh";
    const names = english ? ["Design", "Build"] : ["设计稿", "系统上线"];
    const parts = [
      [names[0], "10000", "2027-03-01"],
      [names[1], "20000", "2027-05-01"],
    ];
    const [head, table, other] = [blocks[language].head, blocks[language].table, await blocksOf(text)];
    expect(partsIn(language, [...head, ...other])).toEqual([]);
    expect(partsIn(language, [...head, ...table, ...other])).toEqual(parts);
    expect(partsIn(language, [...head, ...other, ...table])).toEqual(parts);
  });
});
