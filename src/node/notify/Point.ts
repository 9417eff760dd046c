/** Named points at which a test ends the process. */
export type Point = "notify: written" | "notify: sent" | "notify: mailed";
