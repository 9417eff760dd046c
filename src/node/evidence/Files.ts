/**
 * Bytes of evidence by the name of an object: a local folder, or an S3-compatible store. Names are ours, random and
 * without meaning. Uploads follow the tus protocol, so that a broken one goes on where it stopped.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { FileStore } from "@tus/file-store";
import { type DataStore, Server, Upload } from "@tus/server";
import type { Config } from "../Config.ts";
import * as Room from "../store/Room.ts";

export type Files = {
  /** Whether so many bytes can be kept, as far as can be told beforehand. */
  hasRoom(size: number): boolean;
  /** Makes room for so many bytes, where nothing is there yet; they follow by `handle`. */
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

export async function open({ home, s3, evidenceLimit }: Pick<Config, "home" | "s3" | "evidenceLimit">): Promise<Files> {
  // Who has a folder need not load what speaks with a bucket.
  const store = s3 ? (await import("./Bucket.ts")).open(s3) : inFolder(join(home, "evidence"));
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
    hasRoom: (size) => s3 !== undefined || Room.has(join(home, "evidence"), size),
    async begin(object, size) {
      const known = await store.getUpload(object).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
      if (!known) await store.create(new Upload({ id: object, size, offset: 0 }));
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
  return new Folder({ directory });
}

class Folder extends FileStore {
  /** Throws where the disk has no room for the rest: bytes that fill it keep the store from working. */
  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const { size = 0 } = await this.getUpload(id);
    if (!Room.has(this.directory, size - offset)) throw Room.none();
    return super.write(bytes, id, offset);
  }
}

export function isMissing(error: unknown): boolean {
  const { status_code: status, code, name } = (error ?? {}) as { status_code?: number; code?: string; name?: string };
  return status === 404 || code === "ENOENT" || name === "NoSuchKey" || name === "NoSuchUpload" || name === "NotFound";
}
