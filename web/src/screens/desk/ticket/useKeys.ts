/** Listens to the keyboard for as long as a ticket is shown. */
import { useEffect, useRef, useState } from "react";
import * as Keys from "./Keys.ts";

const KEPT = "commenda.desk.keys";

/** Whether single keys act; kept in this browser. */
export function useKeysOn(): readonly [boolean, (on: boolean) => void] {
  const [isOn, set] = useState(() => localStorage.getItem(KEPT) !== "off");
  return [
    isOn,
    (on) => {
      localStorage.setItem(KEPT, on ? "on" : "off");
      set(on);
    },
  ];
}

/** @param act What an action does; what it says nothing to is left to the browser. */
export function useKeys(isOn: boolean, guesses: number, act: (action: Keys.Action) => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!isOn) return;
    const listen = (event: KeyboardEvent) => {
      // A dialog has the keyboard for itself.
      if (!(event.target instanceof HTMLElement) || document.querySelector("dialog[open]")) return;
      const action = Keys.read({ ...pressOf(event), target: event.target as Keys.Target }, guesses);
      if (!action) return;
      event.preventDefault();
      latest.current(action);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [isOn, guesses]);
}

/** A copy: what an event has it has from its prototype. */
const pressOf = ({ key, ctrlKey, metaKey, altKey, isComposing, defaultPrevented }: KeyboardEvent) => ({
  ...{ key, ctrlKey, metaKey, altKey, isComposing, defaultPrevented },
});
