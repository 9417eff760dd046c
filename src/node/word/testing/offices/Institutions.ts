/** Six contracts: a hospital, a university, a shop; an exhibit, a call-off; two tongues. The reader met them unseen once. */
import { write } from "../Markup.ts";
import { parts } from "../Parts.ts";
import type { Contract } from "../Score.ts";

const hospital: Contract = {
  name: "医院信息系统升级合同: prose in sub-clauses",
  language: "zh",
  bytes: () =>
    write(`
^ 皖江医院合〔2027〕第41号
= 检验信息系统升级改造合同
发包人：芜湖市皖江中心医院（以下称“医院”）
统一社会信用代码：12340200485201764M
承包人：合肥蜀山医信科技股份有限公司（以下称“承包人”）
统一社会信用代码：91340100MA2TQ5Y80P
签订地：安徽省芜湖市
鉴于医院就检验信息系统升级改造项目进行了院内比选，承包人为成交单位，双方达成如下条款：
第1条　项目范围
1.1　承包人负责检验信息系统的升级改造，含仪器接口、危急值闭环、质控统计。
1.2　医院原有数据约420万条，由承包人负责迁移。
第2条　工期
2.1　仪器接口升级应于2027年4月23日完成并交付；
2.2　危急值闭环应于2027年6月30日完成并交付；
2.3　质控统计与数据迁移应于2027年9月17日完成并交付。
第3条　合同价款
3.1　合同价款为人民币柒拾伍万陆仟元整（￥756,000.00），增值税率6%，已含在内。
3.2　价款构成：仪器接口升级￥252,000.00；危急值闭环￥315,000.00；质控统计与数据迁移￥189,000.00。
3.3　各项交付经验收合格后三十日内，医院支付对应价款的百分之百。
3.4　承包人账户：徽风银行合肥分行，6228 0000 1188 2255。
第4条　验收
4.1　医院自收到交付通知之日起十五日内组织科室验收，并出具验收单。
4.2　验收不合格，承包人自收到通知之日起七日内整改完毕，重新申请验收。
第5条　质量保证
5.1　质保期三年，自最终验收合格之日起计。质保期内故障应在2小时内响应，24小时内到场。
第6条　知识产权
6.1　改造形成的软件、接口文档及数据的权利归医院，自交付时起归属。
第7条　违约责任
7.1　逾期交付的，每日按该项价款的千分之二支付违约金。
7.2　承包人对医院的全部赔偿责任以壹佰万元人民币（￥1,000,000.00）为限。
第8条　廉洁
8.1　承包人不得向医院人员给付任何利益。
第9条　适用法律及争议
9.1　本合同适用中华人民共和国法律。
9.2　争议由芜湖市镜湖区人民法院管辖。
发包人（盖章）：　　　　　　　　　　承包人（盖章）：
授权签字人：骆岚　　　　　　　　　　授权签字人：单士诚
日期：　　　　　　　　　　　　　　　日期：
`),
  expected: {
    "title.zh": "检验信息系统升级改造合同",
    "parties.client.name.zh": "芜湖市皖江中心医院",
    "parties.client.registration": "12340200485201764M",
    "parties.client.signatory.name.zh": "骆岚",
    "parties.client.signatory.authority.zh": "授权签字人",
    "parties.provider.name.zh": "合肥蜀山医信科技股份有限公司",
    "parties.provider.registration": "91340100MA2TQ5Y80P",
    "parties.provider.signatory.name.zh": "单士诚",
    "parties.provider.signatory.authority.zh": "授权签字人",
    "currency.code": "CNY",
    ...parts("zh", { review: "15 days", cure: "7 days" }, [
      ["仪器接口升级", "252000", "2027-04-23"],
      ["危急值闭环", "315000", "2027-06-30"],
      ["质控统计与数据迁移", "189000", "2027-09-17"],
    ]),
    "ip.owner": "client",
    "ip.from": "delivery",
    "law.governing.zh": "中华人民共和国法律",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "芜湖市镜湖区人民法院",
    "law.liabilityCap": "1000000",
  },
};

