import { createServer, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { signUserToken, type TestSite } from "./factories.ts";

/** Somebody else's pages, on another origin than the desk, under the strictest policy the widget promises to work with. */
export interface HostPage {
  /** Origin. `/exact` knows nobody; `/strict?as=<sub>` says who is signed in, `&lang=` in which language; `/hostile?as=<sub>` also has styles that break everything of its own. */
  origin: string;
  /** Says which desk the pages embed. */
  embed(desk: { url: string; site: TestSite }): void;
  /** Adds a page like `/strict` with markup of its own; a nonce makes the policy name that instead of addresses. */
  add(path: string, page: OwnPage): void;
  close(): Promise<void>;
}

export interface OwnPage {
  body: string;
  /** Before the desk's tag. */
  head?: string;
  nonce?: string;
  /** Served under the page's own name with `.js`. */
  script?: string;
  /** Served under the page's own name with `.css`. */
  style?: string;
}

const hostile = `
html { font-size: 5px; line-height: 4; }
body { font: italic 900 40px/3 cursive; color: red; letter-spacing: 1em; word-spacing: 3em; text-transform: uppercase; text-align: right; text-indent: 5em; white-space: pre; cursor: none; visibility: hidden; pointer-events: none; }
body * { box-sizing: content-box !important; float: left !important; transform: rotate(5deg) !important; border: 5px dashed red !important; padding: 20px !important; margin: 20px !important; max-width: 50px !important; opacity: 0.3 !important; font-family: cursive !important; font-size: 40px !important; color: red !important; background: yellow !important; letter-spacing: 9px !important; text-transform: uppercase !important; line-height: 5 !important; visibility: hidden !important; filter: blur(3px) !important; }
div, section, aside, header, footer, button, input, textarea, svg, ul, li, p, span, h1, h2 { display: none !important; }
`;

const hostScript = `
window.Sidedesk = window.Sidedesk || [];
const as = new URLSearchParams(location.search).get("as");
if (as) window.Sidedesk.push(["identify", () => fetch(location.origin + "/token?as=" + as).then((answer) => answer.text())]);
window.seen = [];
for (const name of ["ready", "open", "close", "unread", "ticket-created", "error"]) window.Sidedesk.push(["on", name, (detail) => window.seen.push([name, detail])]);
`;

/** The desk's own files from another address: as another version of them would be. */
async function proxy(url: string, response: ServerResponse): Promise<void> {
  const answer = await fetch(url);
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
  response.end(await answer.text());
}

export async function startHostPage(): Promise<HostPage> {
  let embedded: { url: string; site: TestSite } | undefined;
  const own = new Map<string, OwnPage>();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://host");
    answer(pathname, searchParams, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // By name, so that the desk, which is reached by its address, is on another site and not just on another port.
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;

  async function answer(path: string, query: URLSearchParams, response: ServerResponse): Promise<void> {
    if (!embedded) throw new Error("embed() first");
    const { url: desk, site } = embedded;
    if (path === "/token") {
      const as = query.get("as") ?? "";
      return void response.end(
        await signUserToken(site.identitySecret, {
          sub: as,
          email: `${as}@shop.example`,
          name: as.replace(/^./, (letter) => letter.toUpperCase()),
        }),
      );
    }
    if (path === "/host.js") return void response.writeHead(200, { "content-type": "text/javascript" }).end(hostScript);
    if (path === "/hostile.css") return void response.writeHead(200, { "content-type": "text/css" }).end(hostile);
    if (path.startsWith("/old/")) return proxy(desk + path.slice("/old".length), response);
    const style = own.get(path.replace(/\.css$/, ""))?.style;
    if (style && path.endsWith(".css")) return void response.writeHead(200, { "content-type": "text/css" }).end(style);
    const script = own.get(path.replace(/\.js$/, ""))?.script;
    if (script && path.endsWith(".js"))
      return void response.writeHead(200, { "content-type": "text/javascript" }).end(script);
    const added = own.get(path);
    if (path === "/sidedesk-push-worker.js")
      return void response
        .writeHead(200, { "content-type": "text/javascript" })
        .end(`importScripts("${desk}/sidedesk-push-worker.js");`);
    if (!added && !["/exact", "/strict", "/hostile"].includes(path)) return void response.writeHead(404).end();
    const lang = query.get("lang")?.replace(/[^a-z-]/gi, "");
    const self = path === "/exact" ? "" : " 'self'";
    const policy = [
      "default-src 'none'",
      `script-src ${added?.nonce ? `'nonce-${added.nonce}' 'strict-dynamic'` : `${desk}${self}`}`,
      `connect-src ${desk} ${desk.replace("http", "ws")}${self}`,
      `img-src ${desk}`,
      ...(added ? ["frame-src 'self'"] : []),
      ...(path === "/hostile" || added?.style ? ["style-src 'self'"] : []),
      "require-trusted-types-for 'script'",
      "trusted-types sidedesk lit-html",
    ];
    const nonce = added?.nonce ? ` nonce="${added.nonce}"` : "";
    const tag = `<script async${nonce} src="${desk}/widget.js" data-site="${site.publicKey}"${lang ? ` data-lang="${lang}"` : ""}${query.has("push") ? " data-push-worker" : ""}></script>`;
    const sheet = path === "/hostile" || added?.style ? `<link rel="stylesheet" href="${path}.css">` : "";
    const head = `${sheet}${self ? `<script${nonce} src="/host.js"></script>` : ""}${added?.head ?? ""}`;
    const bell = self ? "<sidedesk-bell></sidedesk-bell>" : "";
    const body = `<header><a href="#pots">Pots</a> ${bell}</header><main><h1>Tarnside pots</h1><p>Stoneware for every day.</p></main>`;
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy.join("; "),
    });
    response.end(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>A shop</title>${head}${tag}</head><body>${added?.body ?? body}</body></html>`,
    );
  }

  return {
    origin,
    embed: (desk) => (embedded = desk),
    add: (path, page) => void own.set(path, page),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
