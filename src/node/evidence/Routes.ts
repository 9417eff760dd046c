/** The two streams beside the table of operations: uploads by the tus protocol, and downloads. */
import { Readable } from "node:stream";
import { eq } from "drizzle-orm";
import { Hono } from "hono";
import { InputError } from "../../agreement/index.ts";
import { Forms, Problem, Table } from "../../api/index.ts";
import * as Access from "../Access.ts";
import type { Caller, Parts } from "../Call.ts";
import * as schema from "../store/schema.ts";
import * as Evidence from "./Evidence.ts";
import { UPLOADS } from "./Files.ts";

const { both } = InputError;
const { evidence } = schema;

/** What is shown as itself; everything else is bytes to keep. Nothing that a browser would run. */
const HARMLESS: ReadonlySet<string> = new Set([
  "image/png",
  "image/jpeg",
  "image/webp",
  "application/pdf",
  "text/plain",
]);

const noPlace = () =>
  new Problem.Problem(
    "store-down",
    both(
      "The file cannot be kept now. Ask how far it came (HEAD), and go on from there when the operator has seen to it.",
      "暂时无法保存该文件。请以 HEAD 查询已接收的字节数，待运营者处理后由该处续传。",
    ),
  );

/** Mounted at the root; `callerOf` as for any operation. */
export function routes(parts: Parts, callerOf: (headers: Headers) => Promise<Caller>): Hono {
  const app = new Hono();

  // Hono asks GET handlers for HEAD.
  app.on(["GET", "PATCH"], `${UPLOADS}/:object`, async ({ req }) => {
    if (req.raw.method === "GET") throw Evidence.missing();
    const caller = await callerOf(req.raw.headers);
    Access.admit(caller, Table.rowOf("evidence.create"));
    const object = req.param("object");
    if (!Forms.id.safeParse(object).success) throw Evidence.missing();
    const [row] = await parts.store.db.select().from(evidence).where(eq(evidence.object, object));
    if (!row || caller.kind !== "user" || caller.user !== row.user) throw Evidence.missing();
    // The right to write may have ended since the upload began.
    const input = { agreement: row.agreement };
    await Access.judge(parts.store.db, caller, Table.rowOf("evidence.create"), input).catch((error: unknown) => {
      // In the same words as where there is no upload.
      throw error instanceof Problem.Problem && error.code === "not-found" ? Evidence.missing() : error;
    });
    // Where its first answer was cut off, it was not begun.
    if (!row.complete) await parts.files.begin(object, row.size);
    const answer = await parts.files.handle(req.raw);
    // A disk without room, a bucket that does not answer: what came so far is kept, and the upload goes on from there.
    if (answer.status >= 500) throw noPlace();
    if (answer.ok) await Evidence.complete(parts, row);
    return answer;
  });

  app.get("/v1/downloads/:agreement/:evidence", async ({ req }) => {
    const caller = await callerOf(req.raw.headers);
    const input = { agreement: req.param("agreement"), evidence: req.param("evidence") };
    const { data } = Table.rowOf("evidence.show").input.safeParse(input);
    if (!data) throw Evidence.missing();
    const operation = Table.rowOf("evidence.show");
    Access.admit(caller, operation);
    const { seats } = await Access.judge(parts.store.db, caller, operation, input);
    const row = await Evidence.find(parts.store.db, input.agreement, input.evidence, seats);
    if (row.object === null || !row.complete) {
      throw new Problem.Problem(
        "gone",
        both("The file is not there: erased, or not complete yet.", "文件不存在：已删除或尚未上传完整。"),
      );
    }
    const type = row.type !== null && HARMLESS.has(row.type) ? row.type : "application/octet-stream";
    const body = Readable.toWeb(await parts.files.read(row.object)) as unknown as ReadableStream;
    return new Response(body, {
      headers: {
        "Content-Type": type === "text/plain" ? "text/plain; charset=utf-8" : type,
        "Content-Length": String(row.size),
        "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(row.name ?? "evidence").replaceAll("'", "%27")}`,
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
      },
    });
  });

  return app;
}
