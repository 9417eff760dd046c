/** A bus line, a zoo, a bakery; a library, a quarry; a school: by a hand that knew the reader. */
import { write } from "../Markup.ts";
import { parts } from "../Parts.ts";
import type { Contract } from "../Score.ts";

const bus: Contract = {
  name: "调度软件采购及开发合同: a bus company",
  language: "zh",
  bytes: () =>
    write(`
= 公交调度软件采购及开发合同
甲方（采购方）：绍兴鉴湖公共交通有限公司
乙方（供应方）：宁波甬江软件开发有限公司
依照有关法律，双方经协商一致订立本合同。
一、合同内容：乙方向甲方提供公交调度软件的开发与部署服务，覆盖线路83条、车辆1,150辆。
二、合同总价：人民币1,260,000元整（大写：壹佰贰拾陆万元整），该价格包含全部税费。
三、交付进度和价款分配如下表：
|序号|交付内容|交付截止日|价款（元）|验收要求
|1|排班模块|2027年4月9日|420,000|自动排班覆盖全部线路
|2|实时调度模块|2027年7月9日|560,000|车辆定位延迟不超过5秒
|3|客流统计模块|2027年10月8日|280,000|客流误差不超过6%
四、付款：每项通过验收后，甲方在25日内向乙方支付该项价款，乙方应先开具发票。
五、验收：甲方自乙方交付之日起16日内组织验收，并将结果书面告知乙方；逾期不告知的，视为通过。验收未通过的，乙方须在8日内整改后再次提交。
六、成果归属：软件的著作权归甲方所有，于各项价款付清时转移。
七、保密：双方对商业秘密负有保密义务，期限为三年。
八、违约：乙方迟延交付的，每日按该项价款的0.3‰支付违约金；乙方全部赔偿以合同总价为限。
九、争议：适用中华人民共和国法律，争议提交绍兴仲裁委员会仲裁。
甲方：绍兴鉴湖公共交通有限公司　　乙方：宁波甬江软件开发有限公司
签约代表：沈园春　　　　　　　　　签约代表：叶知夏
职务：信息部经理　　　　　　　　　职务：销售总监
`),
  expected: {
    "title.zh": "公交调度软件采购及开发合同",
    "parties.client.name.zh": "绍兴鉴湖公共交通有限公司",
    "parties.client.signatory.name.zh": "沈园春",
    "parties.client.signatory.authority.zh": "信息部经理",
    "parties.provider.name.zh": "宁波甬江软件开发有限公司",
    "parties.provider.signatory.name.zh": "叶知夏",
    "parties.provider.signatory.authority.zh": "销售总监",
    "currency.code": "CNY",
    ...parts("zh", { review: "16 days", cure: "8 days" }, [
      ["排班模块", "420000", "2027-04-09"],
      ["实时调度模块", "560000", "2027-07-09"],
      ["客流统计模块", "280000", "2027-10-08"],
    ]),
    "criteria[0].what.zh": "自动排班覆盖全部线路",
    "criteria[1].what.zh": "车辆定位延迟不超过5秒",
    "criteria[2].what.zh": "客流误差不超过6%",
    "ip.owner": "client",
    "ip.from": "payment",
    "law.liabilityCap": "1260000",
    "law.governing.zh": "中华人民共和国法律",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "绍兴仲裁委员会",
  },
};

