import { describe, expect, test } from "vitest";
import { file, line, table, title } from "./testing/strangers/Page.ts";
import * as Word from "./Word.ts";

type Blocks = Parameters<typeof file>[0];

async function valuesOf(blocks: Blocks): Promise<Record<string, unknown>> {
  const { findings } = Word.draft(Word.read(await file(blocks, "1")));
  return Object.fromEntries(findings.map(({ field, value }) => [field, value]));
}

const chinese = (...texts: string[]): Blocks => [title("软件开发合同"), ...texts.map((text) => line(text))];
const english = (...texts: string[]): Blocks => [
  title("Software Development Agreement"),
  ...texts.map((text) => line(text)),
];

const parts = table([
  ["Milestone", "Delivery date", "Amount (EUR)"],
  ["Design", "1 March 2027", "10,000"],
  ["Build", "1 May 2027", "20,000"],
]);

describe("a preamble names the parties", () => {
  test.each([
    [
      "with all of it in one bracket",
      "本合同由杭州云帆贸易有限公司（统一社会信用代码：91330100MA2KEXAM1B，由其总经理何知远代表签署，以下简称“甲方”）与苏州石桥软件有限公司（统一社会信用代码：91320500MA1XEXAM7T，由其法定代表人罗以宁代表签署，以下简称“乙方”）订立。",
    ],
    [
      "with the signatory after the bracket",
      "双方于2027年1月5日订立：杭州云帆贸易有限公司（统一社会信用代码：91330100MA2KEXAM1B，下称“甲方”），由其总经理何知远代表签署；苏州石桥软件有限公司（统一社会信用代码：91320500MA1XEXAM7T，下称“乙方”），由其法定代表人罗以宁签署。",
    ],
    [
      "with the roles before the names",
      "委托方杭州云帆贸易有限公司（下称“甲方”），统一社会信用代码91330100MA2KEXAM1B，由总经理何知远签署；与苏州石桥软件有限公司（下称“乙方”），统一社会信用代码91320500MA1XEXAM7T，由法定代表人罗以宁先生代表公司签署。",
    ],
  ])("behavior: in Chinese, %s", async (_, text) => {
    expect(await valuesOf(chinese(text))).toMatchObject({
      "parties.client.name.zh": "杭州云帆贸易有限公司",
      "parties.client.registration": "91330100MA2KEXAM1B",
      "parties.client.signatory.name.zh": "何知远",
      "parties.client.signatory.authority.zh": "总经理",
      "parties.provider.name.zh": "苏州石桥软件有限公司",
      "parties.provider.registration": "91320500MA1XEXAM7T",
      "parties.provider.signatory.name.zh": "罗以宁",
      "parties.provider.signatory.authority.zh": "法定代表人",
    });
  });

  test.each([
    [
      "who signs after the brackets",
      "By this letter Northwind Traders Inc. (EIN 12-3456789, the “Client”), represented by its Managing Director, Maria Lopez, engages Blue Fern Studio LLC (EIN 98-7654321; hereinafter the “Developer”), represented by Tom Field, Managing Member, to build a booking site.",
    ],
    [
      "a kind of company before the role",
      "Northwind Traders Inc., a Delaware trading company (EIN 12-3456789) (“Client”), acting by its Managing Director Maria Lopez, and Blue Fern Studio LLC, an Oregon limited liability company (“Developer”), EIN 98-7654321, represented by its Managing Member, Tom Field, agree as follows.",
    ],
  ])("behavior: in English, %s", async (_, text) => {
    expect(await valuesOf(english(text))).toMatchObject({
      "parties.client.name.en": "Northwind Traders Inc.",
      "parties.client.taxNumber": "12-3456789",
      "parties.client.signatory.name.en": "Maria Lopez",
      "parties.client.signatory.authority.en": "Managing Director",
      "parties.provider.name.en": "Blue Fern Studio LLC",
      "parties.provider.taxNumber": "98-7654321",
      "parties.provider.signatory.name.en": "Tom Field",
      "parties.provider.signatory.authority.en": "Managing Member",
    });
  });

  test("behavior: a sentence that could name one firm or two names none", async () => {
    const text =
      "This letter sets out the terms on which Johnson and Sons Ltd (the “Supplier”) will build an app for Brown Ltd (the “Customer”).";
    const values = await valuesOf(english(text));
    expect(values["parties.client.name.en"]).toBe("Brown Ltd");
    expect(values["parties.provider.name.en"]).toBeUndefined();
  });
});

