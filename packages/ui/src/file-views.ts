import { html, nothing, type TemplateResult } from "lit";
import { timeNow } from "./clock.ts";
import { icon } from "./icon.ts";
import { circleAlertIcon, fileTextIcon, imageIcon, paperclipIcon } from "./icons.ts";

/** A file as a conversation shows it. */
export interface ShownFile {
  id: string;
  name: string;
  size: number;
  contentType: string;
  scan: "pending" | "clean" | "infected" | "unscanned";
  url: string;
  previewUrl: string | null;
}

/** The words around files, in the reader's language. */
export interface FileWords {
  attach: string;
  /** A size, and what is known of viruses. */
  state: (file: ShownFile) => string;
}

/** By the kind of a file. */
export const iconOf = (type: string): TemplateResult => icon(type.startsWith("image/") ? imageIcon : fileTextIcon);

/** Files of a message. Addresses hold for minutes: `renew` loads the message again when one is used too late. */
export function filesView(files: readonly ShownFile[], words: FileWords, renew: () => Promise<void>): unknown {
  if (files.length === 0) return nothing;
  return html`<div class="files">${files.map((file) => fileView(file, words, renew))}</div>`;
}

function fileView(file: ShownFile, words: FileWords, renew: () => Promise<void>): TemplateResult {
  const { id, name, url, scan, previewUrl, contentType } = file;
  const state = words.state(file);
  const label = html`<span class="truncate"><bdi>${name}</bdi><small>${state}</small></span>`;
  if (scan === "pending" || scan === "infected")
    return html`<span class="file" data-scan=${scan}
      >${scan === "infected" ? icon(circleAlertIcon) : iconOf(contentType)}${label}</span
    >`;
  const use = (event: Event): void => void useInTime(event, id, url, renew);
  if (previewUrl)
    return html`<a class="shot-link" href=${url} data-file=${id} download title="${name}, ${state}" @click=${use}
      ><img class="shot" src=${previewUrl} alt=${name} loading="lazy" @error=${use}
    /></a>`;
  return html`<a class="file" href=${url} data-file=${id} download @click=${use}>${iconOf(contentType)}${label}</a>`;
}

/** An address that no longer holds is replaced, and then followed. */
async function useInTime(event: Event, id: string, url: string, renew: () => Promise<void>): Promise<void> {
  const expires = Number(new URL(url, location.href).searchParams.get("expires"));
  if (!expires || expires * 1000 > timeNow()) return;
  const root = (event.currentTarget as HTMLElement).getRootNode() as ShadowRoot;
  const isClick = event.type === "click";
  if (isClick) event.preventDefault();
  await renew();
  if (isClick) root.querySelector<HTMLElement>(`[data-file="${id}"]`)?.click();
}

/** The button that opens the browser's choice of files, with words beside its mark where there is room for them. */
export function attachButton(
  uploads: { add: (files: Iterable<File>) => void },
  words: FileWords,
  long?: TemplateResult | string,
): TemplateResult {
  const choose = ({ currentTarget }: Event): void =>
    ((currentTarget as HTMLElement).nextElementSibling as HTMLInputElement).click();
  const take = ({ currentTarget }: Event): void => {
    const input = currentTarget as HTMLInputElement;
    uploads.add([...(input.files ?? [])]);
    input.value = "";
  };
  return html`<button
      class=${long ? "drop" : "icon-button"}
      type="button"
      aria-label=${long ? nothing : words.attach}
      title=${long ? nothing : words.attach}
      @click=${choose}
    >
      ${icon(paperclipIcon)}${long}</button
    ><input type="file" multiple hidden tabindex="-1" aria-label=${words.attach} @change=${take} />`;
}
