/** A contract in two columns, Chinese on the left and English on the right, between Singapore and Dalian. */
import type { Contract } from "../Score.ts";
import { file, line, table, title } from "./Page.ts";

const coldStore: Contract = {
  name: "two columns, cold stores",
  language: "both",
  bytes: () =>
    file(
      [
        title("仓储管理系统软件开发合同"),
        title("Software Development Contract for a Warehouse Management System"),
        line("合同编号 Contract No.: SEA-DL-2026-031", { centred: true }),
        table([
          ["", "甲方 / Party A (Client)", "乙方 / Party B (Provider)"],
          [
            "名称 / Name",
            ["狮湾冷链私人有限公司", "Merlion Bay Coldchain Pte. Ltd."],
            ["大连海雾软件有限公司", "Dalian Seafog Software Co., Ltd."],
          ],
          ["注册号 / Registration No.", "201934518H", "91210202MA4Y7FXL9D"],
          [
            "地址 / Address",
            "18 Fishery Port Road, Singapore 619735",
            "大连市中山区港湾街21号 / 21 Gangwan Street, Dalian",
          ],
          ["授权代表 / Authorised representative", "陈丽珊 / Tan Li Shan", "孙牧野 / Sun Muye"],
          ["职务 / Position", "董事 / Director", "总经理 / General Manager"],
          ["电话 / Telephone", "+65 6550 0187", "+86 411 8255 0136"],
        ]),
        line(""),
        table([
          [
            ["第一条　工作内容", "乙方为甲方开发用于两座冷库的仓储管理系统，并按附表交付。"],
            [
              "Article 1  Work",
              "Party B shall develop for Party A a warehouse management system for two cold stores and deliver it as set out in the Annex.",
            ],
          ],
          [
            [
              "第二条　价款",
              "合同总价为96,000新加坡元，不含乙方所在地以外的税费。甲方在每个里程碑验收通过后14日内付款。逾期付款的，按日万分之二支付利息。",
            ],
            [
              "Article 2  Price",
              "The total price is SGD 96,000, exclusive of taxes outside the place of Party B. Party A shall pay within 14 days after acceptance of each milestone. Late payments bear interest at 0.02% per day.",
            ],
          ],
          [
            ["第三条　质量保证", "乙方对系统提供6个月质量保证，质保期内免费修复缺陷。"],
            [
              "Article 3  Warranty",
              "Party B warrants the system for six months and shall repair defects free of charge.",
            ],
          ],
          [
            ["第四条　知识产权", "系统源代码及其著作权自本合同签署之日起归甲方所有。"],
            [
              "Article 4  Intellectual property",
              "The source code of the system and the copyright in it shall belong to Party A from the date of signing of this Contract.",
            ],
          ],
          [
            ["第五条　责任限制", "任何一方在本合同项下的责任总额不超过120,000新加坡元。"],
            [
              "Article 5  Limitation of liability",
              "The aggregate liability of either party under this Contract shall not exceed SGD 120,000.",
            ],
          ],
          [
            [
              "第六条　适用法律与争议解决",
              "本合同适用新加坡法律。因本合同产生的一切争议，应提交新加坡国际仲裁中心仲裁，仲裁语言为英文。",
            ],
            [
              "Article 6  Governing law and disputes",
              "This Contract is governed by the laws of Singapore. All disputes arising from this Contract shall be referred to the Singapore International Arbitration Centre for arbitration in English.",
            ],
          ],
          [
            ["第七条　语言", "本合同以中文和英文书就，一式两份。两种文本不一致的，以英文文本为准。"],
            [
              "Article 7  Language",
              "This Contract is made in Chinese and English, in two originals. In case of inconsistency the English version shall prevail.",
            ],
          ],
        ]),
        line(""),
        line("附表　里程碑 / Annex  Milestones"),
        table([
          ["里程碑 / Milestone", "交付日期 / Delivery date", "占比 / Share", "金额 / Amount (SGD)"],
          [
            ["库位管理与出入库", "Locations and stock movements"],
            ["2027年3月31日", "31 March 2027"],
            "60%",
            "57,600.00",
          ],
          [
            ["温控接口与系统上线", "Temperature interface and go-live"],
            ["2027年6月15日", "15 June 2027"],
            "40%",
            "38,400.00",
          ],
        ]),
        line(""),
        table([
          [
            ["甲方 / Party A", "签字 / Signature: ______________", "日期 / Date: ______________"],
            ["乙方（盖章） / Party B (seal)", "签字 / Signature: ______________", "日期 / Date: ______________"],
          ],
        ]),
      ],
      "SEA-DL-2026-031 /",
    ),
  expected: {
    "title.zh": "仓储管理系统软件开发合同",
    "title.en": "Software Development Contract for a Warehouse Management System",
    "parties.client.name.zh": "狮湾冷链私人有限公司",
    "parties.client.name.en": "Merlion Bay Coldchain Pte. Ltd.",
    "parties.client.registration": "201934518H",
    "parties.client.signatory.name.zh": "陈丽珊",
    "parties.client.signatory.name.en": "Tan Li Shan",
    "parties.client.signatory.authority.zh": "董事",
    "parties.client.signatory.authority.en": "Director",
    "parties.provider.name.zh": "大连海雾软件有限公司",
    "parties.provider.name.en": "Dalian Seafog Software Co., Ltd.",
    "parties.provider.registration": "91210202MA4Y7FXL9D",
    "parties.provider.signatory.name.zh": "孙牧野",
    "parties.provider.signatory.name.en": "Sun Muye",
    "parties.provider.signatory.authority.zh": "总经理",
    "parties.provider.signatory.authority.en": "General Manager",
    "currency.code": "SGD",
    "milestones[0].title.zh": "库位管理与出入库",
    "milestones[0].title.en": "Locations and stock movements",
    "milestones[0].amount": "57600",
    "milestones[0].due": "2027-03-31",
    "milestones[1].title.zh": "温控接口与系统上线",
    "milestones[1].title.en": "Temperature interface and go-live",
    "milestones[1].amount": "38400",
    "milestones[1].due": "2027-06-15",
    "ip.owner": "client",
    "ip.from": "signing",
    "law.governing.zh": "新加坡法律",
    "law.governing.en": "the laws of Singapore",
    "law.forum.kind": "arbitration",
    "law.forum.seat.zh": "新加坡国际仲裁中心",
    "law.forum.seat.en": "Singapore International Arbitration Centre",
    "law.liabilityCap": "120000",
    "text.prevails": "en",
  },
};

export const bilingual: readonly Contract[] = [coldStore];
