/** English contracts of six kinds of writers: a procurement office, a lawyer, a freelancer, a consultancy. */

import { write } from "../Markup.ts";
import { parts } from "../Parts.ts";
import type { Contract } from "../Score.ts";

/** An order of work under a master agreement: keys and values in front, one table that holds all parts. */
const transit: Contract = {
  name: "Statement of Work under a master agreement",
  language: "en",
  bytes: () =>
    write(`
^ Confidential - SOW No. 4 to MSA dated October 12, 2025
= STATEMENT OF WORK NO. 4
|Customer|Lakeshore Regional Transit Authority
|Contractor|Beacon Hill Systems, Inc.
|Master agreement|Master Services Agreement dated October 12, 2025 (the “MSA”)
|SOW effective date|January 4, 2027
|Project|Fare card self-service kiosk software
|Currency|United States dollars (USD)
1. Background. This Statement of Work is entered into under the MSA and describes the services to be performed by Contractor for Customer. Capitalized terms not defined here have the meanings given in the MSA.
2. Deliverables, Schedule and Fees.
|ID|Deliverable|Acceptance criteria|Target date|Fixed fee
|D-1|Kiosk user interface|Passes WCAG 2.2 AA audit with no critical findings|March 12, 2027|$62,000
|D-2|Payment integration|1,000 consecutive card reloads without error|June 4, 2027|$88,500
|D-3|Field deployment kit|Installed at six pilot stations|August 20, 2027|$34,500
|Total fixed fees>4|$185,000
3. Acceptance. Customer will have fifteen (15) calendar days following delivery of each Deliverable (the “Review Period”) to test it against the acceptance criteria and give written notice of acceptance or rejection. Silence at the end of the Review Period is acceptance. If Customer rejects a Deliverable, Contractor will correct and redeliver it within ten (10) calendar days.
4. Invoicing. Contractor will invoice each fixed fee upon acceptance. Undisputed invoices are due net 45. Travel is reimbursed at cost, not to exceed $6,000 without approval.
5. Key personnel. Project lead: Andre Whitcomb. Technical lead: Sunita Rao.
6. Ownership. Section 9 of the MSA governs; for clarity, Customer owns all right, title and interest in the Deliverables upon delivery.
7. Order of precedence. In the event of a conflict between this SOW and the MSA, the MSA controls.
:Lakeshore Regional Transit Authority//By: ____________________//Name: Delphine Okafor//Title: Deputy Executive Director//Date: ____________________|Beacon Hill Systems, Inc.//By: ____________________//Name: Roger Tillman//Title: Vice President, Delivery//Date: ____________________
`),
  expected: {
    "title.en": "Statement of Work No. 4",
    "parties.client.name.en": "Lakeshore Regional Transit Authority",
    "parties.client.signatory.name.en": "Delphine Okafor",
    "parties.client.signatory.authority.en": "Deputy Executive Director",
    "parties.provider.name.en": "Beacon Hill Systems, Inc.",
    "parties.provider.signatory.name.en": "Roger Tillman",
    "parties.provider.signatory.authority.en": "Vice President, Delivery",
    "currency.code": "USD",
    total: "185000",
    ...parts("en", { review: "15 days", cure: "10 days" }, [
      ["Kiosk user interface", "62000", "2027-03-12"],
      ["Payment integration", "88500", "2027-06-04"],
      ["Field deployment kit", "34500", "2027-08-20"],
    ]),
    "criteria[0].what.en": "Passes WCAG 2.2 AA audit with no critical findings",
    "criteria[1].what.en": "1,000 consecutive card reloads without error",
    "criteria[2].what.en": "Installed at six pilot stations",
    "ip.owner": "client",
    "ip.from": "delivery",
  },
};

