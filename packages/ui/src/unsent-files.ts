import { html, nothing, type TemplateResult } from "lit";
import { iconOf, type ShownFile } from "./file-views.ts";
import { icon } from "./icon.ts";
import { circleAlertIcon, rotateCwIcon, xIcon } from "./icons.ts";
import type { Upload, Uploads } from "./uploads.ts";

/** The words around files that are not sent yet, in the reader's language. */
export interface UnsentWords {
  upload: (upload: Upload<ShownFile>) => string;
  retry: (name: string) => string;
  remove: (name: string) => string;
}

/** Files on their way: progress, what went wrong, another try, taking out. */
export function uploadsView(uploads: Uploads<ShownFile>, words: UnsentWords): unknown {
  if (uploads.list.length === 0) return nothing;
  return html`<ul class="files uploads">
    ${uploads.list.map((upload) => uploadView(upload, uploads, words))}
  </ul>`;
}

function uploadView(upload: Upload<ShownFile>, uploads: Uploads<ShownFile>, words: UnsentWords): TemplateResult {
  const { key, file, state, share, result } = upload;
  const isWrong = state === "failed" || state === "refused" || result?.scan === "infected";
  const button = (label: string, shape: TemplateResult, act: () => void) =>
    html`<button class="icon-button icon-button-s" type="button" aria-label=${label} @click=${act}>${shape}</button>`;
  return html`<li class="file" data-state=${isWrong ? "wrong" : state}>
    ${isWrong ? icon(circleAlertIcon) : iconOf(file.type)}
    <span class="truncate"
      ><bdi>${file.name}</bdi><small role="status">${words.upload(upload)}</small>${
        state === "sending" ? html`<progress max="1" .value=${share} aria-hidden="true"></progress>` : nothing
      }</span
    >${state === "failed" ? button(words.retry(file.name), icon(rotateCwIcon), () => uploads.retry(key)) : nothing}${button(
      words.remove(file.name),
      icon(xIcon),
      () => uploads.remove(key),
    )}
  </li>`;
}
