/** What goes with a file on its way. */
export interface FileToSend {
  file: File;
  /** How much of it is on its way, from 0 to 1. `fetch` cannot tell. */
  onProgress?: ((share: number) => void) | undefined;
}

/** Posts a file as `multipart/form-data` in the field `file`. Rejects with a TypeError as `fetch` does, or the signal's reason. */
export function sendFile(
  url: string,
  init: {
    headers: Record<string, string>;
    credentials: boolean;
    signal?: AbortSignal | undefined;
    fetch?: typeof fetch | undefined;
  },
  { file, onProgress }: FileToSend,
): Promise<Response> {
  const { headers, credentials, signal } = init;
  const form = new FormData();
  form.append("file", file);
  if (init.fetch)
    return init.fetch(url, {
      method: "POST",
      headers,
      body: form,
      credentials: credentials ? "include" : "omit",
      signal: signal ?? null,
    });
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    const stop = (): void => call.abort();
    call.open("POST", url);
    call.withCredentials = credentials;
    for (const [name, value] of Object.entries(headers)) call.setRequestHeader(name, value);
    call.upload.onprogress = ({ loaded, total }) => onProgress?.(total ? loaded / total : 0);
    call.onload = () => {
      const { status, statusText, responseText } = call;
      const kept = ["content-type", "retry-after", "x-request-id"].flatMap((name): [string, string][] => {
        const value = call.getResponseHeader(name);
        return value === null ? [] : [[name, value]];
      });
      resolve(new Response(status === 204 ? null : responseText, { status, statusText, headers: kept }));
    };
    call.onerror = () => reject(new TypeError("The file could not be sent."));
    call.onabort = () =>
      reject(signal?.aborted ? (signal.reason as Error) : new TypeError("The upload was broken off."));
    call.onloadend = () => signal?.removeEventListener("abort", stop);
    signal?.addEventListener("abort", stop);
    call.send(form);
  });
}
