/** Where every screen is, on the demonstration's data, and who sees it. */
import type { Page } from "playwright-core";
import type * as Chromium from "./Chromium.ts";
import * as Court from "./Court.ts";
import * as Deals from "./Deals.ts";
import type * as Demonstration from "./Demonstration.ts";
import * as Market from "./Market.ts";

export type Screen = {
  name: string;
  path: string;
  persona: string | undefined;
  /** What is done there first: a form opened, a file dropped. */
  first?: (page: Page) => Promise<void>;
};

/** The agreement of a story, by its English title. */
export async function agreementOf(demo: Demonstration.Demonstration, persona: string, title: string): Promise<string> {
  const client = await demo.as(persona);
  const { items } = await client.call("GET /v1/agreements", { limit: 200 });
  const found = items.find((one) => one.title.en.includes(title));
  if (!found) throw new Error(`no agreement called ${title}: ${items.map((one) => one.title.en).join(", ")}`);
  return found.id;
}

/** Parts of an organisation's page. */
const ORGANISATION = ["people", "accounts", "approvals", "invoicing", "keys", "webhooks", "audit"];

/** Parts of a desk's settings. */
const DESK = ["running", "promise", "learning", "playbooks", "routing", "inlets"];

export async function of(demo: Demonstration.Demonstration): Promise<readonly Screen[]> {
  const client = await demo.as("client");
  const story = await agreementOf(demo, "client", "Qinghe Tea");
  const users = await agreementOf(demo, "client", "daily users");
  const [gaps, whole, disputed] = [
    await Deals.make(demo, { until: "draft", title: { en: "Club website", zh: "俱乐部网站" } }),
    await Deals.make(demo, { until: "complete", outcome: true, panel: true }),
    await Deals.make(demo, { outcome: true, panel: true, title: { en: "Harbour map", zh: "港口地图" } }),
  ];
  const [coded, judged] = [await Court.make(demo, { until: "complete" }), await unequal(demo)];
  await changed(whole);
  await dispute(disputed);
  const { organisations } = await client.call("GET /v1/me");
  const firm = organisations.find(({ personal }) => !personal)?.id ?? "";
  const invited = await client.call("POST /v1/agreements/{agreement}/invitations", {
    ...{ agreement: whole.id, role: "reader" },
  });
  const joining = await client.call("POST /v1/organisations/{organisation}/invitations", {
    ...{ organisation: firm, role: "member" },
  });
  const desk = await deskOf(demo, disputed);
  const found = await Market.ranked(demo);
  const { pack } = await client.call("GET /v1/agreements/{agreement}/pack", { agreement: users });
  const at = (agreement: string, ...parts: string[]) =>
    parts.map((part) => ({ name: `${part} of ${agreement.slice(0, 4)}`, path: `/agreements/${agreement}/${part}` }));
  const by = (persona: string | undefined, ...screens: Omit<Screen, "persona">[]): Screen[] =>
    screens.map((screen) => ({ ...screen, persona }));
  const drop = (page: Page) =>
    page
      .locator('input[type="file"]')
      .setInputFiles({ name: "proof.json", mimeType: "application/json", buffer: Buffer.from(pack) })
      .then(() => page.getByRole("region", { name: "proof.json" }).waitFor());
  return [
    ...by(
      undefined,
      { name: "front door", path: "/" },
      { name: "sign in", path: "/sign-in" },
      { name: "no such page", path: "/nowhere" },
      { name: "invitation", path: `/i/${Deals.tokenOf(invited.url)}` },
      { name: "invitation that is none", path: `/i/${"A".repeat(43)}` },
      { name: "membership", path: `/m/${Deals.tokenOf(joining.url)}` },
      { name: "verify", path: "/verify" },
      { name: "brief by a link", path: found.link },
      { name: "verify with findings", path: "/verify", first: drop },
      { name: "page for who is signed in", path: "/home" },
    ),
    ...by(
      "client",
      ...["home", "agreements", "notices", "settings", "new"].map((name) => ({ name, path: `/${name}` })),
      ...ORGANISATION.map((part) => ({ name: `organisation: ${part}`, path: `/organisations/${firm}?part=${part}` })),
      { name: "standing before anything is signed", path: gaps.path },
      ...at(gaps.id, "draft", "endings", "versions", "sign"),
      { name: "standing of a whole draft", path: whole.path },
      ...at(whole.id, "draft", "endings", "payout", "versions", "sign"),
      { name: "standing", path: `/agreements/${story}` },
      ...at(story, "draft", "endings", "versions", "sign", "statement"),
      ...at(users, "payout", "outcome", "statement"),
      ...at(disputed.id, "disputes/design", "counts"),
      { name: "suites to take", path: `${coded.path}/draft`, first: suites },
      ...at(coded.id, "acceptance/try"),
      { name: "standing of what code judges", path: judged.path },
      ...at(judged.id, "acceptance", ...judged.parts),
      ...["briefs", "briefs/new", "briefs/team"].map((name) => ({ name, path: `/${name}` })),
      { name: "brief", path: found.brief },
      { name: "matches", path: `${found.brief}/matches` },
      { name: "matches side by side", path: `${found.brief}/matches`, first: compare },
      { name: "provider", path: `/providers/${found.providers[3]}` },
    ),
    ...by(
      "provider",
      { name: "home", path: "/home" },
      { name: "desks", path: desk.list },
      ...["", "import", "figures", "counts"].map((part) => ({ name: `desk: ${part}`, path: `${desk.path}/${part}` })),
      ...DESK.map((part) => ({ name: `desk: ${part}`, path: `${desk.path}/settings?part=${part}` })),
      ...desk.tickets.map((ticket, index) => ({
        ...{ name: `ticket ${index + 1}`, path: `${desk.path}/tickets/${ticket}` },
        first: (page: Page) =>
          page
            .locator("summary", { has: page.locator("xpath=..//code") })
            .first()
            .click(),
      })),
      { name: "standing", path: disputed.path },
      ...at(disputed.id, "disputes/design", "outcome"),
      ...at(whole.id, "draft", "sign", "versions"),
      { name: "briefs that one is asked for", path: "/briefs" },
      { name: "why not me", path: found.why },
      ...["offer", "cases", "certificates", "proofs"].map((part) => ({
        ...{ name: `provider profile: ${part}`, path: `/profile?part=${part}` },
      })),
    ),
    ...by(
      "arbitrator",
      { name: "home", path: "/home" },
      { name: "standing", path: disputed.path },
      ...at(disputed.id, "disputes/design", "outcome", "draft", "sign"),
    ),
  ];
}

