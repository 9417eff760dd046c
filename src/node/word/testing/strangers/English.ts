/** Two contracts in English: a solicitor's agreement with a schedule, and a letter that both sides sign. */
import type { Contract } from "../Score.ts";
import { clause, file, line, table, title } from "./Page.ts";

/** Articles and lettered clauses are numbered by the word processor; the money and the dates stand in a schedule. */
const garden: Contract = {
  name: "solicitor's agreement, garden centres",
  language: "en",
  bytes: () =>
    file(
      [
        line("DATED 7 December 2026", { centred: true }),
        title("SOFTWARE DEVELOPMENT AGREEMENT"),
        line(
          "THIS AGREEMENT is made **BETWEEN** Harrowgate Garden Centres Limited, a company incorporated in England and Wales with company number 09417733, whose registered office is at 14 Mill Lane, Harrogate HG1 4QD (the “**Customer**”), **AND** Bluefinch Software sp. z o.o., a limited liability company with its seat in Wrocław, Poland, entered in the register of entrepreneurs under KRS number 0000617284, VAT number PL8971842206, with a share capital of PLN 50,000 (the “**Supplier**”).",
        ),
        clause("Services", 0),
        clause(
          "The Supplier shall design, build and deliver the web shop described in Schedule 1 (the “**Deliverables**”) with reasonable skill and care.",
          1,
        ),
        clause("The Supplier shall assign at least three developers to the project at all times.", 1),
        clause("Fees", 0),
        clause(
          "In consideration of the Services the Customer shall pay a fixed fee of GBP 186,000 (one hundred and eighty-six thousand pounds sterling), exclusive of VAT, in the instalments set out in Schedule 1.",
          1,
        ),
        clause(
          "Each instalment is payable within thirty (30) days of the Supplier’s invoice, which may be issued once the Deliverable has been accepted. Overdue sums bear interest at 4% a year above the base rate of the Bank of England.",
          1,
        ),
        clause("Acceptance", 0),
        clause(
          "The Customer shall accept or reject each Deliverable in writing within fourteen (14) days of its delivery, failing which the Deliverable is deemed accepted.",
          1,
        ),
        clause(
          "If a Deliverable is rejected, the Supplier shall remedy the defects and resubmit it within ten (10) days of the notice of rejection.",
          1,
        ),
        clause(
          "No period under this Article runs during the Easter closure from 26 March 2027 to 4 April 2027, both days included.",
          1,
        ),
        clause("Intellectual property", 0),
        clause(
          "All intellectual property rights in the Deliverables shall vest in the Customer upon payment in full of the fee. The Supplier retains its pre-existing tools and libraries and licenses them to the Customer, free of charge and without limit in time, for use in the web shop.",
          1,
        ),
        clause("Liability and insurance", 0),
        clause(
          "Nothing in this Agreement limits liability for death or personal injury caused by negligence, or for fraud.",
          1,
        ),
        clause(
          "Subject to the foregoing, the total aggregate liability of either party under or in connection with this Agreement shall not exceed GBP 250,000.",
          1,
        ),
        clause(
          "The Supplier shall maintain professional indemnity insurance of not less than GBP 2,000,000 for each claim.",
          1,
        ),
        clause("Governing law and disputes", 0),
        clause("This Agreement is governed by the laws of England and Wales.", 1),
        clause(
          "Any dispute arising out of it shall be finally resolved by arbitration under the rules of the London Court of International Arbitration. The tribunal shall have one arbitrator and the language shall be English.",
          1,
        ),
        line("**Signed** by Margaret Ashdown, Director, for and on behalf of Harrowgate Garden Centres Limited"),
        line("\t\t\t………………………………"),
        line(
          "**Signed** by Piotr Zalewski, President of the Management Board, for and on behalf of Bluefinch Software sp. z o.o.",
        ),
        line("\t\t\t………………………………"),
        line("SCHEDULE 1", { centred: true }),
        line("Milestones and instalments", { centred: true }),
        table([
          ["Instalment (GBP)", "No.", "Milestone", "Delivery date"],
          ["46,500", "1", "Catalogue and stock model", "26 February 2027"],
          ["83,700", "2", "Click-and-collect web shop", "14th May 2027"],
          ["55,800", "3", "Till integration and go-live", "July 2, 2027"],
          ["186,000", { text: "Total", span: 3 }],
        ]),
      ],
      "HGC / Bluefinch, execution version",
    ),
  expected: {
    "title.en": "Software Development Agreement",
    "parties.client.name.en": "Harrowgate Garden Centres Limited",
    "parties.client.registration": "09417733",
    "parties.client.signatory.name.en": "Margaret Ashdown",
    "parties.client.signatory.authority.en": "Director",
    "parties.provider.name.en": "Bluefinch Software sp. z o.o.",
    "parties.provider.registration": "0000617284",
    "parties.provider.taxNumber": "PL8971842206",
    "parties.provider.signatory.name.en": "Piotr Zalewski",
    "parties.provider.signatory.authority.en": "President of the Management Board",
    "currency.code": "GBP",
    "milestones[0].title.en": "Catalogue and stock model",
    "milestones[0].amount": "46500",
    "milestones[0].due": "2027-02-26",
    "milestones[0].review": "14 days",
    "milestones[0].cure": "10 days",
    "milestones[1].title.en": "Click-and-collect web shop",
    "milestones[1].amount": "83700",
    "milestones[1].due": "2027-05-14",
    "milestones[1].review": "14 days",
    "milestones[1].cure": "10 days",
    "milestones[2].title.en": "Till integration and go-live",
    "milestones[2].amount": "55800",
    "milestones[2].due": "2027-07-02",
    "milestones[2].review": "14 days",
    "milestones[2].cure": "10 days",
    "ip.owner": "client",
    "ip.from": "payment",
    "law.governing.en": "the laws of England and Wales",
    "law.forum.kind": "arbitration",
    "law.forum.seat.en": "London Court of International Arbitration",
    "law.liabilityCap": "250000",
    "calendar[0].name.en": "Easter closure",
    "calendar[0].from": "2027-03-26",
    "calendar[0].until": "2027-04-04",
  },
};

