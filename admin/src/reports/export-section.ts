import { msg, str } from "@lit/localize";
import type { ViewFilter } from "@sidedesk/client";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { downloadIcon } from "@sidedesk/ui/icons";
import { paths } from "../router.ts";
import { parseFilter, viewFilter } from "../shell/filter.ts";
import { locale } from "../shell/localization.ts";
import { LoadedPart } from "../shell/part.ts";
import { problemText } from "../shell/words.ts";
import { reportStyles } from "./report.styles.ts";
import { saveFile } from "../shell/save-file.ts";

type Running = { format: "csv" | "json"; done: number; total: number; bytes: number };

/**
 * @summary Tickets as a file, all or those of the queue's filter in the address, with how far it has come and a way to stop.
 */
export class ExportSection extends LoadedPart {
  static override styles = [...LoadedPart.styles, reportStyles];

  @state() private running: Running | null = null;
  private reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  private stop = new AbortController();

  protected async fetch(): Promise<void> {}

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.cancel();
  }

  /** Of the queue that somebody came from; without one, all tickets. */
  private get filter(): ViewFilter {
    return location.search ? viewFilter(parseFilter(location.search)) : {};
  }

  protected renderLoaded() {
    const isNarrowed = Object.keys(this.filter).length > 0;
    const { running } = this;
    return html`<section class="card pad">
      <h2>${msg("Tickets as a file")}</h2>
      <p>
        ${
          isNarrowed
            ? msg("Only the tickets of the filter you came with.")
            : msg("All tickets. To narrow them, filter the queue and choose Export there.")
        }
        ${isNarrowed ? html`<a href=${paths.reports("export")}>${msg("Export all instead")}</a>` : nothing}
      </p>
      <p class="meta">
        ${msg("The CSV has the columns that an import reads. What a spreadsheet would take for a formula is made harmless.")}
      </p>
      <div class="line">
        <button
          class="button button-primary"
          type="button"
          ?disabled=${running !== null}
          @click=${() => this.run("csv")}
        >
          ${icon(downloadIcon)}${msg("Tickets as CSV")}
        </button>
        <button class="button" type="button" ?disabled=${running !== null} @click=${() => this.run("json")}>
          ${icon(downloadIcon)}${msg("Tickets as JSON")}
        </button>
      </div>
      ${running ? this.renderRunning(running) : nothing}
    </section>`;
  }

  private renderRunning({ done, total, bytes }: Running): TemplateResult {
    const megabytes = new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(bytes / 2 ** 20);
    const words = msg(str`Tickets: ${figure(done, locale())} of ${figure(total, locale())}, ${megabytes} MB`);
    return html`<div class="line" role="group" aria-label=${msg("Export")}>
      <progress max=${Math.max(1, total)} value=${done} aria-label=${words}></progress>
      <span class="meta">${words}</span>
      <button class="button button-s" type="button" @click=${() => this.cancel()}>${msg("Cancel")}</button>
    </div>`;
  }

  private async run(format: "csv" | "json"): Promise<void> {
    this.problem = "";
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.running = { format, done: 0, total: 0, bytes: 0 };
    try {
      const response = await this.session.client.reports.exportTickets(format, this.filter, { signal });
      const total = Number(response.headers.get("sidedesk-total") ?? 0);
      const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
      this.running = { format, done: 0, total, bytes: 0 };
      const pieces = await this.read(response, { format, done: 0, total, bytes: 0 });
      if (signal.aborted) return;
      saveFile(new Blob(pieces, { type: response.headers.get("content-type") ?? "" }), name ?? `tickets.${format}`);
      this.toasts.show(total === 1 ? msg("1 ticket saved.") : msg(str`${figure(total, locale())} tickets saved.`));
    } catch (error) {
      if (!signal.aborted)
        this.problem = `${msg("The export broke off. Nothing was saved; it changes nothing to try again.")} ${problemText(error)}`;
    } finally {
      if (this.stop.signal === signal) this.running = null;
    }
  }

  /** Each ticket is a line of its own in JSON, and its number begins one in CSV: so they can be counted as they pass. */
  private async read(response: Response, running: Running): Promise<BlobPart[]> {
    const reader = (this.reader = response.body?.getReader() ?? null);
    const pieces: BlobPart[] = [];
    const decoder = new TextDecoder();
    const begin = running.format === "csv" ? /\nTKT-\d{8}-/g : /\n\{"id":/g;
    let tail = "";
    for (;;) {
      const piece = await reader?.read();
      if (!piece || piece.done) return pieces;
      pieces.push(piece.value);
      const text = tail + decoder.decode(piece.value, { stream: true });
      running.done += text.match(begin)?.length ?? 0;
      // What was counted is not looked at again; what may be half of a beginning is.
      const last = text.lastIndexOf("\n");
      tail = last >= 0 && text.length - last < 14 ? text.slice(last) : "";
      running.bytes += piece.value.length;
      this.running = { ...running, done: Math.min(running.done, running.total) };
    }
  }

  private cancel(): void {
    this.stop.abort();
    void this.reader?.cancel().catch(() => undefined);
    this.reader = null;
    this.running = null;
  }
}
customElements.define("desk-report-export", ExportSection);
