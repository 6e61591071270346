import { msg } from "@lit/localize";
import type { QuietHours } from "@sidedesk/contract";
import { problemLine } from "@sidedesk/ui/surfaces";
import { html, nothing, type TemplateResult } from "lit";
import type { FormContext } from "./form-context.ts";
import { switchRow } from "./switch-row.ts";

const usual: QuietHours = { from: "22:00", to: "07:00", exceptCritical: true };

/** Hours in which nothing but what is critical comes by mail or push. */
export function quietRows(form: FormContext): TemplateResult {
  const quiet = form.preferences.quietHours;
  const critical =
    form.scope === "staff" ? msg("Critical tickets come all the same") : msg("What is critical comes all the same");
  return html`${switchRow({
    name: "quiet",
    word: msg("Quiet hours"),
    about: msg("Mail and push wait until they are over."),
    isOn: Boolean(quiet),
    change: ({ checked }) => {
      form.setProblem("quiet", undefined);
      form.change({ quietHours: checked ? usual : null });
    },
  })}
  ${
    quiet
      ? html`<div class="hours" role="group" aria-label=${msg("Quiet hours")}>
            ${timeField(form, quiet, "from", msg("Begin"))}${timeField(form, quiet, "to", msg("End"))}
            <div>${problemLine("quiet-problem", form.problems["quiet"])}</div>
          </div>
          ${switchRow({
            name: "critical",
            word: critical,
            about: msg("Off, nothing at all comes in quiet hours."),
            isOn: quiet.exceptCritical,
            change: ({ checked }) => form.change({ quietHours: { ...quiet, exceptCritical: checked } }),
          })}`
      : nothing
  }`;
}

function timeField(form: FormContext, quiet: QuietHours, end: "from" | "to", word: string): TemplateResult {
  return html`<label class="hour"
    ><span class="meta">${word}</span
    ><input
      class="input"
      type="time"
      name=${end}
      required
      .value=${quiet[end]}
      aria-describedby="quiet-problem"
      aria-invalid=${form.problems["quiet"] ? "true" : "false"}
      @change=${(event: Event) => takeTimes(form, quiet, event.target as HTMLElement)}
  /></label>`;
}

/** Both ends as they stand in their fields: one of them may not have been taken yet. */
function takeTimes(form: FormContext, quiet: QuietHours, field: HTMLElement): void {
  const valueOf = (end: "from" | "to"): string =>
    field.closest(".hours")!.querySelector<HTMLInputElement>(`[name="${end}"]`)!.value;
  const [from, to] = [valueOf("from"), valueOf("to")];
  const lacking = !from || !to ? msg("Please give both times.") : undefined;
  const problem = lacking ?? (from === to ? msg("Both times are the same. Choose another end.") : undefined);
  form.setProblem("quiet", problem);
  if (!problem) form.change({ quietHours: { ...quiet, from, to } }, true);
}
