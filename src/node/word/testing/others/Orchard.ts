/** Chinese and English side by side in one table of two columns, a clause a row; milestones as clauses; English prevails. */
import type { Contract } from "../Score.ts";
import { bytes, line, table, title } from "./Paper.ts";

const body = [
  title("果园溯源系统开发协议\nDevelopment Agreement for an Orchard Traceability System"),
  line("签署日期 Date of signature: 2027-01-06"),
  table(
    [
      "本协议由以下双方签署：\n委托方：烟台沐丘果业有限公司\n统一社会信用代码：91370600MA3UC6YH4P\n法定代表人：曲怀松\n开发方：Fernleigh Data Works Limited（中文名：芬利数据工坊有限公司）\n公司编号：3108845\n董事：贺思敏",
      "This Agreement is made between:\nClient: Yantai Muqiu Fruit Co., Ltd.\nUnified Social Credit Code: 91370600MA3UC6YH4P\nLegal representative: Qu Huaisong\nDeveloper: Fernleigh Data Works Limited\nCompany number: 3108845\nDirector: Ho Sze Man",
    ],
    [
      "第一条 项目：开发方为委托方的三处果园开发溯源系统，覆盖苹果约4,200吨。",
      "Article 1 Project: The Developer shall develop a traceability system for the Client's three orchards, covering some 4,200 tonnes of apples.",
    ],
    [
      "第二条 价款：总价为港币350,000元（大写：港币叁拾伍万元整），分两期支付。",
      "Article 2 Price: The total price is HKD 350,000 (Hong Kong dollars three hundred and fifty thousand), payable in two instalments.",
    ],
    [
      "2.1 第一期：田间采集模块，应于2027年4月9日前交付，价款港币150,000元。",
      "2.1 Instalment 1: Field capture module, to be delivered by 9 April 2027, price HKD 150,000.",
    ],
    [
      "2.2 第二期：消费者查询与上线，应于2027年8月20日前交付，价款港币200,000元。",
      "2.2 Instalment 2: Consumer lookup and launch, to be delivered by 20 August 2027, price HKD 200,000.",
    ],
    [
      "第三条 验收：委托方应于每期交付后30日内验收；不合格的，开发方应于15日内修正。",
      "Article 3 Acceptance: The Client shall complete acceptance within 30 days after each delivery; where a delivery fails, the Developer shall correct it within 15 days.",
    ],
    [
      "第四条 知识产权：系统的知识产权由双方共同所有，自交付时起生效。",
      "Article 4 Intellectual property: The intellectual property in the system is jointly owned by both parties as from delivery.",
    ],
    [
      "第五条 违约金：逾期交付的，每周支付该期价款的1%，上限5%。",
      "Article 5 Delay: For late delivery, 1% of the price of the instalment per week, at most 5%.",
    ],
    [
      "第六条 责任上限：任何一方的累计责任不超过港币700,000元。",
      "Article 6 Liability cap: The aggregate liability of either party shall not exceed HKD 700,000.",
    ],
    [
      "第七条 法律与仲裁：本协议适用香港特别行政区法律。争议由香港国际仲裁中心仲裁解决。",
      "Article 7 Law and arbitration: This Agreement is governed by the laws of the Hong Kong Special Administrative Region. Disputes shall be resolved by arbitration administered by the Hong Kong International Arbitration Centre.",
    ],
    [
      "第八条 语言：中英文如有歧义，以英文为准。",
      "Article 8 Language: If the Chinese and English versions differ, the English version shall prevail.",
    ],
    ["委托方签章：\n\n开发方签章：", "For the Client:\n\nFor the Developer:"],
  ),
  line(
    "附录 Appendix: 委托方2025年溯源标签采购额为港币92,000元。The Client spent HKD 92,000 on traceability labels in 2025.",
  ),
];

export const orchard: Contract = {
  name: "orchard",
  language: "both",
  bytes: () => bytes({ body }),
  expected: {
    "title.zh": "果园溯源系统开发协议",
    "title.en": "Development Agreement for an Orchard Traceability System",
    "text.prevails": "en",
    "parties.client.name.zh": "烟台沐丘果业有限公司",
    "parties.client.name.en": "Yantai Muqiu Fruit Co., Ltd.",
    "parties.client.registration": "91370600MA3UC6YH4P",
    "parties.client.signatory.name.zh": "曲怀松",
    "parties.client.signatory.name.en": "Qu Huaisong",
    "parties.client.signatory.authority.zh": "法定代表人",
    "parties.client.signatory.authority.en": "Legal representative",
    "parties.provider.name.zh": "芬利数据工坊有限公司",
    "parties.provider.name.en": "Fernleigh Data Works Limited",
    "parties.provider.registration": "3108845",
    "parties.provider.signatory.name.zh": "贺思敏",
    "parties.provider.signatory.name.en": "Ho Sze Man",
    "parties.provider.signatory.authority.zh": "董事",
    "parties.provider.signatory.authority.en": "Director",
    "currency.code": "HKD",
    "milestones[0].title.zh": "田间采集模块",
    "milestones[0].title.en": "Field capture module",
    "milestones[0].amount": "150000",
    "milestones[0].due": "2027-04-09",
    "milestones[0].review": "30 days",
    "milestones[0].cure": "15 days",
    "milestones[1].title.zh": "消费者查询与上线",
    "milestones[1].title.en": "Consumer lookup and launch",
    "milestones[1].amount": "200000",
    "milestones[1].due": "2027-08-20",
    "milestones[1].review": "30 days",
    "milestones[1].cure": "15 days",
    "ip.owner": "both",
    "ip.from": "delivery",
    "law.governing.zh": "香港特别行政区法律",
    "law.governing.en": "the laws of the Hong Kong Special Administrative Region",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "香港国际仲裁中心",
    "law.forum.seat.en": "Hong Kong International Arbitration Centre",
    "law.liabilityCap": "700000",
  },
};
