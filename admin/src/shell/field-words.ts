import { msg } from "@lit/localize";
import type { CategoryField } from "@sidedesk/contract";
import { filledIn } from "@sidedesk/ui/format";
import { locale } from "./localization.ts";

/** The value of a topic's own field in words; of a field that is gone, as well as its value alone tells. */
export function fieldWords(value: string | number | boolean | null | undefined, type?: CategoryField["type"]): string {
  if (value === true) return msg("yes");
  if (value === false) return msg("no");
  return filledIn(value, type, locale());
}
