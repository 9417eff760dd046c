/** The page that documents the API, made from the table: plain HTML, no scripts, nothing from elsewhere. */
import type { InputError } from "../../agreement/index.ts";
import { OpenApi, Operation, Problem, Table } from "../../api/index.ts";
import * as Sample from "./Sample.ts";

type Language = InputError.Language;

const TEXT = {
  en: {
    title: "Commenda API",
    lead: "All that can be asked of this node. Send an API key as `Authorization: Bearer …`. Amounts are text in base units of their token; times are UTC. Problems come as RFC 9457 JSON with what was found, what was expected and what to do next. Give a POST an `Idempotency-Key`: the same again does nothing twice.",
    other: "中文",
    machine: "OpenAPI 3.1",
    field: "Field",
    place: "Sent in",
    form: "Form",
    meaning: "Meaning",
    who: "Who may",
    repeat: "Called again",
    errors: "Own problems",
    example: "Example",
    answer: "Answer",
    needed: "required",
    general: "Problems of any operation",
    streams:
      "Events arrive as they happen at GET /v1/events/stream (server-sent events; resume with Last-Event-ID). Agents connect by MCP at /mcp with the same key.",
    places: { path: "path", query: "query", body: "body" },
  },
  zh: {
    title: "Commenda 接口文档",
    lead: "本节点可受理的全部操作。请以 `Authorization: Bearer …` 发送 API 密钥。金额为文本，以代币最小单位计；时间为协调世界时。错误以 RFC 9457 JSON 返回，说明所见、所需与下一步。POST 请附 `Idempotency-Key`，重复发送只执行一次。",
    other: "English",
    machine: "OpenAPI 3.1",
    field: "字段",
    place: "位置",
    form: "格式",
    meaning: "含义",
    who: "权限",
    repeat: "重复调用",
    errors: "特有错误",
    example: "示例",
    answer: "应答",
    needed: "必填",
    general: "各操作共有的错误",
    streams:
      "GET /v1/events/stream 实时推送事件（SSE，可由 Last-Event-ID 续传）。智能体可以同一密钥经 /mcp 以 MCP 接入。",
    places: { path: "路径", query: "查询", body: "正文" },
  },
} as const;

const WHO: Readonly<Record<Operation.Who["may"], InputError.Words>> = {
  anyone: { en: "anyone, without signing in", zh: "任何人，无需登录" },
  user: { en: "whoever is signed in, about their own things", zh: "已登录者，限本人事务" },
  operator: { en: "who runs the node", zh: "节点运营者" },
  read: { en: "whoever may see it", zh: "可查看者" },
  write: { en: "owners, signers and members", zh: "所有者、签署人与成员" },
  sign: { en: "owners and signers: it binds the organisation", zh: "所有者与签署人：对组织有约束力" },
  manage: { en: "owners", zh: "所有者" },
};
const REPEAT: Readonly<Record<Operation.Repeat, InputError.Words>> = {
  safe: { en: "changes nothing", zh: "不作任何更改" },
  idempotent: { en: "leaves the same state", zh: "结果相同" },
  keyed: {
    en: "does it again, unless it carries the same Idempotency-Key",
    zh: "再次执行，除非附有相同的 Idempotency-Key",
  },
};
const NOUNS: Readonly<Record<string, string>> = {
  agreement: "协议",
  version: "版本",
  terms: "条款",
  comment: "评论",
  invitation: "邀请",
  signature: "签名",
  act: "操作",
  fact: "事实",
  evidence: "证据",
  suite: "用例集",
  folder: "文件夹",
  sealed: "密封部分",
  run: "运行",
  verdict: "结论",
  acceptance: "验收",
  artefact: "运行产物",
  runner: "运行者",
  me: "本人",
  organisation: "组织",
  member: "成员",
  account: "账户",
  approval: "批准",
  key: "密钥",
  node: "节点",
  demo: "演示",
  event: "事件",
  notice: "通知",
  webhook: "Webhook",
  delivery: "推送",
  audit: "审计",
};

export const STYLE = `:root{color-scheme:light dark;--ink:#1c2430;--soft:#5c6675;--line:#dfe3ea;--paper:#fff;--tint:#f5f7fa;--accent:#1f4fd8;--read:#0b6b4f;--write:#8a4b00;--erase:#a4242f}
@media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#9aa5b4;--line:#2c3440;--paper:#12161c;--tint:#1a2028;--accent:#8fb0ff;--read:#5fd0a8;--write:#f0b45f;--erase:#ff8d94}}
*{box-sizing:border-box}html{scroll-padding-top:1rem}body{margin:0;font:16px/1.55 system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);background:var(--paper);display:grid;grid-template-columns:17rem minmax(0,1fr)}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.5rem 1rem 3rem 1.5rem;border-right:1px solid var(--line);background:var(--tint);font-size:.875rem}
nav h2{font-size:.75rem;letter-spacing:.04em;color:var(--soft);margin:1.25rem 0 .25rem;text-transform:capitalize}nav ul{list-style:none;margin:0;padding:0}nav a{display:block;padding:.125rem .5rem;border-radius:.25rem}nav a:hover{background:var(--line)}
a{color:inherit;text-decoration:none}p a,header a{color:var(--accent);text-decoration:underline}a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
main{padding:2.5rem clamp(1rem,4vw,4rem) 6rem;max-width:64rem}h1{font-size:1.9rem;margin:0 0 .5rem}header p{color:var(--soft);max-width:46rem}main>section>h2{font-size:1.35rem;margin:3.5rem 0 0;padding-bottom:.4rem;border-bottom:2px solid var(--line);text-transform:capitalize}
article{padding:1.75rem 0;border-bottom:1px solid var(--line)}article h3{margin:0;font-size:1.05rem}article>p{margin:.25rem 0 .75rem;max-width:46rem}
.route{display:flex;gap:.6rem;align-items:baseline;margin:.35rem 0;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.875rem;overflow-wrap:anywhere}.route b{font-weight:700}.GET{color:var(--read)}.POST,.PUT,.PATCH{color:var(--write)}.DELETE{color:var(--erase)}
dl{display:grid;grid-template-columns:8rem minmax(0,1fr);gap:.2rem 1rem;margin:.75rem 0;font-size:.9rem}dt{color:var(--soft)}dd{margin:0}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.875rem;margin:.5rem 0 1rem}th{text-align:left;font-weight:600;color:var(--soft);border-bottom:1px solid var(--line);padding:.35rem .75rem .35rem 0}td{vertical-align:top;border-bottom:1px solid var(--line);padding:.4rem .75rem .4rem 0;overflow-wrap:anywhere}td:first-child,td:nth-child(2){white-space:nowrap}td small{color:var(--erase);margin-left:.4rem}
code,pre{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.83rem}code{background:var(--tint);padding:.05em .3em;border-radius:.2rem}pre{background:var(--tint);border:1px solid var(--line);border-radius:.4rem;padding:.8rem 1rem;overflow-x:auto;margin:.4rem 0 0}details summary{cursor:pointer;font-size:.9rem;color:var(--soft);margin-top:.5rem}
@media(max-width:52rem){body{display:block}nav{position:static;height:auto;max-height:40vh;border-right:0;border-bottom:1px solid var(--line)}dl{grid-template-columns:1fr}dt{margin-top:.4rem}}`;

