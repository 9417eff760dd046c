/**
 * Six contracts as six drafters write them: a ministry's form, a university's form, a software house, a law firm, a
 * start-up and a Hong Kong office. Each was written first and its fields were read from it afterwards, without the reader.
 */
import { write } from "../Markup.ts";
import { parts } from "../Parts.ts";
import type { Contract } from "../Score.ts";

/** The ministry's form: progress in article 3, money in article 5 by shares of the total, and no clause on the law. */
const hydropower: Contract = {
  name: "技术开发（委托）合同: a state-owned enterprise on the ministry's form",
  language: "zh",
  bytes: () =>
    write(`
^ 合同登记编号：2027430100000417
= 技术开发（委托）合同
项目名称：水电站机组振动在线监测与故障预警软件研制
委托方（甲方）：__湖南湘衡水电集团有限公司__
受托方（乙方）：__长沙启砚信息技术有限公司__
签订时间：2027年1月18日
签订地点：湖南省长沙市
有效期限：2027年1月18日至2028年12月31日
中华人民共和国科学技术部印制

= 技术开发（委托）合同
委托方（甲方）：湖南湘衡水电集团有限公司
住 所 地：湖南省长沙市岳麓区枫林路218号
统一社会信用代码：914301001837965226
法定代表人：段怀谦
项目联系人：罗静  联系方式：0731-8866 2140
受托方（乙方）：长沙启砚信息技术有限公司
住 所 地：湖南省长沙市开福区芙蓉北路77号金科大厦9层
统一社会信用代码：91430104MA4Q7K3W27
法定代表人：易书恒
项目联系人：谭朗  联系方式：0731-8245 7093
本合同甲方委托乙方研究开发水电站机组振动在线监测与故障预警软件项目，并支付研究开发经费和报酬，乙方接受委托并进行此项研究开发工作。双方经过平等协商，在真实、充分地表达各自意愿的基础上，根据《中华人民共和国民法典》的规定，达成如下协议，并由双方共同恪守。
第一条 本合同研究开发项目的要求如下：
1．技术目标：对甲方所属三座电站共11台机组的振动、摆度信号进行在线采集和分析，对转子不平衡、轴瓦磨损等六类故障提前预警。
2．技术内容：信号采集与存储模块、特征提取与故障诊断模块、集控中心展示平台。
3．技术方法和路线：采用阶次分析与机器学习相结合的方法，部署于甲方生产控制大区之外的服务器。
第二条 乙方应在本合同生效后10日内向甲方提交研究开发计划。研究开发计划应包括以下主要内容：人员分工、进度安排、试验方案和质量保证措施。
第三条 乙方应按下列进度完成研究开发工作：
1．第一阶段：2027年4月20日前，完成信号采集与存储模块，并在一座电站安装；
2．第二阶段：2027年8月31日前，完成特征提取与故障诊断模块，并提交诊断模型测试报告；
3．第三阶段：2027年12月10日前，完成集控中心展示平台及三座电站的联合调试。
第四条 甲方应向乙方提供的技术资料及协作事项如下：
1．技术资料清单：机组图纸、近三年振动监测记录和检修记录。
2．提供时间和方式：本合同生效后15日内以电子文件提供。
3．其他协作事项：安排乙方人员进站并办理工作票。
本合同履行完毕后，上述技术资料按以下方式处理：由乙方全部退还甲方。
第五条 甲方应按以下方式支付研究开发经费和报酬：
1．研究开发经费和报酬总额为人民币（大写）壹佰贰拾捌万元整（¥1,280,000.00），含6%增值税，其中不含税价款1,207,547.17元，税额72,452.83元。
2．研究开发经费由甲方分期支付乙方。具体支付方式和时间如下：
（1）第一阶段工作经甲方验收合格后30日内，支付总额的30%，即人民币叁拾捌万肆仟元整；
（2）第二阶段工作经甲方验收合格后30日内，支付总额的40%，即人民币伍拾壹万贰仟元整；
（3）第三阶段工作经甲方验收合格后30日内，支付总额的30%，即人民币叁拾捌万肆仟元整。
每次付款前乙方应开具等额的增值税专用发票。
乙方开户银行名称、地址和账号为：
开户银行：中国建设银行长沙开福支行
账号：4305 0178 3636 0000 0912
第六条 本合同的研究开发经费由乙方以包干使用的方式使用。甲方有权以查阅账目的方式检查乙方进行研究开发工作和使用研究开发经费的情况，但不得妨碍乙方的正常工作。
第七条 本合同的变更必须由双方协商一致，并以书面形式确定。一方向另一方提出变更请求的，另一方应当在15日内予以答复；逾期未予答复的，视为不同意。
第八条 未经甲方同意，乙方不得将本合同项目部分或全部研究开发工作转让第三人承担。
第九条 在本合同履行中，因出现在现有技术水平和条件下难以克服的技术困难，导致研究开发失败或部分失败，并造成一方或双方损失的，双方按甲方60%、乙方40%的比例承担风险损失。
第十条 在本合同履行中，因作为研究开发标的的技术已经由他人公开，一方应在7日内通知另一方解除合同。
第十一条 双方确定因履行本合同应遵守的保密义务如下：保密内容为甲方的设备资料和运行数据；涉密人员范围为全体参与人员；保密期限为合同终止后五年；泄密责任为赔偿全部损失。
第十二条 乙方应当按以下方式向甲方交付研究开发成果：
1．研究开发成果交付的形式及数量：软件安装包及源代码一套，设计、测试、使用文档各两份。
2．研究开发成果交付的时间及地点：按第三条所列时间，在甲方集控中心交付。
第十三条 双方确定，按以下标准及方法对乙方完成的研究开发成果进行验收：
第一阶段：连续采集72小时，数据完整率不低于99.5%；
第二阶段：对甲方提供的历史故障样本，诊断准确率不低于90%；
第三阶段：平台连续运行30天无重大故障，六类故障均能报警。
甲方应在收到乙方书面验收申请之日起20日内组织验收。验收不合格的，乙方应在收到甲方书面意见之日起15日内完成整改并重新申请验收。
第十四条 乙方应当保证其交付给甲方的研究开发成果不侵犯任何第三人的合法权益。如发生第三人指控甲方实施的技术侵权的，乙方应当负责处理并赔偿甲方损失。
第十五条 双方确定，因履行本合同所产生的研究开发成果及其相关知识产权权利归双方共有，任何一方许可第三人使用须经另一方书面同意。
第十六条 乙方不得在向甲方交付研究开发成果之前，自行将研究开发成果转让给第三人。
第十七条 双方确定，任何一方违反本合同约定，造成研究开发工作停滞、延误或失败的，按以下约定承担违约责任：
1．乙方逾期完成任一阶段工作的，每逾期一日，应支付合同总额万分之五的违约金；逾期超过60日的，甲方有权解除合同。
2．甲方逾期付款的，每逾期一日，应支付逾期金额万分之五的违约金。
3．除违反保密义务外，乙方的赔偿责任累计不超过合同总额。
第十八条 双方确定，出现不可抗力致使本合同的履行成为不必要或不可能的，可以解除本合同。
第十九条 双方因履行本合同而发生的争议，应协商、调解解决。协商、调解不成的，确定按以下第__2__种方式处理：
1．提交____________仲裁委员会仲裁；
2．依法向长沙市岳麓区人民法院起诉。
第二十条 本合同一式陆份，具有同等法律效力。甲方执肆份，乙方执贰份。
第二十一条 本合同经双方签字盖章后生效。

甲方：湖南湘衡水电集团有限公司（盖章）
法定代表人：段怀谦（签名）
2027年1月18日

乙方：长沙启砚信息技术有限公司（盖章）
法定代表人：易书恒（签名）
2027年1月18日
`),
  expected: {
    "title.zh": "技术开发（委托）合同",
    "parties.client.name.zh": "湖南湘衡水电集团有限公司",
    "parties.client.registration": "914301001837965226",
    "parties.client.signatory.name.zh": "段怀谦",
    "parties.client.signatory.authority.zh": "法定代表人",
    "parties.provider.name.zh": "长沙启砚信息技术有限公司",
    "parties.provider.registration": "91430104MA4Q7K3W27",
    "parties.provider.signatory.name.zh": "易书恒",
    "parties.provider.signatory.authority.zh": "法定代表人",
    "currency.code": "CNY",
    ...parts("zh", { review: "20 days", cure: "15 days" }, [
      ["完成信号采集与存储模块，并在一座电站安装", "384000", "2027-04-20"],
      ["完成特征提取与故障诊断模块，并提交诊断模型测试报告", "512000", "2027-08-31"],
      ["完成集控中心展示平台及三座电站的联合调试", "384000", "2027-12-10"],
    ]),
    "criteria[0].what.zh": "连续采集72小时，数据完整率不低于99.5%",
    "criteria[1].what.zh": "对甲方提供的历史故障样本，诊断准确率不低于90%",
    "criteria[2].what.zh": "平台连续运行30天无重大故障，六类故障均能报警",
    "ip.owner": "both",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "长沙市岳麓区人民法院",
    "law.liabilityCap": "1280000",
  },
};