const university: Contract = {
  name: "横向科研合同: 考核指标 in a table",
  language: "zh",
  bytes: () =>
    write(`
= 技术开发合同书
项目名称：__稻田遥感长势评估软件__
甲　　方：__黑龙江北大荒禾源农业有限公司__
乙　　方：__哈尔滨松北理工大学__
|甲方|单位名称|黑龙江北大荒禾源农业有限公司
||法定代表人|祁连山
||信用代码|91230110MA1F8K3E0X
|乙方|单位名称|哈尔滨松北理工大学
||法定代表人|温如故
||信用代码|12230000414009153H
依据《中华人民共和国民法典》有关技术合同的规定，双方签订本合同。
一、研究内容
建立稻田长势评估模型，并开发桌面软件。
二、进度与考核指标
|阶段|起止时间|研究内容|考核指标
|1|2027年3月1日至2027年5月31日|样本采集与预处理工具|覆盖8个农场、样本不少于6000份
|2|2027年6月1日至2027年9月15日|长势评估模型|与实测产量的相关系数不低于0.85
|3|2027年9月16日至2027年12月10日|桌面评估软件|单景影像处理时间不超过5分钟
三、经费及拨付
研究开发经费总额：人民币（大写）陆拾万元整，（小写）600,000元。
拨付方式：第1阶段通过考核后拨付180,000元，第2阶段通过考核后拨付270,000元，第3阶段通过考核后拨付150,000元。
四、考核验收
甲方在收到乙方阶段成果后30日内组织考核。未通过考核的，乙方应在20日内补充完善。
五、成果归属
本项目产生的专利申请权、软件著作权由甲乙双方共有。乙方享有发表论文的权利，但应事先征得甲方同意。
六、风险责任
因现有技术水平难以克服的技术困难导致失败的，风险损失由双方合理分担。
七、争议解决
双方因履行本合同发生争议，应协商解决；协商不成的，提请哈尔滨仲裁委员会仲裁。
八、本合同有效期自2027年3月1日至2028年3月1日。
九、项目联系人：甲方 郝田，乙方 仲夏。
甲方（章）　　　　　　　　乙方（章）
`),
  expected: {
    "title.zh": "技术开发合同书",
    "parties.client.name.zh": "黑龙江北大荒禾源农业有限公司",
    "parties.client.registration": "91230110MA1F8K3E0X",
    "parties.client.signatory.name.zh": "祁连山",
    "parties.client.signatory.authority.zh": "法定代表人",
    "parties.provider.name.zh": "哈尔滨松北理工大学",
    "parties.provider.registration": "12230000414009153H",
    "parties.provider.signatory.name.zh": "温如故",
    "parties.provider.signatory.authority.zh": "法定代表人",
    "currency.code": "CNY",
    ...parts("zh", { review: "30 days", cure: "20 days" }, [
      ["样本采集与预处理工具", "180000", "2027-05-31", { start: "2027-03-01" }],
      ["长势评估模型", "270000", "2027-09-15", { start: "2027-06-01" }],
      ["桌面评估软件", "150000", "2027-12-10", { start: "2027-09-16" }],
    ]),
    "criteria[0].what.zh": "覆盖8个农场、样本不少于6000份",
    "criteria[1].what.zh": "与实测产量的相关系数不低于0.85",
    "criteria[2].what.zh": "单景影像处理时间不超过5分钟",
    "ip.owner": "both",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "哈尔滨仲裁委员会",
  },
};

