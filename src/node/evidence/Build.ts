/**
 * What GitHub and GitLab say of a build, and whether they said it. GitHub signs the body with the secret (HMAC-SHA256,
 * `X-Hub-Signature-256`); GitLab sends the secret itself (`X-Gitlab-Token`). Texts in a body are strangers': they are cut
 * to a line and kept as text.
 */
import { createHmac } from "node:crypto";
import { Text } from "../../agreement/index.ts";
import * as Guard from "../http/Guard.ts";

export type Source = "github" | "gitlab";

export type Build = {
  kind: "workflow_run" | "check_suite" | "pipeline";
  repository: string;
  commit: string;
  name: string;
  conclusion: string;
  url?: string;
};

/** Whether whoever sent it has the secret; takes as long whatever they differ in. */
export function isSigned(source: Source, secret: string, headers: Headers, body: string): boolean {
  if (source === "gitlab") return Guard.isSame(headers.get("x-gitlab-token") ?? "", secret);
  const expected = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  return Guard.isSame(headers.get("x-hub-signature-256") ?? "", expected);
}

/** As the service numbers it; the same when it sends it again. */
export function deliveryOf(source: Source, headers: Headers): string | undefined {
  const given =
    source === "github"
      ? headers.get("x-github-delivery")
      : (headers.get("idempotency-key") ?? headers.get("x-gitlab-event-uuid"));
  return given !== null && /^[\w.:-]{1,100}$/.test(given) ? given : undefined;
}

/** The build that a body tells of the end of; nothing for what is of another kind, still under way, or no such body. */
export function read(source: Source, event: string | undefined, body: unknown): Build | undefined {
  return source === "github" ? fromGithub(event, body) : fromGitlab(body);
}

/** Payloads `workflow_run` and `check_suite` with the action `completed`. */
function fromGithub(event: string | undefined, body: unknown): Build | undefined {
  if ((event !== "workflow_run" && event !== "check_suite") || at(body, "action") !== "completed") return undefined;
  const run = at(body, event);
  return build({
    kind: event,
    repository: at(body, "repository", "full_name"),
    commit: at(run, "head_sha"),
    name: event === "workflow_run" ? at(run, "name") : at(run, "app", "name"),
    conclusion: at(run, "conclusion"),
    url: at(run, "html_url"),
  });
}

/** States of a pipeline that it does not leave again by itself. */
const ENDED: ReadonlySet<unknown> = new Set(["success", "failed", "canceled", "skipped"]);

/** Pipeline events. */
function fromGitlab(body: unknown): Build | undefined {
  const pipeline = at(body, "object_attributes");
  const status = at(pipeline, "status");
  if (at(body, "object_kind") !== "pipeline" || !ENDED.has(status)) return undefined;
  return build({
    kind: "pipeline",
    repository: at(body, "project", "path_with_namespace"),
    commit: at(pipeline, "sha"),
    name: at(pipeline, "name") ?? at(pipeline, "ref"),
    conclusion: status,
    url: at(pipeline, "url"),
  });
}

function build({ kind, url, ...texts }: Record<keyof Build, unknown>): Build | undefined {
  const { commit } = texts;
  if (typeof commit !== "string" || !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) return undefined;
  const link = typeof url === "string" && url.length <= 500 && /^https?:\/\/[!-~]+$/.test(url) ? url : undefined;
  return {
    kind: kind as Build["kind"],
    commit,
    ...{ repository: line(texts.repository), name: line(texts.name), conclusion: line(texts.conclusion) },
    ...(link === undefined ? {} : { url: link }),
  };
}

/** Characters of a line that somebody else wrote. */
const LONGEST = 200;

/** A text as one line that a document of ours can hold: in composed form, without what cannot be seen. */
export function line(text: unknown): string {
  if (typeof text !== "string") return "-";
  const seen = text.normalize("NFC").replace(/[\p{C}\p{Zl}\p{Zp}\p{Zs}\p{Default_Ignorable_Code_Point}\u2800]+/gu, " ");
  const cut = [...seen].slice(0, LONGEST).join("").trim();
  return cut === "" || Text.check(cut, "line").length > 0 ? "-" : cut;
}

/** What stands at a path of names. */
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (holder, name) =>
      typeof holder === "object" && holder !== null && Object.hasOwn(holder, name)
        ? (holder as Record<string, unknown>)[name]
        : undefined,
    value,
  );
}
