/**
 * A static site as it lies in the delivery: what stands in the way of people with disabilities (rules of WCAG 2.2 that
 * can be decided from the document), links that lead nowhere, and budgets of what a visitor loads.
 */
import { posix } from "node:path";
import { gzipSync } from "node:zlib";
import type { DefaultTreeAdapterMap } from "parse5";
import { parse } from "parse5";
import * as z from "zod/mini";
import { InputError } from "../../agreement/index.ts";
import type { Judged, Kind } from "../Kind.ts";
import { fail, format, pass } from "./Outcome.ts";

const { both } = InputError;
type Words = InputError.Words;
type Element = DefaultTreeAdapterMap["element"];
type Node = DefaultTreeAdapterMap["node"];

const kilobytes = z.exactOptional(z.number().check(z.positive()));

const body = z.strictObject({
  /** Folder of the delivery that is served as `/`. */
  folder: z.string(),
  /** Pages from there, such as `index.html`. */
  pages: z.array(z.string()).check(z.minLength(1)),
  /** kB (1,000 bytes, after gzip) and requests of each page with all that it loads; `images` are not compressed again. */
  budgets: z.strictObject({
    page: kilobytes,
    scripts: kilobytes,
    styles: kilobytes,
    images: kilobytes,
    requests: z.exactOptional(z.int().check(z.minimum(1))),
  }),
});

type Body = z.infer<typeof body>;
type Page = { path: string; elements: readonly Element[] };

/** Each with the success criterion of WCAG 2.2 that it stands for. What it finds, if anything. */
const RULES: Readonly<Record<string, { what: Words; find: (page: Page) => string | undefined }>> = {
  language: {
    what: both("the page says its language (3.1.1)", "页面声明语言（3.1.1）"),
    find: ({ elements }) =>
      /^[a-z]{2,3}\b/i.test(attribute(tagged(elements, "html")[0], "lang")) ? undefined : "html lang",
  },
  title: {
    what: both("the page has a title (2.4.2)", "页面有标题（2.4.2）"),
    find: ({ elements }) => (tagged(elements, "title").some((one) => textOf(one) !== "") ? undefined : "title"),
  },
  images: {
    what: both("every image has a text (1.1.1)", "每个图像有替代文本（1.1.1）"),
    find: ({ elements }) =>
      tagged(elements, "img", "area", "input")
        .filter((one) => one.tagName !== "input" || attribute(one, "type") === "image")
        .map((one) => (has(one, "alt") || isHidden(one) ? undefined : shown(one)))
        .find(Boolean),
  },
  labels: {
    what: both("every field has a label (4.1.2)", "每个输入项有标签（4.1.2）"),
    find: ({ elements }) => {
      const labels = tagged(elements, "label");
      const inside = new Set(labels.flatMap((label) => [...descendants(label)]));
      const named = new Set(labels.map((label) => attribute(label, "for")));
      return tagged(elements, "input", "select", "textarea")
        .filter((one) => !["hidden", "submit", "button", "reset", "image"].includes(attribute(one, "type")))
        .filter((one) => !isNamed(one) && !inside.has(one) && !(has(one, "id") && named.has(attribute(one, "id"))))
        .map(shown)[0];
    },
  },
  names: {
    what: both("every link and button has a name (2.4.4, 4.1.2)", "每个链接和按钮有名称（2.4.4、4.1.2）"),
    find: ({ elements }) =>
      tagged(elements, "a", "button")
        .filter((one) => one.tagName !== "a" || has(one, "href"))
        .filter((one) => !isNamed(one) && nameOf(one) === "")
        .map(shown)[0],
  },
  headings: {
    what: both("headings begin at 1 and skip no level (1.3.1)", "标题自一级起且不跳级（1.3.1）"),
    find: ({ elements }) => {
      const levels = elements.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : []));
      const bad = levels.findIndex((level, index) => level > (levels[index - 1] ?? 0) + 1);
      return levels.length === 0 ? "h1" : bad < 0 ? undefined : `h${levels[bad]}`;
    },
  },
  landmark: {
    what: both("the page has one main part (1.3.1)", "页面有唯一的主要区域（1.3.1）"),
    find: ({ elements }) => {
      const mains = elements.filter((one) => one.tagName === "main" || attribute(one, "role") === "main");
      return mains.length === 1 ? undefined : "main";
    },
  },
  identifiers: {
    what: both("no id is used twice (1.3.1)", "id 不重复（1.3.1）"),
    find: ({ elements }) => {
      const ids = elements.map((one) => attribute(one, "id")).filter((id) => id !== "");
      return ids.find((id, index) => ids.indexOf(id) !== index);
    },
  },
  zoom: {
    what: both("the page can be enlarged (1.4.4)", "页面可放大（1.4.4）"),
    find: ({ elements }) =>
      tagged(elements, "meta")
        .filter((one) => attribute(one, "name") === "viewport")
        .map((one) => attribute(one, "content"))
        .find((content) => /user-scalable\s*=\s*(no|0)|maximum-scale\s*=\s*(0|1)(\.|\s|,|$)/.test(content)),
  },
  tables: {
    what: both("tables of data have headers (1.3.1)", "数据表有表头（1.3.1）"),
    find: ({ elements }) =>
      tagged(elements, "table")
        .filter((one) => attribute(one, "role") !== "presentation" && tagged([...descendants(one)], "th").length === 0)
        .map(shown)[0],
  },
  order: {
    what: both("the order of focus is that of the page (2.4.3)", "焦点顺序与页面一致（2.4.3）"),
    find: ({ elements }) => elements.filter((one) => Number(attribute(one, "tabindex")) > 0).map(shown)[0],
  },
  motion: {
    what: both("nothing moves or plays by itself (1.4.2, 2.2.2)", "没有自动播放或移动的内容（1.4.2、2.2.2）"),
    find: ({ elements }) =>
      elements
        .filter((one) => ["marquee", "blink"].includes(one.tagName) || (has(one, "autoplay") && !has(one, "muted")))
        .map(shown)[0],
  },
};

