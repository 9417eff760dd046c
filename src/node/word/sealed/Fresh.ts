/** Six contracts by six imagined drafters, written and read by somebody who has not seen the reader. */
import { write } from "../testing/Markup.ts";
import { parts } from "../testing/Parts.ts";
import type { Contract } from "../testing/Score.ts";

/** A city's data bureau, from the procurement office's model: every stage in one table, with net, tax and gross. */
const city: Contract = {
  name: "市政务数据共享平台: a city's procurement contract",
  language: "zh",
  bytes: () =>
    write(`
^ 项目编号：LJZFCG-2027-0316
= 政务数据共享平台升级改造项目合同
甲方（采购人）：临江市大数据发展管理局
统一社会信用代码：11330782MB1F20817K
住所地：临江市市民中心2号楼
法定代表人：许建邦
乙方（供应商）：浙江云渡信息技术股份有限公司
统一社会信用代码：91330108MA2H7Q3X5D
住所地：杭州市滨江区江虹路611号
法定代表人：戴思远
根据《中华人民共和国政府采购法》《中华人民共和国民法典》及临江市政府采购中心2027年3月5日公布的中标结果，甲乙双方经协商一致，就政务数据共享平台升级改造项目订立本合同，共同遵守。
# 第一条 合同文件
下列文件是本合同的组成部分：（一）招标文件；（二）乙方投标文件及澄清；（三）中标通知书；（四）双方签署的补充协议。上述文件不一致的，以签署在后的为准。
# 第二条 建设内容
乙方负责对甲方现有共享平台进行升级改造，接入全市46个部门的数据目录，新建数据质量核查、供需对接和统一授权三个模块，完成历史数据迁移，并提供三年免费运行维护。
# 第三条 合同价款
本合同总价为人民币壹佰零陆万元整（￥1,060,000.00），为含税固定总价，增值税税率6%，包括人工、差旅、测评配合、培训及质保期内的全部费用。除双方书面变更外，总价不作调整。
# 第四条 实施进度与资金支付
项目分四个阶段实施，各阶段的完成时间及金额如下（单位：元）：
|序号|阶段|主要成果|完成时间|不含税金额|税额|价税合计
|1|需求调研与方案设计|需求规格说明书、总体设计方案|2027年4月30日|100,000.00|6,000.00|106,000.00
|2|平台开发与部署|三个模块及部署文档|2027年8月31日|400,000.00|24,000.00|424,000.00
|3|数据迁移与试运行|迁移报告、试运行报告|2027年10月29日|300,000.00|18,000.00|318,000.00
|4|等保测评与竣工验收|测评报告、竣工资料|2027年12月17日|200,000.00|12,000.00|212,000.00
|合计>4|1,000,000.00|60,000.00|1,060,000.00
各阶段经甲方验收合格后，乙方开具等额增值税专用发票，甲方自收到发票之日起30日内通过国库集中支付方式支付该阶段款项。因财政审批原因造成的延迟不视为甲方违约，但甲方应当及时告知乙方。
# 第五条 履约保证金
乙方应于合同签订前以银行保函形式提交履约保证金人民币53,000元，竣工验收合格后无息退还。
# 第六条 验收
（一）乙方完成每一阶段工作后提交书面验收申请，甲方自收到申请之日起15日内组织验收并出具验收意见。
（二）验收不合格的，乙方应当自收到验收意见之日起10日内完成整改并重新申请验收。
（三）数据迁移与试运行阶段的合格标准为：平台连续运行30日无一级故障，迁移数据抽样准确率不低于99.9%。
（四）等保测评与竣工验收阶段的合格标准为：取得网络安全等级保护三级测评报告且结论为良及以上。
# 第七条 知识产权与数据
乙方为本项目开发的软件、文档及其他成果的知识产权，自交付之日起归甲方所有。乙方投标前已有的通用组件的权利仍属于乙方，甲方可在本项目范围内永久、免费使用。政务数据的全部权益归甲方，乙方不得复制、留存或者用于本项目以外的用途。
# 第八条 违约责任
乙方逾期完成任一阶段工作的，每逾期一日按该阶段金额的千分之一支付违约金；逾期超过60日的，甲方有权解除合同。甲方无正当理由逾期付款的，按全国银行间同业拆借中心公布的一年期贷款市场报价利率支付利息。除故意、重大过失及数据泄露外，乙方在本合同项下的赔偿总额不超过合同总价。
# 第九条 争议解决
本合同适用中华人民共和国法律。因履行本合同发生争议的，双方应当协商解决；协商不成的，向临江市人民法院提起诉讼。
# 第十条 其他
本合同自双方法定代表人签字并加盖公章之日起生效，一式陆份，甲方执肆份，乙方执贰份，具有同等法律效力。
:甲方（盖章）：临江市大数据发展管理局|乙方（盖章）：浙江云渡信息技术股份有限公司
:法定代表人（签字）：许建邦|法定代表人（签字）：戴思远
:2027年3月16日|2027年3月16日
_ 第 1 页 共 3 页
`),
  expected: {
    "title.zh": "政务数据共享平台升级改造项目合同",
    "parties.client.name.zh": "临江市大数据发展管理局",
    "parties.client.registration": "11330782MB1F20817K",
    "parties.client.signatory.name.zh": "许建邦",
    "parties.client.signatory.authority.zh": "法定代表人",
    "parties.provider.name.zh": "浙江云渡信息技术股份有限公司",
    "parties.provider.registration": "91330108MA2H7Q3X5D",
    "parties.provider.signatory.name.zh": "戴思远",
    "parties.provider.signatory.authority.zh": "法定代表人",
    "currency.code": "CNY",
    ...parts("zh", { review: "15 days", cure: "10 days" }, [
      ["需求调研与方案设计", "106000", "2027-04-30", { net: "100000", tax: "6000" }],
      ["平台开发与部署", "424000", "2027-08-31", { net: "400000", tax: "24000" }],
      ["数据迁移与试运行", "318000", "2027-10-29", { net: "300000", tax: "18000" }],
      ["等保测评与竣工验收", "212000", "2027-12-17", { net: "200000", tax: "12000" }],
    ]),
    "criteria[0].what.zh": "平台连续运行30日无一级故障，迁移数据抽样准确率不低于99.9%",
    "criteria[1].what.zh": "取得网络安全等级保护三级测评报告且结论为良及以上",
    "ip.owner": "client",
    "ip.from": "delivery",
    "law.governing.zh": "中华人民共和国法律",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "临江市人民法院",
    "law.liabilityCap": "1060000",
  },
};

