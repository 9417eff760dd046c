/** A file of a person's, as the node takes it. */

/** Bytes: what the node accepts of one file. */
export const MOST = 5_000_000;

/** Base64, made by the browser. Throws what reading throws. */
export async function contentOf(file: Blob): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}
