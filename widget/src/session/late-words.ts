import { LateWords } from "@sidedesk/ui/late-words";
import type { ReactiveControllerHost } from "lit";
import { currentLanguage, wordsOf } from "./locale.ts";

/** The words of a view that is loaded late, in the language of the page. */
export const wordsFor = (host: ReactiveControllerHost, add: ConstructorParameters<typeof LateWords>[1]): LateWords =>
  new LateWords(host, add, { language: currentLanguage, wordsOf });
