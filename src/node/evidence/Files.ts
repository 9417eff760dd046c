/**
 * Bytes of evidence by the name of an object: a local folder, or an S3-compatible store. Names are ours, random and
 * without meaning. Uploads follow the tus protocol, so that a broken one goes on where it stopped.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { FileStore } from "@tus/file-store";
import { S3Store } from "@tus/s3-store";
import { type DataStore, Server, Upload } from "@tus/server";
import type { Config } from "../Config.ts";

export type Files = {
  /** Makes room for so many bytes; they follow by `handle`. */
  begin(object: string, size: number): Promise<void>;
  /** A request of the tus protocol (HEAD, PATCH) to `UPLOADS/object`. */
  handle(request: Request): Promise<Response>;
  /** How many bytes are there. Throws where there is no such object. */
  received(object: string): Promise<number>;
  put(object: string, bytes: Uint8Array): Promise<void>;
  /** Throws where it is not there. */
  read(object: string): Promise<Readable>;
  /** Gone for good; no error where it is not there. */
  erase(object: string): Promise<void>;
};

export const UPLOADS = "/v1/uploads";

export function open({ home, s3, evidenceLimit }: Pick<Config, "home" | "s3" | "evidenceLimit">): Files {
  const store = s3 ? onS3(s3) : inFolder(join(home, "evidence"));
  const server = new Server({
    path: UPLOADS,
    datastore: store,
    maxSize: evidenceLimit,
    relativeLocation: true,
    respectForwardedHeaders: false,
    // No other site reads what is answered here.
    allowedOrigins: [],
  });
  const { read } = store as DataStore & { read(object: string): Readable | Promise<Readable> };
  const files: Files = {
    async begin(object, size) {
      await store.create(new Upload({ id: object, size, offset: 0 }));
    },
    handle: (request) => server.handleWeb(request as never) as Promise<Response>,
    received: async (object) => (await store.getUpload(object)).offset,
    async put(object, bytes) {
      await files.begin(object, bytes.length);
      await store.write(Readable.from([Buffer.from(bytes)]), object, 0);
    },
    read: async (object) => read.call(store, object),
    async erase(object) {
      await store.remove(object).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    },
  };
  return files;
}

function inFolder(directory: string): DataStore {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return new FileStore({ directory });
}

function onS3({ endpoint, bucket, region, accessKeyId, secretAccessKey }: NonNullable<Config["s3"]>): DataStore {
  const credentials = { accessKeyId, secretAccessKey };
  // Tags are what other makes of S3 most often lack.
  return new Bucket({
    useTags: false,
    s3ClientConfig: { endpoint, bucket, region, credentials, forcePathStyle: true },
  });
}

class Bucket extends S3Store {
  /** The library gives up where there is no upload to abort, as with every complete object, and leaves it there. */
  override async remove(id: string): Promise<void> {
    const known = await this.getMetadata(id).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
    const upload = { Bucket: this.bucket, Key: id, UploadId: known?.["upload-id"] ?? "" };
    if (known)
      await this.client.abortMultipartUpload(upload).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    const Objects = [id, this.infoKey(id), this.partKey(id, true)].map((Key) => ({ Key }));
    await this.client.deleteObjects({ Bucket: this.bucket, Delete: { Objects } });
    await this.clearCache(id);
  }
}

function isMissing(error: unknown): boolean {
  const { status_code: status, code, name } = (error ?? {}) as { status_code?: number; code?: string; name?: string };
  return status === 404 || code === "ENOENT" || name === "NoSuchKey" || name === "NoSuchUpload" || name === "NotFound";
}