/** What people write, in both languages: a danger, what is sure, what is not, and what nothing can be read in. */
const FEEDBACK = [
  "I found a SQL injection in your search form, anyone can read the customer table",
  "Payment failed but my card was charged twice, mail me at jane@example.org",
  "请问怎么开发票？",
  "The app crashes every time I open my orders",
  "🙂🙂🙂",
];

/** A desk at work in an agreement, with a count that waits for the client. */
async function deskOf(demo: Demonstration.Demonstration, { id: under, as }: Deals.Deal) {
  const provider = await as("provider");
  const { seats } = await provider.call("GET /v1/agreements/{agreement}", { agreement: under });
  const organisation = seats.find(({ role }) => role === "provider")?.organisation ?? "";
  const made = await provider.call("POST /v1/organisations/{organisation}/desks", {
    organisation,
    name: "Kettle shop",
  });
  const ids = { organisation, desk: made.id };
  const path = "/v1/organisations/{organisation}/desks/{desk}" as const;
  await provider.call(`POST ${path}/feedback`, { ...ids, feedback: FEEDBACK.map((text) => ({ text })) });
  await provider.call(`POST ${path}/inlets`, { ...ids, name: "Help form" });
  const { items } = await provider.call(`GET ${path}/tickets`, ids);
  const unsure = items.find(({ state, danger }) => state === "handed" && danger === undefined)?.id ?? "";
  await provider.call(`POST ${path}/tickets/{ticket}/answer`, {
    ...ids,
    ticket: unsure,
    text: "A person looks at it.",
  });
  const to = Math.floor(demo.node.parts.clock.now());
  await provider.call(`POST ${path}/counts`, { ...ids, under, from: to - 30 * 86_400, to });
  return {
    list: `/desks/${organisation}`,
    path: `/desks/${organisation}/${made.id}`,
    tickets: items.map(({ id }) => id),
  };
}

