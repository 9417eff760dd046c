/** Files behind deliveries, reasons and documents. */
import { and, eq, inArray } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type { Call, Handler, Handlers } from "../Call.ts";
import * as Evidence from "../evidence/Evidence.ts";
import { UPLOADS } from "../evidence/Files.ts";
import * as Page from "../Page.ts";
import * as Room from "../store/Room.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;

/** Bytes that `evidence.content` gives in one answer. */
const SMALL = 5_000_000;

const create: Handler<"evidence.create"> = async (call, { agreement, name, size, readers }) => {
  const { evidenceLimit } = call.parts.config;
  if (size > evidenceLimit) {
    throw new Problem.Problem(
      "body-too-large",
      both(
        `size: found ${size} bytes, expected at most ${evidenceLimit}. Split the file, or ask the operator for a higher limit.`,
        `size：现为 ${size} 字节，应不超过 ${evidenceLimit} 字节。请拆分文件，或请运营者提高上限。`,
      ),
      { field: "size" },
    );
  }
  await seated(call, agreement, readers);
  if (!call.parts.files.hasRoom(size)) throw Room.none();
  const row = await Evidence.create(call.db, {
    agreement,
    name,
    size,
    readers,
    ...Evidence.bringer(call.caller, call.seats),
  });
  const { object } = row;
  if (object === null) throw Evidence.missing();
  call.finish(async (answer) => {
    await call.parts.files.begin(object, size);
    return answer;
  });
  return { ...(await Evidence.answer(call.db, row)), upload: `${UPLOADS}/${object}` };
};

const put: Handler<"evidence.put"> = async (call, { agreement, name, content, readers }) => {
  const bytes = Buffer.from(content, "base64");
  await seated(call, agreement, readers);
  if (!call.parts.files.hasRoom(bytes.length)) throw Room.none();
  const by = Evidence.bringer(call.caller, call.seats);
  const row = await Evidence.create(call.db, { agreement, name, size: bytes.length, readers, ...by });
  const { object } = row;
  if (object === null) throw Evidence.missing();
  // Bytes before the row that names them: a crash in between leaves an object that nothing refers to.
  await call.parts.files.put(object, bytes);
  call.finish(async () => {
    const done = await Evidence.complete(call.parts, row);
    return Evidence.answer(call.parts.store.db, done);
  });
  return Evidence.answer(call.db, row);
};

const list: Handler<"evidence.list"> = async (call, { agreement, after, limit }) => {
  const rows = await Evidence.list(call.db, agreement, call.seats, Page.afterTime(after), limit + 1);
  const { items, ...next } = Page.cut(rows, limit, ({ createdAt, id }) => [createdAt.toISOString(), id]);
  return { items: await Promise.all(items.map((row) => Evidence.answer(call.db, row))), ...next };
};

const show: Handler<"evidence.show"> = async (call, input) => {
  const row = await Evidence.find(call.db, input.agreement, input.evidence, call.seats);
  return Evidence.answer(call.db, row);
};

const content: Handler<"evidence.content"> = async (call, input) => {
  const row = await Evidence.find(call.db, input.agreement, input.evidence, call.seats);
  if (row.object === null) throw gone();
  if (row.size > SMALL) {
    const where = `/v1/downloads/${row.agreement}/${row.id}`;
    throw new Problem.Problem(
      "body-too-large",
      both(`The file has ${row.size} bytes. Download it at ${where}.`, `文件为 ${row.size} 字节，请由 ${where} 下载。`),
      { download: where },
    );
  }
  if (!row.complete) {
    throw new Problem.Problem(
      "gone",
      both(
        `Only ${row.received} of ${row.size} bytes have arrived. Wait until the upload is complete.`,
        `仅收到 ${row.size} 字节中的 ${row.received} 字节，请待上传完成。`,
      ),
    );
  }
  const chunks: Buffer[] = [];
  for await (const chunk of await call.parts.files.read(row.object)) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks).toString("base64");
  return { name: row.name ?? "", type: row.type ?? "application/octet-stream", content: bytes };
};

const share: Handler<"evidence.share"> = async (call, { agreement, evidence, readers }) => {
  const row = await own(call, agreement, evidence);
  if (row.erasedAt !== null) throw gone();
  await seated(call, agreement, readers ?? undefined);
  const [changed] = await call.db
    .update(schema.evidence)
    .set({ readers })
    .where(eq(schema.evidence.id, evidence))
    .returning();
  await call.parts.events.append(call.db, { kind: "evidence.changed", agreement, data: { evidence } });
  return Evidence.answer(call.db, changed ?? row);
};

const erase: Handler<"evidence.erase"> = async (call, { agreement, evidence }) => {
  const row = await own(call, agreement, evidence);
  const { object } = row;
  const erased = row.erasedAt === null ? await Evidence.erase(call.db, row) : row;
  await call.parts.events.append(call.db, { kind: "evidence.changed", agreement, data: { evidence, erased: true } });
  // After the row no longer names them: a crash in between leaves bytes that nobody can ask for.
  call.finish(async (answer) => {
    if (object !== null) await call.parts.files.erase(object);
    return answer;
  });
  return Evidence.answer(call.db, erased);
};

/** Throws where the file was brought by another organisation. */
async function own(call: Pick<Call, "db" | "seats">, agreement: string, id: string): Promise<Evidence.Row> {
  const row = await Evidence.find(call.db, agreement, id, call.seats);
  if (call.seats.some(({ organisation }) => organisation === row.organisation)) return row;
  throw new Problem.Problem(
    "forbidden",
    both(
      "Only the organisation that brought the file may do this. Ask it to.",
      "仅上传该文件的组织可执行此操作，请联系其办理。",
    ),
  );
}

/** Throws `bad-input` for readers without a seat. */
async function seated(
  call: Pick<Call, "db">,
  agreement: string,
  readers: readonly string[] | undefined,
): Promise<void> {
  if (!readers || readers.length === 0) return;
  const { seat } = schema;
  const rows = await call.db
    .select({ organisation: seat.organisation })
    .from(seat)
    .where(and(eq(seat.agreement, agreement), inArray(seat.organisation, [...readers])));
  const there = new Set(rows.map(({ organisation }) => organisation));
  const index = readers.findIndex((reader) => !there.has(reader));
  if (index < 0) return;
  throw new Problem.Problem(
    "bad-input",
    both(
      `readers[${index}]: found ${readers[index]}, expected an organisation with a seat in the agreement. Invite it first.`,
      `readers[${index}]：现为 ${readers[index]}，应为该协议中的组织。请先邀请其加入。`,
    ),
    { field: `readers[${index}]` },
  );
}

const gone = () =>
  new Problem.Problem(
    "gone",
    both("The file was erased. Its hash is still on record.", "文件已删除，仅存其哈希记录。"),
  );

export const evidence = {
  "evidence.create": create,
  "evidence.put": put,
  "evidence.list": list,
  "evidence.show": show,
  "evidence.content": content,
  "evidence.share": share,
  "evidence.erase": erase,
} satisfies Partial<Handlers>;
