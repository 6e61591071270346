import { msg, str } from "@lit/localize";
import { errorReference, errorWords } from "./words.ts";

/** What went wrong, with the small reference: for views that only say words, and are loaded when somebody goes there. */
export function errorText(error: unknown): string {
  const words = errorWords(error);
  const reference = errorReference(error);
  return reference ? `${words} ${msg(str`Reference ${reference}`)}` : words;
}
