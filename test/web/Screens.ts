/** Where every screen is, on the demonstration's data, and who sees it. */
import type { Page } from "playwright-core";
import type * as Chromium from "./Chromium.ts";
import type * as Demonstration from "./Demonstration.ts";

export type Screen = { name: string; path: string; persona: string | undefined };

/** The agreement of a story, by its English title. */
export async function agreementOf(demo: Demonstration.Demonstration, persona: string, title: string): Promise<string> {
  const client = await demo.as(persona);
  const { items } = await client.call("GET /v1/agreements", { limit: 200 });
  const found = items.find((one) => one.title.en.includes(title));
  if (!found) throw new Error(`no agreement called ${title}: ${items.map((one) => one.title.en).join(", ")}`);
  return found.id;
}

export async function of(_demo: Demonstration.Demonstration): Promise<readonly Screen[]> {
  return [
    { name: "front door", path: "/", persona: undefined },
    { name: "sign in", path: "/sign-in", persona: undefined },
    { name: "no such page", path: "/nowhere", persona: undefined },
    { name: "home", path: "/home", persona: "client" },
    { name: "agreements", path: "/agreements", persona: "client" },
    { name: "notices", path: "/notices", persona: "client" },
  ];
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
