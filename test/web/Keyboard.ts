/** Somebody who has no mouse: goes from control to control by Tab, and acts by Enter, Space and arrows. */
import type { Locator, Page } from "playwright-core";

/** More than any page of the app has. */
const MOST = 250;

/** Until `control` has the focus. Throws where Tab never gets there. */
export async function reach(page: Page, control: Locator): Promise<void> {
  const one = control.first();
  await one.waitFor({ state: "attached" });
  for (let step = 0; step < MOST; step++) {
    if (await one.evaluate((element) => element.matches(":focus"))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${control} is out of the keyboard's reach`);
}

/** Goes there, and presses Enter. */
export async function press(page: Page, control: Locator, key = "Enter"): Promise<void> {
  await reach(page, control);
  await page.keyboard.press(key);
}

/** Goes there, and types in the place of what stands there. */
export async function type(page: Page, control: Locator, text: string): Promise<void> {
  await reach(page, control);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(text);
}

/** Goes to a field for a file, and takes one. */
export async function attach(page: Page, control: Locator, name: string, text: string): Promise<void> {
  await reach(page, control);
  const asked = page.waitForEvent("filechooser");
  await page.keyboard.press("Space");
  await (await asked).setFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
}
