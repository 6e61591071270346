import { msg } from "@lit/localize";
import type { ActivityEntry } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { paths } from "../router.ts";
import { FeedPart } from "../shell/feed-part.ts";
import { channelWord, feedChanges, feedTitle } from "./feed-words.ts";

/**
 * @summary Who did what when on the site, newest first.
 */
export class ActivitySection extends FeedPart<ActivityEntry> {
  protected label = () => msg("Activity");
  protected kinds = () =>
    [
      ["ticket.created", msg("New tickets")],
      ["comment.created", msg("Answers and notes")],
      ["ticket.status_changed", msg("Changes of status")],
      ["ticket.assigned", msg("Changes of assignee")],
      ["ticket.updated", msg("Other changes")],
      ["ticket.rated", msg("Ratings")],
      ["ticket.sla_breached", msg("Late answers")],
    ] satisfies [string, string][];

  protected page(cursor?: string | null) {
    return this.session.client.reports.activity({
      type: this.kind ? [this.kind] : undefined,
      actor: this.actor ? [this.actor] : undefined,
      ...(cursor ? { cursor } : {}),
    });
  }

  protected renderNothing(): TemplateResult {
    return html`<h2>${msg("Nothing has happened yet")}</h2>
      <p>${msg("What people do with tickets is listed here.")}</p>`;
  }

  protected renderWhat(entry: ActivityEntry): TemplateResult {
    const { ticket } = entry;
    return html`<span dir="auto">${feedTitle(entry)}</span>
      ${ticket ? html`<span><a class="mono" href=${paths.ticket(ticket.number)}>${ticket.number}</a> <span dir="auto">${ticket.subject}</span></span>` : nothing}
      ${feedChanges(entry, this.directory).map((line) => html`<span class="meta change">${line}</span>`)}`;
  }

  protected override aside({ channel }: ActivityEntry): string {
    return channelWord(channel);
  }
}
customElements.define("desk-report-activity", ActivitySection);