const bookshop: Contract = {
  name: "委托确认书: a shop and a studio",
  language: "zh",
  bytes: () =>
    write(`
= 网站开发委托确认书
致：厦门沙坡尾独立设计工作室
我方（泉州刺桐书店有限公司）委托贵方开发网上书店，双方确认如下：
1. 分三批交付。每批的内容、时间和价格：
- 第一批：书目与搜索，2027年4月2日交付，价格12,000元
- 第二批：购物车与支付，2027年5月14日交付，价格20,000元
- 第三批：会员与荐书，2027年6月25日交付，价格8,000元
2. 价格合计人民币40,000元，为含税价；除此之外不再收费。
3. 每批交付后，我方在5天内回复是否通过；未回复的视为通过。没有通过的，贵方在3天内修改好。
4. 通过后2天内付款。款项经支付平台转付，平台按付款额的0.6%收取服务费。
5. 网站的源代码和设计归我方，付清全款后移交权利。
6. 清明节期间（2027年4月3日至4月5日）不计算回复时间。
7. 我方可以在第三批开工之前取消第三批，但要付给贵方1,000元的取消费。
8. 如有纠纷，在泉州市鲤城区人民法院解决，适用中国法律。
委托方：泉州刺桐书店有限公司　　　经办：庄晓梦（店长）
受托方：厦门沙坡尾独立设计工作室　　　经办：白鹭洲（主理人）
`),
  expected: {
    "title.zh": "网站开发委托确认书",
    "parties.client.name.zh": "泉州刺桐书店有限公司",
    "parties.client.signatory.name.zh": "庄晓梦",
    "parties.client.signatory.authority.zh": "店长",
    "parties.provider.name.zh": "厦门沙坡尾独立设计工作室",
    "parties.provider.signatory.name.zh": "白鹭洲",
    "parties.provider.signatory.authority.zh": "主理人",
    "currency.code": "CNY",
    ...parts("zh", { review: "5 days", cure: "3 days" }, [
      ["书目与搜索", "12000", "2027-04-02"],
      ["购物车与支付", "20000", "2027-05-14"],
      ["会员与荐书", "8000", "2027-06-25"],
    ]),
    "fees.platform": "0.6 %",
    "calendar[0].name.zh": "清明节",
    "calendar[0].from": "2027-04-03",
    "calendar[0].until": "2027-04-05",
    "options[0].fee": "1000",
    "ip.owner": "client",
    "ip.from": "payment",
    "law.governing.zh": "中国法律",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "泉州市鲤城区人民法院",
  },
};

