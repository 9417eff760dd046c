// What attackers try at the pages of the app, and what each gets.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Chromium from "./Chromium.ts";
import * as Demonstration from "./Demonstration.ts";
import * as Screens from "./Screens.ts";

let demo: Demonstration.Demonstration;
/** A page of somebody else's, on this machine too: the same site for a browser, and another origin. */
let foreign: Server;
let elsewhere: string;
let body = "";
beforeAll(async () => {
  demo = await Demonstration.open({ stories: false });
  foreign = createServer((_, answer) => answer.setHeader("content-type", "text/html").end(body));
  await new Promise<void>((resolve) => foreign.listen(0, "127.0.0.1", resolve));
  elsewhere = `http://localhost:${(foreign.address() as AddressInfo).port}/`;
}, 120_000);
afterAll(async () => {
  foreign.close();
  await Chromium.close();
  await demo.remove();
});

const MARKUP = `<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>"'>{{7*7}}`;

async function inside(): Promise<Chromium.Person> {
  const someone = await Chromium.person(demo.url);
  await Screens.enter(someone, "client");
  return someone;
}

async function organisation() {
  const client = await demo.as("client");
  const { organisations } = await client.call("GET /v1/me");
  const own = organisations.find(({ personal }) => !personal);
  if (!own) throw new Error("a persona acts for a firm");
  return { client, own };
}

describe("text of others", () => {
  test("behavior: markup in a title, a comment, a name and a file's name is shown as it was typed", async () => {
    const { client, own } = await organisation();
    const title = { en: MARKUP, zh: MARKUP };
    const draft = await client.call("POST /v1/agreements", {
      ...{ organisation: own.id, side: "client" },
      document: { title, text: { en: MARKUP, zh: MARKUP, prevails: "en" } },
    });
    const agreement = draft.id;
    await client.call("POST /v1/agreements/{agreement}/comments", { agreement, version: 1, text: MARKUP });
    const content = Buffer.from("<script>top.hacked=3</script>").toString("base64");
    await client.call("POST /v1/agreements/{agreement}/evidence/small", { agreement, name: `${MARKUP}.html`, content });
    await client.call("PATCH /v1/me", { name: MARKUP });
    const someone = await inside();
    const { page } = someone;
    for (const path of [
      "/home",
      "/agreements",
      `/agreements/${agreement}`,
      `/agreements/${agreement}/versions`,
      `/agreements/${agreement}/draft`,
    ]) {
      await page.goto(path);
      await Screens.settled(page);
      expect(await page.evaluate("window.hacked"), path).toBeUndefined();
      expect(await page.locator("img[onerror], img[src='x']").count(), path).toBe(0);
    }
    await page.goto("/agreements");
    await page.locator("main").getByText(MARKUP).first().waitFor();
    expect(someone.faults).toEqual([]);
    await someone.close();
    await client.call("PATCH /v1/me", { name: "Lin Yue 林悦" });
  }, 120_000);

  test("behavior: a script that gets into a page by whatever way is not run", async () => {
    const someone = await inside();
    const blocked = someone.page.evaluate<string>(
      `new Promise((resolve) => document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), { once: true }))`,
    );
    await someone.page.evaluate(
      `{ const one = document.createElement("script"); one.textContent = "window.hacked = 4"; document.body.append(one); }`,
    );
    expect(await blocked).toMatch(/^script-src/);
    expect(await someone.page.evaluate("window.hacked")).toBeUndefined();
    await someone.close();
  });

  test.each(["page.html", "picture.svg"])(
    "behavior: %s given as evidence is downloaded, and never a page of ours",
    async (name) => {
      const { client, own } = await organisation();
      const draft = await client.call("POST /v1/agreements", { organisation: own.id, side: "client" });
      const agreement = draft.id;
      const active = `<svg xmlns="http://www.w3.org/2000/svg"><script>top.hacked=5</script></svg>`;
      const content = Buffer.from(active).toString("base64");
      const file = await client.call("POST /v1/agreements/{agreement}/evidence/small", { agreement, name, content });
      const someone = await inside();
      const answer = await someone.context.request.get(`/v1/downloads/${agreement}/${file.id}`);
      expect(answer.status()).toBe(200);
      const headers = answer.headers();
      expect(headers["content-disposition"]).toMatch(/^attachment/);
      expect(headers["content-type"]).not.toMatch(/html|svg/);
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
      await someone.close();
    },
  );
});

