/**
 * The desk of a demonstration: three weeks of a company's feedback that people and the desk have dealt with, and a fourth
 * that waits. It learns in a thread of its own while the other stories are told, so that nobody waits for it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Time } from "../agreement/index.ts";
import * as Client from "../api/client.ts";
import { Mask } from "../desk/index.ts";
import * as Personas from "../node/identity/Personas.ts";
import type * as Node from "../node/Node.ts";
import type * as Timeline from "./Timeline.ts";

const WEEKS = ["week-1-reviews.csv", "week-2-mails.mbox", "week-3-chat.jsonl", "week-4-issues.json"];
const PERSONA = { name: "desk", says: "Shen Qiao 沈乔", organisation: "Lanting Desk 蓝汀工单台" };
/** What people deal with in a week: hand-offs, and answers that they say were wrong. More would make the first start slow. */
const DONE = { handed: 8, wrong: 5 };

type Said = { readonly text: string; readonly intent?: string };
const key = (text: string) =>
  Mask.mask(text)
    .text.toLowerCase()
    .replace(/[^\p{L}]+/gu, "");

/** A story for the timeline. @param folder Of the feedback. @param today Unix minute. */
export async function tell(
  node: Node.Node,
  timeline: Timeline.Timeline,
  { folder, today }: { folder: string; today: number },
): Promise<void> {
  const begin = today - 22 * Time.DAY;
  await timeline.reach(begin - 60 * Time.DAY);
  const { client, organisation } = await enter(node);
  const { id: desk } = await client.call("POST /v1/organisations/{organisation}/desks", {
    ...{ organisation, name: "Qinghe Tea 清禾茶业", promise: 0.9 },
  });
  const at = { organisation, desk };
  // Not waited for here: what comes in waits for it.
  const learning = client.call("POST /v1/organisations/{organisation}/desks/{desk}/models", { ...at, starter: true });
  const people = new Map(
    readFileSync(join(folder, "people.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Said)
      .map((one) => [key(one.text), one]),
  );
  for (const [week, name] of WEEKS.entries()) {
    await timeline.reach(begin + week * 7 * Time.DAY);
    await learning;
    const content = readFileSync(join(folder, name)).toString("base64");
    await client.call("POST /v1/organisations/{organisation}/desks/{desk}/imports", { ...at, content, source: name });
    if (week === WEEKS.length - 1) break;
    await timeline.reach(begin + week * 7 * Time.DAY + 40);
    const list = "GET /v1/organisations/{organisation}/desks/{desk}/tickets";
    const { items: handed } = await client.call(list, { ...at, state: "handed", limit: DONE.handed });
    for (const { id: ticket, text, guesses, danger } of handed) {
      const intent = people.get(key(text))?.intent;
      const isOther = intent !== undefined && intent !== guesses[0]?.intent;
      await client.call("POST /v1/organisations/{organisation}/desks/{desk}/tickets/{ticket}/answer", {
        ...{ ...at, ticket },
        ...(isOther ? { intent } : {}),
        ...(intent !== undefined && danger === undefined ? {} : { text: "We look into it. 我们会尽快处理。" }),
      });
    }
    const { items: answered } = await client.call(list, { ...at, state: "answered", limit: 200 });
    const wrong = answered.filter(({ text, guesses }) => people.get(key(text))?.intent !== guesses[0]?.intent);
    for (const { id: ticket, text } of wrong.slice(0, DONE.wrong)) {
      const intent = people.get(key(text))?.intent;
      const path = "/v1/organisations/{organisation}/desks/{desk}/tickets/{ticket}" as const;
      if (intent === undefined) await client.call(`POST ${path}/reopen`, { ...at, ticket });
      else await client.call(`POST ${path}/correct`, { ...at, ticket, intent });
    }
  }
}

async function enter({ parts, url }: Node.Node): Promise<{ client: Client.Client; organisation: string }> {
  const [kept] = await Personas.ensure(parts, [PERSONA]);
  const answer = await fetch(`${url}/v1/demo/enter`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ persona: PERSONA.name }),
  });
  const cookie = answer.headers.getSetCookie().map((one) => one.slice(0, one.indexOf(";")));
  return { client: Client.create({ url, cookie: cookie.join("; ") }), organisation: kept?.organisation ?? "" };
}
