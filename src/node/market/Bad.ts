/** Problems of the pure rooms as the answer to a call: with the field of the input that they are about. */
import { InputError } from "../../agreement/index.ts";

/** Runs what reads an input; one problem by itself is told like several. Throws `BadInput`. */
export function input<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError.InputError) throw new InputError.BadInput([error]);
    throw error;
  }
}