/** A form to fill in: what is bought stands in a table with tax, and the summer holiday stops the clock. */
const university: Contract = {
  name: "服务采购合同: a university's procurement form",
  language: "zh",
  bytes: () =>
    write(`
^ 钱湖理工大学采购中心    表QH-CG-07（2026版）
= 钱湖理工大学服务类采购合同
|合同编号|QHLG-2027-FW-0132|采购方式|校内竞争性磋商
|项目名称|实验室预约与危化品管理系统开发>3
|甲方（采购人）|钱湖理工大学|统一社会信用代码|1233000047001842LD
|乙方（供应商）|杭州知渠软件有限公司|统一社会信用代码|91330108MA2H5T6N8C
|使用单位|实验室与设备管理处|使用单位联系人|汪晓
|签订地点|杭州市西湖区|签订日期|2027年3月8日

根据校内竞争性磋商结果（成交通知书编号：QHLG-CJ-2027-058），甲乙双方按照平等自愿的原则签订本合同。磋商文件、响应文件与成交通知书为本合同组成部分。
* 一、合同标的与价格
|序号|服务内容|交付截止日|不含税金额（元）|税额（元）|含税金额（元）
|1|实验室预约子系统|2027年5月28日|90,566.04|5,433.96|96,000.00
|2|危化品全流程管理子系统|2027年9月24日|124,528.30|7,471.70|132,000.00
|3|与统一身份认证及财务平台对接|2027年11月12日|55,188.68|3,311.32|58,500.00
|合计>3|270,283.02|16,216.98|286,500.00
合同总金额（大写）：贰拾捌万陆仟伍佰元整。该金额为含税包干价，包括人员、差旅、培训、售后等全部费用，合同履行期内不作调整。
* 二、履约保证金
乙方应于合同签订前向甲方缴纳合同总金额5%的履约保证金，即14,325元；项目全部验收合格满一年后无息退还。
* 三、交付与验收
1. 交付地点：甲方指定校区机房。
2. 每项服务完成后，乙方提交书面验收申请及全部技术文档。甲方自收到申请之日起30日内，由使用单位会同信息化办公室组织验收，并出具《服务验收单》。
3. 验收不通过的，乙方应在10日内免费整改到位，费用自理；两次验收不通过的，甲方可终止合同并没收履约保证金。
4. 2027年7月12日至2027年8月29日为学校暑假，暑假期间不计入上述验收期限。
* 四、付款方式
无预付款。各项服务验收合格后，乙方凭《服务验收单》和增值税普通发票办理请款手续，甲方通过银行转账支付该项服务的含税金额。
收款单位：杭州知渠软件有限公司
开户行：浙江网新农商银行滨江支行    账号：201000238871640
* 五、知识产权
乙方为本项目开发的软件、源代码和文档，其著作权自甲方支付该项服务款项之日起归甲方所有。乙方保证不侵犯第三方权利。
* 六、数据安全
师生个人信息仅可存放于校内服务器，乙方人员须签署保密承诺书。
* 七、售后服务
质保期两年，自最后一项服务验收合格之日起算；7×24小时电话响应，重大故障4小时内到场。
* 八、违约责任
1. 乙方逾期交付的，每逾期一天按该项服务金额的1‰支付违约金；逾期30天以上的，甲方有权解除合同。
2. 甲方无正当理由逾期付款的，按同期贷款市场报价利率支付利息。
* 九、争议解决
本合同适用中华人民共和国法律。履行中发生争议，双方协商解决；协商不成的，向甲方住所地杭州市西湖区人民法院提起诉讼。
* 十、其他
本合同一式伍份，甲方叁份，乙方贰份，自双方签字并加盖公章（合同专用章）之日起生效。

:甲方（盖章）：钱湖理工大学|乙方（盖章）：杭州知渠软件有限公司
:地址：杭州市西湖区翠柏路399号|地址：杭州市滨江区江南大道1088号
:授权代表（签字）：沈知遥|法定代表人（签字）：傅一鸣
:日期：2027年3月8日|日期：2027年3月8日
`),
  expected: {
    "title.zh": "钱湖理工大学服务类采购合同",
    "parties.client.name.zh": "钱湖理工大学",
    "parties.client.registration": "1233000047001842LD",
    "parties.client.signatory.name.zh": "沈知遥",
    "parties.client.signatory.authority.zh": "授权代表",
    "parties.provider.name.zh": "杭州知渠软件有限公司",
    "parties.provider.registration": "91330108MA2H5T6N8C",
    "parties.provider.signatory.name.zh": "傅一鸣",
    "parties.provider.signatory.authority.zh": "法定代表人",
    "currency.code": "CNY",
    ...parts("zh", { review: "30 days", cure: "10 days" }, [
      ["实验室预约子系统", "96000", "2027-05-28", { net: "90566.04", tax: "5433.96" }],
      ["危化品全流程管理子系统", "132000", "2027-09-24", { net: "124528.30", tax: "7471.70" }],
      ["与统一身份认证及财务平台对接", "58500", "2027-11-12", { net: "55188.68", tax: "3311.32" }],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.governing.zh": "中华人民共和国法律",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "杭州市西湖区人民法院",
    "calendar[0].name.zh": "暑假",
    "calendar[0].from": "2027-07-12",
  },
  // The terms know no pause of more than 30 days.
  gaps: ["calendar[0].until"],
};

/**
 * The provider's own paper: four payments, of which the first follows the signing and the last the end of maintenance;
 * the two between hang on deliveries that clause 3 dates. What it has been paid limits its liability: no known figure.
 */
const bakery: Contract = {
  name: "软件委托开发合同: a software house's own paper",
  language: "zh",
  bytes: () =>
    write(`
= 软件委托开发合同
合同编号：YM-KF-270226
甲方（委托人）：苏州麦序食品有限公司
统一社会信用代码/税号：91320505MA1X9P4R65
地址：苏州市虎丘区浒墅关镇建林路66号
联系人：钱蔚（采购总监）  电话：138 1260 4471

乙方（开发方）：苏州云麓软件有限公司
统一社会信用代码/税号：91320594MA27C8D3KY
地址：苏州工业园区星湖街218号B3栋402
联系人：杜若飞（项目经理）  电话：0512-6299 8035

鉴于甲方拟建设门店订货与冷链配送系统（以下简称“本软件”），乙方具备相应的开发能力，双方协商一致，签订本合同。
# 1. 开发内容
1.1 本软件包括门店订货小程序、中央工厂排产后台和司机端三部分，功能以附件一《需求规格说明书》为准。
1.2 需求变更须经双方项目负责人书面确认；工作量增加的，按1,500元/人天另行计费。
# 2. 双方配合
2.1 甲方应在合同签订后7日内提供门店清单、商品资料和服务器账号；因甲方提供迟延的，交付日期相应顺延。
2.2 乙方委派项目经理一名、开发工程师三名，中途更换项目经理应征得甲方同意。
# 3. 交付进度
3.1 2027年4月16日前，提交原型与界面设计稿；
3.2 2027年7月9日前，本软件在甲方服务器部署上线。
# 4. 价款及支付
4.1 合同总价为人民币168,000元（大写：壹拾陆万捌仟元整），已含6%增值税。
4.2 甲方按下列节点向乙方支付：
（1）首付款：合同签订后5日内，支付合同总价的30%，即50,400元；
（2）设计款：原型与界面设计稿经甲方验收合格后5日内，支付合同总价的30%，即50,400元；
（3）上线款：本软件部署上线并经甲方验收合格后5日内，支付合同总价的35%，即58,800元；
（4）尾款：免费维护期届满后5日内，支付合同总价的5%，即8,400元。
4.3 乙方在收到每笔款项后7日内开具增值税专用发票。
4.4 乙方账户：招商银行苏州独墅湖支行，512908774610301。
# 5. 验收
5.1 乙方提交交付物后，甲方应在5个工作日内验收并书面答复；逾期未答复的，视为验收合格。
5.2 甲方提出的问题属于需求范围内的，乙方应当在8日内修复并再次提交。
# 6. 维护
免费维护期为上线验收合格之日起12个月。期满后甲方可按合同总价的12%/年续购维护服务。
# 7. 知识产权
7.1 甲方付清合同总价之日起，本软件的著作权归甲方所有；此前归乙方所有，甲方仅可试用。
7.2 乙方的快速开发平台“云麓基座”系乙方已有成果，权利由乙方保留，甲方可在本软件范围内永久免费使用。
# 8. 保密
双方对在合作中知悉的对方商业秘密负有保密义务，期限至合同终止后三年。
# 9. 违约
9.1 乙方逾期交付的，每逾期一日支付合同总价千分之一的违约金，最高不超过合同总价的10%。
9.2 甲方逾期付款超过15日的，乙方有权暂停开发，工期顺延。
9.3 乙方在本合同项下的全部赔偿责任，以甲方已实际支付的款项为限。
# 10. 解除
任何一方严重违约，经书面催告后15日内仍未改正的，另一方可以解除合同；已完成的工作按实结算。
# 11. 适用法律及争议
本合同适用中国法律。因本合同产生的争议，双方应友好协商；协商不成的，任何一方均可提交苏州仲裁委员会，按其届时有效的仲裁规则仲裁，仲裁裁决为终局。
# 12. 附则
本合同自双方盖章之日起生效，一式两份，各执一份，附件一与本合同具有同等效力。

:甲方（盖章）：苏州麦序食品有限公司|乙方（盖章）：苏州云麓软件有限公司
:委托代理人：钱蔚|法定代表人：陆景澄
:签订日期：2027年2月26日|签订日期：2027年2月26日
_ 苏州云麓软件有限公司    第 1 页
`),
  expected: {
    "title.zh": "软件委托开发合同",
    "parties.client.name.zh": "苏州麦序食品有限公司",
    "parties.client.registration": "91320505MA1X9P4R65",
    "parties.client.taxNumber": "91320505MA1X9P4R65",
    "parties.client.signatory.name.zh": "钱蔚",
    "parties.client.signatory.authority.zh": "委托代理人",
    "parties.provider.name.zh": "苏州云麓软件有限公司",
    "parties.provider.registration": "91320594MA27C8D3KY",
    "parties.provider.taxNumber": "91320594MA27C8D3KY",
    "parties.provider.signatory.name.zh": "陆景澄",
    "parties.provider.signatory.authority.zh": "法定代表人",
    "currency.code": "CNY",
    ...parts("zh", { cure: "8 days" }, [
      ["首付款", "50400"],
      ["设计款", "50400", "2027-04-16"],
      ["上线款", "58800", "2027-07-09"],
      ["尾款", "8400"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.governing.zh": "中国法律",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "苏州仲裁委员会",
  },
  gaps: ["milestones[1].review", "milestones[2].review", "law.liabilityCap"],
};

/** Definitions first, a general cap beside one for data, and the work only in the schedule. */
const freight: Contract = {
  name: "Master Services Agreement: a law firm's, with a statement of work",
  language: "en",
  bytes: () =>
    write(`
^ Execution version
= MASTER SERVICES AGREEMENT
THIS AGREEMENT is dated 1 February 2027
* PARTIES
(1) **HARROW & VANE LOGISTICS PLC**, incorporated and registered in England and Wales with company number 04417832, whose registered office is at 12 Quayside Row, Felixstowe IP11 3SY (the “**Customer**”); and
(2) **KESTREL BRIDGE SOFTWARE LIMITED**, incorporated and registered in England and Wales with company number 09283516, whose registered office is at 40 Temple Back, Bristol BS1 6FL (the “**Supplier**”).
* BACKGROUND
(A) The Customer operates a network of container depots and wishes to procure software development services from time to time.
(B) The Supplier has agreed to provide such services on the terms of this agreement and of each Statement of Work.
* AGREED TERMS
+ **Definitions and interpretation**
++ In this agreement the following definitions apply:
|Acceptance Period|fifteen (15) days beginning on the date on which a Deliverable is delivered to the Customer.
|Business Day|a day other than a Saturday, Sunday or public holiday in England.
|Deliverable|any software, document or other material identified as such in a Statement of Work.
|Fees|the sums payable under a Statement of Work, exclusive of VAT.
|Foreground IPR|all Intellectual Property Rights in the Deliverables, other than Supplier Background IPR.
|Statement of Work|a document substantially in the form of Schedule 1, signed by both parties.
+ **Services**
++ The Supplier shall perform the Services with reasonable skill and care and shall use reasonable endeavours to meet the dates in each Statement of Work.
++ Neither party shall be bound by a change to a Statement of Work unless it is recorded in writing and signed by both parties.
+ **Acceptance**
++ The Customer shall test each Deliverable against the applicable acceptance criteria during the Acceptance Period and shall notify the Supplier in writing of acceptance or rejection.
++ If a Deliverable is rejected, the Supplier shall at its own cost correct the non-conformity and re-submit the Deliverable within ten (10) Business Days of the notice of rejection.
++ If the Customer gives no notice before the end of the Acceptance Period, the Deliverable shall be deemed accepted.
+ **Fees and payment**
++ The Fee for a Milestone becomes payable on acceptance of the Deliverables for that Milestone. The Customer shall pay each valid invoice within 30 days of receipt.
++ All Fees are exclusive of value added tax, which the Customer shall pay in addition at the prevailing rate.
++ Interest on overdue sums shall accrue at 4% a year above the base rate of the Bank of England from time to time.
+ **Intellectual property**
++ Supplier Background IPR shall remain vested in the Supplier, who grants the Customer a perpetual, royalty-free, non-exclusive licence to use it as embedded in the Deliverables.
++ The Supplier hereby assigns to the Customer, with full title guarantee, all Foreground IPR, such assignment to take effect in respect of each Deliverable on the date of its delivery.
+ **Confidentiality and data protection**
++ Each party shall keep the other’s confidential information secret for the term of this agreement and for five years afterwards.
++ The Supplier shall process personal data only on the Customer’s documented instructions.
+ **Limitation of liability**
++ Nothing in this agreement limits liability for death or personal injury caused by negligence, or for fraud.
++ Subject to the preceding clause, neither party shall be liable for loss of profit or for any indirect or consequential loss.
++ Subject to the foregoing, each party’s total aggregate liability arising under or in connection with this agreement, whether in contract, tort (including negligence) or otherwise, shall not exceed £500,000.
+ **Term and termination**
++ This agreement commences on its date and continues until terminated by either party on not less than 90 days’ written notice.
++ Either party may terminate this agreement with immediate effect if the other commits a material breach and (if the breach is remediable) fails to remedy it within 30 days of being required to do so.
+ **General**
++ This agreement constitutes the entire agreement between the parties. A person who is not a party has no right to enforce any of its terms.
++ Notices shall be in writing and delivered by hand or by pre-paid first-class post to the registered office of the recipient.
+ **Governing law and jurisdiction**
++ This agreement and any non-contractual obligations arising out of it shall be governed by and construed in accordance with the law of England and Wales.
++ Each party irrevocably agrees that the courts of England and Wales shall have exclusive jurisdiction to settle any dispute arising out of or in connection with this agreement.
This agreement has been entered into on the date stated at the beginning of it.
:Signed by **Eleanor Castellane**, Director, for and on behalf of HARROW & VANE LOGISTICS PLC|........................
:Signed by **Rhodri Penhale**, Chief Executive Officer, for and on behalf of KESTREL BRIDGE SOFTWARE LIMITED|........................

= SCHEDULE 1
= Statement of Work No. 1: Depot Yard Planner
1. This Statement of Work is made under the Master Services Agreement dated 1 February 2027 between the Customer and the Supplier.
2. The Supplier shall design and build a yard planning application for the Customer’s depots at Felixstowe, Tilbury and Grangemouth.
3. Milestones and Fees
|Milestone|Deliverables|Commencement|Delivery date|Acceptance criteria|Fee (£)
|M1|Solution design and data model|8 February 2027|19 March 2027|Design document covers every use case listed in Annex A|84,500
|M2|Yard planning application, pilot release|22 March 2027|16 July 2027|500 container moves planned at Felixstowe without manual correction|126,750
|M3|Roll-out to Tilbury and Grangemouth|19 July 2027|29 October 2027|Both depots in live operation for ten consecutive days|62,250
|Total|||||273,500
4. Key personnel: Imogen Farrant (lead engineer); Dai Lockyer (delivery manager).
5. Customer dependencies: access to the depot management system test environment by 12 February 2027.
`),
  expected: {
    "title.en": "Master Services Agreement",
    "parties.client.name.en": "Harrow & Vane Logistics plc",
    "parties.client.registration": "04417832",
    "parties.client.signatory.name.en": "Eleanor Castellane",
    "parties.client.signatory.authority.en": "Director",
    "parties.provider.name.en": "Kestrel Bridge Software Limited",
    "parties.provider.registration": "09283516",
    "parties.provider.signatory.name.en": "Rhodri Penhale",
    "parties.provider.signatory.authority.en": "Chief Executive Officer",
    "currency.code": "GBP",
    ...parts("en", { review: "15 days" }, [
      ["Solution design and data model", "84500", "2027-03-19", { start: "2027-02-08" }],
      ["Yard planning application, pilot release", "126750", "2027-07-16", { start: "2027-03-22" }],
      ["Roll-out to Tilbury and Grangemouth", "62250", "2027-10-29", { start: "2027-07-19" }],
    ]),
    "criteria[0].what.en": "Design document covers every use case listed in Annex A",
    "criteria[1].what.en": "500 container moves planned at Felixstowe without manual correction",
    "criteria[2].what.en": "Both depots in live operation for ten consecutive days",
    "ip.owner": "client",
    "ip.from": "delivery",
    "law.governing.en": "the law of England and Wales",
    "law.forum.kind": "court",
    "law.forum.seat.en": "the courts of England and Wales",
    "law.liabilityCap": "500000",
  },
  gaps: ["milestones[0].cure", "milestones[1].cure", "milestones[2].cure"],
};

/** Two people who know each other: `we` is the client and `you` the provider, and all stands in prose. */
const clinic: Contract = {
  name: "Letter agreement: a start-up's two pages",
  language: "en",
  bytes: () =>
    write(`
**Lumen Paws, Inc.**
1455 Valencia Street, Suite 3
San Francisco, CA 94110

February 17, 2027

Wieczorek Software LLC
Attn: Tomasz Wieczorek
318 SE Ankeny Street
Portland, OR 97214

**Re: Booking app for veterinary clinics**

Dear Tomasz,
Thanks for walking us through your proposal last week. This letter sets out what Lumen Paws, Inc. (“we” or “Lumen Paws”) is hiring Wieczorek Software LLC (“you”) to do, and once both of us have signed it, it is our contract.
**What you will build.** A web app through which pet owners book, move and cancel appointments at the clinics that use Lumen Paws. The feature list we went over on February 10 is attached and is part of this letter.
**When, and for how much.** The price is a flat $24,000 for everything, in three pieces. First, the booking calendar, which you will deliver by March 26, 2027, and for which we will pay $6,000. Second, payments and reminders, due by May 14, 2027, for $12,000. Third, the clinic dashboard, due by June 11, 2027, for the remaining $6,000. You don’t bill us for expenses unless we agreed to them by email beforehand.
**Checking the work.** When you hand in a piece, we have 10 days to try it out and tell you in writing whether it does what the feature list says. If it doesn’t, you’ll fix it within 7 days, at no charge, and we’ll look at it again. If we stay silent for the 10 days, the piece counts as accepted. We pay by ACH within 15 days after a piece is accepted.
**Who owns it.** Once we have paid for a piece, all rights in it, including copyright, are ours, and you assign them to us. Your own libraries that you had before stay yours; we may use them in the app for as long as we like.
**Keeping things private.** Each of us will keep the other’s non-public information to itself. You will not use real customer data for testing.
**If things change.** Either of us can end this agreement with 14 days’ notice by email if the other seriously breaks it and doesn’t put it right in that time. We may also call off the clinic dashboard at any time before you begin it; in that case we owe you a flat $900 for it and nothing else.
**Taxes.** You are an independent contractor, not an employee. You pay your own taxes and will send us a Form W-9 before the first invoice.
**If something goes wrong.** Neither of us is liable to the other for lost profits, and neither of us will owe the other more than $24,000 in total under this letter, except for a breach of confidentiality.
**The legal part.** California law governs this letter. Any lawsuit about it has to be brought in the state or federal courts located in San Francisco County, California. This letter is the whole agreement, and changes need to be in writing (email is fine).
If this works for you, please sign below and send us a copy. We’re excited to get going!

Best,

LUMEN PAWS, INC.
By: ______________________
Name: Priya Raman
Title: Chief Executive Officer

Agreed and accepted:
WIECZOREK SOFTWARE LLC
By: ______________________
Name: Tomasz Wieczorek
Title: Managing Member
Date: ______________________
`),
  expected: {
    "title.en": "Booking app for veterinary clinics",
    "parties.client.name.en": "Lumen Paws, Inc.",
    "parties.client.signatory.name.en": "Priya Raman",
    "parties.client.signatory.authority.en": "Chief Executive Officer",
    "parties.provider.name.en": "Wieczorek Software LLC",
    "parties.provider.signatory.name.en": "Tomasz Wieczorek",
    "parties.provider.signatory.authority.en": "Managing Member",
    ...parts("en", { review: "10 days", cure: "7 days" }, [
      ["the booking calendar", "6000", "2027-03-26"],
      ["payments and reminders", "12000", "2027-05-14"],
      ["the clinic dashboard", "6000", "2027-06-11"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.governing.en": "California law",
    "law.forum.kind": "court",
    "law.forum.seat.en": "the state or federal courts located in San Francisco County, California",
    "law.liabilityCap": "24000",
    "options[0].fee": "900",
  },
  // A bare $ stands for several currencies.
  gaps: ["currency.code"],
};

/** English on the left and traditional Chinese on the right, clause by clause. */
const catering: Contract = {
  name: "Software Development Agreement: Hong Kong, in two columns",
  language: "both",
  bytes: () =>
    write(`
= SOFTWARE DEVELOPMENT AGREEMENT
= 軟件開發協議
|THIS AGREEMENT is made on the 5th day of March 2027|本協議於2027年3月5日訂立
|BETWEEN|訂約雙方
|(1) Harbour Crest Catering Group Limited, a company incorporated in Hong Kong (Business Registration No. 69438215) whose registered office is at 18/F, Kin Wing Centre, 33 Hung To Road, Kwun Tong, Kowloon (the “Client”); and|（1）海冠飲食集團有限公司，一間於香港註冊成立的公司（商業登記號碼：69438215），其註冊辦事處位於九龍觀塘鴻圖道33號建榮中心18樓（「客戶」）；及
|(2) Tin Kwong Digital Solutions Limited, a company incorporated in Hong Kong (Business Registration No. 71520946) whose registered office is at Unit 1207, Wah Shing Tower, 8 Cheung Yue Street, Lai Chi Kok, Kowloon (the “Developer”).|（2）天廣數碼科技有限公司，一間於香港註冊成立的公司（商業登記號碼：71520946），其註冊辦事處位於九龍荔枝角長裕街8號華盛大廈1207室（「開發商」）。
|WHEREAS the Client operates 23 restaurants and wishes to engage the Developer to develop a loyalty and table reservation platform (the “Platform”).|鑒於客戶經營23間食肆，擬委聘開發商開發會員獎賞及訂座平台（「平台」）。
|**1. Services**//1.1 The Developer shall develop and deliver the Platform in the stages set out in the Schedule.//1.2 The Developer shall not sub-contract any part of the Services without the Client’s prior written consent.|**1. 服務**//1.1 開發商須按附表所列階段開發及交付平台。//1.2 未經客戶事先書面同意，開發商不得將服務的任何部分分判。
|**2. Fees**//2.1 The total fee for the Services is HK$620,000, payable in the instalments set out in the Schedule.//2.2 Each instalment is payable within 30 days after acceptance of the relevant stage. No sales tax is chargeable in Hong Kong.|**2. 費用**//2.1 服務的總費用為港幣620,000元，按附表所列分期支付。//2.2 每期款項須於有關階段獲接納後30日內支付。香港不徵收銷售稅。
|**3. Acceptance**//3.1 The Client shall within 14 days after delivery of a stage inspect and test it and notify the Developer in writing of acceptance or of any defects.//3.2 The Developer shall rectify the defects notified within 10 days at its own expense.|**3. 接納**//3.1 客戶須於某階段交付後14日內進行檢查及測試，並以書面通知開發商接納或任何缺陷。//3.2 開發商須於10日內自費修正獲通知的缺陷。
|**4. Intellectual Property**//4.1 Upon payment in full of the fee for a stage, all intellectual property rights in the deliverables of that stage shall vest in the Client.//4.2 Pre-existing materials of the Developer remain its property and are licensed to the Client free of charge for use with the Platform.|**4. 知識產權**//4.1 於全數支付某階段的費用後，該階段交付成果的一切知識產權即歸客戶所有。//4.2 開發商的既有材料仍屬開發商財產，並免費特許客戶用於平台。
|**5. Personal Data**//The Developer shall comply with the Personal Data (Privacy) Ordinance (Cap. 486).|**5. 個人資料**//開發商須遵守《個人資料（私隱）條例》（第486章）。
|**6. Warranty**//The Developer warrants that the Platform will be free from material defects for 12 months after acceptance of the final stage.|**6. 保證**//開發商保證平台於最後階段獲接納後12個月內並無重大缺陷。
|**7. Liability**//Save for fraud or wilful default, the aggregate liability of the Developer under this Agreement shall not exceed HK$930,000.|**7. 責任**//除欺詐或故意失責外，開發商在本協議下的累計責任不得超過港幣930,000元。
|**8. Termination**//Either party may terminate this Agreement by notice in writing if the other party commits a material breach and fails to remedy it within 21 days after receiving notice, or becomes insolvent.|**8. 終止**//如另一方嚴重違約且於接獲通知後21日內未作補救，或無力償債，任何一方可以書面通知終止本協議。
|**9. Governing Law and Arbitration**//9.1 This Agreement is governed by the laws of the Hong Kong Special Administrative Region.//9.2 Any dispute arising out of or relating to this Agreement shall be referred to and finally resolved by arbitration administered by the Hong Kong International Arbitration Centre. The number of arbitrators shall be one.|**9. 管轄法律及仲裁**//9.1 本協議受香港特別行政區法律管轄。//9.2 凡因本協議引起或與之有關的任何爭議，均須提交香港國際仲裁中心以仲裁方式最終解決。仲裁員人數為一名。
|**10. Language**//If there is any inconsistency between the English and Chinese versions of this Agreement, the English version shall prevail.|**10. 語言**//本協議的中英文文本如有歧義，概以英文文本為準。

= SCHEDULE 附表
|Stage 階段|Deliverable 交付成果|Delivery Date 交付日期|Instalment 分期款項
|1|Member app prototype//會員應用程式原型|16 April 2027//2027年4月16日|HK$155,000 (25%)
|2|Reservation and loyalty platform//訂座及獎賞平台|30 July 2027//2027年7月30日|HK$279,000 (45%)
|3|Deployment to all restaurants and staff training//全線食肆部署及員工培訓|24 September 2027//2027年9月24日|HK$186,000 (30%)

IN WITNESS whereof the parties have executed this Agreement on the date first above written.
雙方已於文首所載日期簽立本協議，以資證明。
:SIGNED for and on behalf of//Harbour Crest Catering Group Limited//海冠飲食集團有限公司|SIGNED for and on behalf of//Tin Kwong Digital Solutions Limited//天廣數碼科技有限公司
:Name 姓名: Leung Wing Sze 梁詠詩|Name 姓名: Poon Chi Hang 潘志恆
:Title 職銜: Director 董事|Title 職銜: General Manager 總經理
`),
  expected: {
    "title.en": "Software Development Agreement",
    "title.zh": "軟件開發協議",
    "parties.client.name.en": "Harbour Crest Catering Group Limited",
    "parties.client.name.zh": "海冠飲食集團有限公司",
    "parties.client.registration": "69438215",
    "parties.client.signatory.name.en": "Leung Wing Sze",
    "parties.client.signatory.name.zh": "梁詠詩",
    "parties.client.signatory.authority.en": "Director",
    "parties.client.signatory.authority.zh": "董事",
    "parties.provider.name.en": "Tin Kwong Digital Solutions Limited",
    "parties.provider.name.zh": "天廣數碼科技有限公司",
    "parties.provider.registration": "71520946",
    "parties.provider.signatory.name.en": "Poon Chi Hang",
    "parties.provider.signatory.name.zh": "潘志恆",
    "parties.provider.signatory.authority.en": "General Manager",
    "parties.provider.signatory.authority.zh": "總經理",
    "currency.code": "HKD",
    ...parts("both", { review: "14 days", cure: "10 days" }, [
      ["會員應用程式原型 / Member app prototype", "155000", "2027-04-16"],
      ["訂座及獎賞平台 / Reservation and loyalty platform", "279000", "2027-07-30"],
      ["全線食肆部署及員工培訓 / Deployment to all restaurants and staff training", "186000", "2027-09-24"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.governing.en": "the laws of the Hong Kong Special Administrative Region",
    "law.governing.zh": "香港特別行政區法律",
    "law.forum.kind": "arbitration",
    "law.forum.seat.en": "Hong Kong International Arbitration Centre",
    "law.forum.seat.zh": "香港國際仲裁中心",
    "law.liabilityCap": "930000",
    "text.prevails": "en",
  },
};

export const strangers: readonly Contract[] = [hydropower, university, bakery, freight, clinic, catering];
