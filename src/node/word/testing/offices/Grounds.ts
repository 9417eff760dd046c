/** Six contracts: a park, a person, a laboratory; a charity, a vineyard; three columns. The reader met them unseen once. */
import { write } from "../Markup.ts";
import { parts } from "../Parts.ts";
import type { Contract } from "../Score.ts";

const park: Contract = {
  name: "园区管理系统开发合同: amounts in words",
  language: "zh",
  bytes: () =>
    write(`
合同编号：ZJ-2027-IT-006
= 智慧园区管理系统开发合同
发包方：嘉兴南湖产业园开发有限公司
承包方：湖州莫干山数智科技有限公司
鉴于：
A. 发包方拟建设智慧园区管理系统；
B. 承包方具备相应的开发能力。
双方约定如下：
第一条【工作范围】
承包方负责系统的设计、开发、部署和培训，系统须支持园区内46家企业、1.2万名员工使用。
第二条【工期】
系统分三个节点交付：
节点一　门禁与访客，2027年4月20日前；
节点二　能耗与停车，2027年6月22日前；
节点三　招商与租赁，2027年9月14日前。
第三条【价款】
合同价款总额为人民币叁佰万元整。各节点价款为：节点一壹佰零伍万元整，节点二壹佰贰拾万元整，节点三柒拾伍万元整。以上均含税。
发包方在各节点验收合格之日起二十日内支付该节点价款。
第四条【验收】
发包方应在承包方提交验收申请后十二日内完成验收；期满未完成的，视为验收合格。承包方应在九日内对不合格事项予以整改。
第五条【知识产权】
系统的源代码、文档及相关知识产权，自发包方付清该节点价款时起归发包方所有。
第六条【违约责任】
承包方逾期交付的，按每日千分之一计付违约金。承包方的责任总额不超过人民币叁佰万元整。
第七条【法律与管辖】
本合同适用中华人民共和国法律，因本合同产生的争议由嘉兴市南湖区人民法院管辖。
第八条【其他】
国庆节假期（2027年10月1日至2027年10月7日）不计入工期和验收期。
发包方：嘉兴南湖产业园开发有限公司（公章）
法定代表人（签章）：褚云亭
承包方：湖州莫干山数智科技有限公司（公章）
法定代表人（签章）：施南乔
`),
  expected: {
    "title.zh": "智慧园区管理系统开发合同",
    "parties.client.name.zh": "嘉兴南湖产业园开发有限公司",
    "parties.client.signatory.name.zh": "褚云亭",
    "parties.client.signatory.authority.zh": "法定代表人",
    "parties.provider.name.zh": "湖州莫干山数智科技有限公司",
    "parties.provider.signatory.name.zh": "施南乔",
    "parties.provider.signatory.authority.zh": "法定代表人",
    "currency.code": "CNY",
    ...parts("zh", { review: "12 days", cure: "9 days" }, [
      ["门禁与访客", "1050000", "2027-04-20"],
      ["能耗与停车", "1200000", "2027-06-22"],
      ["招商与租赁", "750000", "2027-09-14"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.liabilityCap": "3000000",
    "law.governing.zh": "中华人民共和国法律",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "嘉兴市南湖区人民法院",
    "calendar[0].name.zh": "国庆节",
    "calendar[0].from": "2027-10-01",
    "calendar[0].until": "2027-10-07",
  },
};

const freelancer: Contract = {
  name: "程序开发协议: a person works",
  language: "zh",
  bytes: () =>
    write(`
= 程序开发协议
委托方（以下简称“甲方”）：昆明翠湖鲜花贸易有限公司
联系人：段小楼　电话：0871-5550 2190
受托方（以下简称“乙方”）：木子清
身份证号：530102199207150000
住址：昆明市五华区文林街20号
甲方请乙方开发鲜花拍卖小程序，双方商定：
1. 开发内容与进度
|步骤|内容|完成时间|费用
|1|竞拍页面|2027年3月31日|9,000元
|2|卖家后台|2027年4月30日|7,500元
|3|物流对接|2027年5月31日|5,500元
2. 费用总计22,000元（人民币贰万贰仟元整），由甲方在每一步通过后五日内转账给乙方。
3. 每一步完成后，甲方应在6日内试用，并告知乙方是否通过；到期不告知的视同通过。
4. 没有通过的，乙方应在4日内改好。
5. 小程序的全部代码和著作权归甲方，从付清费用时算起。
6. 乙方不得将拍卖数据用于其他用途。
7. 发生纠纷，双方协商；协商不成，由昆明市五华区人民法院处理。
甲方（盖章）：昆明翠湖鲜花贸易有限公司
法定代表人：茶花落
乙方（签字）：木子清
2027年3月1日
`),
  expected: {
    "title.zh": "程序开发协议",
    "parties.client.name.zh": "昆明翠湖鲜花贸易有限公司",
    "parties.client.signatory.name.zh": "茶花落",
    "parties.client.signatory.authority.zh": "法定代表人",
    "parties.provider.name.zh": "木子清",
    "parties.provider.signatory.name.zh": "木子清",
    "currency.code": "CNY",
    ...parts("zh", { review: "6 days", cure: "4 days" }, [
      ["竞拍页面", "9000", "2027-03-31"],
      ["卖家后台", "7500", "2027-04-30"],
      ["物流对接", "5500", "2027-05-31"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "昆明市五华区人民法院",
  },
};

const laboratory: Contract = {
  name: "技术服务合同: stages with their own clauses",
  language: "zh",
  bytes: () =>
    write(`
^ 技术合同登记号：________
= 实验数据管理系统技术服务合同
甲方名称：天津海河药物研究院
统一社会信用代码：12120000MB1X90217H
乙方名称：北京昌平清算信息技术有限公司
统一社会信用代码：91110114MA01K5XQ7D
第一部分　合同标的
乙方为甲方建立实验数据管理系统，并提供数据迁移服务。
第二部分　阶段任务
一、第一阶段（2027年2月15日—2027年4月30日）
1. 任务：电子实验记录本
2. 付款：人民币叁拾贰万元（¥320,000）
3. 验收标准：支持300名研究人员同时记录
二、第二阶段（2027年5月4日—2027年8月31日）
1. 任务：仪器数据自动采集
2. 付款：人民币肆拾捌万元（¥480,000）
3. 验收标准：接入仪器62台且连续运行15日
三、第三阶段（2027年9月1日—2027年11月30日）
1. 任务：历史数据迁移
2. 付款：人民币贰拾万元（¥200,000）
3. 验收标准：抽查2000条记录无差错
第三部分　验收与付款
甲方在每个阶段成果提交后18日内组织专家验收。验收意见为不通过的，乙方在10日内完善并再次提交。
验收通过后，甲方收到乙方发票20日内付款。
第四部分　成果归属
阶段成果的知识产权由甲方享有；乙方原有的软件平台知识产权仍归乙方。
第五部分　违约与争议
任何一方的赔偿责任合计不超过¥1,000,000。
双方同意将争议提交天津仲裁委员会裁决。本合同受中国法律约束。
:甲方（章）//负责人：纪晚晴//日期：|乙方（章）//负责人：崔北辰//日期：
`),
  expected: {
    "title.zh": "实验数据管理系统技术服务合同",
    "parties.client.name.zh": "天津海河药物研究院",
    "parties.client.registration": "12120000MB1X90217H",
    "parties.client.signatory.name.zh": "纪晚晴",
    "parties.client.signatory.authority.zh": "负责人",
    "parties.provider.name.zh": "北京昌平清算信息技术有限公司",
    "parties.provider.registration": "91110114MA01K5XQ7D",
    "parties.provider.signatory.name.zh": "崔北辰",
    "parties.provider.signatory.authority.zh": "负责人",
    "currency.code": "CNY",
    ...parts("zh", { review: "18 days", cure: "10 days" }, [
      ["电子实验记录本", "320000", "2027-04-30", { start: "2027-02-15" }],
      ["仪器数据自动采集", "480000", "2027-08-31", { start: "2027-05-04" }],
      ["历史数据迁移", "200000", "2027-11-30", { start: "2027-09-01" }],
    ]),
    "criteria[0].what.zh": "支持300名研究人员同时记录",
    "criteria[1].what.zh": "接入仪器62台且连续运行15日",
    "criteria[2].what.zh": "抽查2000条记录无差错",
    "ip.owner": "client",
    "law.liabilityCap": "1000000",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "天津仲裁委员会",
    "law.governing.zh": "中国法律",
  },
};

const charity: Contract = {
  name: "Website Development Contract: questions as headings",
  language: "en",
  bytes: () =>
    write(`
= Website Development Contract
Riverbank Hospice Care (registered charity 1098233), of 40 Bridge Road, Shrewsbury, is the Customer.
Thistledown Web Limited (company number 10922418), of 6 Foundry Lane, Telford, is the Supplier.
# What is being made?
A donation website with a volunteer rota.
# When and for how much?
|Step|To be ready by|Fixed price
|Donation pages|Friday 26 March 2027|£6,400
|Volunteer rota|Friday 21 May 2027|£8,100
|Memory wall|Friday 9 July 2027|£4,500
The prices add up to £19,000 and do not include VAT.
# How is work accepted?
The Customer tests each step and tells the Supplier within ten days of receiving it whether it is accepted. The Supplier then has one week to put right anything that was not accepted.
# When is money due?
The Supplier may send an invoice when a step is accepted. The Customer pays it within 21 days.
# Who owns the website?
The Customer owns the copyright in the website from the moment each step has been paid for.
# What if something goes wrong?
Neither side has to pay the other more than £19,000 in total under this contract.
# What law applies?
English law applies. The courts of England and Wales decide any dispute.
Signed for the Customer: Bernadette Foyle, Chief Executive
Signed for the Supplier: Idris Pugh, Director
`),
  expected: {
    "title.en": "Website Development Contract",
    "parties.client.name.en": "Riverbank Hospice Care",
    "parties.client.registration": "1098233",
    "parties.client.signatory.name.en": "Bernadette Foyle",
    "parties.client.signatory.authority.en": "Chief Executive",
    "parties.provider.name.en": "Thistledown Web Limited",
    "parties.provider.registration": "10922418",
    "parties.provider.signatory.name.en": "Idris Pugh",
    "parties.provider.signatory.authority.en": "Director",
    "currency.code": "GBP",
    ...parts("en", { review: "10 days", cure: "7 days" }, [
      ["Donation pages", "6400", "2027-03-26"],
      ["Volunteer rota", "8100", "2027-05-21"],
      ["Memory wall", "4500", "2027-07-09"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.liabilityCap": "19000",
    "law.governing.en": "English law",
    "law.forum.kind": "court",
    "law.forum.seat.en": "The courts of England and Wales",
  },
};

const vineyard: Contract = {
  name: "Software Development Agreement: amounts in words and figures",
  language: "en",
  bytes: () =>
    write(`
= SOFTWARE DEVELOPMENT AGREEMENT
This Software Development Agreement is made effective as of March 1, 2027, between COLUMBIA GORGE VINEYARDS LLC, an Oregon limited liability company (“Owner”), and TRILLIUM DATA WORKS, INC., a Washington corporation (“Programmer”).
ARTICLE I – THE PROJECT
1.1 Programmer shall develop a vineyard irrigation system (the “System”) for Owner in three milestones.
1.2 Milestone #1, Soil Sensor Interface: Programmer shall deliver this milestone no later than April 16, 2027. Owner shall pay Fifteen Thousand Dollars ($15,000.00).
1.3 Milestone #2, Irrigation Scheduler: Programmer shall deliver this milestone no later than June 11, 2027. Owner shall pay Twenty-Two Thousand Dollars ($22,000.00).
1.4 Milestone #3, Harvest Report: Programmer shall deliver this milestone no later than August 13, 2027. Owner shall pay Nine Thousand Dollars ($9,000.00).
1.5 All dollar amounts are in United States currency (USD).
ARTICLE II – ACCEPTANCE
2.1 Owner shall have fourteen (14) days after delivery of a milestone in which to inspect and test it.
2.2 If Owner rejects a milestone, Programmer shall have ten (10) days to correct and resubmit it.
ARTICLE III – OWNERSHIP
3.1 Upon Owner’s payment for a milestone, Programmer assigns to Owner all right, title and interest in that milestone.
ARTICLE IV – LIABILITY AND INDEMNITY
4.1 Programmer’s total liability shall not exceed Forty-Six Thousand Dollars ($46,000.00).
4.2 Programmer shall carry commercial general liability insurance of One Million Dollars ($1,000,000.00) per occurrence.
ARTICLE V – GENERAL
5.1 This Agreement is governed by Oregon law.
5.2 Any dispute shall be submitted to binding arbitration administered by the Arbitration Service of Portland, Inc.
OWNER:
COLUMBIA GORGE VINEYARDS LLC
By:
Print Name: Harriet Stell
Title: Managing Member
PROGRAMMER:
TRILLIUM DATA WORKS, INC.
By:
Print Name: Dev Chaudhry
Title: President
`),
  expected: {
    "title.en": "Software Development Agreement",
    "parties.client.name.en": "Columbia Gorge Vineyards LLC",
    "parties.client.signatory.name.en": "Harriet Stell",
    "parties.client.signatory.authority.en": "Managing Member",
    "parties.provider.name.en": "Trillium Data Works, Inc.",
    "parties.provider.signatory.name.en": "Dev Chaudhry",
    "parties.provider.signatory.authority.en": "President",
    "currency.code": "USD",
    ...parts("en", { review: "14 days", cure: "10 days" }, [
      ["Soil Sensor Interface", "15000", "2027-04-16"],
      ["Irrigation Scheduler", "22000", "2027-06-11"],
      ["Harvest Report", "9000", "2027-08-13"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.liabilityCap": "46000",
    "law.governing.en": "Oregon law",
    "law.forum.kind": "arbitration",
    "law.forum.seat.en": "Arbitration Service of Portland, Inc.",
  },
};

const ceramicsFair: Contract = {
  name: "开发合同 Development Contract: three columns",
  language: "both",
  bytes: () =>
    write(`
= 展会报名系统开发合同
= Trade Fair Registration System Development Contract
|条款 Clause|中文|English
|当事人 Parties|甲方：佛山石湾展览有限公司//乙方：Messekraft Software GmbH（梅塞软件有限责任公司）|Party A: Foshan Shiwan Exhibition Co., Ltd.//Party B: Messekraft Software GmbH
|登记号 Registration|甲方统一社会信用代码：91440604MA4W8N2C5Y；乙方登记号：HRB 118842|Party A USCC: 91440604MA4W8N2C5Y; Party B register number: HRB 118842
|价款 Price|总价96,000欧元|The total price is EUR 96,000
|验收 Acceptance|甲方在交付后10日内验收；乙方在8日内修正缺陷|Party A accepts or rejects within 10 days after delivery; Party B corrects defects within 8 days
|权属 Title|系统著作权自付款时归甲方|Copyright in the system passes to Party A upon payment
|责任 Liability|乙方责任以96,000欧元为限|Party B’s liability is limited to EUR 96,000
|法律 Law|适用德国法律，由德国仲裁协会在法兰克福仲裁|German law applies; disputes are settled by arbitration under the German Arbitration Institute in Frankfurt
|语言 Language|以英文为准|The English text prevails
* 附件：交付计划 Annex: Delivery plan
|阶段 Stage|成果 Result|日期 Date|价款 Price
|一 / I|展商报名 / Exhibitor registration|2027-03-31|EUR 38,000
|二 / II|观众入场 / Visitor admission|2027-05-31|EUR 34,000
|三 / III|数据统计 / Statistics|2027-07-30|EUR 24,000
`),
  expected: {
    "title.zh": "展会报名系统开发合同",
    "title.en": "Trade Fair Registration System Development Contract",
    "parties.client.name.zh": "佛山石湾展览有限公司",
    "parties.client.name.en": "Foshan Shiwan Exhibition Co., Ltd.",
    "parties.client.registration": "91440604MA4W8N2C5Y",
    "parties.provider.name.en": "Messekraft Software GmbH",
    "parties.provider.name.zh": "梅塞软件有限责任公司",
    "parties.provider.registration": "HRB 118842",
    "currency.code": "EUR",
    ...parts("both", { review: "10 days", cure: "8 days" }, [
      ["展商报名 / Exhibitor registration", "38000", "2027-03-31"],
      ["观众入场 / Visitor admission", "34000", "2027-05-31"],
      ["数据统计 / Statistics", "24000", "2027-07-30"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.liabilityCap": "96000",
    "law.governing.zh": "德国法律",
    "law.governing.en": "German law",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "德国仲裁协会",
    "law.forum.seat.en": "German Arbitration Institute",
    "text.prevails": "en",
  },
};

export const grounds: readonly Contract[] = [park, freelancer, laboratory, charity, vineyard, ceramicsFair];