const zoo: Contract = {
  name: "委托开发协议书: a zoo",
  language: "zh",
  bytes: () =>
    write(`
= 委托开发协议书
委托单位：大连金石滩野生动物园
受托单位：沈阳浑河互动科技有限公司
签订地点：大连市金州区
经双方商议，就导览应用的开发达成以下协议。
第一条　开发任务
受托单位为委托单位开发园区导览应用，分为两期。
第二条　期限
第一期“地图与路线”应于2027年4月25日交付，第二期“动物讲解与预约”应于2027年7月25日交付。
第三条　经费
开发经费共计人民币168,000元，第一期占45%，第二期占55%。每期验收合格后十五个工作日内一次付清。
第四条　验收
委托单位收到每期成果后，应于10日内完成验收并出具意见书。受托单位应于收到意见书后6日内完成修改。
第五条　权利
开发成果的知识产权由双方共有。
第六条　提前终止
委托单位可以在第二期启动前书面通知取消第二期，同时向受托单位支付解约费人民币6,000元。
第七条　争议
双方发生争议的，由大连市金州区人民法院裁判。本协议依中华人民共和国法律解释。
第八条　附则
本协议一式三份，自盖章之日起生效。
委托单位（盖章）　　　　　　　　受托单位（盖章）
代表人：连海生　　　　　　　　　代表人：盛京诚
`),
  expected: {
    "title.zh": "委托开发协议书",
    "parties.client.name.zh": "大连金石滩野生动物园",
    "parties.client.signatory.name.zh": "连海生",
    "parties.provider.name.zh": "沈阳浑河互动科技有限公司",
    "parties.provider.signatory.name.zh": "盛京诚",
    "currency.code": "CNY",
    ...parts("zh", { review: "10 days", cure: "6 days" }, [
      ["地图与路线", "75600", "2027-04-25"],
      ["动物讲解与预约", "92400", "2027-07-25"],
    ]),
    "ip.owner": "both",
    "options[0].fee": "6000",
    "law.governing.zh": "中华人民共和国法律",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "大连市金州区人民法院",
  },
};

const bakery: Contract = {
  name: "门店系统开发合同: net prices, a platform",
  language: "zh",
  bytes: () =>
    write(`
= 门店点单系统开发合同
定作人：贵阳甲秀烘焙食品有限公司（统一社会信用代码：91520102MA6GX7T15P）
承揽人：遵义播州小象网络工作室（统一社会信用代码：92520321MA6HBK9D2R）
+ 工作成果
++ 承揽人完成并交付以下工作成果：点单小程序，2027年3月19日前；后厨看板，2027年4月30日前；会员积分，2027年6月11日前。
+ 报酬
++ 报酬为：点单小程序人民币30,000元，后厨看板人民币24,000元，会员积分人民币16,000元，合计人民币70,000元。
++ 报酬通过托管平台支付，平台收取每笔付款0.7%的服务费，由定作人负担。
+ 检验
++ 定作人应当在收到工作成果后9日内检验；有异议的，书面提出。
++ 承揽人应当在收到异议后5日内补正。
+ 归属
++ 工作成果的著作权自交付之日起归定作人。
+ 其他
++ 春节期间（2027年2月5日至2月12日）期限中止。
++ 承揽人的赔偿责任不超过人民币70,000元。
++ 因本合同发生争议，向贵阳市南明区人民法院起诉，适用中国法律。
:定作人：//签名：黔灵山//职务：店务总监|承揽人：//签名：赤水河//职务：经营者
`),
  expected: {
    "title.zh": "门店点单系统开发合同",
    "parties.client.name.zh": "贵阳甲秀烘焙食品有限公司",
    "parties.client.registration": "91520102MA6GX7T15P",
    "parties.client.signatory.name.zh": "黔灵山",
    "parties.client.signatory.authority.zh": "店务总监",
    "parties.provider.name.zh": "遵义播州小象网络工作室",
    "parties.provider.registration": "92520321MA6HBK9D2R",
    "parties.provider.signatory.name.zh": "赤水河",
    "parties.provider.signatory.authority.zh": "经营者",
    "currency.code": "CNY",
    ...parts("zh", { review: "9 days", cure: "5 days" }, [
      ["点单小程序", "30000", "2027-03-19"],
      ["后厨看板", "24000", "2027-04-30"],
      ["会员积分", "16000", "2027-06-11"],
    ]),
    "fees.platform": "0.7 %",
    "ip.owner": "client",
    "ip.from": "delivery",
    "calendar[0].name.zh": "春节",
    "calendar[0].from": "2027-02-05",
    "calendar[0].until": "2027-02-12",
    "law.liabilityCap": "70000",
    "law.governing.zh": "中国法律",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "贵阳市南明区人民法院",
  },
};