describe("who owns the work", () => {
  test.each([
    ["both", "因履行本合同产生的软件著作权，自签署之日起由甲乙双方共同所有。"],
    ["both", "开发成果的著作权由甲方和乙方共同享有。"],
    ["both", "The source code shall be jointly owned by Party A and Party B."],
    ["provider", "知识产权由乙方享有。"],
    [undefined, "交付物不合格的，因此发生的费用由乙方承担。"],
  ])("behavior: %s: %s", async (owner, text) => {
    expect((await valuesOf(chinese("甲方委托乙方开发系统。", text)))["ip.owner"]).toBe(owner);
  });
});

describe("the platform's fee", () => {
  test.each([
    ["beneath a heading that names it", chinese("五、托管与平台费", "平台服务费为每笔付款金额的1%，由乙方承担。")],
    [
      "as what the platform keeps",
      english("7. Platform fee", "The escrow platform retains a fee of 1% of each payment."),
    ],
    ["beside its label", [...chinese("费用"), table([["平台费", "1%"]])]],
  ])("behavior: %s", async (_, blocks) => {
    expect((await valuesOf(blocks))["fees.platform"]).toBe("1 %");
  });
});

describe("a split of net and tax", () => {
  const split = { "milestones[1].amount": "22600", "milestones[1].net": "20000", "milestones[1].tax": "2600" };

  test.each([
    ["其中：增值税（13%）", "价税合计（元）", "不含税金额（元）"],
    ["税金（13%）", "含税价（元）", "不含税价（元）"],
    ["of which VAT at 13%", "Gross (EUR)", "Net (EUR)"],
  ])("behavior: a column %s", async (tax, gross, net) => {
    const rows = [
      ["Milestone", "Delivery date", tax, gross, net],
      ["Design", "1 March 2027", "1,300", "11,300", "10,000"],
      ["Build", "1 May 2027", "2,600", "22,600", "20,000"],
    ];
    expect(await valuesOf([...english("Parts"), table(rows)])).toMatchObject(split);
  });

  test("behavior: a bracket beside the amount", async () => {
    const texts = [
      "第一期：2027年3月1日前交付设计稿，价款人民币11,300元（其中不含税10,000元，税额1,300元）。",
      "第二期：2027年5月1日前交付系统，价款人民币22,600元（其中不含税20,000元，税额2,600元）。",
    ];
    expect(await valuesOf(chinese(...texts))).toMatchObject(split);
  });
});

describe("a review period that is stated once", () => {
  test.each([
    [
      "The Customer shall accept or reject each Deliverable within fourteen (14) days of its delivery, failing which it is deemed accepted.",
    ],
    ["Within 14 days of each delivery the Client accepts it or lists its defects."],
    ["Acceptance of each Deliverable takes place within 14 days of delivery."],
    ["Each delivery is reviewed by the Client within 14 days."],
  ])("behavior: %s", async (text) => {
    const pay =
      "Fees are payable within thirty (30) days of the invoice, which may be issued once a part has been accepted.";
    expect(await valuesOf([...english(pay), parts, line(text)])).toMatchObject({
      "milestones[0].review": "14 days",
      "milestones[1].review": "14 days",
    });
  });

  test("behavior: what is answered about money or changes is none", async () => {
    const values = await valuesOf([...english("Parts"), parts, line("Change requests are reviewed within 4 days.")]);
    expect(values["milestones[0].review"]).toBeUndefined();
  });
});
