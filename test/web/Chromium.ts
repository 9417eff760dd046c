/** A real Chromium, from its npm package: pages of people who each have their own session, passkeys, language and screen. */
import { mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { chromium } from "playwright-core";

const wanted = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const version: string = wanted.devDependencies["@sparticuz/chromium"];

let running: Promise<Browser> | undefined;

/** One for a test file; a second call is the same. */
export function launch(): Promise<Browser> {
  running ??= start();
  return running;
}

/** Root has no sandbox of Chromium's; no page needs WebGL, which in software takes a processor of its own; nothing calls home. */
const ARGS = [
  ...["--no-sandbox", "--disable-gpu"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
];

async function start(): Promise<Browser> {
  // What an earlier version unpacked would be used: each version has a folder of its own.
  const folder = join(tmpdir(), `commenda-chromium-${version}`);
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  const { default: packed } = await import("@sparticuz/chromium");
  const executablePath = await packed.executablePath();
  // None of the package's own arguments: they are for functions in a cloud, and put web security off.
  return chromium.launch({ executablePath, args: ARGS, headless: true });
}

export async function close(): Promise<void> {
  await (await running)?.close();
  running = undefined;
}

export type Look = {
  language?: "en" | "zh";
  /** CSS pixels. */
  width?: number;
  height?: number;
  dark?: boolean;
};

export type Person = {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of the page that nobody expected: exceptions, refusals of the policy. */
  readonly faults: readonly string[];
  close(): Promise<void>;
};

/** Somebody at a browser of their own, with an authenticator that answers by itself. */
export async function person(origin: string, look: Look = {}): Promise<Person> {
  const { language = "en", width = 1280, height = 900, dark = false } = look;
  const browser = await launch();
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height },
    locale: language === "zh" ? "zh-CN" : "en-GB",
    colorScheme: dark ? "dark" : "light",
    timezoneId: "UTC",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    const text = message.text();
    // A refusal is an answer, and shown by the page itself.
    if (message.type() === "error" && !text.startsWith("Failed to load resource")) faults.push(text);
  });
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { context, page, faults, close: () => context.close() };
}