const library: Contract = {
  name: "Services Agreement: a library, work orders",
  language: "en",
  bytes: () =>
    write(`
= PROFESSIONAL SERVICES AGREEMENT
This Professional Services Agreement is between the Harbor City Public Library, a municipal agency (the “Library”), and Lanternfish Labs LLC, a Rhode Island limited liability company (the “Vendor”), effective March 15, 2027.
# 1. Scope
Vendor will build a digital collections portal for the Library as described in Attachment 1.
# 2. Fees
The Library will pay Vendor the fixed fees in Attachment 1, totaling USD 87,000. Vendor will invoice after each acceptance. Invoices are payable within 30 days of receipt.
# 3. Acceptance
The Library will review each deliverable within 12 days after it is delivered and will accept it or describe in writing how it fails to conform. Vendor will resubmit a corrected deliverable within 14 days.
# 4. Ownership
All deliverables become the property of the Library upon delivery. Vendor keeps its pre-existing tools.
# 5. Limitation of liability
Each party's liability is limited to USD 150,000.
# 6. Governing law and disputes
Rhode Island law governs this Agreement. Lawsuits must be filed in the Superior Court of Providence County.
# 7. Signatures
:HARBOR CITY PUBLIC LIBRARY//By: ________________//Name: Abigail Mott//Title: Library Director|LANTERNFISH LABS LLC//By: ________________//Name: Kwame Mensah//Title: Managing Partner
# Attachment 1
|Deliverable|Description|Delivery date|Fee
|1|Image repository|April 23, 2027|$28,000
|2|Search and discovery|June 25, 2027|$37,000
|3|Public exhibits|September 10, 2027|$22,000
`),
  expected: {
    "title.en": "Professional Services Agreement",
    "parties.client.name.en": "Harbor City Public Library",
    "parties.client.signatory.name.en": "Abigail Mott",
    "parties.client.signatory.authority.en": "Library Director",
    "parties.provider.name.en": "Lanternfish Labs LLC",
    "parties.provider.signatory.name.en": "Kwame Mensah",
    "parties.provider.signatory.authority.en": "Managing Partner",
    "currency.code": "USD",
    ...parts("en", { review: "12 days", cure: "14 days" }, [
      ["Image repository", "28000", "2027-04-23"],
      ["Search and discovery", "37000", "2027-06-25"],
      ["Public exhibits", "22000", "2027-09-10"],
    ]),
    "ip.owner": "client",
    "ip.from": "delivery",
    "law.liabilityCap": "150000",
    "law.governing.en": "Rhode Island law",
    "law.forum.kind": "court",
    "law.forum.seat.en": "the Superior Court of Providence County",
  },
};

const quarry: Contract = {
  name: "Contract for Works of Software: a quarry",
  language: "en",
  bytes: () =>
    write(`
= CONTRACT FOR THE SUPPLY OF SOFTWARE
Date: 18 January 2027
The Purchaser: Slatebrook Quarries plc, registered number 00918273, Slatebrook House, Buxton
The Supplier: Gneiss Systems Ltd, registered number 07654321, 2 Cheese Lane, Bristol
1. The Supplier will supply blast planning software in the following stages:
(a) survey import, to be supplied by 5 March 2027 at a price of £18,500;
(b) blast design, to be supplied by 14 May 2027 at a price of £31,000;
(c) vibration records, to be supplied by 16 July 2027 at a price of £12,500.
2. The prices total £62,000 and exclude VAT.
3. The Purchaser has fifteen days from supply of a stage to approve or reject it. The Supplier must make good a rejected stage within twelve days.
4. The Purchaser pays for a stage within 30 days of approving it.
5. The Supplier keeps all intellectual property rights in the software. The Purchaser has a perpetual licence to use it.
6. The Supplier's liability under this contract shall in no case exceed £124,000.
7. The Purchaser may call off stage (c) before it begins by paying the Supplier a cancellation fee of £1,250.
8. This contract is made under English law. Disputes go to the courts of England and Wales.
Signed for the Purchaser by: Marjorie Plumtree, Operations Director
Signed for the Supplier by: Owen Trelawny, Director
`),
  expected: {
    "title.en": "Contract for the Supply of Software",
    "parties.client.name.en": "Slatebrook Quarries plc",
    "parties.client.registration": "00918273",
    "parties.client.signatory.name.en": "Marjorie Plumtree",
    "parties.client.signatory.authority.en": "Operations Director",
    "parties.provider.name.en": "Gneiss Systems Ltd",
    "parties.provider.registration": "07654321",
    "parties.provider.signatory.name.en": "Owen Trelawny",
    "parties.provider.signatory.authority.en": "Director",
    "currency.code": "GBP",
    ...parts("en", { review: "15 days", cure: "12 days" }, [
      ["survey import", "18500", "2027-03-05"],
      ["blast design", "31000", "2027-05-14"],
      ["vibration records", "12500", "2027-07-16"],
    ]),
    "ip.owner": "provider",
    "law.liabilityCap": "124000",
    "options[0].fee": "1250",
    "law.governing.en": "English law",
    "law.forum.kind": "court",
    "law.forum.seat.en": "the courts of England and Wales",
  },
};