const BUDGETS: Record<keyof Body["budgets"], Words> = {
  page: both("all that a page loads", "页面加载总量"),
  scripts: both("scripts of a page", "页面脚本"),
  styles: both("style sheets of a page", "页面样式表"),
  images: both("images of a page", "页面图像"),
  requests: both("requests of a page", "页面请求数"),
};

export const site: Kind<Body> = {
  name: "site",
  says: both("a static site: accessibility and budgets", "静态网站：无障碍与性能预算"),
  body,
  plan: ({ budgets }) => [
    { id: "pages", what: both("every page is there", "页面齐全") },
    { id: "links", what: both("every link and file of the site leads somewhere", "站内链接与文件均有效") },
    ...Object.entries(RULES).map(([id, { what }]) => ({ id: `accessible ${id}`, what })),
    ...Object.keys(budgets).map((id) => ({ id: `budget ${id}`, what: BUDGETS[id as keyof typeof BUDGETS] })),
  ],
  async judge(body, bench) {
    const read = (path: string) => bench.delivered(posix.join(body.folder, path));
    const pages = body.pages.map((path) => ({ path, bytes: read(path) }));
    const missing = pages.find(({ bytes }) => !bytes);
    if (missing) {
      const why = both(`there is no page ${missing.path}`, `没有页面 ${missing.path}`);
      return site.plan(body, bench).map(({ id }) => ({ id, result: "fail", why }));
    }
    const parsed = pages.map(({ path, bytes }): Page & { size: Buffer } => {
      const size = bytes ?? Buffer.alloc(0);
      return { path, size, elements: [...descendants(parse(size.toString("utf8")))] };
    });
    const loads = parsed.map((page) => loaded(page, page.size, read));
    return [
      pass("pages"),
      links(parsed, read, loads),
      ...Object.entries(RULES).map(([id, { find }]): Judged => {
        const found = parsed
          .map((page) => ({ path: page.path, what: find(page) }))
          .find(({ what }) => what !== undefined);
        if (!found) return pass(`accessible ${id}`);
        return fail(`accessible ${id}`, `${found.path}: ${found.what}`, `${found.path}：${found.what}`);
      }),
      ...Object.entries(body.budgets).map(([id, most]) =>
        within(id as keyof Body["budgets"], most as number, parsed, loads),
      ),
    ];
  },
};

function* descendants(node: Node): Generator<Element> {
  // Iterative: a page may be nested as deep as it likes.
  const pending: Node[] = "childNodes" in node ? node.childNodes.toReversed() : [];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ("tagName" in next) yield next;
    if ("childNodes" in next) pending.push(...next.childNodes.toReversed());
  }
}

function textOf(element: Element): string {
  let text = "";
  const pending: Node[] = [...element.childNodes];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ("value" in next) text += next.value;
    if ("childNodes" in next) pending.push(...next.childNodes);
  }
  return text.trim();
}

const tagged = (elements: readonly Element[], ...names: string[]) =>
  elements.filter((one) => names.includes(one.tagName));
const attribute = (element: Element | undefined, name: string) =>
  element?.attrs.find((one) => one.name === name)?.value.trim() ?? "";
