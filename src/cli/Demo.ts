/**
 * What a newcomer finds in a demonstration: the examples as agreements of a node, each somewhere on its way, played
 * through the node's API by personas whose keys the node keeps. The dates of each are moved so that its story reaches
 * today, and goes on from there.
 */
import { existsSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError, Time } from "../agreement/index.ts";
import * as Client from "../api/client.ts";
import type { Address } from "../ledger/Ledger.ts";
import * as Quorum from "../ledger/Quorum.ts";
import type * as Rehearsal from "../ledger/Rehearsal.ts";
import * as Config from "../node/Config.ts";
import * as Personas from "../node/identity/Personas.ts";
import * as Node from "../node/Node.ts";
import * as Cast from "./Cast.ts";
import * as Deal from "./Deal.ts";
import * as DemoDesk from "./DemoDesk.ts";
import * as DemoMarket from "./DemoMarket.ts";
import * as NodeStage from "./NodeStage.ts";
import * as Play from "./Rehearsal.ts";
import type { Needs } from "./Stage.ts";
import * as Timeline from "./Timeline.ts";

const { both } = InputError;
type Words = InputError.Words;

/**
 * Examples, and how many days after their opening today is. All firms of a side have one account here: one that the token
 * refuses would stop them all, so that example is left to `commenda rehearse`.
 */
const STORIES: Readonly<Record<string, number>> = {
  /** The last milestone is delivered, and the client's silence counts down. */
  ecommerce: 110,
  /** All milestones are paid; the outcome is still to be measured. */
  "daily-users": 130,
  "silent-client": 44,
  "vanished-provider": 75,
  /** Contested, and not answered yet. */
  dispute: 72.6,
  "change-order": 80,
  "termination-extension": 60,
  "two-transactions": 50,
  "days-late": 72,
  "spring-festival": 33,
};

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));
/** Days before today at which the first of them opens. */
const LONGEST = Math.max(...Object.values(STORIES)) + 1;

/** Fills `home`, if nothing is there. It appears whole or not at all. */
export async function fill(home: string, progress: (says: Words) => void): Promise<void> {
  if (existsSync(home)) return;
  const temporary = join(dirname(home), `.${home.slice(dirname(home).length + 1)}.new`);
  rmSync(temporary, { recursive: true, force: true });
  await play(temporary, progress);
  renameSync(temporary, home);
}

async function play(home: string, progress: (says: Words) => void): Promise<void> {
  const today = Math.floor(Date.now() / 60_000);
  let minute = today - LONGEST * Time.DAY;
  const clock = { now: () => minute * 60, advance() {} };
  const config = Config.read({ COMMENDA_LOG: "silent" }, { home, port: 0, demo: true });
  const node = await Node.start(config, { clock, limits: UNLIMITED, deadlines: false });
  try {
    const timeline = Timeline.open(today, (now) => {
      minute = now;
    });
    const stories = Object.entries(STORIES).map(
      ([name, age]) =>
        () =>
          tell(node, timeline, { name, age, today, progress }),
    );
    const folder = join(EXAMPLES, "company-month");
    await timeline.run([...stories, () => DemoDesk.tell(node, timeline, { folder, today })]);
    await node.caughtUp();
    await DemoMarket.fill(node);
  } finally {
    await node.stop();
  }
}

const ANY = { perSecond: 1e6, burst: 1e6 };
const UNLIMITED = { address: ANY, caller: ANY, signIn: ANY, costly: ANY };

type Story = { name: string; age: number; today: number; progress: (says: Words) => void };

async function tell(
  node: Node.Node,
  timeline: Timeline.Timeline,
  { name, age, today, progress }: Story,
): Promise<void> {
  const read = Deal.open(join(EXAMPLES, name, "deal.yaml"));
  const { opening } = Deal.frame(read.deal);
  const days = Math.floor((today - age * Time.DAY - opening) / Time.DAY);
  const deal = moved(read.deal, days) as Deal.Deal;
  const [run] = deal.runs ?? [];
  const { runs: _, ...rest } = deal;
  const whole = run ? { ...rest, happens: [...(deal.happens ?? []), ...run.happens] } : rest;
  const title = whole.title;
  const says = typeof title === "string" ? both(title, title) : both(title.en, title.zh);
  let told = false;
  const site = await siteOf(node, whole, async (minute) => {
    await timeline.reach(minute);
    if (!told) progress(says);
    told = true;
  });
  await Play.play({ ...read, deal: whole }, (needs) => NodeStage.open(site, needs));
}

/** The same with every date so many days later. */
function moved(value: unknown, days: number): unknown {
  if (Array.isArray(value)) return value.map((one) => moved(one, days));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, moved(one, days)]));
  if (typeof value !== "string") return value;
  const date = /^(\d{4}-\d{2}-\d{2})(.*)$/s.exec(value);
  if (!date) return value;
  const later = new Date(`${date[1]}T00:00Z`).getTime() + days * 86_400_000;
  return `${new Date(later).toISOString().slice(0, 10)}${date[2]}`;
}

/** The node, with the firms of one deal in it. */
async function siteOf(
  node: Node.Node,
  deal: Deal.Deal,
  reach: (minute: number) => Promise<void>,
): Promise<NodeStage.Site> {
  const { parts, url } = node;
  const ledger = parts.place.ledger as Rehearsal.Rehearsal;
  const token = parts.place.token as Address;
  const at = () => ({ at: Math.max(parts.clock.now(), ledger.now()) });
  const actors = new Map<string, Promise<NodeStage.Actor>>();

  async function enter(name: string): Promise<NodeStage.Actor> {
    const firm = name === "client" || name === "provider" ? firmOf(deal, name) : upper(name);
    const persona = { name: name.replaceAll(" ", "-"), says: WHO[name] ?? upper(name), organisation: firm };
    const [kept] = await Personas.ensure(parts, [{ ...persona, key: Cast.key(name) }]);
    const answer = await fetch(`${url}/v1/demo/enter`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body: JSON.stringify({ persona: persona.name }),
    });
    const cookie = answer.headers.getSetCookie().map((one) => one.slice(0, one.indexOf(";")));
    return { client: Client.create({ url, cookie: cookie.join("; ") }), organisation: kept?.organisation ?? "" };
  }

  return {
    ...{ ledger, token, reach, name: ledger.name, escrow: parts.place.escrow },
    async place({ panel, reporters }: Needs) {
      const addresses = (count: number, who: (index: number) => string) =>
        Cast.ascending(count, who).map(({ address }) => address);
      const members = addresses(panel.members, Cast.panelist);
      const attesting = addresses(reporters.count, Cast.reporter);
      const { votes } = panel;
      const arbitrator = await Quorum.place(ledger, ledger.house, { kind: "Panel", members, votes }, at());
      const reports: Quorum.Plan = { kind: "SignedReports", members: attesting, votes: reporters.quorum };
      return { arbitrator, source: await Quorum.place(ledger, ledger.house, reports, at()) };
    },
    actor(name) {
      const known = actors.get(name) ?? enter(name);
      actors.set(name, known);
      return known;
    },
  };
}

/** Who plays whom: two owners of firms, and those who judge and attest. */
const WHO: Readonly<Record<string, string>> = { client: "Lin Yuhe 林予禾", provider: "Zhou Anran 周安然" };

function firmOf({ parties }: Deal.Deal, side: "client" | "provider"): string {
  const { name } = parties[side];
  return typeof name === "string" ? name : `${name.en} ${name.zh}`;
}

const upper = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