/** A bank's legal department: money as shares of the total, the forum near the end, a freeze at the turn of the year. */
const bank: Contract = {
  name: "信贷档案影像系统: a bank's outsourcing contract",
  language: "zh",
  bytes: () =>
    write(`
合同编号：HX-IT-2027-112
= 软件外包服务合同
委托方：华汐银行股份有限公司（以下简称“甲方”）
注册地址：深圳市福田区深南大道4018号
服务方：南京栖衡软件有限公司（以下简称“乙方”）
统一社会信用代码：91320114MA1X9K6T2R
注册地址：南京市雨花台区软件大道88号
鉴于：
1. 甲方拟建设信贷档案影像管理系统，以替代现有的纸质档案流转；
2. 乙方具有同类系统的开发经验，并已通过甲方的外包服务商准入评估。
双方经平等协商，达成如下合同条款。
* 一、保密与外包风险管理
1.1 乙方对因履行本合同而知悉的客户信息、业务数据和技术资料负有保密义务，该义务不因合同终止而解除。
1.2 乙方应当接受甲方及监管机构对外包活动的检查，未经甲方书面同意不得将服务转包或者分包。
1.3 乙方人员进场前须签署保密承诺书，更换项目经理应提前15日书面通知甲方。
* 二、服务内容与进度
2.1 乙方按照附件一《技术需求书》为甲方开发信贷档案影像管理系统，服务分三个阶段：
（1）第一阶段：需求分析与总体设计，应于__2027年6月30日__前完成；
（2）第二阶段：系统开发与集成测试，应于__2027年11月19日__前完成；
（3）第三阶段：投产上线与运维移交，应于__2028年2月25日__前完成。
2.2 甲方负责提供测试环境、接口文档和必要的业务人员配合。
* 三、验收
3.1 每一阶段工作完成后，乙方提交阶段交付物，甲方应在10个工作日内组织评审并出具书面评审结论。
3.2 评审未通过的，甲方应列明问题，乙方应在收到通知后7日内修正并重新提交。
3.3 2027年12月25日至2028年1月5日为甲方年终决算封网期，封网期内验收期限中止计算。
* 四、服务费用
4.1 本合同服务费用总额为人民币壹佰肆拾捌万元整（小写：¥1,480,000.00），该价格为含税价，适用增值税税率6%。
4.2 服务费用按以下方式支付：
（1）第一阶段评审通过后，甲方支付总额的20%，即人民币贰拾玖万陆仟元整（¥296,000.00）；
（2）第二阶段评审通过后，甲方支付总额的50%；
（3）第三阶段评审通过后，甲方支付总额的30%，即人民币肆拾肆万肆仟元整。
4.3 甲方在收到乙方开具的合法有效的增值税专用发票后20日内付款。乙方迟延开票的，付款期限顺延。
4.4 甲方开票信息如下：名称：华汐银行股份有限公司；纳税人识别号：91440300738512946C；开户行：华汐银行深圳分行营业部。
* 五、知识产权
5.1 乙方依本合同完成的软件（含源代码）及文档的著作权，自甲方付清相应阶段费用之日起归甲方所有。
5.2 乙方保证交付物不侵犯任何第三方的知识产权，如引发第三方索赔，由乙方负责处理并承担全部费用。
* 六、合同的变更与解除
6.1 需求变更应由双方签署书面变更单，变更单未签署前乙方仍按原需求履行。
6.2 第三阶段开始之前，甲方有权以书面通知终止第三阶段的服务，但应向乙方支付补偿金人民币44,400元。
6.3 一方严重违约，经催告后30日内仍未纠正的，另一方可以解除合同。
* 七、违约责任
7.1 乙方逾期提交交付物的，每逾期一日，按照该阶段费用的万分之五支付违约金。
7.2 乙方在本合同项下承担的违约及赔偿责任累计不超过服务费用总额的80%，但违反保密义务造成的损失不受此限。
* 八、法律适用及争议解决
8.1 本合同的订立、效力、解释和履行均适用中华人民共和国法律。
8.2 因本合同引起的或与本合同有关的任何争议，均应提交深圳国际仲裁院，按照申请仲裁时该院有效的仲裁规则进行仲裁。仲裁裁决是终局的，对双方均有约束力。
* 九、附则
9.1 本合同自双方授权代表签字并加盖公章或合同专用章之日起生效。
9.2 本合同正本一式四份，双方各执两份。附件一《技术需求书》、附件二《信息安全承诺书》与本合同具有同等效力。

甲方：华汐银行股份有限公司（公章）
授权代表：周蔚
日期：2027年4月12日

乙方：南京栖衡软件有限公司（公章）
授权代表：罗启明
日期：2027年4月14日
`),
  expected: {
    "title.zh": "软件外包服务合同",
    "parties.client.name.zh": "华汐银行股份有限公司",
    "parties.client.taxNumber": "91440300738512946C",
    "parties.client.signatory.name.zh": "周蔚",
    "parties.client.signatory.authority.zh": "授权代表",
    "parties.provider.name.zh": "南京栖衡软件有限公司",
    "parties.provider.registration": "91320114MA1X9K6T2R",
    "parties.provider.signatory.name.zh": "罗启明",
    "parties.provider.signatory.authority.zh": "授权代表",
    "currency.code": "CNY",
    ...parts("zh", { cure: "7 days" }, [
      ["需求分析与总体设计", "296000", "2027-06-30"],
      ["系统开发与集成测试", "740000", "2027-11-19"],
      ["投产上线与运维移交", "444000", "2028-02-25"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.governing.zh": "中华人民共和国法律",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "深圳国际仲裁院",
    "law.liabilityCap": "1184000",
    "calendar[0].name.zh": "年终决算封网期",
    "calendar[0].from": "2027-12-25",
    "calendar[0].until": "2028-01-05",
    "options[0].fee": "44400",
  },
  gaps: ["milestones[0].review", "milestones[1].review", "milestones[2].review"],
};

/** The owner of a hardware factory, in his own words: short, no lawyer's clauses, no governing law and no cap. */
const factory: Contract = {
  name: "五金厂网站: an owner's short agreement",
  language: "zh",
  bytes: () =>
    write(`
= 网站开发协议
甲方：佛山市顺德区恒锐五金制品厂
地址：佛山市顺德区勒流街道富安工业区12号
负责人：何志成　电话：0757-25530186
乙方：广州市点舟网络科技有限公司
地址：广州市天河区棠下二社涌边路69号
统一社会信用代码：91440106MA5CW83P0N
法定代表人：梁晓敏
甲方要做一个公司网站，主要给国外客户看产品、询价用，交给乙方来做。双方说好以下几点：
+ 做什么：中英文两个版本，电脑和手机都能看。产品大约300个，资料和照片由甲方提供，翻译由乙方负责。
+ 分三步做，价钱和时间如下：
第一步，首页和版式设计，8000元，2027年4月10日前给甲方看稿；
第二步，产品展示和在线询价，1.6万元，2027年5月15日前做好；
第三步，网站上线和培训，8000元，2027年6月5日前完成。
一共32000元（大写：叁万贰仟元整）。这个价钱已经包括第一年的域名和服务器费用，开普通发票，不另外加税点。
+ 每一步做完，甲方7天之内看完，有问题一次提清楚，没问题就在微信上确认，确认后5天之内把这一步的钱转到乙方公司账户。乙方收到修改意见后，5天之内改好。
+ 甲方中途加新功能的，另外报价，双方同意了再做。小的文字和图片修改不加钱。
+ 上线以后免费维护一年，网站打不开的，乙方当天要处理。第二年起服务器和域名费用每年1200元，甲方自愿续。
+ 网站交给甲方之后，页面设计、程序代码和后台账号全部归甲方，乙方要把源文件和密码一起交出来，不能把同样的设计卖给其他五金厂。
+ 甲方的产品图纸、客户名单，乙方不能外传。
+ 乙方拖期的，每拖一天扣100元，从当步的钱里扣。甲方拖着不付钱的，乙方可以先停工。
+ 有争议双方先商量，商量不成的，到佛山市顺德区人民法院解决。
本协议一式两份，双方签字盖章后生效。

甲方（盖章）：佛山市顺德区恒锐五金制品厂\t\t乙方（盖章）：广州市点舟网络科技有限公司
负责人：何志成\t\t法定代表人：梁晓敏
2027年3月18日\t\t2027年3月18日
`),
  expected: {
    "title.zh": "网站开发协议",
    "parties.client.name.zh": "佛山市顺德区恒锐五金制品厂",
    "parties.client.signatory.name.zh": "何志成",
    "parties.client.signatory.authority.zh": "负责人",
    "parties.provider.name.zh": "广州市点舟网络科技有限公司",
    "parties.provider.registration": "91440106MA5CW83P0N",
    "parties.provider.signatory.name.zh": "梁晓敏",
    "parties.provider.signatory.authority.zh": "法定代表人",
    "currency.code": "CNY",
    ...parts("zh", { review: "7 days", cure: "5 days" }, [
      ["首页和版式设计", "8000", "2027-04-10"],
      ["产品展示和在线询价", "16000", "2027-05-15"],
      ["网站上线和培训", "8000", "2027-06-05"],
    ]),
    "ip.owner": "client",
    "ip.from": "delivery",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "佛山市顺德区人民法院",
  },
};

/** A Danish cold-store operator's counsel: clauses in front, dates, prices and criteria in Schedule 1. */
const nordic: Contract = {
  name: "Warehouse temperature portal: a European services agreement with a schedule",
  language: "en",
  bytes: () =>
    write(`
= SOFTWARE SERVICES AGREEMENT
This Agreement is made on 22 February 2027 between:
(1) Nordkøl Logistics A/S, a company incorporated in Denmark with company registration (CVR) no. 31842207 and VAT no. DK31842207, whose registered office is at Havnegade 41, 5000 Odense C, Denmark (the “Customer”); and
(2) Brzoza Software sp. z o.o., a company incorporated in Poland, entered in the register of entrepreneurs under KRS no. 0000487213, VAT no. PL6772391845, whose registered office is at ul. Wadowicka 8, 30-415 Kraków, Poland (the “Supplier”).
# Background
(A) The Customer operates nine temperature-controlled warehouses and wishes its tenants to see the temperature records of their goods online.
(B) The Supplier develops and maintains web applications and has agreed to provide the Services on the terms of this Agreement.
# 1. Interpretation
1.1 “Charges” means the amounts set out in Schedule 1. “Deliverables” means the software and documents produced in a Work Package. “Work Package” means each package of Services described in Schedule 1.
1.2 Unless expressly stated otherwise, days are calendar days.
# 2. Services
2.1 The Supplier shall perform the Work Packages with reasonable skill and care and shall deliver the Deliverables by the dates stated in Schedule 1.
2.2 The Customer shall give the Supplier access to its sensor gateway and shall nominate a product owner who is available at least one day a week.
# 3. Acceptance
3.1 The Customer shall test the Deliverables against the criterion stated in Schedule 1 and shall accept or reject them by written notice within 15 days of delivery. If the Customer gives no notice, the Deliverables are deemed accepted.
3.2 Where the Customer rejects any Deliverables, the Supplier shall remedy the non-conformity and redeliver within ten (10) days of the notice.
# 4. Charges and payment
4.1 The Supplier shall invoice the Charges for a Work Package once it is accepted. Invoices are payable within 30 days of receipt, by bank transfer in euro.
4.2 The Charges are exclusive of value added tax. The parties expect the reverse charge mechanism to apply.
4.3 Late payments bear interest in accordance with Directive 2011/7/EU.
# 5. Intellectual property
5.1 All intellectual property rights in the Deliverables of a Work Package shall pass to the Customer upon payment in full of the Charges for that Work Package.
5.2 The Supplier retains its rights in tools and libraries existing before the date of this Agreement and grants the Customer a perpetual, non-exclusive licence to use them as part of the Deliverables.
# 6. Data protection and confidentiality
6.1 Each party shall keep the other’s confidential information secret for five years after the end of this Agreement. The parties have signed a separate data processing agreement under Article 28 GDPR.
# 7. Liability
7.1 Nothing in this Agreement limits liability for wilful misconduct or gross negligence, or liability that cannot be limited by law.
7.2 Subject to clause 7.1, neither party is liable for loss of profit, and the Supplier’s total liability arising out of this Agreement shall not exceed 125% of the total Charges.
# 8. Term and termination
8.1 This Agreement starts on its date and continues until the last Work Package has been accepted and paid.
8.2 Either party may terminate with immediate effect if the other commits a material breach and does not remedy it within 30 days of written notice.
8.3 At any time before the start date of Work Package 3, the Customer may cancel that Work Package by written notice against payment of a cancellation fee of EUR 5,000.
# 9. Governing law and jurisdiction
9.1 This Agreement is governed by the laws of Denmark, excluding its conflict of laws rules.
9.2 Any dispute that the parties’ managing directors cannot settle within 30 days shall be brought before the Maritime and Commercial High Court in Copenhagen.
:Signed for and on behalf of//Nordkøl Logistics A/S|Signed for and on behalf of//Brzoza Software sp. z o.o.
:Name: Ingrid Vestergaard|Name: Tomasz Zieliński
:Title: Chief Operating Officer|Title: President of the Management Board
:Date: 22 February 2027|Date: 22 February 2027
= Schedule 1: Work Packages and Charges
|No.|Work Package|Start|Delivery|Acceptance criterion|Charges (EUR)
|1|Sensor data interface|1 March 2027|16 April 2027|Readings of all nine warehouses arrive at least every five minutes over seven consecutive days|28,500
|2|Tenant portal|19 April 2027|30 July 2027|All user stories marked “must” in the backlog of 1 March 2027 are demonstrated without a severity 1 or 2 defect|64,000
|3|Alerts and reporting|16 August 2027|29 October 2027|An alert reaches the tenant within two minutes of a limit being exceeded|41,500
|Total>5|134,000
`),
  expected: {
    "title.en": "SOFTWARE SERVICES AGREEMENT",
    "parties.client.name.en": "Nordkøl Logistics A/S",
    "parties.client.registration": "31842207",
    "parties.client.taxNumber": "DK31842207",
    "parties.client.signatory.name.en": "Ingrid Vestergaard",
    "parties.client.signatory.authority.en": "Chief Operating Officer",
    "parties.provider.name.en": "Brzoza Software sp. z o.o.",
    "parties.provider.registration": "0000487213",
    "parties.provider.taxNumber": "PL6772391845",
    "parties.provider.signatory.name.en": "Tomasz Zieliński",
    "parties.provider.signatory.authority.en": "President of the Management Board",
    "currency.code": "EUR",
    ...parts("en", { review: "15 days", cure: "10 days" }, [
      ["Sensor data interface", "28500", "2027-04-16", { start: "2027-03-01" }],
      ["Tenant portal", "64000", "2027-07-30", { start: "2027-04-19" }],
      ["Alerts and reporting", "41500", "2027-10-29", { start: "2027-08-16" }],
    ]),
    "criteria[0].what.en":
      "Readings of all nine warehouses arrive at least every five minutes over seven consecutive days",
    "criteria[1].what.en":
      "All user stories marked “must” in the backlog of 1 March 2027 are demonstrated without a severity 1 or 2 defect",
    "criteria[2].what.en": "An alert reaches the tenant within two minutes of a limit being exceeded",
    "ip.owner": "client",
    "ip.from": "payment",
    "law.governing.en": "the laws of Denmark",
    "law.forum.kind": "court",
    "law.forum.seat.en": "Maritime and Commercial High Court in Copenhagen",
    "law.liabilityCap": "167500",
    "options[0].fee": "5000",
  },
};

/** An Indian vendor's form: particulars in a table, lakhs, working days for review, most of the law left to the MSA. */
const workOrder: Contract = {
  name: "Claims app: an Indian vendor's work order",
  language: "en",
  bytes: () =>
    write(`
^ Kaveri Infosolutions – Confidential
= WORK ORDER NO. 04
This Work Order is issued under and forms part of the Master Services Agreement dated 12 January 2026 (“MSA”) between the parties named below. Capitalised terms have the meaning given in the MSA.
|Particulars|Client|Service Provider
|Name|Sahyadri General Insurance Limited|Kaveri Infosolutions Private Limited
|CIN|U66010MH2009PLC194382|U72200KA2014PTC076115
|GSTIN|27AAMCS4821K1ZQ|29AAFCK7390B1Z4
|Registered office|Senapati Bapat Road, Pune 411016|Outer Ring Road, Bellandur, Bengaluru 560103
|Project manager|Ms. Anjali Deshpande|Mr. Prakash Iyer
* 1. Scope
The Service Provider shall design, build and roll out a mobile application through which motor policyholders of the Client lodge claims, upload photographs and follow the status of the survey. Integration with the Client’s core policy system is through the existing API gateway. Garage-side screens are out of scope.
* 2. Effort and team
The engagement is on a fixed price basis. The Service Provider will deploy one technical lead, three developers and one tester from its Bengaluru centre. Change Requests will be estimated on the rate card in Annexure B of the MSA.
* 3. Milestones
- Milestone 1 – UX design and prototype: delivery on or before 30-Apr-2027; fee INR 3,20,000
- Milestone 2 – Android and iOS application: delivery on or before 27-Aug-2027; fee INR 7,60,000
- Milestone 3 – Core system integration: delivery on or before 15-Oct-2027; fee INR 4,80,000
- Milestone 4 – UAT support and go-live: delivery on or before 10-Dec-2027; fee INR 2,80,000
Total fee: INR 18,40,000 (Rupees Eighteen Lakh Forty Thousand only).
* 4. Invoicing and taxes
The Service Provider shall raise an invoice on acceptance of each milestone. Undisputed invoices shall be paid within 45 days of receipt. The above fees are exclusive of GST, which shall be charged at the rate applicable on the date of invoice. The Client may deduct tax at source as per the Income-tax Act and shall furnish the certificates within the statutory time.
* 5. Acceptance
The Client shall carry out acceptance testing within 7 working days of each delivery and share the list of defects, failing which the milestone is deemed accepted. The Service Provider shall fix the reported defects within 5 calendar days at no extra cost. Milestone 4 shall be accepted when 200 live claims have been lodged through the application without any critical defect.
* 6. Ownership
As provided in clause 14 of the MSA, all right, title and interest in the Work Product shall vest in the Client on payment of the fees for the relevant milestone. Pre-existing accelerators of the Service Provider remain its property and are licensed to the Client on a royalty-free basis.
* 7. Limitation of liability
Notwithstanding the MSA, the aggregate liability of the Service Provider under this Work Order is limited to INR 18,40,000.
* 8. Termination
The Client may terminate this Work Order for convenience by giving 30 days’ written notice, and shall pay for the milestones accepted and for work in progress up to the date of termination on a pro rata basis.
* 9. Governing law and disputes
This Work Order is governed by the laws of India. Disputes shall be referred to a sole arbitrator under the Arbitration and Conciliation Act, 1996. The seat and venue of arbitration shall be Pune and the language shall be English.
In witness whereof the parties have executed this Work Order through their authorised signatories.
|For Sahyadri General Insurance Limited|For Kaveri Infosolutions Private Limited
|Signature: ______________|Signature: ______________
|Name: Rohan Kulkarni|Name: Meenakshi Subramaniam
|Designation: Chief Technology Officer|Designation: Vice President – Delivery
|Date: 08-Mar-2027|Date: 08-Mar-2027
`),
  expected: {
    "title.en": "WORK ORDER NO. 04",
    "parties.client.name.en": "Sahyadri General Insurance Limited",
    "parties.client.registration": "U66010MH2009PLC194382",
    "parties.client.taxNumber": "27AAMCS4821K1ZQ",
    "parties.client.signatory.name.en": "Rohan Kulkarni",
    "parties.client.signatory.authority.en": "Chief Technology Officer",
    "parties.provider.name.en": "Kaveri Infosolutions Private Limited",
    "parties.provider.registration": "U72200KA2014PTC076115",
    "parties.provider.taxNumber": "29AAFCK7390B1Z4",
    "parties.provider.signatory.name.en": "Meenakshi Subramaniam",
    "parties.provider.signatory.authority.en": "Vice President – Delivery",
    "currency.code": "INR",
    ...parts("en", { cure: "5 days" }, [
      ["UX design and prototype", "320000", "2027-04-30"],
      ["Android and iOS application", "760000", "2027-08-27"],
      ["Core system integration", "480000", "2027-10-15"],
      ["UAT support and go-live", "280000", "2027-12-10"],
    ]),
    "criteria[0].what.en": "200 live claims have been lodged through the application without any critical defect",
    "ip.owner": "client",
    "ip.from": "payment",
    "law.governing.en": "the laws of India",
    "law.forum.kind": "arbitration",
    "law.forum.seat.en": "Pune",
    "law.liabilityCap": "1840000",
  },
  gaps: ["milestones[0].review", "milestones[1].review", "milestones[2].review", "milestones[3].review"],
};

/** A joint venture's plant: Chinese above English in each clause, three instalments of which the first is an advance. */
const venture: Contract = {
  name: "产线追溯系统 / Line traceability: a joint venture's bilingual agreement",
  language: "both",
  bytes: () =>
    write(`
= 技术开发协议
= Technology Development Agreement
协议编号 / Agreement No.: HL-MES-2027-06
甲方（委托人）：苏州瀚朗汽车零部件有限公司
Party A (Client): Suzhou Hanlang Automotive Components Co., Ltd.
统一社会信用代码 / Unified Social Credit Code: 91320594MA1P6B4R8W
乙方（开发人）：西安明舟软件科技有限公司
Party B (Developer): Xi’an Mingzhou Software Technology Co., Ltd.
统一社会信用代码 / Unified Social Credit Code: 91610131MA6U2N7E3L
* 1. 标的 Subject
甲方委托乙方为其转向节生产线开发质量追溯系统，实现每个零件从毛坯到发运的数据记录与查询。
Party A engages Party B to develop a quality traceability system for its steering knuckle lines, which records the data of every part from blank to shipment and makes them searchable.
* 2. 价款与支付 Price and Payment
协议总价为人民币900,000元（大写：玖拾万元整），含6%增值税，分三期支付：
The total price is RMB 900,000, including 6% VAT, and is paid in three instalments:
|期次 Instalment|比例 Share|付款条件 Condition|完成日期 Completion
|预付款//Advance payment|30%|本协议签订后15日内//Within 15 days after signing|—
|工厂验收//Factory acceptance|40%|工厂验收合格后30日内//Within 30 days after factory acceptance is passed|2027年8月20日//20 August 2027
|现场验收//Site acceptance|30%|现场验收合格后30日内//Within 30 days after site acceptance is passed|2027年11月12日//12 November 2027
乙方应在每次付款前开具增值税专用发票。
Party B shall issue a special VAT invoice before each payment.
* 3. 验收 Acceptance
3.1 甲方应在乙方通知可以验收后14日内完成工厂验收和现场验收。
3.1 Party A shall complete the factory acceptance and the site acceptance within 14 days after Party B has notified readiness.
3.2 验收不合格的，乙方应在21日内消除缺陷并再次提请验收。
3.2 If an acceptance is not passed, Party B shall remove the defects within 21 days and call for acceptance again.
3.3 现场验收的标准为：在正常生产节拍下连续5个班次，零件数据完整率不低于99.8%。
3.3 The criterion of the site acceptance is that over five consecutive shifts at normal cycle time the records of at least 99.8% of the parts are complete.
* 4. 知识产权 Intellectual Property
4.1 开发成果的知识产权自交付时起由甲乙双方共有。未经对方同意，任何一方不得许可甲方的竞争对手使用。
4.1 The intellectual property in the results is jointly owned by both Parties from delivery. Neither Party may license it to competitors of Party A without the consent of the other.
* 5. 保密 Confidentiality
双方对在履行中获得的对方技术和商业信息保密，期限为协议终止后三年。
Each Party keeps the technical and commercial information of the other confidential until three years after the end of this Agreement.
* 6. 责任 Liability
6.1 乙方迟延的，每满一周支付协议总价的0.5%作为违约金，最高不超过5%。
6.1 In case of delay Party B pays liquidated damages of 0.5% of the total price for each full week, up to a maximum of 5%.
6.2 任何一方在本协议项下的赔偿责任总额以人民币900,000元为限，故意或重大过失除外。
6.2 The total liability of either Party under this Agreement is limited to RMB 900,000, except in cases of intent or gross negligence.
* 7. 终止 Termination
任何一方严重违约且在收到书面通知后30日内未予补救的，另一方可终止本协议。
Either Party may terminate this Agreement if the other is in material breach and has not remedied it within 30 days after written notice.
* 8. 法律与仲裁 Law and Arbitration
8.1 本协议适用中华人民共和国法律。
8.1 This Agreement is governed by the laws of the People’s Republic of China.
8.2 因本协议产生的争议，提交中国国际经济贸易仲裁委员会在上海仲裁，仲裁语言为中文和英文。
8.2 Disputes arising from this Agreement shall be submitted to the China International Economic and Trade Arbitration Commission for arbitration in Shanghai. The languages of the arbitration are Chinese and English.
* 9. 文本 Language
本协议以中英文书就，两种文本不一致的，以中文文本为准。
This Agreement is written in Chinese and English. In case of discrepancy the Chinese text prevails.
:甲方 Party A|乙方 Party B
:苏州瀚朗汽车零部件有限公司//Suzhou Hanlang Automotive Components Co., Ltd.|西安明舟软件科技有限公司//Xi’an Mingzhou Software Technology Co., Ltd.
:姓名 Name: 沈嘉言 Shen Jiayan|姓名 Name: 马卓 Ma Zhuo
:职务 Title: 总经理 General Manager|职务 Title: 董事长 Chairman
:日期 Date: 2027-04-06|日期 Date: 2027-04-06
`),
  expected: {
    "title.zh": "技术开发协议",
    "title.en": "Technology Development Agreement",
    "parties.client.name.zh": "苏州瀚朗汽车零部件有限公司",
    "parties.client.name.en": "Suzhou Hanlang Automotive Components Co., Ltd.",
    "parties.client.registration": "91320594MA1P6B4R8W",
    "parties.client.signatory.name.zh": "沈嘉言",
    "parties.client.signatory.name.en": "Shen Jiayan",
    "parties.client.signatory.authority.zh": "总经理",
    "parties.client.signatory.authority.en": "General Manager",
    "parties.provider.name.zh": "西安明舟软件科技有限公司",
    "parties.provider.name.en": "Xi’an Mingzhou Software Technology Co., Ltd.",
    "parties.provider.registration": "91610131MA6U2N7E3L",
    "parties.provider.signatory.name.zh": "马卓",
    "parties.provider.signatory.name.en": "Ma Zhuo",
    "parties.provider.signatory.authority.zh": "董事长",
    "parties.provider.signatory.authority.en": "Chairman",
    "currency.code": "CNY",
    ...parts("both", {}, [
      ["预付款 / Advance payment", "270000"],
      ["工厂验收 / Factory acceptance", "360000", "2027-08-20", { review: "14 days", cure: "21 days" }],
      ["现场验收 / Site acceptance", "270000", "2027-11-12", { review: "14 days", cure: "21 days" }],
    ]),
    "criteria[0].what.zh": "在正常生产节拍下连续5个班次，零件数据完整率不低于99.8%",
    "criteria[0].what.en":
      "over five consecutive shifts at normal cycle time the records of at least 99.8% of the parts are complete",
    "ip.owner": "both",
    "ip.from": "delivery",
    "law.governing.zh": "中华人民共和国法律",
    "law.governing.en": "the laws of the People’s Republic of China",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "中国国际经济贸易仲裁委员会",
    "law.forum.seat.en": "China International Economic and Trade Arbitration Commission",
    "law.liabilityCap": "900000",
    "text.prevails": "zh",
  },
};

export const contracts: readonly Contract[] = [city, bank, factory, nordic, workOrder, venture];