const brewhouse: Contract = {
  name: "Independent Contractor Agreement: an exhibit",
  language: "en",
  bytes: () =>
    write(`
= INDEPENDENT CONTRACTOR AGREEMENT
This Independent Contractor Agreement (this “Agreement”) is entered into as of February 1, 2027 (the “Effective Date”) by and between High Desert Brewing Company, Inc., a Nevada corporation with offices at 410 Commercial Row, Reno, Nevada 89501 (the “Company”), and Saltbush Software, LLC, a Utah limited liability company with offices at 77 Pierpont Avenue, Salt Lake City, Utah 84101 (the “Contractor”).
1. Engagement. The Company engages the Contractor to perform the services described in Exhibit A (the “Services”).
2. Compensation. As full compensation the Company shall pay the Contractor a fixed fee of US$94,500, payable in installments as set forth in Exhibit A. Each installment is due within thirty (30) days after the Company accepts the corresponding deliverable.
3. Acceptance. The Company shall have ten (10) days after receipt of a deliverable to notify the Contractor in writing that it accepts or rejects the deliverable. Upon rejection the Contractor shall promptly, and in any event within twelve (12) days, correct the deliverable.
4. Relationship. The Contractor is an independent contractor and shall pay its own self-employment taxes. The Contractor shall carry general liability insurance of $2,000,000.
5. Work Product. All Work Product shall be the sole and exclusive property of the Company, effective upon the Company's payment for it.
6. Limitation of Liability. IN NO EVENT SHALL EITHER PARTY'S AGGREGATE LIABILITY EXCEED $189,000.
7. Term and Termination. This Agreement commences on the Effective Date and continues until completion of the Services. Either party may terminate on thirty (30) days' written notice.
8. Governing Law; Venue. This Agreement shall be construed in accordance with the laws of the State of Nevada. The parties consent to the exclusive jurisdiction of the state and federal courts located in Washoe County, Nevada.
9. Notices. Notices go to the addresses above and are deemed received three (3) days after mailing.
IN WITNESS WHEREOF, the parties have executed this Agreement.
COMPANY:
High Desert Brewing Company, Inc.
By: ______________________________
Name: Leland Crowfoot
Its: President
CONTRACTOR:
Saltbush Software, LLC
By: ______________________________
Name: Priscilla Ngata
Its: Manager
= EXHIBIT A
* Description of Services
The Contractor will build production planning software for three brewhouses, with a tablet view for the cellar.
* Deliverables and installments
1. Recipe and batch planner, to be delivered by April 9, 2027 ........ $31,500
2. Cellar tablet view, to be delivered by June 18, 2027 ........ $39,000
3. Keg tracking, to be delivered by August 27, 2027 ........ $24,000
Total ........ $94,500
`),
  expected: {
    "title.en": "Independent Contractor Agreement",
    "parties.client.name.en": "High Desert Brewing Company, Inc.",
    "parties.client.signatory.name.en": "Leland Crowfoot",
    "parties.client.signatory.authority.en": "President",
    "parties.provider.name.en": "Saltbush Software, LLC",
    "parties.provider.signatory.name.en": "Priscilla Ngata",
    "parties.provider.signatory.authority.en": "Manager",
    "currency.code": "USD",
    ...parts("en", { review: "10 days", cure: "12 days" }, [
      ["Recipe and batch planner", "31500", "2027-04-09"],
      ["Cellar tablet view", "39000", "2027-06-18"],
      ["Keg tracking", "24000", "2027-08-27"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.governing.en": "the laws of the State of Nevada",
    "law.forum.kind": "court",
    "law.forum.seat.en": "the state and federal courts located in Washoe County, Nevada",
    "law.liabilityCap": "189000",
  },
};

const callOff: Contract = {
  name: "Call-Off Order Form: keys and values",
  language: "en",
  bytes: () =>
    write(`
^ Order Form - Digital Services Framework
= Order Form
|Order reference|DSF-2027-0092
|The Buyer|Severn Valley Combined Authority
|Buyer's address|3 Castle Street, Shrewsbury SY1 2BW
|The Supplier|Oakum Digital Limited
|Supplier's address|9 Quay Lane, Gloucester GL1 2LZ
|Supplier's registration number|11824630
|Supplier's VAT number|GB 318 4471 22
|Order start date|1 March 2027
|Order expiry date|31 January 2028
|Deliverables|Bus open data service, as specified in Order Schedule 1
|Charges|£212,000 excluding VAT, in the milestone payments of Order Schedule 2
|Payment terms|30 days from a valid invoice
|Total liability of each Party|£265,000
|Governing law|The law of England and Wales
|Jurisdiction|The courts of England and Wales
# Order Schedule 1 (Services)
The Supplier shall provide a bus open data service that publishes positions of 460 vehicles every 10 seconds.
# Order Schedule 2 (Milestones)
|Milestone|Description|Milestone Date|Milestone Payment
|M1|Data feed from operators|28/05/2027|£74,000
|M2|Passenger information screens|17/09/2027|£96,000
|M3|Handover and training|26/11/2027|£42,000
2.1 The Buyer shall, within 20 calendar days of receiving a deliverable, issue an acceptance certificate or a notice of failure.
2.2 After a notice of failure the Supplier shall rectify and resubmit the deliverable within 15 calendar days.
# Order Schedule 3 (Intellectual Property)
3.1 New IPR is owned by the Supplier. The Supplier grants the Buyer a perpetual licence to use New IPR.
# Signatures
|For and on behalf of the Supplier>2|For and on behalf of the Buyer>2
|Signature||Signature|
|Name|Hattie Wainwright|Name|Gethin Price
|Role|Commercial Director|Role|Head of Procurement
|Date||Date|
`),
  expected: {
    "title.en": "Order Form",
    "parties.client.name.en": "Severn Valley Combined Authority",
    "parties.client.signatory.name.en": "Gethin Price",
    "parties.client.signatory.authority.en": "Head of Procurement",
    "parties.provider.name.en": "Oakum Digital Limited",
    "parties.provider.registration": "11824630",
    "parties.provider.taxNumber": "GB 318 4471 22",
    "parties.provider.signatory.name.en": "Hattie Wainwright",
    "parties.provider.signatory.authority.en": "Commercial Director",
    "currency.code": "GBP",
    ...parts("en", { review: "20 days", cure: "15 days" }, [
      ["Data feed from operators", "74000", "2027-05-28"],
      ["Passenger information screens", "96000", "2027-09-17"],
      ["Handover and training", "42000", "2027-11-26"],
    ]),
    "ip.owner": "provider",
    "law.liabilityCap": "265000",
    "law.governing.en": "The law of England and Wales",
    "law.forum.kind": "court",
    "law.forum.seat.en": "The courts of England and Wales",
  },
};

const ceramics: Contract = {
  name: "Software Contract 软件合同: clause after clause in two tongues",
  language: "both",
  bytes: () =>
    write(`
= 釉料配方管理软件合同
= Glaze Recipe Management Software Contract
委托人 / Client：景德镇青云陶瓷有限公司 / Jingdezhen Qingyun Ceramics Co., Ltd.
统一社会信用代码 / Unified Social Credit Code：91360200MA37K0T25Y
开发人 / Developer：Atelier Numérique Loire SAS / 卢瓦尔数字工坊简化股份公司
注册号 / Registration No.：RCS Tours 842 117 390
1. 标的 Subject
开发人为委托人开发釉料配方管理软件。
The Developer develops glaze recipe management software for the Client.
2. 价款 Price
价款总额为84,000欧元，按下表支付。
The total price is EUR 84,000, payable under the table below.
|里程碑 Milestone|交付日 Delivery|金额 Amount
|配方库 Recipe library|2027年5月7日 / 7 May 2027|EUR 30,000
|窑温曲线 Firing curves|2027年7月23日 / 23 July 2027|EUR 36,000
|批次追踪 Batch tracking|2027年10月8日 / 8 October 2027|EUR 18,000
3. 验收 Acceptance
委托人在交付后10日内验收；不合格的，开发人在10日内返工。
The Client inspects within 10 days of delivery; the Developer reworks what fails within 10 days.
4. 权利 Rights
软件著作权在委托人付款后归委托人所有。
Copyright in the software belongs to the Client after the Client has paid.
5. 法律与争议 Law and disputes
本合同适用瑞士法律。争议由日内瓦仲裁，提交瑞士仲裁中心。
This contract is governed by Swiss law. Disputes are referred to the Swiss Arbitration Centre, with the seat in Geneva.
6. 文本 Text
中英文本有歧义的，以英文文本为准。
If the Chinese and English texts diverge, the English text is decisive.
:委托人 Client//签字人 Signatory：饶青 Rao Qing//职务 Title：董事长 Chairman|开发人 Developer//签字人 Signatory：Élodie Marchand//职务 Title：总裁 President
`),
  expected: {
    "title.zh": "釉料配方管理软件合同",
    "title.en": "Glaze Recipe Management Software Contract",
    "parties.client.name.zh": "景德镇青云陶瓷有限公司",
    "parties.client.name.en": "Jingdezhen Qingyun Ceramics Co., Ltd.",
    "parties.client.registration": "91360200MA37K0T25Y",
    "parties.client.signatory.name.zh": "饶青",
    "parties.client.signatory.name.en": "Rao Qing",
    "parties.client.signatory.authority.zh": "董事长",
    "parties.client.signatory.authority.en": "Chairman",
    "parties.provider.name.en": "Atelier Numérique Loire SAS",
    "parties.provider.name.zh": "卢瓦尔数字工坊简化股份公司",
    "parties.provider.registration": "RCS Tours 842 117 390",
    "parties.provider.signatory.name.en": "Élodie Marchand",
    "parties.provider.signatory.authority.zh": "总裁",
    "parties.provider.signatory.authority.en": "President",
    "currency.code": "EUR",
    ...parts("both", { review: "10 days", cure: "10 days" }, [
      ["配方库 / Recipe library", "30000", "2027-05-07"],
      ["窑温曲线 / Firing curves", "36000", "2027-07-23"],
      ["批次追踪 / Batch tracking", "18000", "2027-10-08"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.governing.zh": "瑞士法律",
    "law.governing.en": "Swiss law",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "瑞士仲裁中心",
    "law.forum.seat.en": "Swiss Arbitration Centre",
    "text.prevails": "en",
  },
};

export const institutions: readonly Contract[] = [hospital, university, bookshop, brewhouse, callOff, ceramics];
