/** Sentences of contracts, and what each settles: periods, rights, law, caps, fees, options, bonuses, pauses. */
import { describe, expect, test } from "vitest";
import { write } from "./testing/Markup.ts";
import * as Word from "./Word.ts";

type Row = readonly [text: string, settles: Readonly<Record<string, unknown>>];

const FIELDS =
  /^(?:milestones\[0\]\.(?:review|cure)|ip\.(?:owner|from)|law\.(?:governing|forum|liabilityCap)|fees|options\[|outcome\.(?:metric|target|unit|amount)|calendar)/;

const english = Word.read(
  await write(`
= Software Development Agreement
This Agreement is made between Acme Rivers Ltd (the “Client”) and Blue Fern Studio Ltd (the “Developer”).
|Milestone|Delivery date|Amount (EUR)
|Design|1 March 2027|10,000
|Build|1 May 2027|20,000
`),
);
const chinese = Word.read(
  await write(`
= 软件开发合同
甲方：杭州云帆贸易有限公司
乙方：苏州石桥软件有限公司
|里程碑|交付日期|金额（元）
|设计稿|2027年3月1日|10,000
|系统|2027年5月1日|20,000
`),
);

function settled(document: Word.Document, text: string): Record<string, unknown> {
  const { findings } = Word.draft({ blocks: [...document.blocks, { kind: "paragraph", text }] });
  return Object.fromEntries(
    findings.filter(({ field }) => FIELDS.test(field)).map(({ field, value }) => [field, value]),
  );
}

const ENGLISH: readonly Row[] = [
  [
    "The Client shall inspect the Deliverable within ten (10) calendar days of receipt and either accept it in writing or give reasons for rejection.",
    { "milestones[0].review": "10 days" },
  ],
  [
    'Client shall have 15 days from delivery to evaluate each Deliverable (the "Acceptance Period").',
    { "milestones[0].review": "15 days" },
  ],
  [
    "Acceptance shall be deemed to occur if the Client has not rejected the Deliverable within 14 days after delivery.",
    { "milestones[0].review": "14 days" },
  ],
  [
    "If the Client does not notify the Developer of any non-conformity within fourteen (14) days of delivery, the Deliverable is deemed accepted.",
    { "milestones[0].review": "14 days" },
  ],
  [
    "Deliverables not rejected within 7 days of delivery shall be considered accepted.",
    { "milestones[0].review": "7 days" },
  ],
  [
    "Unless the Client objects within twenty days after delivery, a milestone counts as accepted.",
    { "milestones[0].review": "20 days" },
  ],
  ["The acceptance period is 12 days from the date of delivery.", { "milestones[0].review": "12 days" }],
  ["Review period: 10 calendar days after delivery of each milestone.", { "milestones[0].review": "10 days" }],
  [
    "User acceptance testing by the Client shall be completed within 21 days following delivery.",
    { "milestones[0].review": "21 days" },
  ],
  [
    "Following delivery, the Client will have two weeks in which to carry out acceptance tests.",
    { "milestones[0].review": "2 weeks" },
  ],
  [
    "The Client must respond to each delivery within 9 days, stating whether it is accepted.",
    { "milestones[0].review": "9 days" },
  ],
  [
    "Upon receipt of a rejection notice, the Developer shall have ten (10) days to remedy the defects and resubmit.",
    { "milestones[0].cure": "10 days" },
  ],
  ["The Developer must fix rejected work within 6 days at its own expense.", { "milestones[0].cure": "6 days" }],
  ["Where a milestone is rejected, the Developer has a cure period of 15 days.", { "milestones[0].cure": "15 days" }],
  ["Cure period: 8 days after notice of rejection.", { "milestones[0].cure": "8 days" }],
  [
    "The Developer will re-perform any non-conforming part within five days after being told.",
    { "milestones[0].cure": "5 days" },
  ],
  [
    "Defects notified during review shall be corrected by the Developer within 12 days.",
    { "milestones[0].cure": "12 days" },
  ],
  [
    "Any rejected deliverable will be reworked and redelivered no later than 10 days after the rejection.",
    { "milestones[0].cure": "10 days" },
  ],
  [
    "The Developer shall correct the deficiencies promptly and in any case within ten days of such notice.",
    { "milestones[0].cure": "10 days" },
  ],
  ["The Client shall pay each invoice within 30 days of acceptance.", {}],
  [
    "Either party may terminate this Agreement if the other fails to cure a material breach within 30 days of notice.",
    {},
  ],
  [
    "The Developer warrants the Software for 90 days after acceptance and will correct any defect reported in that time.",
    {},
  ],
  ["The Developer shall respond to support requests within 2 days.", {}],
  ["Confidential information shall be returned within 10 days after termination.", {}],
  ["The Developer shall submit a project plan for approval within 7 days of signing.", {}],
  ["Change requests shall be answered by the Developer within 5 days.", {}],
  [
    "Upon full payment, the Developer hereby assigns to the Client all right, title and interest in the Deliverables.",
    { "ip.owner": "client", "ip.from": "payment" },
  ],
  [
    "All intellectual property rights in the Deliverables shall vest in the Client on creation.",
    { "ip.owner": "client" },
  ],
  [
    "Ownership of each Deliverable transfers to the Client when it is paid for.",
    { "ip.owner": "client", "ip.from": "payment" },
  ],
  [
    "The Client shall own the copyright in the Software from the date of delivery.",
    { "ip.owner": "client", "ip.from": "delivery" },
  ],
  ["The Software is a work made for hire and the exclusive property of the Client.", { "ip.owner": "client" }],
  [
    "The Developer retains ownership of the Software and grants the Client a perpetual licence.",
    { "ip.owner": "provider" },
  ],
  ["Copyright in the Software remains with the Developer.", { "ip.owner": "provider" }],
  [
    "Title to the work product passes to the Client upon acceptance and payment of the final invoice.",
    { "ip.owner": "client", "ip.from": "payment" },
  ],
  ["The parties shall jointly own the results of the project.", { "ip.owner": "both" }],
  ["The results are the joint property of both parties.", { "ip.owner": "both" }],
  [
    "The Developer assigns all rights in the Software to the Client with effect from the signing of this Agreement.",
    { "ip.owner": "client", "ip.from": "signing" },
  ],
  [
    "The Client will be the sole owner of everything the Developer makes under this Agreement.",
    { "ip.owner": "client" },
  ],
  [
    "Intellectual Property: Client owns all deliverables upon final payment.",
    { "ip.owner": "client", "ip.from": "payment" },
  ],
  [
    "This Agreement shall be governed by and construed in accordance with the laws of Ireland.",
    { "law.governing.en": "the laws of Ireland" },
  ],
  ["This Agreement is governed by German law.", { "law.governing.en": "German law" }],
  ["Governing law: State of New York.", { "law.governing.en": "State of New York" }],
  ["Texas law applies to this Agreement.", { "law.governing.en": "Texas law" }],
  ["The law of the Netherlands applies.", { "law.governing.en": "The law of the Netherlands" }],
  [
    "The validity and performance of this contract shall be governed by the internal laws of the State of Delaware without regard to conflict of laws principles.",
    { "law.governing.en": "the internal laws of the State of Delaware" },
  ],
  [
    "English law governs this Agreement and the English courts have exclusive jurisdiction.",
    {
      "law.governing.en": "English law",
      "law.forum.kind": "court",
      "law.forum.seat.en": "Agreement and the English courts",
    },
  ],
  [
    "Any dispute shall be finally settled under the Rules of Arbitration of the International Chamber of Commerce by one arbitrator sitting in Paris.",
    {
      "law.forum.kind": "arbitration",
      "law.forum.seat.en": "Rules of Arbitration of the International Chamber of Commerce",
    },
  ],
  [
    "Disputes shall be referred to and finally resolved by arbitration administered by the Hong Kong International Arbitration Centre.",
    { "law.forum.kind": "arbitration", "law.forum.seat.en": "Hong Kong International Arbitration Centre" },
  ],
  [
    "All disputes are to be settled by the American Arbitration Association in Chicago.",
    { "law.forum.kind": "arbitration", "law.forum.seat.en": "American Arbitration Association" },
  ],
  [
    "Any controversy shall be resolved by binding arbitration before JAMS in San Diego.",
    { "law.forum.kind": "arbitration", "law.forum.seat.en": "JAMS" },
  ],
  [
    "The parties submit to the exclusive jurisdiction of the courts of Dublin, Ireland.",
    { "law.forum.kind": "court", "law.forum.seat.en": "courts of Dublin, Ireland" },
  ],
  ["The place of jurisdiction is Munich.", { "law.forum.kind": "court", "law.forum.seat.en": "Munich" }],
  [
    "Legal action must be brought in the Superior Court of King County, Washington.",
    { "law.forum.kind": "court", "law.forum.seat.en": "Superior Court of King County, Washington" },
  ],
  [
    "Exclusive venue lies with the High Court of Singapore.",
    { "law.forum.kind": "court", "law.forum.seat.en": "High Court of Singapore" },
  ],
  ["Neither party's total liability under this Agreement shall exceed EUR 60,000.", { "law.liabilityCap": "60000" }],
  ["The Developer's liability is limited to the total fees of EUR 30,000.", { "law.liabilityCap": "30000" }],
  ["The maximum aggregate liability of either party is €45,000.", { "law.liabilityCap": "45000" }],
  ["Liability is capped at EUR 50,000 per party.", { "law.liabilityCap": "50000" }],
  ["The Developer shall not be liable for damages in excess of EUR 40,000.", { "law.liabilityCap": "40000" }],
  [
    "In no event will the Developer be liable for more than EUR 25,000 in the aggregate.",
    { "law.liabilityCap": "25000" },
  ],
  ["The Developer shall maintain professional liability insurance of at least EUR 1,000,000.", {}],
  ["The payment platform deducts a service fee of 0.5 % from every payment.", { "fees.platform": "0.5 %" }],
  ["Platform fee: 1% of each payment, borne by the Developer.", { "fees.platform": "1 %" }],
  ["The platform's charge is 0.75 percent of each amount released.", { "fees.platform": "0.75 %" }],
  [
    "The Client may cancel the Build milestone before it starts on payment of a break fee of EUR 1,500.",
    { "options[0].fee": "1500" },
  ],
  [
    "If the Client ends Milestone 2 before its start, it owes a termination fee of EUR 800.",
    { "options[0].fee": "800" },
  ],
  [
    "If at least 5,000 users register by 31 December 2027, the Client shall pay a success fee of EUR 4,000.",
    { "outcome.metric": "reported", "outcome.target": "5000", "outcome.unit.en": "users", "outcome.amount": "4000" },
  ],
  [
    "A bonus of EUR 4,000 is payable once 300 restaurants have signed up.",
    {
      "outcome.metric": "reported",
      "outcome.target": "300",
      "outcome.unit.en": "restaurants",
      "outcome.amount": "4000",
    },
  ],
  [
    "Time limits are suspended from 24 December 2026 to 3 January 2027 for the Christmas break.",
    {
      "calendar[0].name.en": "Christmas break",
      "calendar[0].from": "2026-12-24T00:00Z",
      "calendar[0].until": "2027-01-03T23:59Z",
    },
  ],
  [
    "During the office closure (2 August 2027 to 13 August 2027) no period runs.",
    {
      "calendar[0].name.en": "the office closure",
      "calendar[0].from": "2027-08-02T00:00Z",
      "calendar[0].until": "2027-08-13T23:59Z",
    },
  ],
];

const CHINESE: readonly Row[] = [
  ["甲方应当自收到交付物之日起15日内进行验收，并书面通知乙方验收结果。", { "milestones[0].review": "15 days" }],
  ["甲方在收到乙方验收申请后十日内组织验收。", { "milestones[0].review": "10 days" }],
  ["乙方交付后，甲方有七天的验收期。", { "milestones[0].review": "7 days" }],
  ["验收期为交付后14天。", { "milestones[0].review": "14 days" }],
  ["甲方逾期10日未提出异议的，视为验收合格。", { "milestones[0].review": "10 days" }],
  ["甲方须于每一里程碑交付后两周内确认或提出修改意见。", { "milestones[0].review": "2 weeks" }],
  ["甲方收到交付物后10日内未书面提出异议的，视为通过验收。", { "milestones[0].review": "10 days" }],
  ["每期成果提交后，由甲方于8日内审核完毕。", { "milestones[0].review": "8 days" }],
  ["验收不通过的，乙方应在接到通知后7日内整改完毕并再次提交验收。", { "milestones[0].cure": "7 days" }],
  ["乙方对甲方指出的缺陷应在五日内免费修复。", { "milestones[0].cure": "5 days" }],
  ["如不合格，乙方须于10天内完成返工。", { "milestones[0].cure": "10 days" }],
  ["整改期限为自收到书面意见之日起12日。", { "milestones[0].cure": "12 days" }],
  ["甲方提出修改意见的，乙方在一周内修改并重新交付。", { "milestones[0].cure": "1 week" }],
  ["乙方应于被拒绝后15日内改进并重新提交。", { "milestones[0].cure": "15 days" }],
  ["甲方在验收合格后15日内支付相应款项。", {}],
  ["质保期内出现故障的，乙方应在3日内修复。", {}],
  ["任何一方违约且在收到通知后30日内未纠正的，另一方有权解除合同。", {}],
  ["乙方应在合同签订后5日内提交项目计划供甲方审核。", {}],
  ["甲方变更需求的，乙方应在3日内答复。", {}],
  ["乙方应在收到款项后7日内开具发票。", {}],
  ["本项目成果的知识产权归甲方所有。", { "ip.owner": "client" }],
  ["甲方付清款项后，软件著作权转移至甲方。", { "ip.owner": "client", "ip.from": "payment" }],
  ["自交付之日起，系统源代码的所有权属于甲方。", { "ip.owner": "client", "ip.from": "delivery" }],
  ["乙方保留软件的著作权，许可甲方永久使用。", { "ip.owner": "provider" }],
  ["双方共同拥有项目成果的知识产权。", { "ip.owner": "both" }],
  ["开发成果及其衍生的一切权利由甲方单独享有。", { "ip.owner": "client" }],
  ["甲方享有本合同项下工作成果的全部知识产权，自合同签订之日起生效。", { "ip.owner": "client", "ip.from": "signing" }],
  ["因履行本合同所产生的知识产权，甲乙双方各占50%。", { "ip.owner": "both" }],
  ["甲方是开发成果的唯一权利人。", { "ip.owner": "client" }],
  ["软件的知识产权在甲方支付全部价款之时归甲方。", { "ip.owner": "client", "ip.from": "payment" }],
  ["本合同适用中华人民共和国法律。", { "law.governing.zh": "中华人民共和国法律" }],
  ["本合同的订立、履行、解释及争议解决均受中国法律管辖。", { "law.governing.zh": "中国法律" }],
  ["本合同以中华人民共和国法律为准据法。", { "law.governing.zh": "中华人民共和国法律" }],
  ["适用法律：新加坡法律。", { "law.governing.zh": "新加坡法律" }],
  ["本协议之成立、生效、履行与解释，适用香港特别行政区法律。", { "law.governing.zh": "香港特别行政区法律" }],
  ["争议由甲方所在地人民法院管辖。", { "law.forum.kind": "court", "law.forum.seat.zh": "甲方所在地人民法院" }],
  [
    "协商不成的，任何一方均可向合同签订地人民法院起诉。",
    { "law.forum.kind": "court", "law.forum.seat.zh": "合同签订地人民法院" },
  ],
  [
    "双方同意将争议提交北京仲裁委员会，按其仲裁规则进行仲裁。",
    { "law.forum.kind": "arbitration", "law.forum.seat.zh": "北京仲裁委员会" },
  ],
  [
    "凡因本合同引起的任何争议，均应提请深圳国际仲裁院仲裁。",
    { "law.forum.kind": "arbitration", "law.forum.seat.zh": "深圳国际仲裁院" },
  ],
  [
    "争议解决方式为：向杭州市西湖区人民法院提起诉讼。",
    { "law.forum.kind": "court", "law.forum.seat.zh": "杭州市西湖区人民法院" },
  ],
  [
    "协商未果的，依法向乙方住所地有管辖权的人民法院提起诉讼。",
    { "law.forum.kind": "court", "law.forum.seat.zh": "乙方住所地有管辖权的人民法院" },
  ],
  [
    "由广州仲裁委员会按照申请仲裁时现行有效的仲裁规则进行裁决。",
    { "law.forum.kind": "arbitration", "law.forum.seat.zh": "广州仲裁委员会" },
  ],
  ["选择由上海知识产权法院审理。", { "law.forum.kind": "court", "law.forum.seat.zh": "上海知识产权法院" }],
  ["乙方的赔偿总额不超过人民币30,000元。", { "law.liabilityCap": "30000" }],
  ["任何情况下，乙方承担的赔偿责任以合同总价30,000元为上限。", { "law.liabilityCap": "30000" }],
  ["双方的赔偿责任最高不超过人民币伍万元整（¥50,000）。", { "law.liabilityCap": "50000" }],
  ["责任限额：人民币40,000元。", { "law.liabilityCap": "40000" }],
  ["乙方对甲方的损失赔偿累计以人民币六万元为限。", { "law.liabilityCap": "60000" }],
  ["逾期交付的，违约金累计不超过合同总价的10%。", {}],
  ["乙方应投保职业责任险，保额不低于人民币100万元。", {}],
  ["平台按每笔付款的0.8%收取服务费。", { "fees.platform": "0.8 %" }],
  ["平台服务费费率为1%，由甲方承担。", { "fees.platform": "1 %" }],
  ["托管平台手续费为成交额的0.5%。", { "fees.platform": "0.5 %" }],
  ["第二期开工前，甲方有权终止第二期，但应支付解约费人民币900元。", { "options[0].fee": "900" }],
  [
    "上线后六个月内注册用户达到2万人的，甲方额外支付奖金人民币5,000元。",
    { "outcome.metric": "reported", "outcome.target": "20000", "outcome.unit.zh": "人", "outcome.amount": "5000" },
  ],
  [
    "如2027年底前签约商户不少于300家，甲方另付绩效款8,000元。",
    { "outcome.metric": "reported", "outcome.target": "300", "outcome.unit.zh": "家", "outcome.amount": "8000" },
  ],
  [
    "国庆节（2027年10月1日至10月7日）期间顺延。",
    {
      "calendar[0].name.zh": "国庆节",
      "calendar[0].from": "2027-09-30T16:00Z",
      "calendar[0].until": "2027-10-07T16:00Z",
    },
  ],
  [
    "2027年2月4日至2027年2月13日为春节停工期，不计入各项期限。",
    {
      "calendar[0].name.zh": "春节停工",
      "calendar[0].from": "2027-02-03T16:00Z",
      "calendar[0].until": "2027-02-13T16:00Z",
    },
  ],
];

describe("a sentence settles what it says and no more", () => {
  test.each(ENGLISH)("behavior: %s", (text, settles) => {
    expect(settled(english, text)).toEqual(settles);
  });

  test.each(CHINESE)("behavior: %s", (text, settles) => {
    expect(settled(chinese, text)).toEqual(settles);
  });
});
