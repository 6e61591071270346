import { msg, str } from "@lit/localize";
import type { Operations, UploadType } from "@sidedesk/contract";
import { css, html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { figure, sizeWords } from "@sidedesk/ui/format";
import { locale } from "../shell/localization.ts";
import { SetupSection } from "./section.ts";

const perMessage = 5;

/** Every kind the desk knows, as people speak of them. The table is checked to be whole. */
const names: Record<UploadType, string> = {
  png: "PNG",
  jpeg: "JPEG",
  gif: "GIF",
  webp: "WebP",
  pdf: "PDF",
  docx: "Word (docx)",
  txt: "Text (txt)",
  log: "Log",
  xlsx: "Excel (xlsx)",
  csv: "CSV",
  json: "JSON",
  zip: "ZIP",
};
const groups = (): [key: string, label: string, types: UploadType[]][] => [
  ["pictures", msg("Pictures"), ["png", "jpeg", "gif", "webp"]],
  ["documents", msg("Documents and text"), ["pdf", "docx", "txt", "log"]],
  ["tables", msg("Tables and data"), ["xlsx", "csv", "json"]],
  ["archives", msg("Archives"), ["zip"]],
];

/**
 * @summary Which files a site takes, beside what the installation allows each of them.
 */
export class UploadsSection extends SetupSection {
  static override styles = [
    ...SetupSection.styles,
    css`
      .groups {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 160px), 1fr));
        gap: var(--sd-4) var(--sd-5);
      }
      fieldset {
        margin: 0;
        padding: 0;
        border: 0;
        min-inline-size: 0;
      }
      legend {
        padding: 0;
        font: 600 var(--sd-type-dense);
      }
      .row-line > .end {
        text-align: end;
      }
    `,
  ];

  @state() private chosen = new Set<UploadType>();
  @state() private limits!: Operations["uploads"];
  private kept = "";

  protected async fetch(): Promise<void> {
    const { client, slug } = this.session;
    const [settings, operations] = await Promise.all([client.sites.settings(slug!), client.privacy.operations()]);
    this.take(settings.uploads.types);
    this.limits = operations.uploads;
  }

  private take(types: readonly UploadType[]): void {
    this.chosen = new Set(types);
    this.kept = this.spelled;
  }

  private get types(): UploadType[] {
    return (Object.keys(names) as UploadType[]).filter((one) => this.chosen.has(one));
  }
  private get spelled(): string {
    return this.types.join();
  }

  protected renderLoaded() {
    return html`<form @submit=${this.handleSave}>
        <h2>${msg("Files people may send")}</h2>
        <p class="meta">
          ${msg("A file is judged by what is in it, not by its name. What was sent before stays where it is.")}
        </p>
        <div class="groups">${groups().map(([key, label, types]) => this.renderGroup(key, label, types))}</div>
        <p class="meta" role="status">${this.countWords()}</p>
        ${this.renderProblem("types")}
        <div><button class="button button-primary" type="submit">${msg("Save")}</button></div>
      </form>
      <section aria-labelledby="limits">
        <h2 id="limits">${msg("Limits of this installation")}</h2>
        <div class="card">
          ${this.renderLine(msg("One file"), msg(str`up to ${sizeWords(this.limits.maxBytes, locale())}`))}
          ${this.renderLine(msg("One message"), msg(str`up to ${figure(perMessage, locale())} files`))}
          ${this.renderLine(msg("Viruses"), this.scannerWords())}
        </div>
        <p class="meta">${msg("Whoever runs the desk sets these where it is started.")}</p>
      </section>`;
  }

  private renderGroup(key: string, label: string, types: UploadType[]): TemplateResult {
    return html`<fieldset>
      <legend>${label}</legend>
      ${types.map(
        (type) =>
          html`<label class="toggle"
            ><input
              class="check"
              type="checkbox"
              name=${key}
              value=${type}
              .checked=${this.chosen.has(type)}
              @change=${this.handleToggle}
            /><bdi>${names[type]}</bdi></label
          >`,
      )}
    </fieldset>`;
  }

  private renderLine(label: string, words: string): TemplateResult {
    return html`<div class="row-line"><span class="grow">${label}</span><span class="end">${words}</span></div>`;
  }

  private countWords(): string {
    const unsaved = this.spelled === this.kept ? "" : ` ${msg("Not saved yet.")}`;
    const { size } = this.chosen;
    if (size === 0) return msg("No files at all: only words can be sent.") + unsaved;
    const [n, of] = [figure(size, locale()), figure(Object.keys(names).length, locale())];
    return msg(str`${n} of ${of} kinds are taken.`) + unsaved;
  }

  private scannerWords(): string {
    const { scanner } = this.limits;
    if (scanner === "on") return msg("every file is checked");
    return scanner === "off" ? msg("files are not checked") : msg("no scanner is named, so no file is taken");
  }

  private readonly handleToggle = ({ target }: Event): void => {
    const { value, checked } = target as HTMLInputElement;
    const chosen = new Set(this.chosen);
    if (checked) chosen.add(value as UploadType);
    else chosen.delete(value as UploadType);
    this.chosen = chosen;
  };

  private readonly handleSave = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { types } = this;
    await this.try(
      "types",
      async () => {
        const saved = await this.session.client.sites.updateSettings(this.session.slug!, { uploads: { types } });
        this.take(saved.uploads.types);
      },
      types.length ? msg("Saved. It counts for the next file.") : msg("Saved. No more files are taken."),
    );
  };
}
customElements.define("desk-setup-uploads", UploadsSection);
