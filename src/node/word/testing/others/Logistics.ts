/**
 * Chinese; parties in the preamble sentence, milestones as paragraphs, dates in Chinese numerals. The second instalment
 * is one amount in capitals and another in digits, and the client answers within working days: both must stay open.
 */
import type { Contract } from "../Score.ts";
import { bytes, line, lines, numbered, title } from "./Paper.ts";

const body = [
  title("冷链运输调度平台软件开发协议"),
  line(
    "本协议由**青岛凛海冷链物流有限公司**（以下简称“甲方”，统一社会信用代码：91370202MA3TX9F62H，住所：青岛市市南区东海西路37号，法定代表人：孟知远）与**济南云枢数据技术有限公司**（以下简称“乙方”，统一社会信用代码：91370102MA3QH5R17W，住所：济南市历下区经十路9777号，法定代表人：阮秋白）于二〇二六年十一月三十日在青岛市签订。",
  ),
  line(
    "甲方注册资本为人民币壹仟贰佰万元，现有冷藏车86辆，双方曾于二〇二三年签订总价为人民币98,000元的温度监测系统合同，该合同已履行完毕。",
  ),
  numbered("**开发内容**"),
  numbered("乙方为甲方开发冷链运输调度平台，含订单、排车、在途温度、签收四个子系统及司机端应用。", 1),
  numbered("乙方应投入不少于4名工程师，项目经理为卞晓舟（电话：18660125573）。", 1),
  numbered("**价款**"),
  numbered("协议总价为人民币伍拾陆万元整（￥560,000.00），由三笔款项构成。", 1),
  line(
    "（一）第一期“调度原型”：乙方应于二〇二七年一月十八日前交付，甲方验收合格后支付人民币壹拾肆万元整（￥140,000.00）；",
  ),
  line(
    "（二）第二期“在途温度与排车”：乙方应于二〇二七年四月十二日前交付，甲方验收合格后支付人民币贰拾捌万元整（￥260,000.00）；",
  ),
  line(
    "（三）第三期“全量上线”：乙方应于二〇二七年六月二十八日前交付，甲方验收合格后支付人民币壹拾肆万元整（￥140,000.00）。",
  ),
  numbered("甲方付款至乙方账户：泉城银行历下支行，账号 3700 1618 8270 5000 2214。", 1),
  numbered("**验收**"),
  numbered("甲方应在乙方交付后5个工作日内完成验收。", 1),
  numbered("验收不通过的，乙方应在12日内完成整改。", 1),
  numbered("**知识产权**"),
  numbered("平台源代码及文档的知识产权归甲方所有，自本协议签订之日起生效。", 1),
  numbered("**违约责任**"),
  numbered("乙方迟延交付的，每日支付协议总价千分之一的违约金，最高不超过协议总价的百分之五。", 1),
  numbered("因货物温度异常造成的货损由甲方自行投保，保险金额不低于人民币3,000,000元。", 1),
  numbered("**争议解决**"),
  numbered("本协议适用中华人民共和国法律。争议由青岛市市南区人民法院管辖。", 1),
  ...lines(
    "（以下无正文）",
    "甲方（盖章）\t\t\t乙方（盖章）",
    "法定代表人或授权代表：____________\t法定代表人或授权代表：____________",
  ),
];

export const logistics: Contract = {
  name: "logistics",
  language: "zh",
  bytes: () => bytes({ body, footer: "凛海冷链 · 冷链运输调度平台软件开发协议" }),
  expected: {
    "title.zh": "冷链运输调度平台软件开发协议",
    "parties.client.name.zh": "青岛凛海冷链物流有限公司",
    "parties.client.registration": "91370202MA3TX9F62H",
    "parties.client.signatory.name.zh": "孟知远",
    "parties.client.signatory.authority.zh": "法定代表人",
    "parties.provider.name.zh": "济南云枢数据技术有限公司",
    "parties.provider.registration": "91370102MA3QH5R17W",
    "parties.provider.signatory.name.zh": "阮秋白",
    "parties.provider.signatory.authority.zh": "法定代表人",
    "currency.code": "CNY",
    "milestones[0].title.zh": "调度原型",
    "milestones[0].amount": "140000",
    "milestones[0].due": "2027-01-18",
    "milestones[0].cure": "12 days",
    "milestones[1].title.zh": "在途温度与排车",
    "milestones[1].due": "2027-04-12",
    "milestones[1].cure": "12 days",
    "milestones[2].title.zh": "全量上线",
    "milestones[2].amount": "140000",
    "milestones[2].due": "2027-06-28",
    "milestones[2].cure": "12 days",
    "ip.owner": "client",
    "ip.from": "signing",
    "law.governing.zh": "中华人民共和国法律",
    "law.forum.kind": "court",
    "law.forum.seat.zh": "青岛市市南区人民法院",
  },
  gaps: ["milestones[1].amount", "milestones[0].review", "milestones[1].review", "milestones[2].review"],
};
