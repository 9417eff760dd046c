/** English; parties in a preamble, Article III, a table with merged header cells and the payment first, GBP, a footnote. */
import type { Contract } from "../Score.ts";
import { bytes, heading, line, lines, pageBreak, table, title } from "./Paper.ts";

const body = [
  title("Software Development Agreement"),
  line("Dated 4 January 2027"),
  line(
    "This Agreement is made on 4 January 2027 between **Harrowgate Mutual Brokers Limited**, a company incorporated in England and Wales with registered number 07741925, whose registered office is at 18 Calder Row, Leeds LS1 4QT (the “**Client**”), and **Tillerman & Rook Software Limited**, a company incorporated in England and Wales with registered number 11289034, whose registered office is at Unit 6, Wharfside Yard, Bristol BS1 6XN (the “**Supplier**”).",
  ),
  heading("Article I – Background"),
  line(
    "The Client operates a claims desk of 22 people. It engaged another firm in March 2024 for a fee of £64,500 for a claims portal, which was not completed. The Client now engages the Supplier to build the portal anew.",
  ),
  heading("Article II – Services"),
  ...lines(
    "2.1 The Supplier shall design, build and hand over a claims portal as described in Schedule 1.",
    "2.2 The Supplier shall assign at least three engineers. The day rate for work outside the Schedule is £720.",
  ),
  heading("Article III – Fees and Milestones"),
  line(
    "3.1 The total fee for the Services is £240,000.00 (two hundred and forty thousand pounds), inclusive of VAT.[^1]",
  ),
  line("3.2 The fee is payable on acceptance of each milestone as follows:"),
  table(
    [
      { text: "Payment", columns: 2 },
      { text: "Milestone", columns: 2 },
    ],
    ["No.", "Fee (GBP)", "Deliverable", "Due date"],
    ["1", "48,000.00", "Discovery report and prototype", "12 February 2027"],
    ["2", "120,000.00", "Claims intake and workflow", "28 May 2027"],
    ["3", "72,000.00", "Go-live and handover", "16 July 2027"],
    ["", "240,000.00", "Total", ""],
  ),
  line("3.3 Late payments bear interest at 4% per annum above the base rate of the Bank of England."),
  heading("Article IV – Acceptance"),
  ...lines(
    "4.1 The Client shall test each deliverable and notify the Supplier of acceptance or rejection within ten (10) days of delivery. If it gives no notice, the deliverable is deemed accepted.",
    "4.2 Where a deliverable is rejected, the Supplier shall correct it and deliver it again within fourteen (14) days of the notice.",
  ),
  heading("Article V – Intellectual Property"),
  line(
    "5.1 All intellectual property rights in the deliverables shall vest in the Client on delivery. The Supplier retains its rights in its pre-existing tools and grants the Client a perpetual, royalty-free licence to use them as part of the portal.",
  ),
  heading("Article VI – Insurance and Liability"),
  ...lines(
    "6.1 The Supplier shall maintain professional indemnity insurance of at least £2,000,000 for any one claim.",
    "6.2 Save for death or personal injury caused by negligence, the total liability of either party under this Agreement shall not exceed £360,000.",
    "6.3 If a milestone is late, the Supplier shall allow a credit of 1% of the milestone fee for each week, up to 8%.",
  ),
  heading("Article VII – Term and Termination"),
  line(
    "7.1 Either party may terminate this Agreement on 30 days' written notice if the other commits a material breach and fails to remedy it.",
  ),
  heading("Article VIII – Governing Law and Jurisdiction"),
  line(
    "8.1 This Agreement is governed by the laws of England and Wales, and the parties submit to the exclusive jurisdiction of the courts of England and Wales.",
  ),
  pageBreak(),
  line("**Signed** by the parties or their duly authorised representatives on the date stated above."),
  table(
    ["For Harrowgate Mutual Brokers Limited", "For Tillerman & Rook Software Limited"],
    ["Signature: ________________", "Signature: ________________"],
    ["Name: Imogen Farraday", "Name: Declan Oakes"],
    ["Title: Chief Operating Officer", "Title: Managing Director"],
  ),
  pageBreak(),
  heading("Schedule 1 – The Portal"),
  ...lines(
    "(a) Policyholders submit a claim with up to 20 photographs of 15 MB each.",
    "(b) Handlers see new claims within 60 seconds.",
    "(c) The portal shall be available 99.5% of each month.",
  ),
  heading("Schedule 2 – Bank Details"),
  line("Avonmouth Commercial Bank plc, sort code 40-52-17, account 61882034. Enquiries: +44 117 496 0233."),
];

export const insurance: Contract = {
  name: "insurance",
  language: "en",
  bytes: () => bytes({ body, footer: "Execution version", notes: { 1: "VAT at the rate in force, at present 20%." } }),
  expected: {
    "title.en": "Software Development Agreement",
    "parties.client.name.en": "Harrowgate Mutual Brokers Limited",
    "parties.client.registration": "07741925",
    "parties.client.signatory.name.en": "Imogen Farraday",
    "parties.client.signatory.authority.en": "Chief Operating Officer",
    "parties.provider.name.en": "Tillerman & Rook Software Limited",
    "parties.provider.registration": "11289034",
    "parties.provider.signatory.name.en": "Declan Oakes",
    "parties.provider.signatory.authority.en": "Managing Director",
    "currency.code": "GBP",
    "milestones[0].title.en": "Discovery report and prototype",
    "milestones[0].amount": "48000",
    "milestones[0].due": "2027-02-12",
    "milestones[0].review": "10 days",
    "milestones[0].cure": "14 days",
    "milestones[1].title.en": "Claims intake and workflow",
    "milestones[1].amount": "120000",
    "milestones[1].due": "2027-05-28",
    "milestones[1].review": "10 days",
    "milestones[1].cure": "14 days",
    "milestones[2].title.en": "Go-live and handover",
    "milestones[2].amount": "72000",
    "milestones[2].due": "2027-07-16",
    "milestones[2].review": "10 days",
    "milestones[2].cure": "14 days",
    "ip.owner": "client",
    "ip.from": "delivery",
    "law.governing.en": "the laws of England and Wales",
    "law.forum.kind": "court",
    "law.forum.seat.en": "the courts of England and Wales",
    "law.liabilityCap": "360000",
  },
};
