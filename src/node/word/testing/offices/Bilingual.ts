/** Contracts in two languages: side by side in a table, and paragraph after paragraph. */

import { write } from "../Markup.ts";
import { parts } from "../Parts.ts";
import type { Contract } from "../Score.ts";

/** One long table, English on the left; the parts stand in a table of their own with both languages in a cell. */
const winery: Contract = {
  name: "Service Contract 服务合同: two columns",
  language: "both",
  bytes: () =>
    write(`
= Cellar Management Software Service Contract
= 酒窖管理软件服务合同
|This Contract is concluded on 20 January 2027 between:|本合同由下列双方于2027年1月20日订立：
|Helan Ridge Winery Co., Ltd. (“Client”), Unified Social Credit Code 91640121MA76K2P83J|宁夏贺兰岭酒庄有限公司（“客户”），统一社会信用代码91640121MA76K2P83J
|Barossa Digital Pty Ltd (“Provider”), ACN 634 558 210|巴罗萨数字有限公司（“服务方”），澳大利亚公司编号634 558 210
|1. Services. The Provider shall develop cellar management software in the parts set out in Annex 1.|1. 服务。服务方应按附件一所列各部分开发酒窖管理软件。
|2. Price. The total price is AUD 126,000, tax included.|2. 价格。总价为126,000澳元，含税。
|3. Acceptance. The Client shall accept or reject each part within 15 days after delivery. The Provider shall correct a rejected part within 10 days.|3. 验收。客户应在每部分交付后15日内接受或拒绝。服务方应在10日内改正被拒绝的部分。
|4. Ownership. Title to the software passes to the Client upon payment of each part.|4. 归属。软件的权利自客户支付各部分价款时转归客户。
|5. Liability. The Provider’s total liability shall not exceed AUD 150,000.|5. 责任。服务方的责任总额不超过150,000澳元。
|6. Law. This Contract is governed by the laws of the Hong Kong Special Administrative Region. Disputes are submitted to the Hong Kong International Arbitration Centre for arbitration.|6. 法律。本合同受香港特别行政区法律管辖。争议提交香港国际仲裁中心仲裁。
|7. Language. This Contract is written in English and Chinese. In case of discrepancy the English version prevails.|7. 语言。本合同以中英文书写。如有不一致，以英文本为准。
* Annex 1 附件一
|No. 序号|Part 部分|Delivery date 交付日期|Price (AUD) 价款（澳元）
|1|Barrel inventory 橡木桶台账|2027-04-30|45,000
|2|Blend planning 调配计划|2027-07-15|51,000
|3|Export documents 出口单证|2027-09-10|30,000
:Client 客户：//Name 姓名：Ma Xiaolan 马晓岚//Position 职务：General Manager 总经理|Provider 服务方：//Name 姓名：Oliver Hahn//Position 职务：Director 董事
`),
  expected: {
    "title.en": "Cellar Management Software Service Contract",
    "title.zh": "酒窖管理软件服务合同",
    "parties.client.name.en": "Helan Ridge Winery Co., Ltd.",
    "parties.client.name.zh": "宁夏贺兰岭酒庄有限公司",
    "parties.client.registration": "91640121MA76K2P83J",
    "parties.client.signatory.name.en": "Ma Xiaolan",
    "parties.client.signatory.name.zh": "马晓岚",
    "parties.client.signatory.authority.en": "General Manager",
    "parties.client.signatory.authority.zh": "总经理",
    "parties.provider.name.en": "Barossa Digital Pty Ltd",
    "parties.provider.name.zh": "巴罗萨数字有限公司",
    "parties.provider.registration": "634 558 210",
    "parties.provider.signatory.name.en": "Oliver Hahn",
    "parties.provider.signatory.authority.en": "Director",
    "parties.provider.signatory.authority.zh": "董事",
    "currency.code": "AUD",
    total: "126000",
    ...parts("both", { review: "15 days", cure: "10 days" }, [
      ["橡木桶台账 / Barrel inventory", "45000", "2027-04-30"],
      ["调配计划 / Blend planning", "51000", "2027-07-15"],
      ["出口单证 / Export documents", "30000", "2027-09-10"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.liabilityCap": "150000",
    "law.governing.en": "the laws of the Hong Kong Special Administrative Region",
    "law.governing.zh": "香港特别行政区法律",
    "law.forum.kind": "arbitration",
    "law.forum.seat.en": "Hong Kong International Arbitration Centre",
    "law.forum.seat.zh": "香港国际仲裁中心",
    "text.prevails": "en",
  },
};

/** English first, Chinese below, paragraph by paragraph; Chinese prevails; the money is in US dollars. */
const toys: Contract = {
  name: "Commissioned Development Contract 委托开发合同: paragraph by paragraph",
  language: "both",
  bytes: () =>
    write(`
= COMMISSIONED DEVELOPMENT CONTRACT
= 委托开发合同
Party A: Shantou Chenghai Playwell Toys Co., Ltd.
甲方：汕头澄海乐玩玩具有限公司
Legal representative: Cai Mingyu
法定代表人：蔡明瑜
Party B: Pixelbarn GmbH, Leipzig, Germany
乙方：像素谷仓有限责任公司（德国莱比锡）
Managing Director: Jonas Rehfeldt
总经理：约纳斯·雷费尔特
Party A commissions Party B to develop a companion app for its smart toys.
甲方委托乙方为其智能玩具开发配套应用。
Article 1  Milestones and payment
第一条　里程碑与付款
Party B shall deliver the milestones below, and Party A shall pay for each upon acceptance. The contract price is USD 98,000.
乙方交付下列里程碑，甲方在验收后逐项付款。合同价款为98,000美元。
(a) Bluetooth link: 30 April 2027, USD 28,000
（a）蓝牙连接：2027年4月30日，28,000美元
(b) Companion app: 30 July 2027, USD 52,000
（b）配套应用：2027年7月30日，52,000美元
(c) Parents’ console: 29 October 2027, USD 18,000
（c）家长控制台：2027年10月29日，18,000美元
Article 2  Acceptance
第二条　验收
Party A shall notify Party B of acceptance or defects within 20 days of delivery; Party B shall remove defects within 14 days.
甲方应在交付后20日内通知乙方验收结果或缺陷；乙方应在14日内消除缺陷。
Article 3  Intellectual property
第三条　知识产权
The results belong to Party A from the signing of this Contract.
开发成果自本合同签署之日起归甲方所有。
Article 4  Applicable law and disputes
第四条　适用法律与争议
This Contract is governed by the laws of the PRC. Disputes shall be submitted to CIETAC for arbitration in Shenzhen.
本合同适用中国法律。争议提交中国国际经济贸易仲裁委员会在深圳仲裁。
Article 5  Language
第五条　语言
Where the two language versions differ, the Chinese text shall prevail.
两种文本不一致时，以中文为准。
Party A (seal) 甲方（盖章）          Party B (seal) 乙方（盖章）
`),
  expected: {
    "title.en": "Commissioned Development Contract",
    "title.zh": "委托开发合同",
    "parties.client.name.en": "Shantou Chenghai Playwell Toys Co., Ltd.",
    "parties.client.name.zh": "汕头澄海乐玩玩具有限公司",
    "parties.client.signatory.name.en": "Cai Mingyu",
    "parties.client.signatory.name.zh": "蔡明瑜",
    "parties.client.signatory.authority.en": "Legal representative",
    "parties.client.signatory.authority.zh": "法定代表人",
    "parties.provider.name.en": "Pixelbarn GmbH",
    "parties.provider.name.zh": "像素谷仓有限责任公司",
    "parties.provider.signatory.name.en": "Jonas Rehfeldt",
    "parties.provider.signatory.name.zh": "约纳斯·雷费尔特",
    "parties.provider.signatory.authority.en": "Managing Director",
    "parties.provider.signatory.authority.zh": "总经理",
    "currency.code": "USD",
    total: "98000",
    ...parts("both", { review: "20 days", cure: "14 days" }, [
      ["蓝牙连接 / Bluetooth link", "28000", "2027-04-30"],
      ["配套应用 / Companion app", "52000", "2027-07-30"],
      ["家长控制台 / Parents’ console", "18000", "2027-10-29"],
    ]),
    "ip.owner": "client",
    "ip.from": "signing",
    "law.governing.en": "the laws of the PRC",
    "law.governing.zh": "中国法律",
    "law.forum.kind": "arbitration",
    "law.forum.seat.en": "CIETAC",
    "law.forum.seat.zh": "中国国际经济贸易仲裁委员会",
    "text.prevails": "zh",
  },
};

export const bilingual: readonly Contract[] = [winery, toys];
