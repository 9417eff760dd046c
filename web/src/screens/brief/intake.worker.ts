/** The thread beside the page that reads what is typed; the newest question is the one that counts. */
import { type Asked, type Understood, understand } from "./Intake.ts";

export type Told = { number: number } & ({ understood: Understood } | { failed: string });

self.onmessage = ({ data: { number, asked } }: MessageEvent<{ number: number; asked: Asked }>) => {
  const tell = (told: Told) => self.postMessage(told);
  try {
    tell({ number, understood: understand(asked) });
  } catch (error) {
    tell({ number, failed: error instanceof Error ? error.message : String(error) });
  }
};
