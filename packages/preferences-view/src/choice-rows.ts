import { msg, str } from "@lit/localize";
import type { Digest } from "@sidedesk/contract";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { problemLine } from "@sidedesk/ui/surfaces";
import { html, nothing, type TemplateResult } from "lit";
import type { FormContext } from "./form-context.ts";
import { canonicalZone, deviceZone, languages, nameOfLanguage, timeThere, zones } from "./zones.ts";

const digests = (): { value: Digest; word: string; about: string }[] => [
  { value: "off", word: msg("Not at all"), about: msg("Each comes by itself, at once.") },
  { value: "burst", word: msg("For five minutes"), about: msg("What comes within five minutes comes as one.") },
  { value: "hourly", word: msg("For an hour"), about: msg("At most one an hour.") },
  { value: "daily", word: msg("For a day"), about: msg("One a day, at eight in the morning.") },
];

interface Choice {
  name: string;
  word: string;
  about: string | null;
  value: string;
  options: readonly { value: string; word: string }[];
  choose: (value: string) => void;
}
function selectRow({ name, word, about, value, options, choose }: Choice): TemplateResult {
  return html`<div class="wish">
    <label for=${name}
      >${word}${about === null ? nothing : html`<br /><span class="meta" id="${name}-about">${about}</span>`}</label
    ><span class="select"
      ><select
        class="input"
        id=${name}
        name=${name}
        aria-label=${word}
        aria-describedby=${about === null ? nothing : `${name}-about`}
        @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
      >
        ${options.map((one) => html`<option value=${one.value} .selected=${one.value === value}>${one.word}</option>`)}</select
      >${icon(chevronDownIcon)}</span
    >
  </div>`;
}

/** How mails are gathered. */
export function digestRow({ preferences, change }: FormContext): TemplateResult {
  const options = digests();
  return selectRow({
    name: "digest",
    word: msg("Gather emails"),
    about: options.find(({ value }) => value === preferences.digest)?.about ?? null,
    value: preferences.digest,
    options,
    choose: (value) => change({ digest: value as Digest }),
  });
}

/** In which language mails and messages are written. */
export function languageRow({ preferences: { locale }, scope, change }: FormContext): TemplateResult {
  const known = languages.find((one) => one === locale.toLowerCase().split(/[-_]/)[0]);
  const all = known ? languages : [locale, ...languages];
  return selectRow({
    name: "language",
    word: msg("Language"),
    about: scope === "staff" ? msg("Of the mails that we send you.") : msg("Of mails and messages."),
    value: known ?? locale,
    options: all.map((value) => ({ value, word: nameOfLanguage(value) })),
    choose: (value) => change({ locale: value }),
  });
}

/** By whose clock quiet hours and daily mails go: a field that finds zones by any part of their name. */
export function zoneRow(form: FormContext): TemplateResult {
  const { timezone } = form.preferences;
  const device = deviceZone();
  const take = (value: string): void => {
    const zone = value.trim() && canonicalZone(value);
    form.setProblem("zone", zone ? undefined : msg("We know no such place. Choose one from the list."));
    if (zone && zone !== timezone) form.change({ timezone: zone });
  };
  return html`<div class="wish zone">
    <label for="zone"
      >${msg("Time zone")}<br /><span class="meta num" id="zone-about"
        >${msg(str`${timeThere(timezone, form.locale)} there now`)}</span
      ></label
    ><input
      class="input"
      id="zone"
      name="zone"
      list="zones"
      dir="ltr"
      maxlength="64"
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      .value=${timezone.replaceAll("_", " ")}
      aria-describedby="zone-about zone-problem"
      aria-invalid=${form.problems["zone"] ? "true" : "false"}
      @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
      @change=${(event: Event) => take((event.target as HTMLInputElement).value)}
    /><datalist id="zones">
      ${zones().map((zone) => html`<option value=${zone.replaceAll("_", " ")}></option>`)}
    </datalist>
    ${problemLine("zone-problem", form.problems["zone"])}
    ${
      device && device !== timezone
        ? html`<button class="button button-quiet button-s" type="button" @click=${() => take(device)}>
            ${msg(str`Use this device's: ${device.replaceAll("_", " ")}`)}
          </button>`
        : nothing
    }
  </div>`;
}
