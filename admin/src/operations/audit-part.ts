import { msg } from "@lit/localize";
import type { AuditEntry } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { paths } from "../router.ts";
import { FeedPart } from "../shell/feed-part.ts";
import { fieldWord, isShown, valueWord } from "./audit-values.ts";
import { auditKinds, auditWord } from "./audit-words.ts";

const mostChanges = 8;

/**
 * @summary Who signed in and what was changed in the desk's set-up, newest first. To be read, never changed.
 */
export class AuditPart extends FeedPart<AuditEntry> {
  protected label = () => msg("Audit");
  protected kinds = () => auditKinds().map(([key, label]) => [key, label] as const);

  protected page(cursor?: string | null) {
    return this.session.client.privacy.audit({
      action: auditKinds().find(([key]) => key === this.kind)?.[2],
      actor: this.actor ? [this.actor] : undefined,
      ...(cursor ? { cursor } : {}),
    });
  }

  protected renderNothing(): TemplateResult {
    return html`<h2>${msg("Nothing has happened yet")}</h2>`;
  }

  protected renderWhat({ action, actor, target, before, after }: AuditEntry): TemplateResult {
    const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(isShown);
    const shown = fields.slice(0, mostChanges);
    // Of customers the audit knows an id and no more.
    const who =
      actor.kind === "customer" && actor.id
        ? html`<a href=${paths.customer(actor.id)}>${msg("A customer")}</a>`
        : html`<b dir="auto">${actor.name}</b>`;
    return html`<span>${who} · ${auditWord(action)}</span>
      ${target?.name && target.id !== actor.id ? html`<span dir="auto">${target.name}</span>` : nothing}
      ${shown.map((field) => this.renderChange(field, before, after))}
      ${fields.length > shown.length ? html`<span class="meta">…</span>` : nothing}`;
  }

  private renderChange(field: string, before: AuditEntry["before"], after: AuditEntry["after"]): TemplateResult {
    const [was, is] = [before?.[field], after?.[field]].map((value) => valueWord(field, value, this.directory));
    const isBoth = before !== null && after !== null && field in before && field in after;
    return html`<span class="meta change" dir="auto"
      >${fieldWord(field)}:
      ${isBoth ? html`${was} → <b>${is}</b>` : html`<b>${after && field in after ? is : was}</b>`}</span
    >`;
  }
}
customElements.define("desk-operations-audit", AuditPart);
