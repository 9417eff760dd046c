/** A schedule of the parts, and the lists that name them again. */
import { describe, expect, test } from "vitest";
import { file, line, table, title } from "./testing/strangers/Page.ts";
import * as Word from "./Word.ts";

type Blocks = Parameters<typeof file>[0];

async function drafted(blocks: Blocks): Promise<{ values: Record<string, unknown>; gaps: readonly string[] }> {
  const { findings, gaps } = Word.draft(Word.read(await file(blocks, "1")));
  return {
    values: Object.fromEntries(findings.map(({ field, value }) => [field, value])),
    gaps: gaps.map(({ field }) => field),
  };
}

const chinese = (...texts: string[]): Blocks => [title("票务系统开发合同"), ...texts.map((text) => line(text))];
const english = (...texts: string[]): Blocks => [title("Development Agreement"), ...texts.map((text) => line(text))];

const days = ["（1）数据迁移：不晚于2027年4月2日完成；", "（2）检票终端程序：2027年7月16日前交付。"];

describe("a schedule whose parts another list pays", () => {
  test("behavior: in Chinese, with the days, the shares and the criteria in three lists", async () => {
    const { values } = await drafted(
      chinese(
        ...days,
        "合同总价为人民币90,000元。",
        "（一）数据迁移通过验收后，支付合同总价的40%；",
        "（二）检票终端程序通过验收后，支付合同总价的60%。",
        "a) 数据迁移的验收标准：抽查的两千条记录全部一致；",
        "b) 检票终端程序的验收标准：每分钟放行40人。",
      ),
    );
    expect(values).toMatchObject({
      "milestones[0].title.zh": "数据迁移",
      "milestones[0].amount": "36000",
      "milestones[0].due": "2027-04-02T16:00Z",
      "milestones[1].title.zh": "检票终端程序",
      "milestones[1].amount": "54000",
      "criteria[0].what.zh": "抽查的两千条记录全部一致",
      "criteria[1].what.zh": "每分钟放行40人",
    });
  });

  test("behavior: in English, named anywhere in the sentence", async () => {
    const { values } = await drafted(
      english(
        "(a) Seat map: to be delivered by 2 April 2027;",
        "(b) Ticket scanner: by 16 July 2027.",
        "The total price is EUR 50,000.",
        "(a) On acceptance of the seat map the Client pays EUR 20,000;",
        "(b) On acceptance of the ticket scanner the Client pays EUR 30,000.",
      ),
    );
    expect(values).toMatchObject({
      "milestones[0].title.en": "Seat map",
      "milestones[0].amount": "20000",
      "milestones[1].title.en": "Ticket scanner",
      "milestones[1].amount": "30000",
    });
    expect(values["milestones[1].due"]).toMatch(/^2027-07-16/);
  });

  test("behavior: a sum that is not the share beside it is no value, and the others are", async () => {
    const { values, gaps } = await drafted(
      chinese(
        ...days,
        "合同总价为人民币90,000元。",
        "（一）数据迁移通过验收后，支付合同总价的40%，计人民币36,000元；",
        "（二）检票终端程序通过验收后，支付合同总价的60%，计人民币45,000元。",
      ),
    );
    expect(values["milestones[0].amount"]).toBe("36000");
    expect(values["milestones[1].amount"]).toBeUndefined();
    expect(gaps).toContain("milestones[1].amount");
  });

  test.each([
    ["where no list pays them", ["合同总价为人民币90,000元。"]],
    [
      "where a list pays only one of them",
      ["（一）数据迁移通过验收后，支付人民币36,000元；", "（二）其余验收后，支付54,000元。"],
    ],
    [
      "where the pay falls due as the work begins",
      ["（一）数据迁移开始前，支付人民币36,000元；", "（二）检票终端程序启动时，支付人民币54,000元。"],
    ],
  ])("behavior: is no list of milestones %s", async (_, texts) => {
    const { values } = await drafted(chinese(...days, ...texts));
    expect(Object.keys(values).filter((field) => /^milestones\[\d\]\.(title|due)/.test(field))).toEqual([]);
  });
});

const parts = table([
  ["Milestone", "Delivery date", "Amount (EUR)"],
  ["Design", "1 March 2027", "10,000"],
  ["Build", "1 May 2027", "20,000"],
]);

describe("periods that bound neither review nor cure", () => {
  test.each([
    ["The Developer shall fix all errors discovered within 60 days of operation."],
    ["The Developer shall repair the software free of charge within six weeks after final acceptance."],
    ["The Client provides a test account and 3 days of training."],
  ])("behavior: %s", async (text) => {
    const { values } = await drafted([...english(text), parts]);
    expect(Object.keys(values).filter((field) => /\.(review|cure)$/.test(field))).toEqual([]);
  });

  test("behavior: a review in days of delivery, and a cure after acceptance is refused, are read", async () => {
    const { values } = await drafted([
      ...english(
        "The Client shall review each milestone within 8 days of delivery.",
        "The Developer shall correct it within 6 days after acceptance is refused.",
      ),
      parts,
    ]);
    expect(values).toMatchObject({ "milestones[0].review": "8 days", "milestones[1].cure": "6 days" });
  });
});

test.each([
  ["Work Order No. 12: Tide Tables", "Work Order No. 12: Tide Tables"],
  ["Contract No. 2027-12", undefined],
])("behavior: a number within a title is part of it, and a number alone is no title: %s", async (text, expected) => {
  const { values } = await drafted([line(text), line("The Client orders the work below from the Supplier."), parts]);
  expect(values["title.en"]).toBe(expected);
});

test("behavior: a fee for cancelling one milestone before it starts is an option", async () => {
  const text = "The Client may cancel Milestone 2 before work on it begins, for a cancellation charge of EUR 900.";
  const { values } = await drafted([...english(text), parts]);
  expect(values["options[0].fee"]).toBe("900");
});
