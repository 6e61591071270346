import { LateWords } from "@sidedesk/ui/late-words";
import type { ReactiveControllerHost } from "lit";
import { wordsOf } from "./localization.ts";

/** The words of a view that the widget has as well, in the language of the console. */
export const wordsFor = (host: ReactiveControllerHost, add: ConstructorParameters<typeof LateWords>[1]): LateWords =>
  new LateWords(host, add, { language: () => document.documentElement.lang || "en", wordsOf });
