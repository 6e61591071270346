import { extname } from "node:path";

const longest = 120;
/** Invisible, reordering or unassigned: `exe.png` written right to left must not read as a picture. */
// eslint-disable-next-line no-control-regex -- control characters are what is removed
const unseen = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/g;
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name that is safe to show and to save under: no path, nothing invisible, not too long, and with an ending that fits what
 * the file is, so that nobody opens as a program what was checked as a picture.
 * @param endings those that fit the content, the usual one first
 */
export function safeName(given: string, endings: readonly string[]): string {
  const last = given.split(/[/\\]/).at(-1) ?? "";
  const clean = (last as string & { toWellFormed(): string })
    .toWellFormed()
    .normalize("NFC")
    .replace(unseen, "")
    .replace(/[<>:"|?*\ufffd]/g, "_")
    .replace(/\s+/g, " ")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  const ending = extname(clean).slice(1).toLowerCase();
  const fits = endings.includes(ending);
  const base = (fits ? clean.slice(0, -ending.length - 1) : clean).replace(/[\s.]+$/, "") || "file";
  const tail = `.${fits ? clean.slice(-ending.length) : (endings[0] ?? "bin")}`;
  const short = [...base]
    .slice(0, longest - tail.length)
    .join("")
    .trimEnd();
  return `${reserved.test(`${short}.`) ? "_" : ""}${short}${tail}`;
}

/** RFC 6266: an ASCII name for old callers, the real one for all others. */
export function disposition(kind: "attachment" | "inline", name: string): string {
  const ascii = name
    .normalize("NFKD")
    .replace(/[^\x20-\x7e]/g, "_")
    .replace(/["\\%]/g, "_");
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
