/** Chinese contracts that small firms write themselves: prose, lists, no forms. */

import { write } from "../Markup.ts";
import { parts } from "../Parts.ts";
import type { Contract } from "../Score.ts";

/** The whole plan is one sentence; the price is in words with the figures behind; parties have no 甲方 and 乙方. */
const teahouse: Contract = {
  name: "合作协议: a plan in one sentence",
  language: "zh",
  bytes: () =>
    write(`
= 茶叶溯源小程序开发协议
委托方武夷岩语茶业有限公司与开发方福州三坊网络科技有限公司，就茶叶溯源小程序的开发，达成协议如下。
开发方分三步交付：第一步，于2027年3月26日前交付原型与界面稿；第二步，于2027年5月21日前交付可用的小程序；第三步，于2027年6月18日前交付商家后台。三步的价款依次为人民币贰万肆仟元（24,000元）、伍万陆仟元（56,000元）和贰万元（20,000元），共计人民币拾万元整（100,000元）。
委托方在每一步交付后7天内试用并答复；不答复的视为认可。委托方提出问题的，开发方5天内改好。委托方认可后3天内付清该步价款。
小程序的著作权属于委托方，自委托方付清全部价款时转移。开发方可以在作品集中展示界面截图。
开发方承诺服务器每月可用时间不少于99%。域名和云服务费每年约3,000元，由委托方直接支付给云服务商。
任何一方违约的，应赔偿对方的实际损失，赔偿以100,000元为上限。
本协议按中国大陆法律解释。发生争议，由福州市鼓楼区人民法院管辖。
本协议两份，双方各执一份，签字后生效。
委托方：武夷岩语茶业有限公司　法定代表人：丘禾
开发方：福州三坊网络科技有限公司　法定代表人：林见深
2027年2月18日
`),
  expected: {
    "title.zh": "茶叶溯源小程序开发协议",
    "parties.client.name.zh": "武夷岩语茶业有限公司",
    "parties.client.signatory.name.zh": "丘禾",
    "parties.client.signatory.authority.zh": "法定代表人",
    "parties.provider.name.zh": "福州三坊网络科技有限公司",
    "parties.provider.signatory.name.zh": "林见深",
    "parties.provider.signatory.authority.zh": "法定代表人",
    "currency.code": "CNY",
    total: "100000",
    ...parts("zh", { review: "7 days", cure: "5 days" }, [
      ["原型与界面稿", "24000", "2027-03-26"],
      ["可用的小程序", "56000", "2027-05-21"],
      ["商家后台", "20000", "2027-06-18"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.governing.zh": "中国大陆法律",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "福州市鼓楼区人民法院",
    "law.liabilityCap": "100000",
  },
};

/** Instalments by share with the figures behind; the acceptance counts working days, so it is a gap. */
const clinicQueue: Contract = {
  name: "软件委托开发合同: 首期款、进度款、尾款",
  language: "zh",
  bytes: () =>
    write(`
合同编号：RJ20270106
= 软件委托开发合同
甲方（委托人）：苏州橄榄树口腔门诊部有限公司
住所：苏州市姑苏区平江路88号
法定代表人：贺知秋
统一社会信用代码：91320508MA26Q9F53X
乙方（受托人）：无锡蠡园软件工作室（个人独资）
住所：无锡市滨湖区鸿桥路801号
投资人：钮小满
统一社会信用代码：91320211MA7L1C0D8E
甲乙双方经友好协商，就甲方委托乙方开发“预约排队与随访系统”事宜，订立本合同。
# 第一条　开发成果
1.1 预约排队端。
1.2 随访管理端。
1.3 系统管理手册与源代码。
# 第二条　开发费用及支付
2.1 开发费用总计人民币贰拾贰万元整（小写：￥220,000）。
2.2 支付方式：
（1）首期款：占开发费用的30%，计￥66,000，于预约排队端交付并验收合格后付；
（2）进度款：占开发费用的50%，计￥110,000，于随访管理端交付并验收合格后付；
（3）尾款：占开发费用的20%，计￥44,000，于系统管理手册与源代码交付并验收合格后付。
2.3 甲方每次付款前，乙方应提供等额发票。
# 第三条　交付时间
3.1 预约排队端：2027年3月10日；
3.2 随访管理端：2027年5月12日；
3.3 系统管理手册与源代码：2027年6月2日。
# 第四条　验收
4.1 甲方应于每次交付后10个工作日内完成验收。
4.2 验收发现问题的，乙方应于7日内修正。
# 第五条　权利归属
5.1 开发成果的全部知识产权归甲方所有，自合同签订之日起生效。
# 第六条　保密
6.1 乙方对患者信息承担永久保密义务。
# 第七条　违约责任
7.1 乙方逾期交付，每日支付开发费用千分之一的违约金，累计不超过开发费用的10%。
# 第八条　争议
8.1 本合同的订立、效力、履行和争议解决均适用中华人民共和国法律。
8.2 争议协商不成的，任何一方可向苏州市姑苏区人民法院起诉。
# 第九条　其他
9.1 春节假期（2027年2月5日至2027年2月12日）不计入各项期限。
甲方（盖章）：　　　　　　　　乙方（盖章）：
签字人：贺知秋　　　　　　　　签字人：钮小满
`),
  expected: {
    "title.zh": "软件委托开发合同",
    "parties.client.name.zh": "苏州橄榄树口腔门诊部有限公司",
    "parties.client.registration": "91320508MA26Q9F53X",
    "parties.client.signatory.name.zh": "贺知秋",
    "parties.client.signatory.authority.zh": "法定代表人",
    "parties.provider.name.zh": "无锡蠡园软件工作室（个人独资）",
    "parties.provider.registration": "91320211MA7L1C0D8E",
    "parties.provider.signatory.name.zh": "钮小满",
    "parties.provider.signatory.authority.zh": "投资人",
    "currency.code": "CNY",
    total: "220000",
    ...parts("zh", { cure: "7 days" }, [
      ["预约排队端", "66000", "2027-03-10"],
      ["随访管理端", "110000", "2027-05-12"],
      ["系统管理手册与源代码", "44000", "2027-06-02"],
    ]),
    "ip.owner": "client",
    "ip.from": "signing",
    "law.governing.zh": "中华人民共和国法律",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "苏州市姑苏区人民法院",
    "calendar[0].name.zh": "春节假期",
    "calendar[0].from": "2027-02-05",
    "calendar[0].until": "2027-02-12",
  },
  gaps: ["milestones[0].review", "milestones[1].review", "milestones[2].review"],
};

/** Days that run from an effective date which is stated, and one that runs from a day nobody knows. */
const orchardGate: Contract = {
  name: "设备对接开发合同: relative days",
  language: "zh",
  bytes: () =>
    write(`
= 闸机对接软件开发合同
甲方：烟台果满仓冷链有限公司，统一社会信用代码91370613MA3U5V7W1K，法定代表人曲同舟。
乙方：济南泉畔自动化软件有限公司，统一社会信用代码91370102MA3C9E4R6H，法定代表人闵思远。
一、乙方为甲方的三座冷库开发闸机对接软件。
二、本合同于2027年4月1日生效。
三、交付与付款
阶段1：接口开发。2027年4月30日前交付，甲方支付人民币60,000元（不含税）。
阶段2：现场联调。2027年6月30日前交付，甲方支付人民币90,000元（不含税）。
阶段3：稳定运行。第三座冷库通电之日起60日内交付，甲方支付人民币30,000元（不含税）。
以上费用合计人民币180,000元（不含税），税率6%，税款另计。
四、甲方应自交付之日起两周内完成检验，并书面通知结果。检验不合格的，乙方应在一周内返工。
五、对接软件的知识产权归乙方所有，甲方享有永久、不可撤销的使用权。
六、托管与手续费：双方通过第三方托管平台付款，平台服务费为各笔款项的0.8%，由双方各半承担。
七、乙方在本合同项下的责任上限为人民币200,000元。
八、本合同适用中华人民共和国法律；争议由烟台仲裁委员会仲裁，仲裁地点为烟台。
（以下无正文）
甲方签章：　　　　　　乙方签章：
`),
  expected: {
    "title.zh": "闸机对接软件开发合同",
    "parties.client.name.zh": "烟台果满仓冷链有限公司",
    "parties.client.registration": "91370613MA3U5V7W1K",
    "parties.client.signatory.name.zh": "曲同舟",
    "parties.client.signatory.authority.zh": "法定代表人",
    "parties.provider.name.zh": "济南泉畔自动化软件有限公司",
    "parties.provider.registration": "91370102MA3C9E4R6H",
    "parties.provider.signatory.name.zh": "闵思远",
    "parties.provider.signatory.authority.zh": "法定代表人",
    "currency.code": "CNY",
    total: "180000",
    ...parts("zh", { review: "14 days", cure: "7 days" }, [
      ["接口开发", "60000", "2027-04-30"],
      ["现场联调", "90000", "2027-06-30"],
      ["稳定运行", "30000"],
    ]),
    "ip.owner": "provider",
    "fees.platform": "0.8 %",
    "law.governing.zh": "中华人民共和国法律",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "烟台仲裁委员会",
    "law.liabilityCap": "200000",
  },
  gaps: ["milestones[2].due"],
};

/** An acceptance table beside a payment list, a bonus by result, and a fee for ending a part before it starts. */
const theatre: Contract = {
  name: "票务系统开发服务合同: 附件与奖励",
  language: "zh",
  bytes: () =>
    write(`
= 票务系统开发服务合同
本合同由以下双方于2027年1月11日在西安签署：
（1）西安曲江梨园剧场管理有限公司，一家依照中国法律设立的公司，住所为西安市雁塔区芙蓉东路99号（“剧场”）；及
（2）咸阳渭城码农软件有限公司，一家依照中国法律设立的公司，住所为咸阳市秦都区世纪大道55号（“服务商”）。
+ 服务
++ 服务商应按附件一开发票务系统，并按附件一的日期交付。
++ 服务商应指派项目经理一名，未经剧场同意不得更换。
+ 报酬
++ 报酬总额为人民币540,000元（含6%增值税），分期金额见附件二。
++ 系统上线后首个演出季（2027年9月1日至2027年12月31日）线上售票达到60,000张的，剧场另付奖励人民币30,000元。
++ 剧场应在验收通过且收到发票后10个工作日内付款。
+ 验收
++ 剧场应在收到每项交付物之日起十（10）日内，按附件一的验收标准书面表示接受或者拒绝；逾期视为接受。
++ 被拒绝的交付物，服务商应在十五（15）日内修改并再次交付。
+ 提前终止
++ 剧场可在第三期工作开始前书面通知终止该期工作，并向服务商支付终止费人民币12,000元。
+ 成果归属
++ 交付物的著作权自剧场付清当期报酬之时起归属剧场。服务商保留其既有工具和类库的权利，并许可剧场随交付物使用。
+ 一般条款
++ 服务商因本合同承担的赔偿责任累计不超过人民币600,000元。
++ 本合同的解释和履行适用中华人民共和国法律。
++ 因本合同发生的争议提交西安仲裁委员会仲裁。
:剧场：西安曲江梨园剧场管理有限公司//签署：＿＿＿＿＿＿//姓名：秦望川//职务：总经理|服务商：咸阳渭城码农软件有限公司//签署：＿＿＿＿＿＿//姓名：苗一鸣//职务：执行董事
# 附件一　交付物
|期|交付物|交付日期|验收标准
|一|选座与下单|2027年4月9日|一千人同时选座无重座
|二|检票与闸机|2027年6月25日|单人检票不超过2秒
|三|会员与报表|2027年8月20日|日报表与财务数据一致
# 附件二　分期金额
第一期：人民币216,000元
第二期：人民币189,000元
第三期：人民币135,000元
`),
  expected: {
    "title.zh": "票务系统开发服务合同",
    "parties.client.name.zh": "西安曲江梨园剧场管理有限公司",
    "parties.client.signatory.name.zh": "秦望川",
    "parties.client.signatory.authority.zh": "总经理",
    "parties.provider.name.zh": "咸阳渭城码农软件有限公司",
    "parties.provider.signatory.name.zh": "苗一鸣",
    "parties.provider.signatory.authority.zh": "执行董事",
    "currency.code": "CNY",
    total: "540000",
    ...parts("zh", { review: "10 days", cure: "15 days" }, [
      ["选座与下单", "216000", "2027-04-09"],
      ["检票与闸机", "189000", "2027-06-25"],
      ["会员与报表", "135000", "2027-08-20"],
    ]),
    "criteria[0].what.zh": "一千人同时选座无重座",
    "criteria[1].what.zh": "单人检票不超过2秒",
    "criteria[2].what.zh": "日报表与财务数据一致",
    "outcome.metric": "reported",
    "outcome.target": "60000",
    "outcome.unit.zh": "张",
    "outcome.amount": "30000",
    "options[0].fee": "12000",
    "ip.owner": "client",
    "ip.from": "payment",
    "law.governing.zh": "中华人民共和国法律",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "西安仲裁委员会",
    "law.liabilityCap": "600000",
  },
};

export const studios: readonly Contract[] = [teahouse, clinicQueue, orchardGate, theatre];
