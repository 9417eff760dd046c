// `npm run pictures`: the pictures of the web app in docs/images/web, taken from a demonstration as it is today.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type * as Client from "../src/api/client.ts";
import * as Chromium from "../test/web/Chromium.ts";
import * as Demonstration from "../test/web/Demonstration.ts";
import * as Screens from "../test/web/Screens.ts";
import { template } from "../web/src/screens/draft/begin/Templates.ts";

type Shot = Chromium.Look & {
  name: string;
  persona?: string;
  path: (places: Readonly<Record<"shop" | "users" | "dispute" | "draft" | "matches" | "desk", string>>) => string;
  /** The page down to its end. */
  whole?: boolean;
};

const SHOTS: readonly Shot[] = [
  { name: "front", path: () => "/" },
  { name: "home", persona: "client", path: () => "/home" },
  {
    name: "home-phone-zh",
    persona: "provider",
    path: () => "/home",
    language: "zh",
    dark: true,
    width: 390,
    height: 844,
  },
  { name: "new-zh", persona: "provider", path: () => "/new", language: "zh" },
  { name: "draft", persona: "client", path: ({ draft }) => `/agreements/${draft}/draft`, width: 1440, height: 1000 },
  { name: "endings", persona: "client", path: ({ users }) => `/agreements/${users}/endings`, height: 1500 },
  { name: "payout-zh", persona: "client", path: ({ users }) => `/agreements/${users}/payout`, language: "zh" },
  { name: "standing", persona: "client", path: ({ shop }) => `/agreements/${shop}`, height: 1100 },
  {
    name: "standing-phone-zh",
    persona: "provider",
    path: ({ shop }) => `/agreements/${shop}`,
    language: "zh",
    width: 390,
    height: 844,
  },
  { name: "outcome", persona: "provider", path: ({ users }) => `/agreements/${users}/outcome`, dark: true },
  { name: "dispute-zh", persona: "client", path: ({ dispute }) => dispute, language: "zh" },
  { name: "statement", persona: "provider", path: ({ shop }) => `/agreements/${shop}/statement` },
  { name: "verify", path: () => "/verify" },
  { name: "matches", persona: "client", path: ({ matches }) => matches, height: 1300 },
  {
    name: "matches-phone-zh",
    persona: "client",
    path: ({ matches }) => matches,
    language: "zh",
    width: 390,
    height: 844,
  },
  { name: "desk", persona: "desk", path: ({ desk }) => desk, height: 1100 },
  { name: "desk-figures-zh", persona: "desk", path: ({ desk }) => `${desk}/figures`, language: "zh", height: 1200 },
];

/** One that is being written, by the client of the demonstration. */
async function draft(client: Client.Client): Promise<string> {
  const { name, organisations } = await client.call("GET /v1/me");
  const own = organisations.find(({ personal }) => !personal) ?? organisations[0];
  if (!own) throw new Error("a persona acts for a firm");
  const now = Math.floor(demo.node.parts.clock.now() / 60);
  const document = template("result", { now, side: "client", organisation: own.name, person: name });
  const made = await client.call("POST /v1/agreements", { organisation: own.id, side: "client", document });
  return made.id;
}

/** Of the demonstration: the ranking of its brief. */
async function matches(client: Client.Client): Promise<string> {
  for (const { id: organisation } of (await client.call("GET /v1/me")).organisations) {
    const { items } = await client.call("GET /v1/organisations/{organisation}/briefs", { organisation });
    if (items[0]) return `/briefs/${organisation}/${items[0].id}/matches`;
  }
  throw new Error("the demonstration has a brief");
}

/** Of the demonstration: its desk. */
async function desk(client: Client.Client): Promise<string> {
  for (const { id: organisation } of (await client.call("GET /v1/me")).organisations) {
    const { items } = await client.call("GET /v1/organisations/{organisation}/desks", { organisation });
    if (items[0]) return `/desks/${organisation}/${items[0].id}`;
  }
  throw new Error("the demonstration has a desk");
}

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "docs", "images", "web");
mkdirSync(folder, { recursive: true });
const demo = await Demonstration.open();
try {
  const of = (title: string) => Screens.agreementOf(demo, "client", title);
  const factory = await of("Factory dashboard");
  const client = await demo.as("client");
  const { tranches } = await client.call("GET /v1/agreements/{agreement}/standing", { agreement: factory });
  const contested = tranches.find(({ stage }) => /contest|disput/i.test(stage))?.name ?? tranches[0]?.name ?? "";
  const places = {
    shop: await of("Qinghe Tea"),
    users: await of("Running app"),
    draft: await draft(client),
    matches: await matches(client),
    desk: await desk(await demo.as("desk")),
    dispute: `/agreements/${factory}/disputes/${encodeURIComponent(contested)}`,
  };
  for (const { name, persona, path, whole = false, ...look } of SHOTS) {
    const someone = await Chromium.person(demo.url, { width: 1280, height: 860, ...look });
    if (persona !== undefined) await Screens.enter(someone, persona);
    await someone.page.goto(path(places));
    await Screens.settled(someone.page);
    await someone.page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole });
    console.log(`${name}.png${someone.faults.length > 0 ? `: ${someone.faults.join("; ")}` : ""}`);
    await someone.close();
  }
} finally {
  await Chromium.close();
  await demo.remove();
}
