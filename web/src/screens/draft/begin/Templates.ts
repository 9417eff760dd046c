/**
 * Small documents to begin with, whole but for what only the parties know. Amounts and dates are there to be changed;
 * dates lie ahead of the ledger's clock.
 */
import { both, type Words } from "../../../../../src/agreement/InputError.ts";
import * as Time from "../../../../../src/agreement/Time.ts";
import type { Paper } from "../../../agreement/Paper.ts";

export const KINDS = ["fixed", "result", "time"] as const;
export type Kind = (typeof KINDS)[number];

export type Given = {
  /** Unix minute. */
  now: number;
  side: "client" | "provider";
  organisation: string;
  person: string;
};

export function template(kind: Kind, given: Given): Paper {
  return { ...frame(given), ...{ fixed, result, time }[kind](given) };
}

/** Days from now, at ten o'clock UTC: six in the evening in China, noon in Europe. */
const day = ({ now }: Given, days: number): string => Time.format((Math.floor(now / Time.DAY) + days) * Time.DAY + 600);

/** What all of them share. */
function frame({ side, organisation, person }: Given): Paper {
  const own = {
    name: both(organisation, organisation),
    signatory: { name: both(person, person), authority: both("authorised representative", "授权代表") },
  };
  return {
    version: "commenda/1",
    rail: "token",
    parties: { [side]: own },
    currency: { code: "CNY", scale: 6 },
    sequential: true,
    inputs: [],
    options: [],
    ip: {
      owner: "client",
      from: "payment",
      certificate: false,
      background: both(
        "The provider keeps what it brought along; the client may use it in this work without limit.",
        "乙方保留其自有成果，甲方可在本项目中不受限制地使用。",
      ),
    },
    law: {
      governing: both("the laws of the People's Republic of China", "中华人民共和国法律"),
      forum: { kind: "court", seat: both("where the client is registered", "甲方住所地") },
      liabilityCap: "100000",
      dataIn: ["CN"],
    },
    calendar: [],
    arbitration: { fallback: "50 %" },
    fees: { platform: "0 %" },
  };
}

const milestone = (
  given: Given,
  name: string,
  title: Words,
  { amount, from, until }: { amount: string; from: number; until: number },
): Paper => ({
  ...{ name, title, amount, net: amount, tax: "0", withholding: "0" },
  ...{ start: day(given, from), due: day(given, until), review: "7 days", cure: "7 days" },
  ...{ criteria: [`${name}-works`], invoice: "after payment" },
});

const criterion = (name: string, what: Words): Paper => ({
  ...{ name: `${name}-works`, what, how: "inspection", by: "client", weight: "100 %" },
});

const lines = (...clauses: readonly Words[]) => ({
  en: clauses.map(({ en }, index) => `${index + 1}. ${en}`).join("\n"),
  zh: clauses.map(({ zh }, index) => `${index + 1}. ${zh}`).join("\n"),
  prevails: "zh",
});

const LAST = both(
  "Where this text and the typed clauses differ, the typed clauses hold for what the ledger does.",
  "本文本与分项条款不一致时，账本执行以分项条款为准。",
);
const SILENCE = both(
  "The client answers each delivery within its review window. Silence counts as acceptance.",
  "甲方应在验收期内答复每次交付，逾期未答复视为验收。",
);

function fixed(given: Given): Paper {
  return {
    title: both("Software at a fixed price, in milestones", "固定总价软件开发协议（分里程碑）"),
    text: lines(
      both(
        "The provider builds the software described here for a fixed price, in three milestones that are delivered, judged and paid one after the other.",
        "乙方以固定总价完成本协议所述软件，分三个里程碑依次交付、验收和付款。",
      ),
      SILENCE,
      both(
        "What is rejected is mended within the time to cure; what is not delivered in time is refunded.",
        "被拒收的内容应在补正期内改正；逾期未交付的，退还相应款项。",
      ),
      LAST,
    ),
    openBy: day(given, 14),
    milestones: [
      milestone(given, "design", both("Design and prototype", "设计与原型"), { amount: "20000", from: 14, until: 35 }),
      milestone(given, "build", both("Working software", "可运行的软件"), { amount: "50000", from: 35, until: 84 }),
      milestone(given, "launch", both("Launch and hand-over", "上线与移交"), { amount: "30000", from: 84, until: 105 }),
    ],
    criteria: [
      criterion("design", both("All agreed screens can be clicked through", "约定页面均可点击浏览")),
      criterion("build", both("All agreed functions work", "约定功能均可使用")),
      criterion(
        "launch",
        both("It runs for users, and source and manual are complete", "已上线运行，源代码与手册齐全"),
      ),
    ],
  };
}

