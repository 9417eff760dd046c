/** Deal files for tests: a sample that each test changes. */
import * as Deal from "../Deal.ts";
import * as Source from "../Source.ts";

/** Three milestones of 20,000, 30,000 and 50,000, as in docs/protocol.md; day 0 is 1 March 2027, UTC. */
export const SAMPLE = `title: { en: Sample, zh: 样例 }
opening: 2027-03-01
parties:
  client: { name: { en: Client Ltd, zh: 甲公司 } }
  provider: { name: { en: Provider Ltd, zh: 乙公司 } }
currency: CNY
milestones:
  - { name: one, amount: 20000, start: day 10, due: day 40 }
  - { name: two, amount: 30000, due: day 70 }
  - { name: three, amount: 50000, due: day 100 }
`;

/** The sample with more lines at its end. */
export const deal = (more = "", sample = SAMPLE): Deal.Read => Deal.read(Source.parse(`${sample}${more}`, "deal.yaml"));
