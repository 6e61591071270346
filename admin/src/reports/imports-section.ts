import { msg, str } from "@lit/localize";
import type { Import } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { exactTime, figure, timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { circleAlertIcon, downloadIcon } from "@sidedesk/ui/icons";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { locale } from "../shell/localization.ts";
import { LoadedPart } from "../shell/part.ts";
import { problemText } from "../shell/words.ts";
import { reportStyles } from "./report.styles.ts";
import { saveFile } from "../shell/save-file.ts";

const lookEveryMs = 1000;
const columns =
  "number, subject, description, status, priority, category, tags, customer_email, customer_name, assignee_email, created_at, updated_at, first_responded_at, resolved_at, rating";

/**
 * @summary Tickets from a CSV or from Zendesk: upload, how far each import has come, and the rows it did not take.
 */
export class ImportsSection extends LoadedPart {
  static override styles = [...LoadedPart.styles, reportStyles];

  @state() private imports: Import[] = [];
  /** With their rejected rows, by id: read for those that have any. */
  @state() private shown: Import | null = null;
  @state() private isSending = false;
  @state() private refusal = "";
  @query("input[type=file]") private file!: HTMLInputElement;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected async fetch(): Promise<void> {
    const { data } = await this.session.client.reports.imports();
    this.imports = data;
    if (this.shown) this.shown = await this.session.client.reports.import(this.shown.id);
    clearTimeout(this.timer);
    if (data.some(({ state: now }) => now === "pending" || now === "running") && this.isConnected)
      this.timer = setTimeout(() => void this.load(), lookEveryMs);
  }

  protected renderLoaded() {
    return html`<form class="card pad" @submit=${this.handleSend}>
        <h2>${msg("Read in tickets")}</h2>
        <p class="meta">
          <b>CSV.</b>
          ${msg("The first line names the columns. subject, description and customer_email are needed; these are known:")}
          <span class="mono change">${columns}</span>
        </p>
        <p class="meta">
          <b>JSON.</b>
          ${msg("As Zendesk exports it: tickets with their comments, users, or both. Send a file of users before the tickets that name them. Attached files stay where they are; their names are kept.")}
        </p>
        <div class="field">
          <label for="file">${msg("File")}</label>
          <input
            id="file"
            type="file"
            accept=".csv,.json,.jsonl,.ndjson,text/csv,application/json"
            required
            ?disabled=${this.isSending}
          />
        </div>
        <p class="meta">
          ${msg("The same file again goes on where it stood and takes no row twice. Nobody is written to.")}
        </p>
        <p class="problem" role="alert" ?hidden=${!this.refusal}>
          ${icon(circleAlertIcon)}<span>${this.refusal}</span>
        </p>
        <button class="button button-primary" type="submit" ?disabled=${this.isSending}>
          ${this.isSending ? msg("Sending") : msg("Import")}
        </button>
      </form>
      ${
        this.imports.length === 0
          ? html`<div class="empty">
              ${emptyArt()}
              <h2>${msg("No imports yet")}</h2>
              <p>${msg("What you read in is listed here, with the rows that were not taken.")}</p>
            </div>`
          : html`<div class="card">${this.imports.map((one) => this.renderImport(one))}</div>`
      }`;
  }

  private renderImport(one: Import): TemplateResult {
    const count = (value: number) => figure(value, locale());
    const words = {
      pending: msg("Waits for its turn"),
      running: msg(str`${count(one.done)} of ${count(one.total)} rows`),
      done: one.imported === 1 ? msg("Done: 1 ticket") : msg(str`Done: ${count(one.imported)} tickets`),
      failed: msg("Not finished"),
    }[one.state];
    const isOpen = this.shown?.id === one.id;
    const tone = { pending: "muted", running: "info", done: "success", failed: "error" }[one.state];
    return html`<article class="job">
      <div class="line">
        <b dir="auto">${one.name}</b><span class="chip" data-tone=${tone}>${words}</span>
        <time class="meta push" datetime=${one.createdAt} title=${exactTime(one.createdAt, locale())}
          >${timeAgo(one.createdAt, locale())} · ${one.by}</time
        >
      </div>
      ${
        one.state === "running" || one.state === "pending"
          ? html`<progress max=${Math.max(1, one.total)} value=${one.done} aria-label=${words}></progress>`
          : nothing
      }
      ${
        one.problem
          ? html`<p class="problem"><span>${one.problem}</span></p>
              <p class="meta">${msg("Send the same file again: it goes on where it stood.")}</p>`
          : nothing
      }
      ${this.renderRemarks(one)}
      ${
        one.rejected > 0
          ? html`<div class="line">
              <span>${msg(str`Rows not taken: ${count(one.rejected)}`)}</span>
              <button class="button button-s" type="button" aria-expanded=${isOpen} @click=${() => this.toggle(one)}>
                ${isOpen ? msg("Hide them") : msg("Show them")}
              </button>
              <button class="button button-s" type="button" @click=${() => this.saveRejects(one)}>
                ${icon(downloadIcon)}${msg("All as CSV")}
              </button>
            </div>`
          : nothing
      }
      ${isOpen && this.shown ? this.renderRejects(this.shown) : nothing}
    </article>`;
  }

  /** What else became of a file, where there is something to say. */
  private renderRemarks({ alreadyThere, people, filesLeft }: Import): TemplateResult | typeof nothing {
    const count = (value: number) => figure(value, locale());
    const remarks = [
      alreadyThere > 0 && msg(str`Were there already: ${count(alreadyThere)}`),
      people > 0 && msg(str`People learned of: ${count(people)}`),
      filesLeft > 0 && msg(str`Attached files that stayed behind: ${count(filesLeft)}`),
    ].filter((one) => one !== false);
    return remarks.length > 0 ? html`<p class="meta">${remarks.join(" · ")}</p>` : nothing;
  }

  private renderRejects({ errors, name }: Import): TemplateResult {
    return html`<div
      class="scroll"
      tabindex="0"
      role="region"
      aria-label=${msg(str`Rows of ${name} that were not taken`)}
    >
      <table class="table">
        <thead>
          <tr>
            <th scope="col" class="end">${msg("Row")}</th>
            <th scope="col">${msg("Why")}</th>
          </tr>
        </thead>
        <tbody>
          ${errors.map(
            ({ row, message }) =>
              html`<tr>
                <th scope="row" class="end">${figure(row, locale())}</th>
                <td class="wide" dir="auto">${message}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private async toggle(one: Import): Promise<void> {
    if (this.shown?.id === one.id) {
      this.shown = null;
      return;
    }
    try {
      this.shown = await this.session.client.reports.import(one.id);
    } catch (error) {
      this.problem = problemText(error);
    }
  }

  private async saveRejects({ id, name }: Import): Promise<void> {
    try {
      const response = await this.session.client.reports.importRejects(id);
      saveFile(await response.blob(), `rejected-${name}`);
    } catch (error) {
      this.problem = problemText(error);
    }
  }

  private readonly handleSend = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const [file] = this.file.files ?? [];
    if (!file || this.isSending) return;
    this.isSending = true;
    this.refusal = "";
    try {
      await this.session.client.reports.startImport(file);
      form.reset();
      await this.load();
    } catch (error) {
      this.refusal = problemText(error);
    } finally {
      this.isSending = false;
    }
  };
}
customElements.define("desk-report-imports", ImportsSection);
