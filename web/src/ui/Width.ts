/** How wide a part of the page is, for pictures that are drawn to it. */
import { type RefObject, useEffect, useRef, useState } from "react";

/** Pixels of the box, as the page gives them; 0 before it is there. */
export function useWidth(): readonly [box: RefObject<HTMLDivElement | null>, width: number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, set] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(([entry]) => set(entry?.contentRect.width ?? 0));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [box, width];
}
