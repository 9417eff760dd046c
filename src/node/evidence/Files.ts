/** Bytes of evidence, by name of an object: a local folder, or an S3-compatible store. */
export type Files = {
  /** Opens or resumes an upload; the tus protocol below `/v1/uploads/`. */
  handle(request: Request, upload: { object: string; size: number }): Promise<Response>;
  put(object: string, bytes: Uint8Array): Promise<void>;
  /** Throws where it is not there. */
  read(object: string): Promise<ReadableStream<Uint8Array>>;
  /** Gone for good; no error where it is not there. */
  erase(object: string): Promise<void>;
};
