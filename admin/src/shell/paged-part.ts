import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { LoadedPart } from "./part.ts";
import { problemText } from "./words.ts";

/** A part that lists things page by page, the latest first. */
export abstract class PagedPart<Entry extends { id: string }> extends LoadedPart {
  @state() protected entries: Entry[] = [];
  @state() protected isBusy = false;
  private cursor: string | null = null;

  protected abstract page(cursor?: string | null): Promise<{ data: Entry[]; nextCursor: string | null }>;

  protected async fetch(): Promise<void> {
    const page = await this.page();
    this.entries = page.data;
    this.cursor = page.nextCursor;
  }

  /** Does one thing; what goes wrong is said above the list. */
  protected async try(work: () => Promise<unknown>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      await work();
      this.problem = "";
    } catch (error) {
      this.problem = problemText(error);
    } finally {
      this.isBusy = false;
    }
  }

  /** Shows what became of an entry in its place. */
  protected replace(now: Entry): void {
    this.entries = this.entries.map((entry) => (entry.id === now.id ? now : entry));
  }

  protected renderMore(): TemplateResult | typeof nothing {
    return this.cursor
      ? html`<div>
          <button class="button" type="button" ?disabled=${this.isBusy} @click=${this.handleMore}>
            ${msg("Show older")}
          </button>
        </div>`
      : nothing;
  }

  /** A page was added at the end. */
  protected moreShown(): void {}

  private readonly handleMore = (): Promise<void> =>
    this.try(async () => {
      const page = await this.page(this.cursor);
      const known = new Set(this.entries.map(({ id }) => id));
      this.entries = [...this.entries, ...page.data.filter(({ id }) => !known.has(id))];
      this.cursor = page.nextCursor;
      this.moreShown();
    });
}