describe("pages of others", () => {
  test("behavior: no page can be put into a frame", async () => {
    body = `<iframe src="${demo.url}/home" id="trap"></iframe>`;
    const someone = await inside();
    await someone.page.goto(elsewhere);
    const frame = someone.page.frames().find((one) => one !== someone.page.mainFrame());
    await expect.poll(() => frame?.url()).toBe("chrome-error://chromewebdata/");
    await someone.close();
  });

  test("behavior: a form elsewhere does nothing in the name of who is signed in", async () => {
    const { client } = await organisation();
    const before = await client.call("GET /v1/me");
    body = `<form method="post" enctype="text/plain" action="${demo.url}/v1/organisations"><input name='{"name":"stolen","x":"' value='"}'></form>`;
    const someone = await inside();
    await someone.page.goto(elsewhere);
    const answer = someone.page.waitForResponse((response) => response.url().endsWith("/v1/organisations"));
    await someone.page.evaluate("document.forms[0].submit()");
    expect((await answer).status()).toBe(403);
    expect(await client.call("GET /v1/me")).toEqual(before);
    await someone.close();
  });

  test("behavior: a script elsewhere reads nothing of the node, with the cookie or without", async () => {
    body = "<p>elsewhere</p>";
    const someone = await inside();
    await someone.page.goto(elsewhere);
    const read = (credentials: string) =>
      someone.page.evaluate<string>(
        `fetch("${demo.url}/v1/me", { credentials: "${credentials}" }).then(() => "read", (error) => error.name)`,
      );
    expect(await read("include")).toBe("TypeError");
    expect(await read("omit")).toBe("TypeError");
    await someone.close();
  });

  test("behavior: the cookie is out of reach of scripts, and goes to nobody else", async () => {
    const someone = await inside();
    const [cookie] = (await someone.context.cookies()).filter(({ name }) => name.includes("session"));
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", domain: "localhost" });
    expect(await someone.page.evaluate("document.cookie")).toBe("");
    await someone.close();
  });
});

describe("links", () => {
  test.each([
    "https://evil.example/i/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "javascript:alert(1)//i/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  ])("behavior: %s leads to our own page of that invitation, which knows nothing of it", async (link) => {
    const someone = await Chromium.person(demo.url);
    await someone.page.goto("/");
    await someone.page.getByLabel("Link of the invitation").fill(link);
    await someone.page.getByRole("button", { name: "Open" }).click();
    await someone.page.waitForURL(`${demo.url}/i/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`);
    await someone.close();
  });

  test.each(["//evil.example", "/\\evil.example", "/%2f%2fevil.example"])(
    "behavior: %s is nothing of ours, and leads nowhere",
    async (path) => {
      const someone = await Chromium.person(demo.url);
      const answer = await someone.page.goto(`${demo.url}${path}`);
      expect(answer?.status()).toBe(404);
      expect(new URL(someone.page.url()).origin).toBe(demo.url);
      await someone.close();
    },
  );

  test("behavior: no address to go on to is taken from a link", async () => {
    const someone = await Chromium.person(demo.url);
    await someone.page.goto(`${demo.url}/sign-in?next=https://evil.example&redirect=//evil.example`);
    await someone.page.getByTestId("persona-client").click();
    await someone.page.waitForURL(`${demo.url}/home`);
    await someone.close();
  });
});
