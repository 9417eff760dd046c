/** Six contracts: a port, a publisher, a bank; a foundation, a clinic; two columns. The reader met them unseen once. */
import { write } from "../Markup.ts";
import { parts } from "../Parts.ts";
import type { Contract } from "../Score.ts";

const port: Contract = {
  name: "采购订单: an order with terms behind",
  language: "zh",
  bytes: () =>
    write(`
= 软件开发采购订单
|订单编号|QZG-PO-270215|下单日期|2027年2月15日
|买方|钦州湾港口集团有限公司|卖方|南宁邕江数码有限公司
|税号|91450700MA5N9K4W7E|税号|91450103MA5P2Q6J1C
|联系人|农世杰|联系人|覃思雨
订单明细（币种：人民币元）
|行|名称|规格|数量|含税金额|要求到货日
|10|堆场计划模块|见技术协议第2章|1套|238,000|2027.04.30
|20|集卡预约模块|见技术协议第3章|1套|176,000|2027.06.30
|30|统计报送模块|见技术协议第4章|1套|86,000|2027.08.31
|合计>4|500,000|
金额大写：伍拾万元整
订单条款：
① 卖方须在要求到货日之前将对应模块部署至买方测试环境，即为交付。
② 买方于交付后21日内完成测试并出具验收单，逾期未出具视为验收通过。测试未通过的模块，卖方须于14日内整改后重新提交。
③ 买方凭验收单及6%增值税专用发票，于60日内付款。
④ 模块的全部知识产权于验收通过、买方付款后转移给买方。
⑤ 卖方违约赔偿总额不高于人民币500,000元。
⑥ 争议提交北海国际仲裁院仲裁，适用中华人民共和国法律。
⑦ 技术协议为本订单附件，与订单不一致的以订单为准。
买方签字：韦光远（采购总监）　　卖方签字：黎可儿（总经理）
`),
  expected: {
    "title.zh": "软件开发采购订单",
    "parties.client.name.zh": "钦州湾港口集团有限公司",
    "parties.client.taxNumber": "91450700MA5N9K4W7E",
    "parties.client.signatory.name.zh": "韦光远",
    "parties.client.signatory.authority.zh": "采购总监",
    "parties.provider.name.zh": "南宁邕江数码有限公司",
    "parties.provider.taxNumber": "91450103MA5P2Q6J1C",
    "parties.provider.signatory.name.zh": "黎可儿",
    "parties.provider.signatory.authority.zh": "总经理",
    "currency.code": "CNY",
    ...parts("zh", { review: "21 days", cure: "14 days" }, [
      ["堆场计划模块", "238000", "2027-04-30"],
      ["集卡预约模块", "176000", "2027-06-30"],
      ["统计报送模块", "86000", "2027-08-31"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.liabilityCap": "500000",
    "law.governing.zh": "中华人民共和国法律",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "北海国际仲裁院",
  },
};

const publisher: Contract = {
  name: "数字教材平台开发合同: chapters and a bonus",
  language: "zh",
  bytes: () =>
    write(`
= 数字教材平台开发合同
甲　方：长沙岳麓山教育出版社有限责任公司
地　址：长沙市岳麓区麓山南路36号
乙　方：株洲清水塘软件有限公司
地　址：株洲市石峰区响石广场2号
签订日期：2027年1月25日
第一章　总则
第一条　甲方委托乙方开发数字教材平台（下称“平台”）。
第二条　乙方不得将平台开发转包。
第二章　交付
第三条　乙方分三次交付：
（一）教材阅读器，交付日期为2027年4月15日，验收标准为在五种主流平板上翻页不超过1秒；
（二）题库与测评，交付日期为2027年7月15日，验收标准为三万人同时作答不丢失答案；
（三）教师备课端，交付日期为2027年10月15日，验收标准为可导入出版社全部78种教材。
第四条　甲方应于每次交付后十四日内书面告知验收结果。
第五条　验收未通过的，乙方应于十日内修正，直至通过。
第三章　价款
第六条　平台开发价款为人民币玖拾万元（¥900,000），其中教材阅读器占40%，题库与测评占35%，教师备课端占25%。
第七条　甲方于验收通过后二十日内支付相应价款。
第八条　2027年12月31日前，平台注册教师人数达到5000人的，甲方另行支付奖金人民币50,000元。
第四章　权利
第九条　平台的著作权由甲方享有，自交付之日起转移；乙方保留通用组件的权利。
第五章　责任
第十条　乙方迟延交付的，每迟延一日支付该次价款0.1%的违约金。
第十一条　除故意外，任何一方的赔偿责任总额不得超过人民币900,000元。
第六章　附则
第十二条　寒假期间（2027年2月1日至2027年2月20日）不计入验收期限。
第十三条　与本合同有关的争议，依照中华人民共和国法律，由长沙市岳麓区人民法院管辖。
第十四条　本合同一式四份。
甲方代表人签名：夏语冰（社长）
乙方代表人签名：贺兰舟（总经理）
`),
  expected: {
    "title.zh": "数字教材平台开发合同",
    "parties.client.name.zh": "长沙岳麓山教育出版社有限责任公司",
    "parties.client.signatory.name.zh": "夏语冰",
    "parties.client.signatory.authority.zh": "社长",
    "parties.provider.name.zh": "株洲清水塘软件有限公司",
    "parties.provider.signatory.name.zh": "贺兰舟",
    "parties.provider.signatory.authority.zh": "总经理",
    "currency.code": "CNY",
    ...parts("zh", { review: "14 days", cure: "10 days" }, [
      ["教材阅读器", "360000", "2027-04-15"],
      ["题库与测评", "315000", "2027-07-15"],
      ["教师备课端", "225000", "2027-10-15"],
    ]),
    "criteria[0].what.zh": "在五种主流平板上翻页不超过1秒",
    "criteria[1].what.zh": "三万人同时作答不丢失答案",
    "criteria[2].what.zh": "可导入出版社全部78种教材",
    "outcome.metric": "reported",
    "outcome.target": "5000",
    "outcome.unit.zh": "人",
    "outcome.amount": "50000",
    "calendar[0].name.zh": "寒假",
    "calendar[0].from": "2027-02-01",
    "calendar[0].until": "2027-02-20",
    "ip.owner": "client",
    "ip.from": "delivery",
    "law.liabilityCap": "900000",
    "law.governing.zh": "中华人民共和国法律",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "长沙市岳麓区人民法院",
  },
};

const bank: Contract = {
  name: "科技服务合同: a bank's numbering",
  language: "zh",
  bytes: () =>
    write(`
_ 秘密★三年
= 科技开发服务合同
甲方：赣江城市商业银行股份有限公司
法定代表人/负责人：涂长河
统一社会信用代码：91360100158301248D
乙方：上海漕河泾金信科技有限公司
法定代表人/负责人：费孝安
统一社会信用代码：91310104MA1FR7X39U
1 定义与解释
1.1 “交付物”指乙方依本合同附件1交付的软件和文档。
1.2 “日”指日历日；“工作日”指银行对公营业日。
2 服务
2.1 乙方按附件1向甲方提供反洗钱名单筛查系统的开发服务。
3 服务费
3.1 服务费总额为人民币1,272,000.00元（大写：壹佰贰拾柒万贰仟元整），其中不含税金额1,200,000.00元，增值税额72,000.00元。
3.2 服务费按附件1分期支付。甲方在收到符合要求的发票后20个工作日内支付。
4 验收
4.1 甲方在交付物交付后28日内完成验收测试。
4.2 验收测试发现缺陷的，乙方应在收到缺陷清单后15日内修复。
5 知识产权
5.1 交付物的知识产权自产生之日起归甲方所有。
5.2 未经许可，乙方不得向第三方披露甲方的业务数据。
6 责任
6.1 乙方在本合同下的累计赔偿责任上限为服务费总额的100%，即人民币1,272,000.00元。
7 法律适用和争议解决
7.1 本合同适用中华人民共和国（为本合同之目的，不包括香港、澳门和台湾地区）法律。
7.2 争议应提交上海国际经济贸易仲裁委员会（上海国际仲裁中心）仲裁。
8 附则
8.1 本合同一式肆份，各执贰份。
签署页
甲方（公章或合同专用章）
负责人或授权代理人（签字）：涂长河
乙方（公章或合同专用章）
负责人或授权代理人（签字）：费孝安
附件1 交付与付款计划
|交付物|计划交付日|不含税（元）|税额（元）|含税（元）
|名单库与加载|2027-05-31|400,000.00|24,000.00|424,000.00
|实时筛查引擎|2027-08-31|500,000.00|30,000.00|530,000.00
|案件调查工作台|2027-11-30|300,000.00|18,000.00|318,000.00
`),
  expected: {
    "title.zh": "科技开发服务合同",
    "parties.client.name.zh": "赣江城市商业银行股份有限公司",
    "parties.client.registration": "91360100158301248D",
    "parties.client.signatory.name.zh": "涂长河",
    "parties.client.signatory.authority.zh": "法定代表人/负责人",
    "parties.provider.name.zh": "上海漕河泾金信科技有限公司",
    "parties.provider.registration": "91310104MA1FR7X39U",
    "parties.provider.signatory.name.zh": "费孝安",
    "parties.provider.signatory.authority.zh": "法定代表人/负责人",
    "currency.code": "CNY",
    ...parts("zh", { review: "28 days", cure: "15 days" }, [
      ["名单库与加载", "424000", "2027-05-31", { net: "400000", tax: "24000" }],
      ["实时筛查引擎", "530000", "2027-08-31", { net: "500000", tax: "30000" }],
      ["案件调查工作台", "318000", "2027-11-30", { net: "300000", tax: "18000" }],
    ]),
    "ip.owner": "client",
    "law.liabilityCap": "1272000",
    "law.governing.zh": "中华人民共和国（为本合同之目的，不包括香港、澳门和台湾地区）法律",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "上海国际经济贸易仲裁委员会（上海国际仲裁中心）",
  },
};

const foundation: Contract = {
  name: "Grant-funded Development Agreement: numbered deliverables in prose",
  language: "en",
  bytes: () =>
    write(`
= Development Agreement
between
Savanna Water Foundation, Nairobi, Kenya (registration no. OP.218/051/2011) (hereinafter the “Foundation”)
and
Ubuntu Byteworks (Pty) Ltd, Cape Town, South Africa (registration no. 2016/284410/07) (hereinafter the “Developer”)
# 1 Purpose
The Foundation retains the Developer to build a borehole monitoring service for 320 boreholes.
# 2 Deliverables
2.1 Deliverable 1: sensor gateway. The Developer delivers the sensor gateway on 16 April 2027. It is complete when 50 boreholes report hourly for seven days.
2.2 Deliverable 2: water dashboard. The Developer delivers the water dashboard on 25 June 2027. It is complete when county officers can see every borehole on one map.
2.3 Deliverable 3: repair dispatch. The Developer delivers repair dispatch on 17 September 2027. It is complete when a failed pump reaches a mechanic within 15 minutes.
# 3 Remuneration
3.1 The Foundation pays USD 28,000 for Deliverable 1, USD 35,000 for Deliverable 2 and USD 22,000 for Deliverable 3, together USD 85,000. Taxes in the Developer's country are for the Developer.
3.2 Payment follows within 21 days of acceptance and a proper invoice. Bank charges are shared.
# 4 Acceptance
4.1 The Foundation has two weeks from delivery to accept or refuse a Deliverable in writing.
4.2 Where a Deliverable is refused, the Developer has three weeks to make it good.
# 5 Rights
5.1 Copyright vests in both parties jointly.
# 6 Liability
6.1 Neither party is liable for more than USD 85,000 in aggregate.
# 7 Early end
7.1 The Foundation may, before work on Deliverable 3 begins, withdraw from it against a payment of USD 2,200.
# 8 Law and disputes
8.1 This agreement is governed by the law of Kenya. Disputes are resolved by arbitration at the Nairobi Centre for International Arbitration.
Nairobi, ______________ 2027
For the Foundation: Wanjiru Kamau, Executive Director
For the Developer: Thabo Nkosi, Chief Executive
`),
  expected: {
    "title.en": "Development Agreement",
    "parties.client.name.en": "Savanna Water Foundation",
    "parties.client.registration": "OP.218/051/2011",
    "parties.client.signatory.name.en": "Wanjiru Kamau",
    "parties.client.signatory.authority.en": "Executive Director",
    "parties.provider.name.en": "Ubuntu Byteworks (Pty) Ltd",
    "parties.provider.registration": "2016/284410/07",
    "parties.provider.signatory.name.en": "Thabo Nkosi",
    "parties.provider.signatory.authority.en": "Chief Executive",
    "currency.code": "USD",
    ...parts("en", { review: "14 days", cure: "21 days" }, [
      ["sensor gateway", "28000", "2027-04-16"],
      ["water dashboard", "35000", "2027-06-25"],
      ["repair dispatch", "22000", "2027-09-17"],
    ]),
    "criteria[0].what.en": "50 boreholes report hourly for seven days",
    "criteria[1].what.en": "county officers can see every borehole on one map",
    "criteria[2].what.en": "a failed pump reaches a mechanic within 15 minutes",
    "ip.owner": "both",
    "law.liabilityCap": "85000",
    "options[0].fee": "2200",
    "law.governing.en": "the law of Kenya",
    "law.forum.kind": "arbitration",
    "law.forum.seat.en": "the Nairobi Centre for International Arbitration",
  },
};

const dental: Contract = {
  name: "Software Services Contract: a schedule of particulars",
  language: "en",
  bytes: () =>
    write(`
= SOFTWARE SERVICES CONTRACT
Dated: 5 March 2027
* Parties
Client: Prairie Rose Dental Group Ltd. (Alberta corporate access number 2021884537)
Service Provider: Chinook Code Cooperative (British Columbia incorporation number CP-2219)
* Services
The Service Provider shall supply a patient recall system to the Client, delivered in the following phases.
|Phase>2|Start|Finish|Fee
|I|Appointment reminders|March 8, 2027|May 7, 2027|CAD 22,000
|II|Treatment plan portal|May 10, 2027|July 30, 2027|CAD 33,500
|III|Insurance claims link|August 2, 2027|October 22, 2027|CAD 18,500
|||Total|CAD 74,000>2
Fees include GST. The Service Provider invoices each phase on acceptance and the Client pays within fifteen days.
* Acceptance
Within eight (8) days after a phase is delivered the Client shall give a written acceptance or a list of deficiencies. The Service Provider shall cure the deficiencies within six (6) days.
* Confidentiality
Patient records remain in Canada.
* Intellectual property
The Service Provider assigns to the Client all copyright in the system upon delivery of each phase.
* Liability
The liability of the Service Provider is limited to CAD 74,000.
* Applicable law
This contract is governed by the laws of Alberta and the federal laws of Canada applicable therein. The Court of King's Bench of Alberta has exclusive jurisdiction.
* Signatures
|Client|Service Provider
|Dr. Anneliese Vogt, President|Darius Greyeyes, Treasurer
|Signature:|Signature:
`),
  expected: {
    "title.en": "Software Services Contract",
    "parties.client.name.en": "Prairie Rose Dental Group Ltd.",
    "parties.client.registration": "2021884537",
    "parties.client.signatory.name.en": "Dr. Anneliese Vogt",
    "parties.client.signatory.authority.en": "President",
    "parties.provider.name.en": "Chinook Code Cooperative",
    "parties.provider.registration": "CP-2219",
    "parties.provider.signatory.name.en": "Darius Greyeyes",
    "parties.provider.signatory.authority.en": "Treasurer",
    "currency.code": "CAD",
    ...parts("en", { review: "8 days", cure: "6 days" }, [
      ["Appointment reminders", "22000", "2027-05-07", { start: "2027-03-08" }],
      ["Treatment plan portal", "33500", "2027-07-30", { start: "2027-05-10" }],
      ["Insurance claims link", "18500", "2027-10-22", { start: "2027-08-02" }],
    ]),
    "ip.owner": "client",
    "ip.from": "delivery",
    "law.liabilityCap": "74000",
    "law.governing.en": "the laws of Alberta and the federal laws of Canada applicable therein",
    "law.forum.kind": "court",
    "law.forum.seat.en": "The Court of King's Bench of Alberta",
  },
};

const silk: Contract = {
  name: "Development Contract 开发合同: two columns, a list of payments",
  language: "both",
  bytes: () =>
    write(`
|丝绸图案数据库开发合同|Silk Pattern Database Development Contract
|甲方：湖州南浔辑里丝绸有限公司|Party A: Huzhou Nanxun Jili Silk Co., Ltd.
|信用代码：91330502MA2B6C9H4N|Credit code: 91330502MA2B6C9H4N
|乙方：牛津织数有限公司|Party B: Oxford Weavedata Limited
|公司编号：10488261|Company number: 10488261
|第一条　甲方委托乙方开发丝绸图案数据库。|Article 1. Party A commissions Party B to develop a silk pattern database.
|第二条　乙方按下列期次交付，甲方按下列金额付款：|Article 2. Party B delivers, and Party A pays, as follows:
|第一期　图案数字化工具：2027年4月20日，28,000英镑；|Phase 1 Pattern digitising tool: 20 April 2027, GBP 28,000;
|第二期　相似图案检索：2027年7月20日，34,000英镑；|Phase 2 Similar pattern search: 20 July 2027, GBP 34,000;
|第三期　授权管理：2027年9月21日，16,000英镑。|Phase 3 Licence management: 21 September 2027, GBP 16,000.
|合同总额78,000英镑。|The contract total is GBP 78,000.
|第三条　甲方在交付后12日内验收，乙方对不合格项在9日内整改。|Article 3. Party A examines each delivery within 12 days; Party B remedies defects within 9 days.
|第四条　数据库的知识产权归甲方所有，于付款时转移。|Article 4. The intellectual property in the database belongs to Party A and passes on payment.
|第五条　乙方的赔偿责任以78,000英镑为限。|Article 5. Party B’s liability is limited to GBP 78,000.
|第六条　本合同适用英格兰和威尔士法律，由伦敦国际仲裁院仲裁。|Article 6. This Contract is governed by the laws of England and Wales; disputes are resolved by arbitration under the LCIA in London.
|第七条　本合同中英文本不一致时，以中文文本为准。|Article 7. If the Chinese and the English text differ, the Chinese text prevails.
|甲方代表：沈桑晚，总经理|For Party A: Shen Sangwan, General Manager
|乙方代表：理查德·艾什，董事|For Party B: Richard Ashe, Director
`),
  expected: {
    "title.zh": "丝绸图案数据库开发合同",
    "title.en": "Silk Pattern Database Development Contract",
    "parties.client.name.zh": "湖州南浔辑里丝绸有限公司",
    "parties.client.name.en": "Huzhou Nanxun Jili Silk Co., Ltd.",
    "parties.client.registration": "91330502MA2B6C9H4N",
    "parties.client.signatory.name.zh": "沈桑晚",
    "parties.client.signatory.name.en": "Shen Sangwan",
    "parties.client.signatory.authority.zh": "总经理",
    "parties.client.signatory.authority.en": "General Manager",
    "parties.provider.name.zh": "牛津织数有限公司",
    "parties.provider.name.en": "Oxford Weavedata Limited",
    "parties.provider.registration": "10488261",
    "parties.provider.signatory.name.zh": "理查德·艾什",
    "parties.provider.signatory.name.en": "Richard Ashe",
    "parties.provider.signatory.authority.zh": "董事",
    "parties.provider.signatory.authority.en": "Director",
    "currency.code": "GBP",
    ...parts("both", { review: "12 days", cure: "9 days" }, [
      ["图案数字化工具 / Pattern digitising tool", "28000", "2027-04-20"],
      ["相似图案检索 / Similar pattern search", "34000", "2027-07-20"],
      ["授权管理 / Licence management", "16000", "2027-09-21"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.liabilityCap": "78000",
    "law.governing.zh": "英格兰和威尔士法律",
    "law.governing.en": "the laws of England and Wales",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "伦敦国际仲裁院",
    "law.forum.seat.en": "LCIA",
    "text.prevails": "zh",
  },
};

export const enterprises: readonly Contract[] = [port, publisher, bank, foundation, dental, silk];
