/** An S3-compatible store in memory, for tests: objects and multipart uploads, without any check of who asks. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Object = { body: Buffer; metadata: Record<string, string> };
type Upload = { key: string; metadata: Record<string, string>; parts: Map<number, Buffer> };

export type S3 = { readonly endpoint: string; readonly objects: ReadonlyMap<string, Object>; close(): Promise<void> };

export async function start(): Promise<S3> {
  const objects = new Map<string, Object>();
  const uploads = new Map<string, Upload>();
  const server = createServer((request, response) => {
    answer(request, response, objects, uploads).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  objects: Map<string, Object>,
  uploads: Map<string, Upload>,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://s3");
  const key = decodeURIComponent(url.pathname.split("/").slice(2).join("/"));
  const { searchParams: query } = url;
  const upload = uploads.get(query.get("uploadId") ?? "");
  const metadata = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => name.startsWith("x-amz-meta-")) as [string, string][],
  );
  const xml = (text: string) => response.writeHead(200, { "Content-Type": "application/xml" }).end(text);
  const fail = (status: number, code: string) =>
    response
      .writeHead(status, { "Content-Type": "application/xml" })
      .end(request.method === "HEAD" ? undefined : `<Error><Code>${code}</Code></Error>`);
  switch (request.method) {
    case "POST": {
      const body = await bodyOf(request);
      if (query.has("uploads")) {
        const id = randomUUID();
        uploads.set(id, { key, metadata, parts: new Map() });
        return void xml(
          `<InitiateMultipartUploadResult><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
        );
      }
      if (query.has("delete")) {
        for (const [, name = ""] of body.toString("utf8").matchAll(/<Key>([^<]*)<\/Key>/g)) objects.delete(name);
        return void xml("<DeleteResult></DeleteResult>");
      }
      if (!upload) return void fail(404, "NoSuchUpload");
      const parts = [...upload.parts].sort(([one], [other]) => one - other).map(([, part]) => part);
      objects.set(upload.key, { body: Buffer.concat(parts), metadata: upload.metadata });
      uploads.delete(query.get("uploadId") ?? "");
      return void xml(
        `<CompleteMultipartUploadResult><Key>${key}</Key><ETag>"done"</ETag></CompleteMultipartUploadResult>`,
      );
    }
    case "PUT": {
      const body = await bodyOf(request);
      if (query.has("uploadId") && !upload) return void fail(404, "NoSuchUpload");
      if (upload) upload.parts.set(Number(query.get("partNumber")), body);
      else objects.set(key, { body, metadata });
      return void response.writeHead(200, { ETag: `"${body.length}"` }).end();
    }
    case "DELETE": {
      if (query.has("uploadId")) {
        if (!uploads.delete(query.get("uploadId") ?? "")) return void fail(404, "NoSuchUpload");
      } else objects.delete(key);
      return void response.writeHead(204).end();
    }
    default: {
      if (query.has("uploadId")) {
        if (!upload) return void fail(404, "NoSuchUpload");
        const parts = [...upload.parts].map(
          ([number, { length }]) =>
            `<Part><PartNumber>${number}</PartNumber><ETag>"${length}"</ETag><Size>${length}</Size></Part>`,
        );
        return void xml(`<ListPartsResult><IsTruncated>false</IsTruncated>${parts.join("")}</ListPartsResult>`);
      }
      const found = objects.get(key);
      if (!found) return void fail(404, "NoSuchKey");
      response.writeHead(200, { ...found.metadata, "Content-Length": found.body.length, ETag: '"done"' });
      return void response.end(request.method === "HEAD" ? undefined : found.body);
    }
  }
}

/** The bytes meant, without the frames of `aws-chunked`. */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (!String(request.headers["content-encoding"] ?? "").includes("aws-chunked")) return body;
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.toString("latin1", at, end), 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
