/** Papers made of settled facts: title certificates, statements, invoices; and what invoices say of an organisation. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation } from "../Operation.ts";

const { both } = InputError;
const { agreementId: agreement, organisationId: organisation } = Forms;
const read = { may: "read", of: "agreement" } as const;
const sign = { may: "sign", of: "agreement" } as const;

/** As people write them; two decimals at most. */
const percent = z
  .string()
  .regex(/^(0|[1-9]\d?)(\.\d{1,2})?$/)
  .meta({ description: "per cent, such as 6 or 5.5 · 百分数，如 6 或 5.5" });

/** What an organisation's invoices say of it. What is not given is asked for when a paper needs it. */
export const party = z.strictObject({
  name: Forms.line.optional().meta({ description: "legal name, as registered · 登记的法定名称" }),
  taxId: z
    .string()
    .regex(/^[A-Z0-9][A-Z0-9.-]{3,29}$/)
    .optional()
    .meta({
      description:
        "tax number: 统一社会信用代码, or a VAT number with its country in front · 税号：统一社会信用代码，或带国家代码的增值税号",
    }),
  street: Forms.line.optional(),
  city: Forms.line.optional(),
  postcode: z.string().trim().min(1).max(20).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .meta({ description: "ISO 3166-1, two capital letters · 国家代码，两个大写字母" }),
  phone: z.string().trim().min(1).max(40).optional(),
  email: z.email().max(254).optional(),
  bank: Forms.line.optional().meta({ description: "name of the bank · 开户银行" }),
  bankAccount: z.string().trim().min(1).max(60).optional(),
  /** UNCL5305: S standard, Z zero, E exempt, AE reverse charge, G export. */
  vatCategory: z.enum(["S", "Z", "E", "AE", "G"]).optional().meta({
    description:
      "S standard, Z zero, E exempt, AE reverse charge, G export · S 应税，Z 零税率，E 免税，AE 反向征收，G 出口",
  }),
  vatRate: percent.optional(),
  /** Of the category E. */
  exemption: Forms.line.optional().meta({ description: "why there is no tax · 免税理由" }),
  /** 商品和服务税收编码 */
  itemCode: z
    .string()
    .regex(/^\d{19}$/)
    .optional()
    .meta({ description: "商品和服务税收编码, 19 digits · 商品和服务税收编码（19 位）" }),
  unit: z.string().trim().min(1).max(20).optional(),
  specification: z.string().trim().min(1).max(40).optional(),
  /** In front of the number: for who makes invoices elsewhere too. */
  series: z
    .string()
    .regex(/^[A-Z0-9]{1,8}$/)
    .optional()
    .meta({ description: "letters in front of invoice numbers · 发票号前缀" }),
});

const title = z.strictObject({
  milestone: z.string(),
  title: Forms.words,
  /** Whose it is from then on, by the terms. */
  owner: z.enum(["client", "provider", "both"]),
  /** Salted hash of what was delivered last. */
  deliverable: Forms.hash.optional(),
  /** From which moment on: of the opening, the delivery or the payment. Absent: it has not passed. */
  passed: z.strictObject({ at: Forms.time, transaction: Forms.hash }).optional(),
  says: Forms.words,
});

const invoice = z.strictObject({
  id: Forms.id,
  kind: z.enum(["invoice", "credit"]),
  number: z.string(),
  issued: z.string(),
  /** Decimal text, in the currency. */
  net: z.string(),
  tax: z.string(),
  gross: z.string(),
  currency: z.string(),
  buyer: z.string(),
  /** Number of the invoice that it credits. */
  credits: z.string().optional(),
  createdAt: Forms.time,
});

/** Where a payment stands on the ledger: transaction, and which of its payments. */
const payment = z
  .string()
  .regex(/^0x[0-9a-f]{64}:\d{1,3}$/)
  .meta({ description: "of `papers.list` · 见 papers.list" });

const file = z.strictObject({ name: z.string(), type: z.string(), content: z.string() });