export function render(language: Language, origin: string): string {
  const text = TEXT[language];
  const nouns = Map.groupBy(Table.NAMES, OpenApi.nounOf);
  const headOf = (noun: string) => html(language === "zh" ? (NOUNS[noun] ?? noun) : noun);
  const links = (names: readonly Table.Name[]) =>
    names.map((name) => `<li><a href="#${name}">${html(name)}</a></li>`).join("");
  const nav = [...nouns].map(([noun, names]) => `<h2>${headOf(noun)}</h2><ul>${links(names)}</ul>`).join("");
  const sections = [...nouns].map(([noun, names]) => {
    const articles = names.map((name) => article(name, language, origin)).join("");
    return `<section id="${noun}"><h2>${headOf(noun)}</h2>${articles}</section>`;
  });
  const common = `<ul>${Problem.COMMON.map((code) => `<li>${problem(code, language)}</li>`).join("")}</ul>`;
  const other = language === "zh" ? "en" : "zh";
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${text.title}</title><style>${STYLE}</style></head>
<body><nav aria-label="${text.title}"><a href="#top"><strong>${text.title}</strong></a>${nav}</nav>
<main id="top"><header><h1>${text.title}</h1><p>${marked(text.lead)}</p><p>${marked(text.streams)}</p><p><a href="/docs?lang=${other}" hreflang="${other}" lang="${other}">${text.other}</a> · <a href="/openapi.json">${text.machine}</a></p><details><summary>${text.general}</summary>${common}</details></header>${sections.join("")}</main></body></html>
`;
}

function article(name: Table.Name, language: Language, origin: string): string {
  const row = Table.rowOf(name);
  const text = TEXT[language];
  const method = Operation.methodOf(row.route);
  const fields = OpenApi.fieldsOf(name);
  const rows = fields.map(({ name: field, in: place, required, schema }) => {
    const cells = [
      `<code>${html(field)}</code>${required ? `<small>${text.needed}</small>` : ""}`,
      text.places[place],
      `<code>${html(Sample.form(schema))}</code>`,
      html(inLanguage(String(schema.description ?? ""), language)),
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  const heads = [text.field, text.place, text.form, text.meaning]
    .map((head) => `<th scope="col">${head}</th>`)
    .join("");
  const table = rows.length === 0 ? "" : `<div class="wide"><table><tr>${heads}</tr>${rows.join("")}</table></div>`;
  const scope = Operation.scopeOf(row);
  const facts: [string, string][] = [
    [text.who, `${html(WHO[row.who.may][language])}${scope ? ` · <code>${scope}</code>` : ""}`],
    [text.repeat, html(REPEAT[row.repeat][language])],
    ...(row.errors.length > 0
      ? [[text.errors, row.errors.map((code) => problem(code, language)).join("<br>")] as [string, string]]
      : []),
  ];
  const list = facts.map(([head, body]) => `<dt>${head}</dt><dd>${body}</dd>`).join("");
  const answer = JSON.stringify(Sample.of(OpenApi.outputSchema(name)), null, 2);
  const examples = `<details><summary>${text.example}</summary><pre>${html(Sample.curl(row.route, fields, origin))}</pre></details><details><summary>${text.answer}</summary><pre>${html(answer)}</pre></details>`;
  const route = `<div class="route"><b class="${method}">${method}</b><span>${html(Operation.pathOf(row.route))}</span></div>`;
  return `<article id="${name}"><h3><a href="#${name}">${html(name)}</a></h3>${route}<p>${marked(row.says[language])}</p>${table}<dl>${list}</dl>${examples}</article>`;
}

const problem = (code: Problem.Code, language: Language) =>
  `<code>${code}</code> ${Problem.CODES[code].status} · ${html(Problem.CODES[code].title[language])}`;

/** Of a description `english · 中文`. */
function inLanguage(description: string, language: Language): string {
  const [en = "", zh = en] = description.split(" · ");
  return language === "zh" ? zh : en;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const html = (text: string): string => text.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one);
/** With code in backquotes. */
const marked = (text: string): string => html(text).replace(/`([^`]+)`/g, "<code>$1</code>");
