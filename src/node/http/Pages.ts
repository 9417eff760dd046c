/** What is no operation: how the node is, and what it says about itself. */
import { createHash } from "node:crypto";
import type { Context, Env, Hono } from "hono";
import { InputError } from "../../agreement/index.ts";
import { OpenApi, Problem } from "../../api/index.ts";
import { VERSION } from "../Version.ts";
import * as Docs from "./Docs.ts";
import * as Guard from "./Guard.ts";
import * as Reply from "./Reply.ts";
import type { Options } from "./Server.ts";

const { both } = InputError;

/** Milliseconds that whoever asks whether the node is ready waits at most. */
const PATIENCE = 3_000;

export function mount<E extends Env>(app: Hono<E>, { site, metrics, ready, parts }: Options): void {
  app.get("/health", (context) => context.json({ status: "up", version: VERSION }));

  app.get("/ready", async (context) => {
    const reasons = await soon(ready());
    const body = { status: reasons.length === 0 ? "ready" : "not-ready", reasons };
    return context.json(body, reasons.length === 0 ? 200 : 503);
  });

  app.get("/metrics", async (context) => {
    checkReader(context);
    const { type, body } = await metrics.text();
    return new Response(body, { headers: { "content-type": type } });
  });

  let document: string | undefined;
  app.get("/openapi.json", (context) => {
    document ??= JSON.stringify(OpenApi.document(site.origin, VERSION));
    return page(context, document, "application/json");
  });

  const style = createHash("sha256").update(Docs.STYLE).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${style}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;
  const docs: Partial<Record<InputError.Language, string>> = {};
  app.get("/docs", (context) => {
    const asked = context.req.query("lang");
    const language = asked === "en" || asked === "zh" ? asked : Reply.languageOf(context.req.header("accept-language"));
    docs[language] ??= Docs.render(language, site.origin);
    const answer = page(context, docs[language], "text/html; charset=utf-8");
    answer.headers.set("content-security-policy", policy);
    answer.headers.set("vary", "accept-language");
    return answer;
  });

  function checkReader(context: Context): void {
    const { metricsToken } = parts.config;
    const { headers } = context.req.raw;
    const may =
      metricsToken === undefined
        ? Guard.isFromHere(context.get("address"), headers.get("host") ?? undefined)
        : Guard.isSame(headers.get("authorization") ?? "", `Bearer ${metricsToken}`);
    if (may) return;
    throw new Problem.Problem(
      "forbidden",
      both(
        "Metrics are for this machine, or for who has COMMENDA_METRICS_TOKEN. Send it as `Authorization: Bearer …`.",
        "指标仅供本机或持有 COMMENDA_METRICS_TOKEN 者读取。请以 `Authorization: Bearer …` 发送。",
      ),
    );
  }
}

function page(context: Context, text: string, type: string): Response {
  const tag = Reply.tagOf(text);
  const headers = { "content-type": type, etag: tag, "cache-control": "no-cache" };
  const isKnown = Reply.names(context.req.header("if-none-match") ?? "", tag);
  return isKnown ? new Response(null, { status: 304, headers }) : new Response(text, { headers });
}

/** An answer that does not come is one. */
async function soon(ready: Promise<readonly InputError.Words[]>): Promise<readonly InputError.Words[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly InputError.Words[]>((resolve) => {
    const seconds = PATIENCE / 1000;
    const words = both(`The node could not tell within ${seconds} s.`, `节点未能在 ${seconds} 秒内判断。`);
    timer = setTimeout(resolve, PATIENCE, [words]);
  });
  return Promise.race([ready, late]).finally(() => clearTimeout(timer));
}
