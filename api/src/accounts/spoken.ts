import { locale, timezone } from "@sidedesk/contract";
import { changeCustomer, type CustomerRecord, type Spoken } from "./customer.model.ts";

/** What a page says that it speaks. It may name what this server does not know; that is no reason to refuse anybody. */
export function spokenIn(body: { locale?: string | undefined; timezone?: string | undefined }): Spoken {
  const [given, zone] = [locale.safeParse(body.locale), timezone.safeParse(body.timezone)];
  return { ...(given.success ? { locale: given.data } : {}), ...(zone.success ? { timezone: zone.data } : {}) };
}

/** Written when it is another than the last time. */
export async function noteSpoken(
  { siteId, id, spoken: before }: CustomerRecord,
  { locale, timezone }: Spoken,
): Promise<void> {
  const spoken = { ...before, ...(locale ? { locale } : {}), ...(timezone ? { timezone } : {}) };
  if (spoken.locale !== before.locale || spoken.timezone !== before.timezone)
    await changeCustomer(siteId, id, { spoken });
}
