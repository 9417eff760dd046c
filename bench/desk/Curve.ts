/** The risk-coverage curve as an SVG: how precise the answers are, by the share of the traffic that is answered. */
type Point = { readonly answered: number; readonly precision: number };
type Kept = { readonly promise: number; readonly automated: number; readonly realised: number | null };

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [640, 360, 60, 320, 20];
const LEAST = 0.8;

export function draw(curve: readonly Point[], promises: readonly Kept[]): string {
  const x = (answered: number) => (LEFT + answered * (WIDTH - LEFT - 20)).toFixed(1);
  const y = (precision: number) =>
    (BOTTOM - ((Math.max(LEAST, precision) - LEAST) / (1 - LEAST)) * (BOTTOM - TOP)).toFixed(1);
  const path = curve.map(({ answered, precision }) => `${x(answered)},${y(precision)}`).join(" ");
  const rows = [0.8, 0.85, 0.9, 0.95, 1].map(
    (at) =>
      `<line x1="${LEFT}" x2="${WIDTH - 20}" y1="${y(at)}" y2="${y(at)}" stroke="#ddd"/><text x="${LEFT - 8}" y="${Number(y(at)) + 4}" text-anchor="end">${Math.round(100 * at)} %</text>`,
  );
  const columns = [0, 0.25, 0.5, 0.75, 1].map(
    (at) => `<text x="${x(at)}" y="${BOTTOM + 18}" text-anchor="middle">${Math.round(100 * at)} %</text>`,
  );
  const kept = promises
    .filter(({ realised }) => realised !== null)
    .map(({ promise, automated, realised }) => {
      const [cx, cy] = [x(automated), y(realised ?? 0)];
      return `<line x1="${cx}" x2="${cx}" y1="${cy}" y2="${y(promise)}" stroke="#b45309"/><circle cx="${cx}" cy="${cy}" r="4" fill="#b45309"/><text x="${Number(cx) + 6}" y="${Number(cy) - 6}">${Math.round(100 * promise)} %</text>`;
    });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img"><title>Precision of answers by share answered; dots: realised at each promise</title><rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>${rows.join("")}${columns.join("")}<polyline points="${path}" fill="none" stroke="#1d4ed8" stroke-width="2"/>${kept.join("")}</svg>\n`;
}
