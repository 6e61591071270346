import { msg } from "@lit/localize";
import type { WebhookEventType } from "@sidedesk/contract";
import { icon } from "@sidedesk/ui/icon";
import { xIcon } from "@sidedesk/ui/icons";
import { html, nothing, type TemplateResult } from "lit";

/** A type of event, the owner's own included. */
export const eventPattern = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/;

/** What an endpoint listens to: the catalogue to tick, and names of events that only the owner's systems send. */
export function eventPicker(
  catalogue: readonly WebhookEventType[] | null,
  chosen: ReadonlySet<string>,
  /** What the field for another name is called; what is done when the choice changes, and with a name that was typed. */
  act: { other: string; change: (chosen: Set<string>) => void; add: (name: string) => void },
): TemplateResult {
  const names = (catalogue ?? []).map(({ name }) => name);
  const own = [...chosen].filter((name) => !names.includes(name));
  const ticked = names.filter((name) => chosen.has(name)).length;
  const put = (some: readonly string[], isOn: boolean) => {
    const next = new Set(chosen);
    for (const name of some)
      if (isOn) next.add(name);
      else next.delete(name);
    act.change(next);
  };
  const isOn = (event: Event) => (event.target as HTMLInputElement).checked;
  return html`${
      catalogue
        ? html`<div class="options" tabindex="0" role="group" aria-label=${msg("Types of events")}>
            <label class="option all">
              <input
                class="check"
                type="checkbox"
                .checked=${ticked === names.length}
                .indeterminate=${ticked > 0 && ticked < names.length}
                @change=${(event: Event) => put(names, isOn(event))}
              /><b>${msg("All of these")}</b>
            </label>
            ${catalogue.map(
              ({ name, description }) =>
                html`<label class="option">
                  <input
                    class="check"
                    type="checkbox"
                    name="event"
                    value=${name}
                    .checked=${chosen.has(name)}
                    @change=${(event: Event) => put([name], isOn(event))}
                  /><span class="mono">${name}</span><span class="meta">${description}</span>
                </label>`,
            )}
          </div>`
        : html`<p class="meta" role="status">${msg("Loading the types of events")}</p>`
    }
    <div class="field">
      <label for="own">${act.other} <span class="optional">${msg("optional")}</span></label>
      <div class="own">
        <input
          class="input ltr mono"
          id="own"
          maxlength="100"
          autocapitalize="none"
          autocomplete="off"
          spellcheck="false"
          placeholder="order.shipped"
          aria-describedby="own-problem"
          @keydown=${(event: KeyboardEvent) => event.key === "Enter" && handleAdd(event, act.add)}
        /><button class="button" type="button" @click=${(event: Event) => handleAdd(event, act.add)}>
          ${msg("Add")}
        </button>
      </div>
      ${
        own.length
          ? html`<span class="chips">
              ${own.map(
                (name) =>
                  html`<span class="tag mono"
                    >${name}<button
                      type="button"
                      aria-label="${msg("Remove")} ${name}"
                      @click=${() => put([name], false)}
                    >
                      ${icon(xIcon)}
                    </button></span
                  >`,
              )}
            </span>`
          : nothing
      }
    </div>`;
}

function handleAdd(event: Event, add: (name: string) => void): void {
  event.preventDefault();
  const field = (event.currentTarget as HTMLElement).parentElement!.querySelector<HTMLInputElement>("input")!;
  const name = field.value.trim();
  if (name) add(name);
  if (eventPattern.test(name)) field.value = "";
  field.focus();
}