export const papers = {
  "invoicing.show": operation({
    route: "GET /v1/organisations/{organisation}/invoice-data",
    says: both("shows what an organisation's invoices say of it", "查看组织的开票资料"),
    who: { may: "read", of: "organisation" },
    repeat: "safe",
    input: z.strictObject({ organisation }),
    output: party,
    errors: [],
  }),
  "invoicing.save": operation({
    route: "PUT /v1/organisations/{organisation}/invoice-data",
    says: both(
      "says what an organisation's invoices say of it; those that were made stay as they are",
      "保存组织的开票资料；已开具的发票不变",
    ),
    who: { may: "manage", of: "organisation" },
    repeat: "idempotent",
    input: z.strictObject({ organisation, party }),
    output: party,
    errors: [],
  }),
  "invoice.list": operation({
    route: "GET /v1/organisations/{organisation}/invoices",
    says: both(
      "lists the invoices and credit notes that an organisation made, by number",
      "按编号列出组织开具的发票与红字发票",
    ),
    who: { may: "read", of: "organisation" },
    repeat: "safe",
    input: z.strictObject({
      organisation,
      year: z.coerce.number().int().min(2000).max(9999).optional(),
      ...Forms.page,
    }),
    output: Forms.pageOf(invoice),
    errors: [],
  }),
  "invoice.batch": operation({
    route: "GET /v1/organisations/{organisation}/invoices/batch",
    says: both(
      "the invoices of a year as CSV with the fields of the fully digital e-invoice (数电票), for its batch form",
      "一年的发票 CSV，含数电票批量开具的各字段",
    ),
    who: { may: "read", of: "organisation" },
    repeat: "safe",
    input: z.strictObject({ organisation, year: z.coerce.number().int().min(2000).max(9999) }),
    output: file,
    errors: [],
    costly: true,
  }),
  "papers.list": operation({
    route: "GET /v1/agreements/{agreement}/papers",
    says: both(
      "which papers there are or can be made: title certificates, payments with their invoices, and what is missing for those",
      "列出已有及可出具的文书：权属证明、各笔付款及其发票，以及开票所缺资料",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement }),
    output: z.strictObject({
      titles: z.array(title),
      /** Whether the terms ask for certificates. */
      certificates: z.boolean(),
      payments: z.array(
        z.strictObject({
          payment,
          at: Forms.time,
          transaction: Forms.hash,
          milestone: z.string().optional(),
          title: Forms.words.optional(),
          says: Forms.words,
          amount: Forms.units,
          invoice: invoice.optional(),
          /** Credit notes of that invoice. */
          credits: z.array(invoice),
        }),
      ),
      /** Invoices of payments that a reorganisation of the ledger took back: to be credited. */
      undone: z.array(invoice),
      currency: z.strictObject({ code: z.string(), scale: z.int() }),
      /** Of the caller's, the one that makes invoices here: where they sit as the provider. */
      seller: organisation.optional(),
      /** What is missing before one can be made. */
      missing: z.array(z.strictObject({ field: z.string(), says: Forms.words })),
    }),
    errors: ["state-conflict"],
  }),
  "papers.title": operation({
    route: "GET /v1/agreements/{agreement}/papers/titles/{milestone}",
    says: both(
      "the title certificate of a milestone: what was delivered, by its hash, and who owns it from which payment on",
      "里程碑的权属证明：交付物（以哈希表示）及自哪笔付款起归谁所有",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({
      agreement,
      milestone: Forms.line,
      format: z.enum(["html", "json"]).default("html"),
    }),
    output: file,
    errors: ["state-conflict"],
  }),
  "papers.statement": operation({
    route: "GET /v1/agreements/{agreement}/papers/statement",
    says: both("the statement of an agreement as a paper", "协议的对账单"),
    who: read,
    repeat: "safe",
    input: z.strictObject({ agreement, format: z.enum(["html", "csv", "json"]).default("html") }),
    output: file,
    errors: ["state-conflict"],
  }),
  "papers.issue": operation({
    route: "POST /v1/agreements/{agreement}/papers/invoices",
    says: both(
      "makes the invoice of a payment, once; asked for again, it is the same one",
      "为一笔付款开具发票，仅一次；再次请求得到同一张",
    ),
    who: sign,
    repeat: "idempotent",
    input: z.strictObject({ agreement, payment }),
    output: invoice,
    errors: ["state-conflict"],
  }),
  "papers.credit": operation({
    route: "POST /v1/agreements/{agreement}/papers/invoices/{invoice}/credit",
    says: both(
      "makes a credit note for an invoice, of all that is left of it or of an amount with its tax",
      "为发票开具红字发票：冲销全部余额，或指定的含税金额",
    ),
    who: sign,
    repeat: "keyed",
    input: z.strictObject({
      agreement,
      invoice: Forms.id,
      reason: Forms.line,
      /** With tax. Absent: all that is left. */
      gross: z
        .string()
        .regex(/^(0|[1-9]\d{0,20})(\.\d{1,2})?$/)
        .optional()
        .meta({ description: "amount with tax, such as 1250.50 · 含税金额，如 1250.50" }),
    }),
    output: invoice,
    errors: ["state-conflict"],
  }),
  "papers.invoice": operation({
    route: "GET /v1/agreements/{agreement}/papers/invoices/{invoice}",
    says: both(
      "an invoice or credit note as EN 16931 XML (UBL 2.1), as CSV with the fields of 数电票, or to be printed",
      "发票或红字发票：EN 16931 XML（UBL 2.1）、数电票字段 CSV 或可打印页面",
    ),
    who: read,
    repeat: "safe",
    input: z.strictObject({
      agreement,
      invoice: Forms.id,
      format: z.enum(["html", "xml", "csv", "json"]).default("html"),
    }),
    output: file,
    errors: ["state-conflict"],
  }),
} as const;