/** A letter of the developer. The shares are 90 % together, and one delivery is written 04/05/2027. */
const courier: Contract = {
  name: "letter agreement, courier app",
  language: "en",
  bytes: () =>
    file(
      [
        line("**Tidewater Code Works LLC**\n2210 Wharf Street, Suite 5, Portland, OR 97201\n(503) 555-0142"),
        line("December 21, 2026"),
        line(
          "Larkspur Courier, Inc.\n780 Alder Avenue\nEugene, OR 97401\nAttn: Joan Whitfield, Chief Operating Officer",
        ),
        line("**Re: Letter Agreement for Development of the Fleet Routing App**"),
        line("Dear Ms. Whitfield:"),
        line(
          "This letter sets out the terms on which Tidewater Code Works LLC (EIN 47-3920118; the “Developer”) will develop a fleet routing app for Larkspur Courier, Inc. (the “Client”). Please sign below if you agree.",
        ),
        line(
          "1. **Fee and milestones.** The Client will pay the Developer a fixed fee of USD 84,000, in the following parts, each of them due once the part has been accepted:",
        ),
        line(
          "(a) **Dispatcher console**: 30% of the fee. Work starts on January 11, 2027; delivery on or before February 19, 2027.",
        ),
        line(
          "(b) **Driver app for phones**: 40% of the fee. Work starts on February 22, 2027; delivery on or before 04/05/2027.",
        ),
        line(
          "(c) **Pilot and handover**: 20% of the fee. Work starts on May 10, 2027; delivery on or before June 11, 2027.",
        ),
        line(
          "2. **Acceptance.** The Client has ten days from each delivery to review it and to accept it or to tell us what is wrong. We will fix what does not conform within 15 days of hearing from you.",
        ),
        line(
          "3. **Early end.** Before work on it starts, the Client may cancel part (c), Pilot and handover, by written notice against a termination fee of $3,500.",
        ),
        line(
          "4. **Ownership.** The source code and documentation of each part become the property of the Client upon delivery. Our existing libraries remain ours; you may use them in the app without charge.",
        ),
        line(
          "5. **Extra work.** Anything outside the attached scope is billed at $145 per hour, and only if ordered by email. Invoices unpaid after 30 days bear interest at 1.5% per month.",
        ),
        line(
          "6. **Limit of liability.** Except for willful misconduct, neither party’s total liability under this letter will exceed $100,000. We carry general liability insurance of $1,000,000 per occurrence.",
        ),
        line(
          "7. **Law and forum.** This letter is governed by the laws of the State of Oregon. Any lawsuit arising from it will be brought exclusively in the Circuit Court of Multnomah County, Oregon.",
        ),
        line("We look forward to working with you."),
        line("Sincerely,"),
        line("**Tidewater Code Works LLC**"),
        line("By: ______________________\nName: Daniel Okafor\nTitle: Managing Member"),
        line("AGREED AND ACCEPTED:"),
        line("**Larkspur Courier, Inc.**"),
        line("By: ______________________\nName: Joan Whitfield\nTitle: Chief Operating Officer\nDate: ____________"),
      ],
      "Tidewater Code Works LLC, page",
    ),
  expected: {
    "title.en": "Letter Agreement for Development of the Fleet Routing App",
    "parties.client.name.en": "Larkspur Courier, Inc.",
    "parties.client.signatory.name.en": "Joan Whitfield",
    "parties.client.signatory.authority.en": "Chief Operating Officer",
    "parties.provider.name.en": "Tidewater Code Works LLC",
    "parties.provider.taxNumber": "47-3920118",
    "parties.provider.signatory.name.en": "Daniel Okafor",
    "parties.provider.signatory.authority.en": "Managing Member",
    "currency.code": "USD",
    "milestones[0].title.en": "Dispatcher console",
    "milestones[0].start": "2027-01-11",
    "milestones[0].due": "2027-02-19",
    "milestones[0].review": "10 days",
    "milestones[0].cure": "15 days",
    "milestones[1].title.en": "Driver app for phones",
    "milestones[1].start": "2027-02-22",
    "milestones[1].review": "10 days",
    "milestones[1].cure": "15 days",
    "milestones[2].title.en": "Pilot and handover",
    "milestones[2].start": "2027-05-10",
    "milestones[2].due": "2027-06-11",
    "milestones[2].review": "10 days",
    "milestones[2].cure": "15 days",
    "options[0].fee": "3500",
    "ip.owner": "client",
    "ip.from": "delivery",
    "law.governing.en": "the laws of the State of Oregon",
    "law.forum.kind": "court",
    "law.forum.seat.en": "Circuit Court of Multnomah County, Oregon",
    "law.liabilityCap": "100000",
  },
  gaps: ["milestones[0].amount", "milestones[1].amount", "milestones[2].amount", "milestones[1].due"],
};

export const english: readonly Contract[] = [garden, courier];
