/** `commenda paper`: certificates, statements and invoices of an agreement, from the node where it lives. */
import { InputError } from "../../agreement/index.ts";
import type { Table } from "../../api/index.ts";
import { type Command, type Context, type Given, OK } from "../Command.ts";
import { UsageError } from "../Errors.ts";
import * as Output from "../Output.ts";

const { both } = InputError;

const KINDS = ["title", "statement", "invoice"] as const;
type Kind = (typeof KINDS)[number];
const FORMATS: Readonly<Record<Kind, readonly string[]>> = {
  title: ["html", "json"],
  statement: ["html", "csv", "json"],
  invoice: ["html", "xml", "csv", "json"],
};

type File = Table.Output<"papers.statement">;
type Papers = Table.Output<"papers.list">;
type Invoice = Table.Output<"papers.issue">;

export const paper: Command = {
  path: ["paper"],
  says: both(
    "a paper of what was settled: `title`, `statement` or `invoice`, from a node (COMMENDA_URL, COMMENDA_API_KEY)",
    "已结算事实的文书：权属证明 title、对账单 statement 或发票 invoice，取自节点（COMMENDA_URL、COMMENDA_API_KEY）",
  ),
  args: ["KIND", "AGREEMENT"],
  options: {
    milestone: { type: "string", value: "NAME", says: both("of a title certificate", "权属证明所属里程碑") },
    payment: {
      type: "string",
      value: "PAYMENT",
      says: both(
        "of an invoice, as `commenda call papers.list` names it; default: the last. Made where there is none yet",
        "发票对应的付款（见 `commenda call papers.list`）；默认为最后一笔。尚无发票时即开具",
      ),
    },
    format: {
      type: "string",
      value: "html|xml|csv|json",
      says: both("default: html, to be printed; xml is EN 16931 (UBL)", "默认 html（可打印）；xml 为 EN 16931（UBL）"),
    },
    out: {
      type: "string",
      value: "FILE",
      says: both("where it is written; default: stdout", "写入的文件；默认输出到标准输出"),
    },
  },
  examples: [
    {
      line: "commenda paper title 3f0c… --milestone design --out title.html",
      says: both("who owns what was delivered, from which payment on", "所交付成果自哪笔付款起归谁所有"),
    },
    { line: "commenda paper statement 3f0c… --format csv", says: both("every payment", "每笔款项") },
    {
      line: "commenda paper invoice 3f0c… --format xml --out invoice.xml",
      says: both("for the last payment", "最后一笔付款的发票"),
    },
  ],
  async run(given, context) {
    const [name = "", agreement = ""] = given.args;
    const kind = KINDS.find((one) => one === name);
    if (!kind) {
      const shown = InputError.show(name);
      const list = KINDS.join(", ");
      throw new UsageError(both(`There is no paper ${shown}: ${list}.`, `没有文书 ${shown}：${list}。`));
    }
    const format = formatOf(kind, given);
    const file = await take(kind, { agreement, format }, given, context);
    if (typeof given.options.out !== "string") context.print(file.content);
    else {
      Output.write(given.options.out, file.content);
      context.tell(given.options.out);
    }
    return OK;
  },
};

function formatOf(kind: Kind, { options }: Given): string {
  const { format = "html" } = options;
  if (FORMATS[kind].includes(String(format))) return String(format);
  const [shown, list] = [InputError.show(format), FORMATS[kind].join(", ")];
  throw new UsageError(
    both(`--format: found ${shown}, expected one of ${list}.`, `--format：现为 ${shown}，应为 ${list} 之一。`),
  );
}

type Asked = { readonly agreement: string; readonly format: string };

async function take(kind: Kind, asked: Asked, { options, language }: Given, context: Context): Promise<File> {
  const Remote = await import("../Remote.ts");
  const ask = <T>(route: string, input: Record<string, unknown>) =>
    Remote.send(context, language, route, input, undefined) as Promise<T>;
  const { agreement, format } = asked;
  if (kind === "statement") return ask<File>("GET /v1/agreements/{agreement}/papers/statement", { agreement, format });
  if (kind === "title") {
    const { milestone } = options;
    if (typeof milestone !== "string") {
      const says = both("--milestone is missing: whose title is it?", "缺少 --milestone：请指明里程碑。");
      throw new UsageError(says);
    }
    return ask<File>("GET /v1/agreements/{agreement}/papers/titles/{milestone}", { agreement, milestone, format });
  }
  const { payments } = await ask<Papers>("GET /v1/agreements/{agreement}/papers", { agreement });
  const wanted = options.payment;
  const payment = wanted === undefined ? payments.at(-1) : payments.find((one) => one.payment === wanted);
  if (!payment) throw noPayment(wanted);
  const invoice =
    payment.invoice ??
    (await ask<Invoice>("POST /v1/agreements/{agreement}/papers/invoices", { agreement, payment: payment.payment }));
  return ask<File>("GET /v1/agreements/{agreement}/papers/invoices/{invoice}", {
    agreement,
    invoice: invoice.id,
    format,
  });
}

const noPayment = (found: unknown) =>
  found === undefined
    ? new UsageError(both("Nothing is paid yet: there is nothing to invoice.", "尚无付款，无可开具的发票。"))
    : new UsageError(
        both(
          `--payment: found ${InputError.show(found)}, which is none of this agreement. \`commenda call papers.list\` names them.`,
          `--payment：${InputError.show(found)} 不是本协议的付款。\`commenda call papers.list\` 可列出。`,
        ),
      );
