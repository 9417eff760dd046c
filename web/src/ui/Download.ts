/** Gives a text to whoever reads the page, as a file. */

/** Milliseconds after which the browser has surely taken it. */
const TAKEN = 10_000;

export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), TAKEN);
}
