/** What the pictures of the desk share: how high they are, and how their axes look. */

/** Pixels. */
export const HEIGHT = 240;
export const EDGE = { top: 14, right: 16, bottom: 44, left: 52 };

export const LABEL = { fill: "currentColor", fontSize: 12, fontFamily: "inherit" } as const;
export const AXIS = { stroke: "currentColor", tickStroke: "currentColor", axisClassName: "text-muted" } as const;
