// Every screen as people meet it: no violation of WCAG that axe finds, nothing wider than the window, no error, in both languages.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Chromium from "./Chromium.ts";
import * as Demonstration from "./Demonstration.ts";
import * as Screens from "./Screens.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const isDeep = process.env.COMMENDA_DEEP === "1";

/** `asked`: the widths at which axe is asked too; all of them unless told. */
type Look = { language: "en" | "zh"; dark: boolean; widths: readonly number[]; asked?: readonly number[] };

/** English by day on a phone, a tablet and a desk, Chinese by night on a phone; all of the rest in the long runs. */
const LOOKS: readonly Look[] = [
  { language: "en", dark: false, widths: [360, 768, 1440], ...(isDeep ? {} : { asked: [1440] }) },
  { language: "zh", dark: true, widths: [360] },
  ...(isDeep
    ? ([
        { language: "en", dark: true, widths: [360, 1440] },
        // 640: 200 % zoom of a window of 1280.
        { language: "zh", dark: false, widths: [360, 640, 768, 1440] },
        { language: "zh", dark: true, widths: [1440] },
        { language: "en", dark: false, widths: [640] },
      ] as const)
    : []),
];

/** In the page: each kind of violation, with where it is. */
const RUN = `axe.run({ resultTypes: ["violations"], preload: false }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target.join(" ")).join(", ")))`;

let demo: Demonstration.Demonstration;
let screens: readonly Screens.Screen[];
beforeAll(async () => {
  demo = await Demonstration.open();
  screens = await Screens.of(demo);
}, 120_000);
afterAll(async () => {
  await Chromium.close();
  await demo.remove();
});

describe.each(LOOKS)("$language, dark: $dark, $widths px", ({ widths, asked = widths, ...look }) => {
  test("behavior: every screen is whole", { timeout: 600_000 }, async () => {
    const found: string[] = [];
    for (const [persona, own] of Screens.byPersona(screens)) {
      const someone = await Chromium.person(demo.url, look);
      const { page } = someone;
      if (persona !== undefined) await Screens.enter(someone, persona);
      for (const { name, path, first } of own) {
        await page.goto(path);
        await Screens.settled(page);
        await first?.(page);
        await page.evaluate(axe);
        for (const width of widths) {
          const where = `${persona ?? "nobody"}, ${name}, ${width} px`;
          await page.setViewportSize({ width, height: 900 });
          await Screens.settled(page);
          const wide = await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
          if (wide > 0) found.push(`${where}: ${wide} px wider than the window`);
          if (!asked.includes(width)) continue;
          const violations = await page.evaluate<readonly string[]>(RUN);
          found.push(...violations.map((one) => `${where}: ${one}`));
        }
      }
      found.push(...someone.faults.map((one) => `${persona ?? "nobody"}: ${one}`));
      await someone.close();
    }
    expect(found).toEqual([]);
  });
});
