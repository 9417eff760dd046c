/** English (US); parties as a table, fees as percentages of a total in the text, dates in Exhibit A, list numbers by Word. */
import type { Contract } from "../Score.ts";
import { bytes, heading, line, lines, numbered, pageBreak, table, title } from "./Paper.ts";

const body = [
  title("Master Outsourcing Agreement – Fleet Maintenance Portal"),
  table(
    ["", "Customer", "Contractor"],
    ["Legal name", "Brannock Valley Transit, Inc.", "Sable Creek Systems LLC"],
    ["State of organization", "Delaware", "Oregon"],
    ["EIN", "84-3920175", "93-1746028"],
    ["Address", "410 Depot Street, Wilmington, DE 19801", "2290 NW Larkspur Ave, Portland, OR 97210"],
    ["Signatory", "Marcus Ellery", "Priya Venkataraman"],
    ["Title", "Chief Financial Officer", "President"],
    ["Phone", "(302) 555-0148", "(503) 555-0172"],
  ),
  line("Effective date: January 11, 2027"),
  numbered(
    "**Services.** Contractor shall build a maintenance portal for Customer's fleet of 340 buses in accordance with Exhibit A.",
  ),
  numbered(
    "**Fees.** Customer shall pay Contractor a fixed fee of **US$275,000** (the “Fixed Fee”), inclusive of all taxes, in three installments:",
  ),
  numbered("twenty percent (20%) of the Fixed Fee upon acceptance of Milestone 1 (Requirements and Architecture);", 1),
  numbered("fifty percent (50%) of the Fixed Fee upon acceptance of Milestone 2 (Core Portal); and", 1),
  numbered("thirty percent (30%) of the Fixed Fee upon acceptance of Milestone 3 (Production Launch).", 1),
  line(
    "Invoices are payable net 30. A late charge of 1.5% per month applies to overdue amounts. Travel expenses are reimbursed up to $7,500.",
  ),
  numbered(
    "**Acceptance.** Customer shall have fifteen (15) calendar days after each delivery to accept or reject it in writing.",
  ),
  numbered(
    "**Correction.** Contractor shall correct any rejected deliverable within twenty (20) calendar days after receipt of the rejection.",
  ),
  numbered(
    "**Ownership.** Upon payment in full of the applicable installment, all right, title and interest in the deliverables shall be owned by Customer. Contractor Background Technology remains the property of Contractor.",
  ),
  numbered(
    "**Early termination.** Customer may terminate Milestone 3 at any time before it begins by paying Contractor a termination fee of $16,500.",
  ),
  numbered("**Limitation of liability.** In no event shall either party's aggregate liability exceed $412,500."),
  numbered(
    "**Insurance.** Contractor shall carry commercial general liability insurance of $1,000,000 per occurrence and $2,000,000 in the aggregate.",
  ),
  numbered(
    "**Governing law.** This Agreement shall be governed by the laws of the State of Delaware, without regard to its conflict of laws rules.",
  ),
  numbered(
    "**Disputes.** Any dispute shall be finally settled by binding arbitration administered by the American Arbitration Association in Wilmington, Delaware. The filing fee shall be shared 50/50.",
  ),
  numbered(
    "**Prior agreement.** This Agreement replaces the letter of intent of October 2, 2026, under which $12,000 was paid.",
  ),
  ...lines(
    "IN WITNESS WHEREOF, the parties have executed this Agreement.",
    "CUSTOMER: By: ______________\tCONTRACTOR: By: ______________",
  ),
  pageBreak(),
  heading("EXHIBIT A – STATEMENT OF WORK"),
  heading("A-1 Schedule", 2),
  table(
    ["Milestone", "Start", "Completion", "Acceptance criteria"],
    [
      "1 – Requirements and Architecture",
      "January 18, 2027",
      "March 1, 2027",
      "Architecture document approved by Customer's IT director",
    ],
    ["2 – Core Portal", "March 8, 2027", "July 30, 2027", "All 62 test cases of Exhibit B pass"],
    [
      "3 – Production Launch",
      "August 9, 2027",
      "October 15, 2027",
      "Portal runs in production for 10 days without a severity 1 incident",
    ],
  ),
  heading("A-2 Staffing", 2),
  line("One project manager, two developers and one tester. Rates for change requests: $145 per hour."),
  heading("EXHIBIT B – TEST CASES"),
  line("Delivered separately on December 18, 2026."),
];

export const fleet: Contract = {
  name: "fleet",
  language: "en",
  bytes: () => bytes({ body, header: "CONFIDENTIAL" }),
  expected: {
    "title.en": "Master Outsourcing Agreement – Fleet Maintenance Portal",
    "parties.client.name.en": "Brannock Valley Transit, Inc.",
    "parties.client.taxNumber": "84-3920175",
    "parties.client.signatory.name.en": "Marcus Ellery",
    "parties.client.signatory.authority.en": "Chief Financial Officer",
    "parties.provider.name.en": "Sable Creek Systems LLC",
    "parties.provider.taxNumber": "93-1746028",
    "parties.provider.signatory.name.en": "Priya Venkataraman",
    "parties.provider.signatory.authority.en": "President",
    "currency.code": "USD",
    "milestones[0].title.en": "Requirements and Architecture",
    "milestones[0].amount": "55000",
    "milestones[0].start": "2027-01-18",
    "milestones[0].due": "2027-03-01",
    "milestones[0].review": "15 days",
    "milestones[0].cure": "20 days",
    "milestones[1].title.en": "Core Portal",
    "milestones[1].amount": "137500",
    "milestones[1].start": "2027-03-08",
    "milestones[1].due": "2027-07-30",
    "milestones[1].review": "15 days",
    "milestones[1].cure": "20 days",
    "milestones[2].title.en": "Production Launch",
    "milestones[2].amount": "82500",
    "milestones[2].start": "2027-08-09",
    "milestones[2].due": "2027-10-15",
    "milestones[2].review": "15 days",
    "milestones[2].cure": "20 days",
    "criteria[0].what.en": "Architecture document approved by Customer's IT director",
    "criteria[1].what.en": "All 62 test cases of Exhibit B pass",
    "criteria[2].what.en": "Portal runs in production for 10 days without a severity 1 incident",
    "ip.owner": "client",
    "ip.from": "payment",
    "options[0].fee": "16500",
    "law.governing.en": "the laws of the State of Delaware",
    "law.forum.kind": "arbitration",
    "law.forum.seat.en": "American Arbitration Association",
    "law.liabilityCap": "412500",
  },
};
