import { comma } from "./format.ts";

/** "pots, glaze". */
export const listed = (words: readonly string[], locale: string): string => words.join(comma(locale));
