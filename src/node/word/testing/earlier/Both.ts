/** A contract in which every paragraph says the same twice, in Chinese and below it in English. */
import type { Contract } from "../Score.ts";
import { bytes, columns, line, pair, title } from "./Paper.ts";

/**
 * Both texts are equally authentic, so no language prevails; and the second milestone has another day in English than in
 * Chinese, so that its due date is open.
 */
const vessels: Contract = {
  name: "软件开发服务合同: two languages in each paragraph",
  language: "both",
  bytes: () =>
    bytes([
      title("船舶设备监控软件开发合同"),
      title("Vessel Equipment Monitoring Software Development Contract"),
      pair("合同编号：LY-2027-08", "Contract No.: LY-2027-08"),
      pair("甲方：青岛蓝屿海洋装备有限公司", "Party A (Client): Qingdao Lanyu Marine Equipment Co., Ltd."),
      pair("统一社会信用代码：91370212MA3T8J5Y9B", "Unified Social Credit Code: 91370212MA3T8J5Y9B"),
      pair("乙方：上海沐峰软件技术有限公司", "Party B (Provider): Shanghai Mufeng Software Technology Co., Ltd."),
      pair("统一社会信用代码：91310115MA2W4R7C3H", "Unified Social Credit Code: 91310115MA2W4R7C3H"),
      pair(
        "双方就甲方40艘作业船的设备监控软件的开发，于2027年3月3日订立本合同。",
        "The parties conclude this Contract on 3 March 2027 for the development of monitoring software for the equipment of Party A’s 40 work vessels.",
      ),
      line("第一条 开发内容 / Article 1 Scope"),
      pair(
        "乙方开发船端采集程序、岸端监控平台和报警服务，报警延迟不超过30秒。",
        "Party B develops the on-board collector, the shore platform and the alarm service; alarms shall arrive within 30 seconds.",
      ),
      line("第二条 里程碑与价款 / Article 2 Milestones and Price"),
      pair(
        "本合同总价为人民币360,000元，按以下里程碑交付和支付：",
        "The total price is RMB 360,000, delivered and paid by the following milestones:",
      ),
      pair(
        "里程碑一：船端采集程序，2027年5月14日前交付，价款人民币110,000元；",
        "Milestone 1: On-board collector, to be delivered by 14 May 2027, price RMB 110,000;",
      ),
      pair(
        "里程碑二：岸端监控平台，2027年8月13日前交付，价款人民币170,000元；",
        "Milestone 2: Shore monitoring platform, to be delivered by 31 August 2027, price RMB 170,000;",
      ),
      pair(
        "里程碑三：报警服务与试航，2027年10月29日前交付，价款人民币80,000元。",
        "Milestone 3: Alarm service and sea trial, to be delivered by 29 October 2027, price RMB 80,000.",
      ),
      pair(
        "甲方在每个里程碑验收合格并收到发票后20日内付款。银行手续费由付款方承担。",
        "Party A pays within 20 days after acceptance of each milestone and receipt of the invoice. Bank charges are borne by the payer.",
      ),
      line("第三条 验收 / Article 3 Acceptance"),
      pair(
        "甲方应在收到交付物后10个工作日内完成验收。",
        "Party A shall complete the acceptance within 10 working days after receipt of the deliverables.",
      ),
      line("第四条 知识产权 / Article 4 Intellectual Property"),
      pair(
        "开发成果的知识产权自交付之日起归甲方所有。",
        "The intellectual property in the deliverables belongs to Party A from the date of delivery.",
      ),
      line("第五条 保证与责任 / Article 5 Warranty and Liability"),
      pair(
        "质保期为最后一次验收合格之日起18个月。逾期交付的违约金为每日0.03%。",
        "The warranty period is 18 months from the last acceptance. Damages for late delivery are 0.03 % per day.",
      ),
      pair("乙方的累计赔偿责任不超过人民币300,000元。", "Party B’s aggregate liability shall not exceed RMB 300,000."),
      line("第六条 适用法律与争议解决 / Article 6 Governing Law and Disputes"),
      pair(
        "本合同适用中华人民共和国法律。",
        "This Contract is governed by the laws of the People’s Republic of China.",
      ),
      pair(
        "因本合同引起的争议，应提交青岛仲裁委员会仲裁。",
        "Any dispute arising from this Contract shall be submitted to the Qingdao Arbitration Commission for arbitration.",
      ),
      line("第七条 文本 / Article 7 Language"),
      pair(
        "本合同以中英文书就，一式四份，两种文本具有同等效力。",
        "This Contract is made in Chinese and English in four copies; both texts are equally authentic.",
      ),
      columns(
        "甲方 / Party A\n（盖章 / Seal）\n签字 / Signature: ____________\n日期 / Date: ____________",
        "乙方 / Party B\n（盖章 / Seal）\n签字 / Signature: ____________\n日期 / Date: ____________",
      ),
    ]),
  expected: {
    "title.zh": "船舶设备监控软件开发合同",
    "title.en": "Vessel Equipment Monitoring Software Development Contract",
    "parties.client.name.zh": "青岛蓝屿海洋装备有限公司",
    "parties.client.name.en": "Qingdao Lanyu Marine Equipment Co., Ltd.",
    "parties.client.registration": "91370212MA3T8J5Y9B",
    "parties.provider.name.zh": "上海沐峰软件技术有限公司",
    "parties.provider.name.en": "Shanghai Mufeng Software Technology Co., Ltd.",
    "parties.provider.registration": "91310115MA2W4R7C3H",
    "currency.code": "CNY",
    "milestones[0].title.zh": "船端采集程序",
    "milestones[0].title.en": "On-board collector",
    "milestones[0].amount": "110000",
    "milestones[0].due": "2027-05-14",
    "milestones[1].title.zh": "岸端监控平台",
    "milestones[1].title.en": "Shore monitoring platform",
    "milestones[1].amount": "170000",
    "milestones[2].title.zh": "报警服务与试航",
    "milestones[2].title.en": "Alarm service and sea trial",
    "milestones[2].amount": "80000",
    "milestones[2].due": "2027-10-29",
    "ip.owner": "client",
    "ip.from": "delivery",
    "law.governing.zh": "中华人民共和国法律",
    "law.governing.en": "the laws of the People’s Republic of China",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "青岛仲裁委员会",
    "law.forum.seat.en": "Qingdao Arbitration Commission",
    "law.liabilityCap": "300000",
  },
  gaps: ["milestones[1].due", "text.prevails"],
};

export const bilingual: readonly Contract[] = [vessels];