/** The dialog of a criterion that code judges, with the ready suites; on a phone the clauses are gone to first. */
async function suites(page: Page): Promise<void> {
  const clauses = page.getByRole("tab", { name: /^(Clauses|条款)$/ });
  if (await clauses.isVisible()) await clauses.click();
  await page.getByRole("button", { name: /^(Another suite|更换用例集)$/ }).click();
  await page.getByRole("dialog").getByRole("listitem").first().waitFor();
}

/** Code judges it, and the two runs differ: with the pages of a run, of a verdict, and of both beside each other. */
async function unequal(demo: Demonstration.Demonstration) {
  const deal = await Court.make(demo, { provider: Court.ELSEWHERE, panel: true });
  await deal.deliver(Court.BAD);
  await Court.disagree(deal);
  const client = await deal.as("client");
  const { items } = await client.call("GET /v1/agreements/{agreement}/verdicts", { agreement: deal.id });
  const [one, other] = (["client", "provider"] as const).map((side) => items.find((found) => found.side === side)?.id);
  const { items: runs } = await client.call("GET /v1/agreements/{agreement}/runs", { agreement: deal.id });
  const pages = [`runs/${runs[0]?.id}`, `verdicts/${other}`, `compare/${one}/${other}`];
  return { ...deal, parts: pages.map((page) => `acceptance/${page}`) };
}

/** Two of those ranked. */
async function compare(page: Page): Promise<void> {
  for (const at of [0, 1]) await page.getByRole("article").nth(at).getByRole("checkbox").check();
  await page.getByRole("button", { name: /^(Compare side by side|并列比较)$/ }).click();
  await page.getByRole("dialog").getByRole("table").waitFor();
}

/** A second version, and something said about it. */
async function changed({ id: agreement, as }: Deals.Deal): Promise<void> {
  const client = await as("client");
  const { document, version } = await client.call("GET /v1/agreements/{agreement}", { agreement });
  const [design, ...rest] = (document as { milestones: Record<string, unknown>[] }).milestones;
  const milestones = [{ ...design, review: "5 days" }, ...rest];
  await client.call("POST /v1/agreements/{agreement}/versions", {
    ...{ agreement, base: version, document: { ...document, milestones }, note: "Review shortened" },
  });
  const field = "milestones[0].review";
  const said = { agreement, version: version + 1, field, text: "Five days are enough for the design." };
  await client.call("POST /v1/agreements/{agreement}/comments", said);
}

/** The first milestone is contested, with evidence of both, and waits for a ruling. */
async function dispute({ id: agreement, as, act }: Deals.Deal): Promise<void> {
  const bring = async (persona: Deals.Persona, name: string) => {
    const content = Buffer.from(name).toString("base64");
    const kept = { agreement, name, content };
    return (await (await as(persona)).call("POST /v1/agreements/{agreement}/evidence/small", kept)).id;
  };
  await act("provider", { verb: "deliver", milestone: "design", evidence: await bring("provider", "screens.txt") });
  await act("client", { verb: "contest", milestone: "design", evidence: await bring("client", "what-is-missing.txt") });
  await act("provider", { verb: "answer", milestone: "design" });
}

export function byPersona(screens: readonly Screen[]): Map<string | undefined, Screen[]> {
  return Map.groupBy(screens, ({ persona }) => persona);
}

/** One click into a persona, as a visitor does it. */
export async function enter({ page }: Chromium.Person, persona: string): Promise<void> {
  await page.goto("/");
  await page.getByTestId(`persona-${persona}`).click();
  await page.waitForURL("**/home");
}

/** Until nothing is on its way any more: no request, no placeholder, every face loaded. */
export async function settled(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.locator('[data-waiting], [aria-busy="true"]').first().waitFor({ state: "detached" });
  await page.evaluate("document.fonts.ready.then(() => undefined)");
}
