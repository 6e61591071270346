import { figure } from "@sidedesk/ui/figure";
import type * as DeskElements from "../desk-elements.ts";
import { formatLocale } from "../session/locale.ts";
import { rest } from "../session/rest.ts";

/** Panel and views: everything that is needed only once somebody uses the desk. */
let loading: Promise<typeof DeskElements> | undefined;

/** Loads and defines them, once. A failed try (offline) is tried again at the next use. */
export function loadDesk(): Promise<typeof DeskElements> {
  loading ??= import("../desk-elements.ts").then(prepare).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** The first Intl object of a page takes nearly as long as a task may, so it is made before the views that need one. */
async function prepare(elements: typeof DeskElements): Promise<typeof DeskElements> {
  figure(0, formatLocale());
  await rest();
  return elements;
}

/** Loads `<sidedesk-preferences>`, which few open. Offline, once that is over: until then it shows what lies in it. */
export const loadPreferences = (): Promise<unknown> =>
  import("../preferences/define.ts").catch(() =>
    addEventListener("online", () => void loadPreferences(), { once: true }),
  );
