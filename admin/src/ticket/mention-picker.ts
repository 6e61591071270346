import { msg } from "@lit/localize";
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { avatar } from "@sidedesk/ui/people";
import { fold, type Colleague, type Directory } from "../shell/directory.ts";

const most = 6;
/** An `@` and the beginning of a name, up to the cursor. */
const begun = /(?:^|[\s(])@([\p{L}\p{N}][\p{L}\p{N} .'-]{0,40})?$/u;

/**
 * Offers colleagues while somebody writes `@` in a note. The text shows the plain name; {@link mentionsToWire} makes of it
 * what the desk takes.
 */
export class MentionPicker implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #field: () => HTMLTextAreaElement | null;
  readonly #directory: () => Directory;
  #people: Colleague[] = [];
  #at = 0;

  constructor(host: ReactiveControllerHost, field: () => HTMLTextAreaElement | null, directory: () => Directory) {
    this.#host = host;
    this.#field = field;
    this.#directory = directory;
    host.addController(this);
  }
  hostConnected(): void {
    this.close();
  }

  get isOpen(): boolean {
    return this.#people.length > 0;
  }
  /** The id of the option that Enter takes. */
  get active(): string | undefined {
    return this.isOpen ? `mention-${this.#at}` : undefined;
  }

  /** To be called when the text or the cursor moved. */
  look(): void {
    const typed = this.#typed();
    const wanted = typed === null ? [] : fold(typed).split(" ");
    this.#people =
      typed === null
        ? []
        : this.#directory()
            .people.filter(({ name }) => matches(fold(name), wanted))
            .slice(0, most);
    this.#at = 0;
    this.#host.requestUpdate();
  }

  close(): void {
    if (!this.isOpen) return;
    this.#people = [];
    this.#host.requestUpdate();
  }

  /** Whether the key was for the list. */
  handleKey(event: KeyboardEvent): boolean {
    if (!this.isOpen || event.ctrlKey || event.metaKey || event.isComposing) return false;
    const last = this.#people.length - 1;
    if (event.key === "ArrowDown") this.#at = this.#at === last ? 0 : this.#at + 1;
    else if (event.key === "ArrowUp") this.#at = this.#at === 0 ? last : this.#at - 1;
    else if (event.key === "Enter" || event.key === "Tab") this.#take(this.#people[this.#at]!);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    this.#host.requestUpdate();
    return true;
  }

  render(): TemplateResult | typeof nothing {
    if (!this.isOpen) return nothing;
    return html`<div class="mentions menu" role="listbox" id="mentions" aria-label=${msg("Mention a colleague")}>
      ${this.#people.map(
        (person, at) =>
          html`<div
            class="choice"
            id="mention-${at}"
            role="option"
            aria-selected=${at === this.#at ? "true" : "false"}
            @pointerdown=${(event: Event) => event.preventDefault()}
            @click=${() => this.#take(person)}
          >
            ${avatar(person.name, { size: "s" })}<span class="truncate"><bdi>${person.called}</bdi></span>
          </div>`,
      )}
    </div>`;
  }

  #typed(): string | null {
    const field = this.#field();
    if (!field || field.selectionStart !== field.selectionEnd) return null;
    const found = begun.exec(field.value.slice(0, field.selectionStart));
    return found ? (found[1] ?? "") : null;
  }

  #take(person: Colleague): void {
    const field = this.#field();
    const typed = this.#typed();
    this.close();
    if (!field || typed === null) return;
    const end = field.selectionStart;
    field.setRangeText(`${person.called} `, end - typed.length, end, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }
}

/** Each word that was typed begins a word of the name. */
function matches(name: string, wanted: readonly string[]): boolean {
  const words = name.split(/[\s-]+/);
  return wanted.every((one) => words.some((word) => word.startsWith(one)));
}

type Named = Pick<Colleague, "id" | "name" | "called">;
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
const named = (names: readonly string[]) =>
  new RegExp(`(^|[\\s(])@(${names.map(escaped).join("|")})(?![\\p{L}\\p{N}])`, "gu");

/** A note as the desk takes it: `@Name` of a colleague becomes `@[Name](staff:id)`, the longest name first. */
export function mentionsToWire(text: string, people: readonly Named[]): string {
  const byLength = people.filter(({ name }) => name.length > 1).sort((a, b) => b.called.length - a.called.length);
  if (byLength.length === 0) return text;
  return text.replace(named(byLength.map(({ called }) => called)), (_all, before: string, typed: string) => {
    const { id, name } = byLength.find(({ called }) => called === typed)!;
    return `${before}@[${name.replace(/[[\]\n]/g, "")}](staff:${id})`;
  });
}

/** A name after `@` that several colleagues have, without saying which of them is meant. */
export function unclearMention(text: string, people: readonly Named[]): string | undefined {
  const shared = people.filter(({ name, called }) => called !== name);
  if (shared.length === 0) return undefined;
  const meant = new Set(shared.map(({ called }) => called));
  // The spelled-out ones come first: where one of them stands, nothing is unclear.
  const names = [...meant, ...new Set(shared.map(({ name }) => name))];
  return [...text.matchAll(named(names))].map(([, , typed = ""]) => typed).find((typed) => !meant.has(typed));
}