const has = (element: Element, name: string) => element.attrs.some((one) => one.name === name);
const isHidden = (element: Element) =>
  attribute(element, "aria-hidden") === "true" || ["presentation", "none"].includes(attribute(element, "role"));
const isNamed = (element: Element) =>
  ["aria-label", "aria-labelledby", "title"].some((name) => attribute(element, name) !== "");
const nameOf = (element: Element) =>
  textOf(element) +
  tagged([...descendants(element)], "img")
    .map((one) => attribute(one, "alt"))
    .join("");
const shown = (element: Element) => {
  const attributes = element.attrs.slice(0, 3).map(({ name, value }) => `${name}="${value.slice(0, 40)}"`);
  return `<${[element.tagName, ...attributes].join(" ")}>`;
};

type Load = { kind: "scripts" | "styles" | "images" | "page"; path: string; bytes: Buffer | undefined };

/** What a visitor's browser fetches for a page, of the site itself. */
function loaded(page: Page, own: Buffer, read: (path: string) => Buffer | undefined): readonly Load[] {
  const of = (kind: Load["kind"], reference: string): Load[] => {
    const path = target(page.path, reference);
    return path === undefined ? [] : [{ kind, path, bytes: read(path) }];
  };
  const parts = page.elements.flatMap((one) => {
    if (one.tagName === "script" && has(one, "src")) return of("scripts", attribute(one, "src"));
    if (one.tagName === "link" && /\bstylesheet\b/.test(attribute(one, "rel")))
      return of("styles", attribute(one, "href"));
    if (one.tagName === "link" && /\b(preload|icon|modulepreload)\b/.test(attribute(one, "rel")))
      return of("page", attribute(one, "href"));
    if (["img", "source", "video", "audio", "iframe"].includes(one.tagName) && has(one, "src"))
      return of(one.tagName === "img" ? "images" : "page", attribute(one, "src"));
    return [];
  });
  const unique = new Map(parts.map((part) => [part.path, part]));
  return [{ kind: "page", path: page.path, bytes: own }, ...unique.values()];
}

/** Path in the site of a reference on a page; nothing for what lies elsewhere. */
function target(page: string, reference: string): string | undefined {
  if (reference === "" || /^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(reference)) return undefined;
  const plain = reference.replace(/[?#].*$/, "");
  const decoded = decode(plain);
  const path = plain.startsWith("/") ? decoded.slice(1) : posix.join(posix.dirname(page), decoded);
  return path === "" || path === "." || path.endsWith("/") ? posix.join(path, "index.html") : path;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray per cent sign stands for itself.
    return path;
  }
}

function links(
  pages: readonly Page[],
  read: (path: string) => Buffer | undefined,
  loads: readonly (readonly Load[])[],
): Judged {
  const lost = loads.flat().find(({ bytes }) => !bytes);
  if (lost) return fail("links", `there is no file ${lost.path}`, `没有文件 ${lost.path}`);
  for (const page of pages) {
    for (const one of tagged(page.elements, "a")) {
      const reference = attribute(one, "href");
      const path = target(page.path, reference);
      if (path !== undefined && !read(path))
        return fail("links", `${page.path}: ${reference} leads nowhere`, `${page.path}：${reference} 无效`);
      if (/^#./.test(reference) && !page.elements.some((each) => attribute(each, "id") === reference.slice(1)))
        return fail("links", `${page.path}: ${reference} leads nowhere`, `${page.path}：${reference} 无效`);
    }
  }
  return pass("links");
}

function within(
  budget: keyof Body["budgets"],
  most: number,
  pages: readonly Page[],
  loads: readonly (readonly Load[])[],
): Judged {
  const id = `budget ${budget}`;
  const sums = loads.map((list) => {
    if (budget === "requests") return list.length;
    const counted = list.filter(({ kind }) => budget === "page" || kind === budget);
    const bytes = counted.map(({ kind, bytes = Buffer.alloc(0) }) =>
      kind === "images" ? bytes.length : gzipSync(bytes).length,
    );
    return bytes.reduce((sum, one) => sum + one, 0) / 1_000;
  });
  const worst = Math.max(...sums);
  const unit = budget === "requests" ? "" : "kB";
  const measures = [{ name: budget, value: format(Math.round(worst * 10) / 10), unit }];
  if (worst <= most) return pass(id, { measures });
  const page = pages[sums.indexOf(worst)]?.path;
  return fail(
    id,
    `${page}: ${worst.toFixed(1)} ${unit}, at most ${most}`,
    `${page}：${worst.toFixed(1)} ${unit}，上限 ${most}`,
    { measures },
  );
}