function result(given: Given): Paper {
  return {
    title: both("Software paid by its result", "按成果付款软件开发协议"),
    text: lines(
      both(
        "The fee is 100,000 if the target of 10,000 daily users is met. 70,000 of it are paid by milestones whatever the result.",
        "日活跃用户达到目标 10,000 时，总价为 100,000 元，其中 70,000 元按里程碑支付，与成果无关。",
      ),
      both(
        "From the target on 30,000 more are paid; from 120 % of the target 45,000 more, which makes 115 % of the fee.",
        "达到目标另付 30,000 元；达到目标的 120 % 另付 45,000 元，合计为总价的 115 %。",
      ),
      SILENCE,
      LAST,
    ),
    openBy: day(given, 14),
    milestones: [
      milestone(given, "build", both("Working software", "可运行的软件"), { amount: "40000", from: 14, until: 70 }),
      milestone(given, "launch", both("Launch", "上线"), { amount: "30000", from: 70, until: 91 }),
    ],
    criteria: [
      criterion("build", both("All agreed functions work", "约定功能均可使用")),
      criterion("launch", both("It runs and takes real users", "已上线并接纳真实用户")),
    ],
    outcome: {
      title: both("Daily users", "日活跃用户"),
      what: both(
        "Average daily users in the month before the time of measurement, from the platform's own statistics",
        "计量时间前一个月的平均日活跃用户，以平台后台统计为准",
      ),
      metric: "reported",
      target: "10000",
      unit: both("users a day", "人/日"),
      measuredAt: day(given, 182),
      reportBy: day(given, 196),
      challenge: "7 days",
      shape: "steps",
      points: [
        { value: "0", pay: "0" },
        { value: "10000", pay: "30000" },
        { value: "12000", pay: "45000" },
      ],
      default: "0",
      amount: "45000",
      invoice: "after payment",
    },
  };
}

function time(given: Given): Paper {
  return {
    title: both("A team for a time, with an extension", "限时开发团队协议（可延期）"),
    text: lines(
      both(
        "The provider works for the client in two boxes of four weeks. Each ends with a delivery of what was done, and a fixed pay.",
        "乙方为甲方工作两个周期，每期四周。每期结束交付所完成的工作，并按固定金额付款。",
      ),
      both(
        "The client may end the second box before it starts for its termination fee, and may take two weeks more for its price.",
        "甲方可在第二期开始前终止，并支付终止费；亦可按约定价格延期两周。",
      ),
      SILENCE,
      LAST,
    ),
    openBy: day(given, 7),
    milestones: [
      milestone(given, "first", both("First four weeks", "第一期（四周）"), { amount: "40000", from: 7, until: 35 }),
      milestone(given, "second", both("Second four weeks", "第二期（四周）"), { amount: "40000", from: 35, until: 63 }),
    ],
    criteria: [
      criterion(
        "first",
        both(
          "The list of the first box is worked off, or what is left is explained",
          "第一期清单已完成，或对未完成部分作出说明",
        ),
      ),
      criterion(
        "second",
        both(
          "The list of the second box is worked off, or what is left is explained",
          "第二期清单已完成，或对未完成部分作出说明",
        ),
      ),
    ],
    options: [
      { kind: "termination", of: "second", fee: "4000" },
      { kind: "extension", of: "second", by: "client", days: 14, price: "20000" },
    ],
  };
}