/** A letter: who writes and to whom is in its head, the money is prose. */
const lighthouse: Contract = {
  name: "Letter agreement: money in prose",
  language: "en",
  bytes: () =>
    write(`
Skerry Interactive Ltd
27 Harbour Street, Oban PA34 4LD
Company No. SC582114

12 February 2027

The Northern Lights Museum Trust
1 Pier Road, Stromness KW16 3AA

Dear Dr Halcro,
= Interactive lighthouse exhibit: letter of agreement
Thank you for choosing Skerry Interactive Ltd (“we”, “us”) to build the interactive lighthouse exhibit for The Northern Lights Museum Trust (“you”). This letter sets out our agreement.
What we will do. We will deliver the exhibit in three parts. The storyboard and visual design will be with you by 19 March 2027. The touch-table software will be with you by 11 June 2027. The installed exhibit, including sound and lighting control, will be with you by 13 August 2027.
What you will pay. You will pay £7,500 for the storyboard and visual design, £21,000 for the touch-table software and £9,500 for the installed exhibit, £38,000 in all. All sums are exclusive of VAT, which we will add at the rate in force. We invoice each part when you have accepted it and ask for payment within 28 days.
How you will check our work. Please let us know within 14 days of receiving each part whether you accept it. If something is not right, tell us what, and we will put it right within 21 days at no charge.
Who owns what. The copyright in the finished exhibit passes to you once we have been paid in full. We keep our software tools and grant you a perpetual licence to use them as part of the exhibit.
If things go wrong. Our total liability to you will not be more than £50,000. Nothing in this letter limits liability for death or personal injury.
This agreement is governed by Scots law and the Scottish courts have exclusive jurisdiction.
If you agree, please sign and return a copy of this letter.
Yours sincerely,

Catriona Maclean
Director, Skerry Interactive Ltd

Agreed for The Northern Lights Museum Trust:

____________________
Dr Magnus Halcro, Chair of Trustees
`),
  expected: {
    "title.en": "Interactive lighthouse exhibit: letter of agreement",
    "parties.client.name.en": "The Northern Lights Museum Trust",
    "parties.client.signatory.name.en": "Dr Magnus Halcro",
    "parties.client.signatory.authority.en": "Chair of Trustees",
    "parties.provider.name.en": "Skerry Interactive Ltd",
    "parties.provider.registration": "SC582114",
    "parties.provider.signatory.name.en": "Catriona Maclean",
    "parties.provider.signatory.authority.en": "Director",
    "currency.code": "GBP",
    total: "38000",
    ...parts("en", { review: "14 days", cure: "21 days" }, [
      ["The storyboard and visual design", "7500", "2027-03-19"],
      ["The touch-table software", "21000", "2027-06-11"],
      ["The installed exhibit", "9500", "2027-08-13"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "law.liabilityCap": "50000",
    "law.governing.en": "Scots law",
    "law.forum.kind": "court",
    "law.forum.seat.en": "the Scottish courts",
  },
};

/** A lawyer's agreement with definitions; each part is a block of labelled lines in a schedule. */
const harvest: Contract = {
  name: "Software Development and Licence Agreement: a schedule of blocks",
  language: "en",
  bytes: () =>
    write(`
= SOFTWARE DEVELOPMENT AND LICENCE AGREEMENT
THIS AGREEMENT is dated 15 January 2027
PARTIES
(1) MERLION AGRI-FOODS PTE. LTD. (UEN 201834567K), a company incorporated in Singapore whose registered office is at 30 Pandan Crescent, Singapore 128473 (the Purchaser); and
(2) KILAT CODEWORKS SDN. BHD. (Company No. 202101023456), a company incorporated in Malaysia whose registered office is at 12 Jalan Tun Razak, 50400 Kuala Lumpur (the Supplier).
AGREED TERMS
+ Interpretation
++ In this agreement: **Acceptance Period**: ten (10) days from Delivery of a Milestone. **Charges**: the sums set out in Schedule B. **Cure Period**: twelve (12) days from the Purchaser's notice of rejection. **Delivery**: making a Milestone available in the Purchaser's test environment. **Milestone**: each of the milestones in Schedule B.
++ Clause headings do not affect interpretation.
+ Development
++ The Supplier shall achieve Delivery of each Milestone by its Delivery Date.
++ During the Acceptance Period the Purchaser shall test the Milestone and either accept it or reject it with reasons. A Milestone which is not rejected in the Acceptance Period is accepted.
++ The Supplier shall remedy a rejected Milestone within the Cure Period.
+ Charges
++ The Purchaser shall pay the Charges, being SGD 264,000 in aggregate, inclusive of goods and services tax.
++ Interest on overdue sums accrues at 5.33% a year.
+ Intellectual property
++ The Supplier retains all Intellectual Property Rights in the Software and grants the Purchaser a non-exclusive, perpetual licence.
+ Limitation of liability
++ Subject to clause 5.2, each party's total liability in contract, tort or otherwise is limited to SGD 400,000.
++ Nothing limits liability which cannot be limited by law.
+ Law and disputes
++ This agreement is governed by Singapore law.
++ Any dispute shall be finally resolved by arbitration administered by the Singapore International Arbitration Centre. The seat is Singapore and the tribunal consists of one arbitrator.
Signed by LOW WEI JIE, director, for and on behalf of MERLION AGRI-FOODS PTE. LTD.   ....................
Signed by AISHAH BINTI RAHMAN, managing director, for and on behalf of KILAT CODEWORKS SDN. BHD.   ....................
# Schedule A - Specification
The Software records harvest batches of 140 growers and prints traceability labels within 3 seconds.
# Schedule B - Milestones and Charges
* Milestone 1 - Grower portal
Delivery Date: 9 April 2027
Charge: SGD 96,000
Acceptance test: 140 growers register and submit a batch
* Milestone 2 - Packhouse labels
Delivery Date: 9 July 2027
Charge: SGD 108,000
Acceptance test: 2,000 labels are printed in one shift without misprint
* Milestone 3 - Recall report
Delivery Date: 3 September 2027
Charge: SGD 60,000
Acceptance test: a mock recall is traced to its grower within one hour
`),
  expected: {
    "title.en": "Software Development and Licence Agreement",
    "parties.client.name.en": "Merlion Agri-Foods Pte. Ltd.",
    "parties.client.registration": "201834567K",
    "parties.client.signatory.name.en": "Low Wei Jie",
    "parties.client.signatory.authority.en": "director",
    "parties.provider.name.en": "Kilat Codeworks Sdn. Bhd.",
    "parties.provider.registration": "202101023456",
    "parties.provider.signatory.name.en": "Aishah binti Rahman",
    "parties.provider.signatory.authority.en": "managing director",
    "currency.code": "SGD",
    total: "264000",
    ...parts("en", { review: "10 days", cure: "12 days" }, [
      ["Grower portal", "96000", "2027-04-09"],
      ["Packhouse labels", "108000", "2027-07-09"],
      ["Recall report", "60000", "2027-09-03"],
    ]),
    "criteria[0].what.en": "140 growers register and submit a batch",
    "criteria[1].what.en": "2,000 labels are printed in one shift without misprint",
    "criteria[2].what.en": "a mock recall is traced to its grower within one hour",
    "ip.owner": "provider",
    "law.governing.en": "Singapore law",
    "law.forum.kind": "arbitration",
    "law.forum.seat.en": "Singapore International Arbitration Centre",
    "law.liabilityCap": "400000",
  },
};

/** A purchase order on a public body's form, items by number, with days counted in business days. */
const county: Contract = {
  name: "Contract for services: a county's form",
  language: "en",
  bytes: () =>
    write(`
= CONTRACT FOR PROFESSIONAL SERVICES
|Contract No.|PW-2027-113|Date of award|02/01/2027
|Agency>2|Contractor>2
|Tamarack County, Minnesota, Department of Public Works>2|Prairie Loop Software LLC>2
|400 Government Center, Tamarack Falls, MN 55999>2|88 Mill Street, Duluth, MN 55802>2
|Tax ID: 41-6005821>2|Tax ID: 84-3310927>2
SECTION A. SUPPLIES OR SERVICES AND PRICES
|Item No.|Description|Qty|Unit price|Amount
|0001|Snowplow dispatch board|1|$41,200.00|$41,200.00
|0002|Driver mobile application|1|$58,300.00|$58,300.00
|0003|Public map and open data feed|1|$20,500.00|$20,500.00
||TOTAL|||$120,000.00
SECTION B. DELIVERIES OR PERFORMANCE
Item 0001 shall be delivered no later than April 30, 2027. Item 0002 shall be delivered no later than July 16, 2027. Item 0003 shall be delivered no later than September 24, 2027. The period of performance ends December 31, 2027.
SECTION C. INSPECTION AND ACCEPTANCE
The Agency shall inspect each item within 20 business days after delivery. The Contractor shall correct rejected items within 15 calendar days after notice, at no increase in contract price.
SECTION D. PAYMENT
The Agency shall pay the amount of each accepted item within 35 days of receipt of a proper invoice. The Agency is exempt from sales tax.
SECTION E. RIGHTS IN DATA
All software first produced in the performance of this contract becomes the property of the Agency upon its creation or, for anything else, as agreed in writing.
SECTION F. LIQUIDATED DAMAGES
If the Contractor fails to deliver on time, it shall pay $250 per calendar day of delay, up to ten percent (10%) of the contract price.
SECTION G. GOVERNING LAW AND VENUE
The laws of the State of Minnesota govern this contract. Venue for all legal proceedings shall be in the District Court of Tamarack County, Minnesota.
CONTRACTOR
By: __________________________
Printed name: Ingrid Solheim
Title: Managing Member
AGENCY
By: __________________________
Printed name: Marcus T. Bell
Title: County Engineer
`),
  expected: {
    "title.en": "Contract for Professional Services",
    "parties.client.name.en": "Tamarack County, Minnesota, Department of Public Works",
    "parties.client.taxNumber": "41-6005821",
    "parties.client.signatory.name.en": "Marcus T. Bell",
    "parties.client.signatory.authority.en": "County Engineer",
    "parties.provider.name.en": "Prairie Loop Software LLC",
    "parties.provider.taxNumber": "84-3310927",
    "parties.provider.signatory.name.en": "Ingrid Solheim",
    "parties.provider.signatory.authority.en": "Managing Member",
    total: "120000",
    ...parts("en", { cure: "15 days" }, [
      ["Snowplow dispatch board", "41200", "2027-04-30"],
      ["Driver mobile application", "58300", "2027-07-16"],
      ["Public map and open data feed", "20500", "2027-09-24"],
    ]),
    "ip.owner": "client",
    "law.governing.en": "The laws of the State of Minnesota",
    "law.forum.kind": "court",
    "law.forum.seat.en": "the District Court of Tamarack County, Minnesota",
  },
  gaps: ["currency.code", "milestones[0].review", "milestones[1].review", "milestones[2].review"],
};

/** A freelancer's page: shares of a total in bullets, tax inside, who signs in the signature block alone. */
const surf: Contract = {
  name: "Services Agreement: shares in bullets",
  language: "en",
  bytes: () =>
    write(`
= Services Agreement
Between: **Bellbird Surf Schools Pty Ltd** ABN 51 824 753 556 (Client)
And: **Kelp & Co Digital Pty Ltd** ABN 83 914 571 673 (Developer)
* The work
The Developer will build an online lesson booking system for the Client's nine beaches.
* Price and payment
The price is A$72,000 including GST, paid in these stages:
- Stage 1, clickable prototype: 25% when the prototype is accepted. Due 26 March 2027.
- Stage 2, booking engine: 50% when the booking engine is accepted. Due 28 May 2027.
- Stage 3, instructor app: 25% when the instructor app is accepted. Due 30 July 2027.
The Developer sends an invoice after each acceptance; the Client pays within 14 days of the invoice.
* Checking the work
The Client has 10 days after delivery to check each stage. If it falls short, the Developer has 7 days to fix it.
* Ownership
On payment for a stage, the Client owns the intellectual property created in that stage.
* Escrow
Payments run through an escrow service, which charges 0.5% of each payment.
* Ending early
Before Stage 3 starts the Client may cancel it on payment of a cancellation fee of A$2,700.
* Holidays
Time stops from 24 December 2027 to 4 January 2028 (Christmas shutdown).
* Law
The law of New South Wales applies. Any court case must be brought in the courts of New South Wales.
Signed for Bellbird Surf Schools Pty Ltd by its director
____________________
Tahlia Brennan
Signed for Kelp & Co Digital Pty Ltd by its director
____________________
Joaquin Reyes
`),
  expected: {
    "title.en": "Services Agreement",
    "parties.client.name.en": "Bellbird Surf Schools Pty Ltd",
    "parties.client.registration": "51 824 753 556",
    "parties.client.signatory.name.en": "Tahlia Brennan",
    "parties.client.signatory.authority.en": "director",
    "parties.provider.name.en": "Kelp & Co Digital Pty Ltd",
    "parties.provider.registration": "83 914 571 673",
    "parties.provider.signatory.name.en": "Joaquin Reyes",
    "parties.provider.signatory.authority.en": "director",
    "currency.code": "AUD",
    total: "72000",
    ...parts("en", { review: "10 days", cure: "7 days" }, [
      ["clickable prototype", "18000", "2027-03-26"],
      ["booking engine", "36000", "2027-05-28"],
      ["instructor app", "18000", "2027-07-30"],
    ]),
    "ip.owner": "client",
    "ip.from": "payment",
    "fees.platform": "0.5 %",
    "options[0].fee": "2700",
    "calendar[0].name.en": "Christmas shutdown",
    "calendar[0].from": "2027-12-24",
    "calendar[0].until": "2028-01-04",
    "law.governing.en": "The law of New South Wales",
    "law.forum.kind": "court",
    "law.forum.seat.en": "the courts of New South Wales",
  },
};

/** A consultancy's agreement: one table says when, another what is paid; the last round's changes are tracked. */
const ferry: Contract = {
  name: "Consultancy Agreement: two tables, tracked changes, a bonus",
  language: "en",
  bytes: () =>
    write(`
_ Consultancy Agreement / Fjordline / page
= Consultancy Agreement
This Consultancy Agreement (“Agreement”) is made between Fjordline Ferries AS, organisation number 914 522 871, of Strandkaien 6, 5013 Bergen, Norway (“Company”) and Amber Coast Analytics UAB, company code 305812764, VAT LT100014381912, of Naujoji Uosto 8A, Klaipėda, Lithuania (“Consultant”).
Recitals
A. The Company operates 14 ferries and wishes to forecast passenger demand.
B. The Consultant has the required expertise.
Operative provisions
1. Services and timetable
1.1 The Consultant shall provide the deliverables listed below by the dates stated.
|Ref|Deliverable|Date
|A|Data warehouse|{-31 March 2027-}{+16 April 2027+}
|B|Demand forecast|2 July 2027
|C|Crew planning report|1 October 2027
2. Fees
2.1 The Company shall pay the following fixed fees, exclusive of value added tax (reverse charge):
|Ref|Fee (EUR)
|A|48,000
|B|{-70,000-}{+76,000+}
|C|26,000
|Sum|150,000
2.2 If the mean forecast error measured over the summer season is 6 percent or less, the Company pays a bonus of EUR 12,000.
2.3 Fees are payable within 30 days after the date of the invoice.
3. Acceptance
3.1 The Company shall confirm or refuse acceptance of each deliverable not later than {-10-}{+18+} days after its receipt.
3.2 The Consultant shall cure deficiencies within two weeks of refusal.
4. Rights
4.1 All rights in the deliverables shall belong jointly to the Company and the Consultant.
5. Liability
5.1 The Consultant's liability is capped at EUR 225,000 in total.
6. Term
6.1 This Agreement begins on 1 February 2027 and ends on 31 December 2027.
7. Governing law and arbitration
7.1 This Agreement is subject to the substantive laws of Sweden.
7.2 Disputes shall be settled by arbitration in accordance with the Arbitration Rules of the SCC Arbitration Institute. The seat of arbitration shall be Stockholm.
For the Company: Solveig Aasen, Chief Financial Officer
For the Consultant: Tomas Petrauskas, Director
`),
  expected: {
    "title.en": "Consultancy Agreement",
    "parties.client.name.en": "Fjordline Ferries AS",
    "parties.client.registration": "914 522 871",
    "parties.client.signatory.name.en": "Solveig Aasen",
    "parties.client.signatory.authority.en": "Chief Financial Officer",
    "parties.provider.name.en": "Amber Coast Analytics UAB",
    "parties.provider.registration": "305812764",
    "parties.provider.taxNumber": "LT100014381912",
    "parties.provider.signatory.name.en": "Tomas Petrauskas",
    "parties.provider.signatory.authority.en": "Director",
    "currency.code": "EUR",
    total: "150000",
    ...parts("en", { review: "18 days", cure: "14 days" }, [
      ["Data warehouse", "48000", "2027-04-16"],
      ["Demand forecast", "76000", "2027-07-02"],
      ["Crew planning report", "26000", "2027-10-01"],
    ]),
    "ip.owner": "both",
    "law.liabilityCap": "225000",
    "law.governing.en": "the substantive laws of Sweden",
    "law.forum.kind": "arbitration",
    "law.forum.seat.en": "SCC Arbitration Institute",
    "outcome.amount": "12000",
  },
  gaps: ["outcome.target"],
};

export const english: readonly Contract[] = [transit, lighthouse, harvest, county, surf, ferry];
