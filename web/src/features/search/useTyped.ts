import { useEffect, useRef, useState } from "react";

/** How long typing has to rest before it is searched for. */
const REST_MS = 180;

/** Text that is shown at once and handed on when typing rests. What comes from outside, such as "back", replaces it. */
export function useTyped(value: string, onRest: (value: string) => void): [string, (text: string) => void] {
  const [text, setText] = useState(value);
  const handed = useRef(value);
  useEffect(() => {
    if (value === handed.current) return;
    handed.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === handed.current) return;
    const rest = setTimeout(() => {
      handed.current = text;
      onRest(text);
    }, REST_MS);
    return () => clearTimeout(rest);
  }, [text, onRest]);
  return [text, setText];
}
