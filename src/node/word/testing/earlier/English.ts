/** Two English contracts: an agreement with a payment schedule, and a statement of work under a master agreement. */
import type { Contract } from "../Score.ts";
import { bold, bytes, clause, columns, heading, line, table, title } from "./Paper.ts";

/** Clauses that Word numbers, and the money in a schedule at the end. */
const agreement: Contract = {
  name: "Software Development Agreement: a payment schedule",
  language: "en",
  bytes: () =>
    bytes([
      title("Software Development Agreement"),
      line("This Agreement is made on 8 January 2027 between:"),
      line(
        "(1) Harrow & Vale Logistics Limited, a company incorporated in England and Wales with company number 09481726, whose registered office is at 14 Tannery Wharf, Leeds LS10 1JQ (the “Client”); and",
      ),
      line(
        "(2) Pinewater Software OÜ, a private limited company incorporated in Estonia with registry code 14872305 and VAT number EE102948317, whose registered office is at Kalda 7-12, 51007 Tartu (the “Developer”).",
      ),
      clause("Services", 0),
      clause(
        "The Developer shall design, build and test a dock scheduling application for the Client’s 11 depots (the “Software”) as described in Schedule 1.",
        1,
      ),
      clause(
        "The Developer shall assign a team of at least four engineers. Work outside Schedule 1 is charged at EUR 640 per person per day and needs a written order.",
        1,
      ),
      clause("Delivery and acceptance", 0),
      clause("The Developer shall deliver each milestone on or before the due date stated in Schedule 2.", 1),
      clause(
        "The Client shall accept or reject each milestone in writing within twelve (12) days of its delivery. Minor defects that do not affect normal use are no ground for rejection.",
        1,
      ),
      clause("Fees and payment", 0),
      clause(
        "The Client shall pay the fees stated in Schedule 2, in total EUR 84,000. All fees are stated and payable in euro (EUR).",
        1,
      ),
      clause(
        "The Developer may invoice a milestone once it is accepted. Invoices are payable within 30 days of receipt. Late payments bear interest at 4 % per annum.",
        1,
      ),
      clause("Intellectual property", 0),
      clause(
        "Upon payment in full of the fees, all intellectual property rights in the Software shall vest in and belong to the Client.",
        1,
      ),
      clause("Warranty and liability", 0),
      clause("The Developer shall correct defects reported within 90 days after the last milestone is accepted.", 1),
      clause(
        "The Developer’s total aggregate liability under this Agreement shall not exceed EUR 100,000. The Developer shall hold professional indemnity insurance of at least EUR 1,000,000.",
        1,
      ),
      clause("Confidentiality and term", 0),
      clause("Each party shall keep the other’s confidential information secret for three years after the end.", 1),
      clause("Either party may terminate on 45 days’ written notice if the other is in material breach.", 1),
      clause("Governing law and jurisdiction", 0),
      clause("This Agreement is governed by the laws of England and Wales.", 1),
      clause("The courts of England and Wales have exclusive jurisdiction over any dispute arising from it.", 1),
      columns(
        "Signed for Harrow & Vale Logistics Limited\nSignature: ____________________\nName: Imogen Farraday\nTitle: Chief Operating Officer\nDate: ____________________",
        "Signed for Pinewater Software OÜ\nSignature: ____________________\nName: Kaarel Ojasoo\nTitle: Member of the Management Board\nDate: ____________________",
      ),
      heading("Schedule 1 – Specification"),
      line(
        "The Software covers slot booking, yard display and carrier notices. It shall answer 95 % of requests within 800 ms at 250 concurrent users.",
      ),
      heading("Schedule 2 – Payment Schedule"),
      table([
        ["No.", "Milestone", "Due date", "Fee (EUR)"],
        ["1", "Specification and interface design", "26 February 2027", "24,500.00"],
        ["2", "Working beta at two depots", "28 May 2027", "41,000.00"],
        ["3", "Roll-out to all depots", "30 July 2027", "18,500.00"],
        ["", "Total", "", "84,000.00"],
      ]),
    ]),
  expected: {
    "title.en": "Software Development Agreement",
    "parties.client.name.en": "Harrow & Vale Logistics Limited",
    "parties.client.registration": "09481726",
    "parties.client.signatory.name.en": "Imogen Farraday",
    "parties.client.signatory.authority.en": "Chief Operating Officer",
    "parties.provider.name.en": "Pinewater Software OÜ",
    "parties.provider.registration": "14872305",
    "parties.provider.taxNumber": "EE102948317",
    "parties.provider.signatory.name.en": "Kaarel Ojasoo",
    "parties.provider.signatory.authority.en": "Member of the Management Board",
    "currency.code": "EUR",
    "milestones[0].title.en": "Specification and interface design",
    "milestones[0].amount": "24500",
    "milestones[0].due": "2027-02-26",
    "milestones[0].review": "12 days",
    "milestones[1].title.en": "Working beta at two depots",
    "milestones[1].amount": "41000",
    "milestones[1].due": "2027-05-28",
    "milestones[1].review": "12 days",
    "milestones[2].title.en": "Roll-out to all depots",
    "milestones[2].amount": "18500",
    "milestones[2].due": "2027-07-30",
    "milestones[2].review": "12 days",
    "ip.owner": "client",
    "ip.from": "payment",
    "law.governing.en": "the laws of England and Wales",
    "law.forum.kind": "court",
    "law.forum.seat.en": "courts of England and Wales",
    "law.liabilityCap": "100000",
  },
};

