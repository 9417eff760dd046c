/** Brings a field of the form into view, and the keyboard to it. */

const INPUT = "input, select, textarea, button";

/** The field itself, the first inside it, or the nearest around it. */
function find(field: string): HTMLElement | null {
  for (let outer = field; outer !== ""; outer = outer.replace(/(\.[^.[]+|\[\d+\])$|^[^.[]+$/, "")) {
    const name = CSS.escape(outer);
    const inner = `[data-field^="${name}."], [data-field^="${name}\\["]`;
    const found =
      document.querySelector<HTMLElement>(`[data-field="${name}"]`) ?? document.querySelector<HTMLElement>(inner);
    if (found) return found;
  }
  return null;
}

/** After the page has shown what was just opened. */
export function reach(field: string): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const found = find(field);
      if (!found) return;
      for (let box = found.parentElement; box; box = box.parentElement) {
        if (box instanceof HTMLDetailsElement) box.open = true;
      }
      found.scrollIntoView({ block: "center" });
      found.querySelector<HTMLElement>(INPUT)?.focus({ preventScroll: true });
    }),
  );
}
