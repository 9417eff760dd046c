/**
 * Has an endpoint that speaks as OpenAI's does put drafts into smoother words, where the operator has set one up; else
 * nothing leaves the node. Feedback goes along as quoted data, there are no tools, the answer has one shape, and what
 * says more than the playbook is refused: then the playbook's own words are given.
 */
import { Playbook } from "../../desk/index.ts";
import type { Config } from "../Config.ts";
import * as SafeFetch from "../notify/SafeFetch.ts";

export type Wish = { readonly draft: Playbook.Draft; readonly text: string; readonly language: string };

/** Milliseconds for one, bytes of an answer, drafts at a time. */
const PATIENCE = 8_000;
const LIMIT = 64_000;
const SIDE_BY_SIDE = 4;

/** In the order of the wishes. Never throws for what the endpoint does: `refused` says what was wrong with it. */
export async function rewrite(
  { rewriting, webhookNetworks }: Pick<Config, "rewriting" | "webhookNetworks">,
  wishes: readonly Wish[],
): Promise<readonly Playbook.Checked[]> {
  if (!rewriting) return wishes.map(({ draft }) => ({ draft, isRewritten: false, refused: [] }));
  const gate = SafeFetch.gate(webhookNetworks);
  const answers: Playbook.Checked[] = [];
  let isDown = false;
  for (let from = 0; from < wishes.length; from += SIDE_BY_SIDE) {
    const some = wishes.slice(from, from + SIDE_BY_SIDE).map(async (wish): Promise<Playbook.Checked> => {
      const kept = (why: string) => ({ draft: wish.draft, isRewritten: false, refused: [why] });
      // One that does not answer is not asked again for each of a thousand.
      if (isDown) return kept("endpoint");
      try {
        const said = await ask(rewriting, gate, wish);
        return said === undefined ? kept("shape") : Playbook.check(wish.draft, said, wish.text);
      } catch {
        isDown = true;
        return kept("endpoint");
      }
    });
    answers.push(...(await Promise.all(some)));
  }
  return answers;
}

/** What stands in its message, if that is JSON. Throws what the network says. */
async function ask(
  { url, model, key }: NonNullable<Config["rewriting"]>,
  gate: SafeFetch.Gate,
  { draft, text, language }: Wish,
): Promise<unknown> {
  const signal = AbortSignal.timeout(PATIENCE);
  const checked = await SafeFetch.check(`${url.replace(/\/+$/, "")}/chat/completions`, gate, signal);
  const body = JSON.stringify(Playbook.request(draft, text, language, model));
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const answer = await SafeFetch.post(checked, { headers, body, limit: LIMIT }, signal);
  if (answer.status !== 200) return undefined;
  return contentOf(answer.text);
}

function contentOf(text: string): unknown {
  try {
    const { choices } = JSON.parse(text) as { choices?: { message?: { content?: unknown; tool_calls?: unknown } }[] };
    const message = choices?.[0]?.message;
    // There were no tools: whoever calls one does not do what was asked.
    if (typeof message?.content !== "string" || message.tool_calls !== undefined) return undefined;
    return JSON.parse(message.content);
  } catch {
    return undefined;
  }
}
