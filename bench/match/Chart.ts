/** Curves as an SVG that is read in light and in dark. */

export type Curve = { readonly name: string; readonly points: readonly (readonly [x: number, y: number])[] };
export type Axis = {
  readonly says: string;
  readonly scale: "linear" | "log";
  readonly ticks: readonly number[];
  readonly show?: (value: number) => string;
};

const [WIDTH, HEIGHT] = [720, 360];
const BOX = { left: 76, right: 200, top: 44, bottom: 56 };
const COLORS = ["#2f6fdf", "#d9822b", "#3a9d5d", "#a04fc4"];
const INK = "#7a828e";

const entities = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Axes reach from their first to their last tick. */
export function draw(title: string, x: Axis, y: Axis, curves: readonly Curve[]): string {
  const along = ({ scale, ticks }: Axis, value: number) => {
    const of = (each: number) => (scale === "log" ? Math.log(each) : each);
    const [from, to] = [of(ticks[0] ?? 0), of(ticks.at(-1) ?? 1)];
    return (of(value) - from) / (to - from);
  };
  const across = (value: number) => (BOX.left + along(x, value) * (WIDTH - BOX.left - BOX.right)).toFixed(1);
  const up = (value: number) => (HEIGHT - BOX.bottom - along(y, value) * (HEIGHT - BOX.top - BOX.bottom)).toFixed(1);
  const show = (axis: Axis, value: number) => entities((axis.show ?? String)(value));
  const text = (at: string, words: string, more = "") => `<text ${at} fill="${INK}"${more}>${words}</text>`;
  const right = WIDTH - BOX.right;
  const bottom = HEIGHT - BOX.bottom;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>${entities(title)}</title>`,
    text(`x="${BOX.left}" y="24"`, entities(title), ' font-weight="600"'),
    ...y.ticks.flatMap((tick) => [
      `<line x1="${BOX.left}" x2="${right}" y1="${up(tick)}" y2="${up(tick)}" stroke="${INK}" stroke-opacity="0.25"/>`,
      text(`x="${BOX.left - 8}" y="${Number(up(tick)) + 4}"`, show(y, tick), ' text-anchor="end"'),
    ]),
    ...x.ticks.map((tick) => text(`x="${across(tick)}" y="${bottom + 20}"`, show(x, tick), ' text-anchor="middle"')),
    text(`x="${(BOX.left + right) / 2}" y="${HEIGHT - 12}"`, entities(x.says), ' text-anchor="middle"'),
    text(`transform="translate(16 ${(BOX.top + bottom) / 2}) rotate(-90)"`, entities(y.says), ' text-anchor="middle"'),
    ...curves.flatMap(({ name, points }, at) => {
      const color = COLORS[at % COLORS.length];
      const line = points.map(([a, b]) => `${across(a)},${up(b)}`).join(" ");
      const label = BOX.top + 10 + at * 22;
      return [
        `<polyline points="${line}" fill="none" stroke="${color}" stroke-width="2"/>`,
        ...points.map(([a, b]) => `<circle cx="${across(a)}" cy="${up(b)}" r="3" fill="${color}"/>`),
        `<line x1="${right + 16}" x2="${right + 36}" y1="${label}" y2="${label}" stroke="${color}" stroke-width="2"/>`,
        text(`x="${right + 42}" y="${label + 4}"`, entities(name)),
      ];
    }),
    "</svg>",
  ].join("\n")}\n`;
}