/** Law, liability and ownership stand in the master agreement, which is not in the file: the statement says only so. */
const statement: Contract = {
  name: "Statement of Work under a master agreement",
  language: "en",
  bytes: () =>
    bytes([
      title("Statement of Work No. 3: Warehouse Slotting Service"),
      line(
        "This Statement of Work is issued under the Master Services Agreement MSA-2025-118 dated September 14, 2025 (the “MSA”) and is effective as of January 25, 2027.",
      ),
      table(
        [
          ["Client", "Brightmoor Foods, Inc."],
          ["Supplier", "Cedar Loop Labs LLC"],
          ["Client project lead", "Tessa Okafor, (555) 010-4471"],
          ["Supplier project lead", "Miles Bergstrand, (555) 010-8820"],
          ["Currency", "U.S. dollars (USD)"],
        ],
        false,
      ),
      bold("1. Scope"),
      line(
        "Supplier will build a service that proposes storage slots for about 9,400 items in Client’s three warehouses and feeds them to Client’s warehouse system every 15 minutes.",
      ),
      bold("2. Milestones"),
      bold("Milestone 1 – Data model and import"),
      line("Due: March 19, 2027"),
      line("Fee: $32,000"),
      line("Acceptance criterion: One full night of order data is imported without manual correction."),
      bold("Milestone 2 – Slotting engine"),
      line("Due: May 21, 2027"),
      line("Fee: $57,500"),
      line(
        "Acceptance criterion: Proposed slots shorten the picking route of the reference week by at least 12 percent.",
      ),
      bold("Milestone 3 – Production launch"),
      line("Due: July 9, 2027"),
      line("Fee: $20,500"),
      line("Acceptance criterion: The service runs in all three warehouses for five consecutive nights."),
      bold("3. Fees"),
      line(
        "The total fixed fee under this Statement of Work is $110,000. Travel is reimbursed at cost up to $6,000 and is not part of the fee. Invoices are due net 45.",
      ),
      bold("4. Acceptance"),
      line(
        "Client will review each milestone within fourteen (14) days after delivery. If Client rejects a milestone, Supplier will correct it and deliver it again within ten (10) days after the rejection.",
      ),
      bold("5. Cancellation of Milestone 3"),
      line(
        "Client may cancel Milestone 3 by written notice before work on it has started, against payment of a cancellation fee of $5,500.",
      ),
      bold("6. Assumptions"),
      line(
        "Client provides a test copy of its warehouse system and 2 days of on-site interviews. Supplier works remotely.",
      ),
      bold("7. Order of precedence"),
      line(
        "Ownership, liability, governing law and disputes are dealt with in the MSA. If this Statement of Work and the MSA differ, the MSA prevails.",
      ),
      table(
        [
          ["Brightmoor Foods, Inc.", "Cedar Loop Labs LLC"],
          ["By: ______________________", "By: ______________________"],
          ["Name: Dana Whitlock", "Name: Ruben Aldana"],
          ["Title: Vice President, Operations", "Title: Managing Member"],
          ["Date: ____________________", "Date: ____________________"],
        ],
        true,
      ),
    ]),
  expected: {
    "title.en": "Statement of Work No. 3: Warehouse Slotting Service",
    "parties.client.name.en": "Brightmoor Foods, Inc.",
    "parties.client.signatory.name.en": "Dana Whitlock",
    "parties.client.signatory.authority.en": "Vice President, Operations",
    "parties.provider.name.en": "Cedar Loop Labs LLC",
    "parties.provider.signatory.name.en": "Ruben Aldana",
    "parties.provider.signatory.authority.en": "Managing Member",
    "currency.code": "USD",
    "milestones[0].title.en": "Data model and import",
    "milestones[0].amount": "32000",
    "milestones[0].due": "2027-03-19",
    "milestones[0].review": "14 days",
    "milestones[0].cure": "10 days",
    "milestones[1].title.en": "Slotting engine",
    "milestones[1].amount": "57500",
    "milestones[1].due": "2027-05-21",
    "milestones[1].review": "14 days",
    "milestones[1].cure": "10 days",
    "milestones[2].title.en": "Production launch",
    "milestones[2].amount": "20500",
    "milestones[2].due": "2027-07-09",
    "milestones[2].review": "14 days",
    "milestones[2].cure": "10 days",
    "criteria[0].what.en": "One full night of order data is imported without manual correction",
    "criteria[1].what.en": "Proposed slots shorten the picking route of the reference week by at least 12 percent",
    "criteria[2].what.en": "The service runs in all three warehouses for five consecutive nights",
    "options[0].fee": "5500",
  },
};

export const english: readonly Contract[] = [agreement, statement];
