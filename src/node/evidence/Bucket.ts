/** Bytes of evidence in an S3-compatible store. */
import { S3Store } from "@tus/s3-store";
import type { DataStore } from "@tus/server";
import type { Config } from "../Config.ts";
import { isMissing } from "./Files.ts";

export function open({ endpoint, bucket, region, accessKeyId, secretAccessKey }: NonNullable<Config["s3"]>): DataStore {
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
