/**
 * English (Ireland); clauses 1.1, columns in another order. The instalments do not add up to the price, one due date can
 * be read in two ways, and the client answers within business days: all of these must stay open.
 */
import type { Contract } from "../Score.ts";
import { bytes, heading, line, lines, table, title } from "./Paper.ts";

const body = [
  title("CONTRACT FOR THE DEVELOPMENT OF A VISITOR GUIDE"),
  ...lines(
    "**Client:** Lissadine Museums Company Limited by Guarantee",
    "Company registration number: 498213",
    "Represented by: Aoife Brennan, Director of Collections",
    "**Developer:** Pinnace Interactive Designated Activity Company",
    "Company registration number: 613470",
    "Represented by: Tadhg Mulcahy, Chief Executive",
  ),
  heading("1 Subject"),
  ...lines(
    "1.1 The Developer will develop a visitor guide application for the Client's two museums, in English and Irish.",
    "1.2 The Client holds a grant of EUR 310,000 for its digital programme, of which the application is a part.",
  ),
  heading("2 Price"),
  ...lines(
    "2.1 The price is EUR 96,000 including VAT.",
    "2.2 It is paid in three instalments, each upon acceptance of the work named:",
  ),
  table(
    ["Due", "Work", "VAT rate", "Instalment"],
    ["01/03/2027", "Content model and design", "23%", "€ 24,000"],
    ["18 June 2027", "Application for both platforms", "23%", "€ 48,000"],
    ["3 September 2027", "Audio tours and release", "23%", "€ 22,000"],
  ),
  heading("3 Acceptance"),
  ...lines(
    "3.1 The Client will accept or reject each delivery within 8 business days.",
    "3.2 The Developer will repair a rejected delivery within 15 days at no charge.",
  ),
  heading("4 Rights"),
  ...lines(
    "4.1 The copyright in the application remains with the Developer, who grants the Client an exclusive licence of ten years.",
    "4.2 Photographs and recordings remain the property of the Client.",
  ),
  heading("5 Liability"),
  ...lines(
    "5.1 The liability of either party under this contract is limited to EUR 96,000 in total.",
    "5.2 The Developer holds public liability insurance of EUR 6,500,000.",
    "5.3 For each week of delay the Developer forfeits EUR 400.",
  ),
  heading("6 Law and courts"),
  line("6.1 This contract is governed by the laws of Ireland. The courts of Ireland have exclusive jurisdiction."),
  heading("7 Signatures"),
  table(
    ["Signed for the Client", "Signed for the Developer"],
    ["\n______________________\nAoife Brennan", "\n______________________\nTadhg Mulcahy"],
    ["Date: ", "Date: "],
  ),
  line("Annex: Payments are made to IBAN IE29 PNCE 9311 5212 3456 78. Questions to accounts, +353 71 555 0136."),
];

export const museum: Contract = {
  name: "museum",
  language: "en",
  bytes: () => bytes({ body }),
  expected: {
    "title.en": "CONTRACT FOR THE DEVELOPMENT OF A VISITOR GUIDE",
    "parties.client.name.en": "Lissadine Museums Company Limited by Guarantee",
    "parties.client.registration": "498213",
    "parties.client.signatory.name.en": "Aoife Brennan",
    "parties.client.signatory.authority.en": "Director of Collections",
    "parties.provider.name.en": "Pinnace Interactive Designated Activity Company",
    "parties.provider.registration": "613470",
    "parties.provider.signatory.name.en": "Tadhg Mulcahy",
    "parties.provider.signatory.authority.en": "Chief Executive",
    "currency.code": "EUR",
    "milestones[0].title.en": "Content model and design",
    "milestones[0].cure": "15 days",
    "milestones[1].title.en": "Application for both platforms",
    "milestones[1].due": "2027-06-18",
    "milestones[1].cure": "15 days",
    "milestones[2].title.en": "Audio tours and release",
    "milestones[2].due": "2027-09-03",
    "milestones[2].cure": "15 days",
    "ip.owner": "provider",
    "law.governing.en": "the laws of Ireland",
    "law.forum.kind": "court",
    "law.forum.seat.en": "The courts of Ireland",
    "law.liabilityCap": "96000",
  },
  gaps: [
    "milestones[0].due",
    "milestones[0].review",
    "milestones[1].review",
    "milestones[2].review",
    "milestones[0].amount",
    "milestones[1].amount",
    "milestones[2].amount",
  ],
};
