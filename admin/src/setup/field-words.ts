import { msg } from "@lit/localize";
import type { FieldType } from "./category-draft.ts";

/** The choices of a field as they are typed: one on each line, each once. */
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

/** A kind of field as staff read it. */
export function typeWord(type: FieldType): string {
  switch (type) {
    case "text":
      return msg("Text");
    case "number":
      return msg("Number");
    case "choice":
      return msg("Choice");
    case "checkbox":
      return msg("Tick box");
    case "date":
      return msg("Date");
  }
}
