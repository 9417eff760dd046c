/** Parties and who signs for them in the many ways in which contracts name them. */
import { describe, expect, test } from "vitest";
import { write } from "./testing/Markup.ts";
import * as Word from "./Word.ts";

/** The client's name and the provider's; who signs, by what office, of each; the register numbers. What is not written is empty. */
type Row = [text: string, values: readonly string[]];

const FIELDS = [
  "client.name",
  "provider.name",
  "client.signatory.name",
  "client.signatory.authority",
  "provider.signatory.name",
  "provider.signatory.authority",
  "client.registration",
  "provider.registration",
];

async function partiesOf(language: "en" | "zh", text: string): Promise<readonly string[]> {
  const title = language === "en" ? "Software Development Agreement" : "软件开发合同";
  const { findings } = Word.draft(Word.read(await write(`= ${title}\n${text}`)));
  const values = new Map(findings.map(({ field, value }) => [field, String(value)]));
  return FIELDS.map((field) => values.get(`parties.${field}.${language}`) ?? values.get(`parties.${field}`) ?? "");
}

const E = ["Larch Foods Ltd", "Copper Kettle Software Inc."];
const Z = ["宁波海岸食品有限公司", "成都星图软件有限公司"];

const ENGLISH: readonly Row[] = [
  [
    'This Agreement is entered into by and between Larch Foods Ltd, a company registered in England (No. 08812345) ("Client"), and Copper Kettle Software Inc., a Vermont corporation ("Developer").',
    [...E],
  ],
  ["CLIENT: Larch Foods Ltd\nDEVELOPER: Copper Kettle Software Inc.", [...E]],
  ["|Client|Developer\n|Larch Foods Ltd|Copper Kettle Software Inc.", [...E]],
  [
    "|Client name|Larch Foods Ltd\n|Client address|4 Mill Lane, Kent\n|Client signatory|Ruth Abbot, Director\n|Supplier name|Copper Kettle Software Inc.\n|Supplier signatory|Juan Ortega, President",
    [...E, "Ruth Abbot", "Director", "Juan Ortega", "President"],
  ],
  [
    "(1) LARCH FOODS LTD incorporated and registered in England and Wales with company number 08812345 whose registered office is at 4 Mill Lane, Kent (Client)\n(2) COPPER KETTLE SOFTWARE INC. incorporated in Vermont with number 5543210 (Supplier)",
    ["LARCH FOODS LTD", "COPPER KETTLE SOFTWARE INC.", "", "", "", "", "08812345", "5543210"],
  ],
  [
    "Between Larch Foods Ltd (hereinafter called the Customer) of the one part and Copper Kettle Software Inc. (hereinafter called the Contractor) of the other part.",
    [...E],
  ],
  [
    'Larch Foods Ltd ("Larch") engages Copper Kettle Software Inc. ("Copper Kettle") to build a web shop. Copper Kettle shall deliver the work in parts and Larch shall pay for each.',
    [...E],
  ],
  [
    "Customer: Larch Foods Ltd, 4 Mill Lane, Kent, company number 08812345\nContractor: Copper Kettle Software Inc., 12 Main St, Burlington VT, EIN 12-3456789",
    [...E, "", "", "", "", "08812345"],
  ],
  [
    "This Agreement is made between:\n1. Larch Foods Ltd, represented by Ruth Abbot, Director (the “Client”); and\n2. Copper Kettle Software Inc., represented by Juan Ortega, President (the “Contractor”).",
    [...E, "Ruth Abbot", "Director", "Juan Ortega", "President"],
  ],
  [
    "Client: Larch Foods Ltd\nDeveloper: Copper Kettle Software Inc.\nIN WITNESS WHEREOF the parties have signed.\nFor the Client:\nRuth Abbot\nDirector\nFor the Developer:\nJuan Ortega\nPresident",
    [...E, "Ruth Abbot", "Director", "Juan Ortega", "President"],
  ],
  [
    "Client: Larch Foods Ltd\nDeveloper: Copper Kettle Software Inc.\n:Client//______________//Ruth Abbot//Director|Developer//______________//Juan Ortega//President",
    [...E, "Ruth Abbot", "Director", "Juan Ortega", "President"],
  ],
  [
    "Client: Larch Foods Ltd\nDeveloper: Copper Kettle Software Inc.\nClient\t\t\tDeveloper\nBy: ____________\t\t\tBy: ____________\nName: Ruth Abbot\t\t\tName: Juan Ortega\nTitle: Director\t\t\tTitle: President",
    [...E, "Ruth Abbot", "Director", "Juan Ortega", "President"],
  ],
  [
    "Client: Larch Foods Ltd\nDeveloper: Copper Kettle Software Inc.\nSigned by Ruth Abbot (Director) for Larch Foods Ltd\nSigned by Juan Ortega (President) for Copper Kettle Software Inc.",
    [...E, "Ruth Abbot", "Director", "Juan Ortega", "President"],
  ],
  [
    "Client: Larch Foods Ltd\nDeveloper: Copper Kettle Software Inc.\n|Client|Developer\n|Ruth Abbot, Director|Juan Ortega, President\n|Date:|Date:",
    [...E, "Ruth Abbot", "Director", "Juan Ortega", "President"],
  ],
  [
    "Client: Larch Foods Ltd\nDeveloper: Copper Kettle Software Inc.\n||Client|Developer\n|Signature||\n|Name|Ruth Abbot|Juan Ortega\n|Position|Director|President",
    [...E, "Ruth Abbot", "Director", "Juan Ortega", "President"],
  ],
  [
    "Client: Larch Foods Ltd\nDeveloper: Copper Kettle Software Inc.\nLARCH FOODS LTD\nBy: /s/ Ruth Abbot\nName: Ruth Abbot\nIts: Director\nCOPPER KETTLE SOFTWARE INC.\nBy: /s/ Juan Ortega\nName: Juan Ortega\nIts: President",
    [...E, "Ruth Abbot", "Director", "Juan Ortega", "President"],
  ],
  ["PARTY A (CLIENT): Larch Foods Ltd\nPARTY B (DEVELOPER): Copper Kettle Software Inc.", [...E]],
];
const CHINESE: readonly Row[] = [
  ["甲方：宁波海岸食品有限公司（以下简称甲方）\n乙方：成都星图软件有限公司（以下简称乙方）", [...Z]],
  ["本合同由宁波海岸食品有限公司（下称“甲方”）与成都星图软件有限公司（下称“乙方”）签订。", [...Z]],
  [
    "甲方（盖章）：宁波海岸食品有限公司\n法定代表人（签字）：陆远\n乙方（盖章）：成都星图软件有限公司\n法定代表人（签字）：沈青",
    [...Z, "陆远", "法定代表人", "沈青", "法定代表人"],
  ],
  [
    "甲 方：宁波海岸食品有限公司　　　　乙 方：成都星图软件有限公司\n法定代表人：陆远　　　　　　　　法定代表人：沈青",
    [...Z, "陆远", "法定代表人", "沈青", "法定代表人"],
  ],
  [
    "|甲方|乙方\n|宁波海岸食品有限公司|成都星图软件有限公司\n|代表：陆远（总经理）|代表：沈青（董事长）",
    [...Z, "陆远", "总经理", "沈青", "董事长"],
  ],
  [
    "|甲方|宁波海岸食品有限公司\n|统一社会信用代码|91330200MA2EXAM11A\n|签署人及职务|陆远，总经理\n|乙方|成都星图软件有限公司\n|统一社会信用代码|91510100MA6EXAM22B\n|签署人及职务|沈青，董事长",
    [...Z, "陆远", "总经理", "沈青", "董事长", "91330200MA2EXAM11A", "91510100MA6EXAM22B"],
  ],
  [
    "发包方：宁波海岸食品有限公司，法定代表人：陆远。\n承包方：成都星图软件有限公司，法定代表人：沈青。",
    [...Z, "陆远", "法定代表人", "沈青", "法定代表人"],
  ],
  [
    "宁波海岸食品有限公司（以下称“海岸公司”）委托成都星图软件有限公司（以下称“星图公司”）开发系统。海岸公司负责支付价款，星图公司负责开发和交付。",
    [...Z],
  ],
  ["采购单位（甲方）：宁波海岸食品有限公司\n中标单位（乙方）：成都星图软件有限公司", [...Z]],
  [
    "委托人：宁波海岸食品有限公司，统一社会信用代码为91330200MA2EXAM11A；受托人：成都星图软件有限公司，统一社会信用代码为91510100MA6EXAM22B。",
    [...Z, "", "", "", "", "91330200MA2EXAM11A", "91510100MA6EXAM22B"],
  ],
  [
    "甲方：宁波海岸食品有限公司\n乙方：成都星图软件有限公司\n甲方签字代表：陆远\n职务：总经理\n乙方签字代表：沈青\n职务：董事长",
    [...Z, "陆远", "总经理", "沈青", "董事长"],
  ],
  [
    "甲方：宁波海岸食品有限公司\n乙方：成都星图软件有限公司\n:甲方：（盖章）//授权代表：陆远//职位：总经理|乙方：（盖章）//授权代表：沈青//职位：董事长",
    [...Z, "陆远", "总经理", "沈青", "董事长"],
  ],
  [
    "甲方：宁波海岸食品有限公司\n乙方：成都星图软件有限公司\n代表甲方签署：陆远（总经理）\n代表乙方签署：沈青（董事长）",
    [...Z, "陆远", "总经理", "沈青", "董事长"],
  ],
  ["定作人（全称）：宁波海岸食品有限公司\n承揽人（全称）：成都星图软件有限公司", [...Z]],
  [
    "甲方：\n名称：宁波海岸食品有限公司\n法定代表人：陆远\n乙方：\n名称：成都星图软件有限公司\n法定代表人：沈青",
    [...Z, "陆远", "法定代表人", "沈青", "法定代表人"],
  ],
  [
    "本协议双方：\n一、宁波海岸食品有限公司（“买方”），注册号91330200MA2EXAM11A，由总经理陆远签署；\n二、成都星图软件有限公司（“卖方”），注册号91510100MA6EXAM22B，由董事长沈青签署。",
    [...Z, "陆远", "总经理", "沈青", "董事长", "91330200MA2EXAM11A", "91510100MA6EXAM22B"],
  ],
];

const padded = (values: readonly string[]): readonly string[] => FIELDS.map((_, index) => values[index] ?? "");

describe("parties", () => {
  test.each(ENGLISH)("behavior: in English: %s", async (text, values) => {
    expect(await partiesOf("en", text)).toEqual(padded(values));
  });

  test.each(CHINESE)("behavior: in Chinese: %s", async (text, values) => {
    expect(await partiesOf("zh", text)).toEqual(padded(values));
  });
});