const school: Contract = {
  name: "Cooperation Contract 合作开发合同: a school",
  language: "both",
  bytes: () =>
    write(`
= 合作开发合同
= Cooperative Development Contract
甲方 Party A：北京玉泉山国际学校 / Beijing Yuquanshan International School
乙方 Party B：Nordlys Læring AS / 北极光学习有限公司
双方于2027年1月22日签订本合同。
This contract is signed on 22 January 2027.
1. 开发内容与时间 Development and time
乙方开发以下模块：
Party B develops the following modules:
|模块 Module|交付时间 Due|费用 Fee
|课程表 / Timetable|2027-03-26|NOK 180,000
|成绩册 / Gradebook|2027-05-28|NOK 240,000
|家校沟通 / Parent portal|2027-07-30|NOK 150,000
总费用为570,000挪威克朗。
The total fee is NOK 570,000.
2. 验收 Acceptance
甲方在收到模块后14日内验收，不合格的由乙方在10日内修改。
Party A accepts or rejects a module within 14 days of receiving it; Party B corrects a rejected module within 10 days.
3. 知识产权 Intellectual property
模块的知识产权在交付时转移给甲方。
The intellectual property in the modules passes to Party A on delivery.
4. 法律与争议 Law and disputes
本合同适用挪威法律，争议由奥斯陆地方法院管辖。
This contract is governed by Norwegian law; the Oslo District Court has jurisdiction over disputes.
5. 语言 Language
本合同中英文不一致的，以英文为准。
In case of conflict the English version shall prevail.
甲方代表 For Party A：罗敷 Luo Fu，校长 Principal
乙方代表 For Party B：Ingrid Dahl，总经理 General Manager
`),
  expected: {
    "title.zh": "合作开发合同",
    "title.en": "Cooperative Development Contract",
    "parties.client.name.zh": "北京玉泉山国际学校",
    "parties.client.name.en": "Beijing Yuquanshan International School",
    "parties.client.signatory.name.zh": "罗敷",
    "parties.client.signatory.name.en": "Luo Fu",
    "parties.client.signatory.authority.zh": "校长",
    "parties.client.signatory.authority.en": "Principal",
    "parties.provider.name.en": "Nordlys Læring AS",
    "parties.provider.name.zh": "北极光学习有限公司",
    "parties.provider.signatory.name.en": "Ingrid Dahl",
    "parties.provider.signatory.authority.zh": "总经理",
    "parties.provider.signatory.authority.en": "General Manager",
    "currency.code": "NOK",
    ...parts("both", { review: "14 days", cure: "10 days" }, [
      ["课程表 / Timetable", "180000", "2027-03-26"],
      ["成绩册 / Gradebook", "240000", "2027-05-28"],
      ["家校沟通 / Parent portal", "150000", "2027-07-30"],
    ]),
    "ip.owner": "client",
    "ip.from": "delivery",
    "law.governing.zh": "挪威法律",
    "law.governing.en": "Norwegian law",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "奥斯陆地方法院",
    "law.forum.seat.en": "the Oslo District Court",
    "text.prevails": "en",
  },
};

export const known: readonly Contract[] = [bus, zoo, bakery, library, quarry, school];
