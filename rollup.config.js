// Longer than most: what makes the bundles small stands in one place, beside what it is for.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import resolve from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { transform } from "esbuild";
import { minifyTemplateLiterals } from "rollup-plugin-minify-template-literals";
import { sheetMark, shortCss } from "./packages/tooling/short-css.js";
import { withoutUnused, wordsOf } from "./packages/tooling/unused-css.js";

const root = fileURLToPath(new URL(".", import.meta.url));
const ours = /\/(widget|admin|packages\/[^/]+)\/src\/.*\.ts$/;

/** TypeScript by esbuild's transform: rollup-plugin-esbuild resolves by itself and brings Node's transports along. */
const stripTypes = () => ({
  name: "strip-types",
  async transform(code, id) {
    if (!ours.test(id)) return null;
    const compilerOptions = {
      experimentalDecorators: true,
      useDefineForClassFields: false,
      verbatimModuleSyntax: true,
    };
    const result = await transform(code, {
      loader: "ts",
      target: "es2022",
      sourcefile: id,
      sourcemap: true,
      tsconfigRaw: { compilerOptions },
    });
    return { code: result.code, map: result.map };
  },
});

/** Lit's property decorators only call `createProperty`; called directly, the decorators need not be delivered. */
const directProperties = () => ({
  name: "direct-properties",
  transform(code, id) {
    if (!ours.test(id) || !code.includes("__decorateClass([")) return null;
    const direct = code.replace(
      /__decorateClass\(\[\n\s*(property|state)\(([^\n]*)\)\n\], (\w+)\.prototype, ("\w+"), 2\);/g,
      (whole, kind, options, element, name) =>
        `${element}.createProperty(${name}, ${kind === "state" ? "{ state: true }" : options || "{}"});`,
    );
    return { code: direct, map: null };
  },
});

/** esbuild writes its decorator helper into every file; one for all is enough. */
const shareDecorators = () => ({
  name: "share-decorators",
  resolveId: (id) => (id === "\0decorate" ? id : null),
  load: (id) =>
    id === "\0decorate"
      ? `export const __decorateClass = (decorators, target, key, kind) => {
  let result = kind > 1 ? undefined : kind ? Object.getOwnPropertyDescriptor(target, key) : target;
  for (const decorator of decorators.reverse()) result = (kind ? decorator(target, key, result) : decorator(result)) || result;
  if (kind && result) Object.defineProperty(target, key, result);
  return result;
};`
      : null,
  transform(code, id) {
    if (!ours.test(id) || !code.includes("__decorateClass = (")) return null;
    const shared = code.replace(
      /(?:var __defProp = .*\n)?(?:var __getOwnPropDesc = .*\n)?var __decorateClass = [\s\S]*?\n};\n/,
      'import { __decorateClass } from "\0decorate";\n',
    );
    return { code: shared, map: null };
  },
});

/** Style sheets by esbuild (the literal minifier leaves out what it does not know), without rules nobody can match. */
const minifyCss = (workspace) => {
  const own = wordsOf([`${workspace}/src`, "packages/ui/src"]);
  const all = wordsOf([
    `${workspace}/src`,
    "packages/ui/src",
    "packages/preferences-view/src",
    "packages/webhook-view/src",
  ]);
  // In the widget the view of webhooks is a piece of its own: what it alone uses of shared parts shall not lie in the others.
  const later = /\/((preferences|webhook)-view\/|ui\/src\/(choosing|switch|table|dialog)\.styles)/;
  return {
    name: "minify-lit-css",
    async transform(code, id) {
      if (!ours.test(id)) return null;
      let out = "";
      let last = 0;
      for (const match of code.matchAll(/\bcss`([^`$\\]+)`/g)) {
        const words = workspace === "admin" || later.test(id) ? all : own;
        const sheet = await transform(match[1], { loader: "css", minify: true, target: "esnext" });
        out += `${code.slice(last, match.index)}css\`${workspace === "widget" ? sheetMark : ""}${withoutUnused(sheet.code.trim(), words)}\``;
        last = match.index + match[0].length;
      }
      return last ? { code: out + code.slice(last), map: null } : null;
    },
  };
};

/** A tenth of socket.io-client is what we need of it, and half of @lit/localize; the files say why. */
const slim = (workspace) => ({
  name: "slim",
  resolveId: (id) =>
    id === "./socket.ts"
      ? join(root, "packages/client/src/slim-socket.ts")
      : id === "@lit/localize" && workspace === "widget"
        ? join(root, "packages/ui/src/slim-localize.ts")
        : null,
});

const minifyHtml = () =>
  minifyTemplateLiterals({
    include: ["widget/src/**", "admin/src/**", "packages/{ui,preferences-view,webhook-view}/src/**"].map(
      (pattern) => root + pattern,
    ),
    failOnError: true,
    options: { minifyOptions: { keepClosingSlash: true }, shouldMinifyCSS: () => false },
  });

const compress = (isModule) =>
  terser({
    ecma: 2022,
    module: isModule,
    // What looks alike compresses well: so no functions put in where they are called, no comparisons turned round, one kind of quotes.
    compress: {
      passes: 3,
      pure_getters: true,
      unsafe_arrows: true,
      unsafe_methods: true,
      sequences: false,
      inline: 1,
      lhs_constants: false,
    },
    mangle: { properties: false },
    format: { comments: false, quote_style: 2 },
  });

const {
  BROTLI_PARAM_LGWIN: window,
  BROTLI_PARAM_LGBLOCK: block,
  BROTLI_PARAM_NPOSTFIX: postfix,
  BROTLI_PARAM_NDIRECT: direct,
} = constants;
const narrow = { [window]: 16, [block]: 17 };
const coded = [0, 4, 8, 10, 12].map((codes) => ({ ...narrow, [postfix]: 2, [direct]: codes << 2 }));
const settings = [{}, { [window]: 16 }, narrow, ...coded];
const compressed = promisify(brotliCompress);
/** As small as it gets: which window, blocks and codes for distances (RFC 7932, 4) suit a file shows only by trying. */
async function pack(code, tried) {
  const tries = await Promise.all(tried.map((params) => compressed(code, { params })));
  return tries.reduce((best, one) => (one.length < best.length ? one : best));
}

/** Writes `{ entry name: hashed file }` and each file as it is sent, removes what an earlier build left, and says how big each file is. */
const manifest = (folder, path, tried = settings) => ({
  name: "manifest",
  async writeBundle(options, bundle) {
    const entries = {};
    for (const file of Object.values(bundle))
      if (file.type === "chunk" && file.isEntry) entries[file.name] = file.fileName;
    writeFileSync(join(root, path), `${JSON.stringify(entries, null, 2)}\n`);
    for (const name of readdirSync(join(root, folder)))
      if (!bundle[name.replace(/\.br$/, "")]) rmSync(join(root, folder, name), { recursive: true });
    const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
    const sizes = await Promise.all(
      chunks.map(async ({ fileName: name, code }) => {
        const packed = await pack(code, tried);
        writeFileSync(join(root, folder, `${name}.br`), packed); // the server sends it in place of the file
        return { name, raw: Buffer.byteLength(code), brotli: packed.length };
      }),
    );
    sizes.sort((one, other) => other.brotli - one.brotli);
    console.log(
      `\n${folder}\n${sizes.map(({ name, raw, brotli }) => `${name.padEnd(44)}${String(raw).padStart(9)} B${String(brotli).padStart(9)} B brotli`).join("\n")}`,
    );
  },
});

/** Lit notes its version on `window`, to warn of a second copy of itself. A host page's window is not ours to write on. */
const unseenLit = () => ({
  name: "unseen-lit",
  transform(code, id) {
    if (!/\/(lit-html|lit-element|reactive-element)\.js$/.test(id)) return null;
    const unseen = code
      .replace(/\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[^"]*"\)/, "0")
      .replace(/,\w+\.litPropertyMetadata\?\?=new WeakMap/, "")
      .replace(/litPropertyMetadata\.get\(\w+\)/, "void 0"); // it is for standard decorators, which are not used here
    if (/Versions|litPropertyMetadata/.test(unseen)) throw new Error("Lit has changed: look at unseenLit again.");
    return { code: unseen, map: null };
  },
});

/** What our templates must not have, since {@link leanLit} leaves out how it would work. */
function assertLean(code, id) {
  if (ours.test(id) && /\}[^<>]*<\/(textarea|title|style|script)\b/.test(code))
    throw new Error(`leanLit leaves out what ${id} has: a value inside of an element of plain text.`);
}

/**
 * Lit for the browsers that the desk needs anyway (`popover` and `:has` are younger than adopted style sheets): without its
 * ways around older ones, without what only hand-written `static properties` need, and with short words for our own mistakes.
 */
const leanLit = () => ({
  name: "lean-lit",
  transform(code, id) {
    assertLean(code, id);
    const cuts = {
      "css-tag.js": [
        [/\bt\.ShadowRoot&&\(.*?in CSSStyleSheet\.prototype/, "!0"],
        [/"CSSResult is not constructable\.[^"]*"/, '"css"'],
        [/"Value passed to 'css' function[^"]*"\+t\+"[^"]*"/, '"css"'],
      ],
      "reactive-element.js": [
        [
          /if\((this\.finalized=!0,this\._\$Ei\(\)),this\.hasOwnProperty\(d\("properties"\)\)\)\{.*?\}(?=const t=this\[Symbol)/,
          "$1;",
        ],
        [/Symbol\.metadata\?\?=Symbol\("metadata"\)/, "0"],
        [/const t=this\[Symbol\.metadata\];if\(null!==t\)\{.*?\}(?=this\._\$Eh=new Map)/, ""],
        [/case Object:case Array:t=null==t\?t:JSON\.stringify\(t\)/, ""],
        [/case Number:i=null===t\?null:Number\(t\);break;case Object:case Array:try\{.*?\}catch\(t\)\{i=null\}/, ""],
        [/\w+=a\.reactiveElementPolyfillSupport/, "p=void 0"],
      ],
      "lit-html.js": [
        [/t\.litHtmlPolyfillSupport/, "void 0"],
        // Templates compiled ahead, and formulas: nobody here has any.
        [/"number"==typeof s\?(this\._\$AC\(t\)):\(.*?,s\)(?=;)/, "$1"],
        [/:3===i\?"<math>":""/, ':""'],
        [/:3===i\?"<\/math>":""/, ':""'],
        [/2===i\|\|3===i/, "2===i"],
        // Nor a value inside of a text area; `assertLean` sees to that.
        [/if\(y\.test\(r\.tagName\)\)\{.*?\}(?=\}else if\()/, ""],
        // A page with a Lit of its own, or another version of us, has taken a name, and a name may be had once.
        [
          /s\?s\.createPolicy\("lit-html",(\{.*?\})\):void 0/,
          '(t=>{for(const i of["sidedesk","lit-html"])try{return s?.createPolicy(i,t)}catch{}})($1)',
        ],
      ],
      "lit-element.js": [
        [/s\.litElementHydrateSupport/, "(void 0)"],
        [/s\.litElementPolyfillSupport/, "void 0"],
      ],
    }[/\/(?:lit-html|lit-element|@lit\/reactive-element)\/([\w-]+\.js)$/.exec(id)?.[1] ?? ""];
    return cuts
      ? {
          code: cuts.reduce((rest, [what, by]) => {
            if (!what.test(rest)) throw new Error(`Lit has changed: look at leanLit again (${what}).`);
            return rest.replace(what, by);
          }, code),
          map: null,
        }
      : null;
  },
});

const plugins = (workspace) => [
  unseenLit(),
  leanLit(),
  slim(workspace),
  minifyCss(workspace),
  minifyHtml(),
  resolve({ browser: true, exportConditions: ["sidedesk"], extensions: [".ts", ".mjs", ".js"] }),
  stripTypes(),
  directProperties(),
  shareDecorators(),
];
const common = {
  onwarn(warning) {
    throw new Error(warning.message); // a warning once meant Node's code in a browser's bundle
  },
};
const modules = (folder) => ({
  dir: join(root, folder),
  format: "es",
  sourcemap: true,
  sourcemapExcludeSources: false,
  hashCharacters: "hex", // enough to tell a file's versions apart, and names of files compress worse than all else
  entryFileNames: "[name]-[hash].js",
  chunkFileNames: "[name]-[hash].js",
});

/** Everything reachable from a module without a dynamic import. */
function reachable(start, getModuleInfo, found = new Set()) {
  if (found.has(start)) return found;
  found.add(start);
  for (const id of getModuleInfo(start)?.importedIds ?? []) reachable(id, getModuleInfo, found);
  return found;
}

/** What the launcher needs in one file, what the first opening needs in another; more pieces would be more requests. */
function widgetChunks() {
  let embed;
  let desk;
  return (id, { getModuleInfo }) => {
    embed ??= reachable(join(root, "widget/src/embed.ts"), getModuleInfo);
    desk ??= reachable(join(root, "widget/src/desk-elements.ts"), getModuleInfo);
    // The client's index names all features, and whatever a file of its own imports would follow it there.
    if (/\/client\/src\/tickets\.ts$/.test(id)) return "desk";
    if (/\/(client|widget)\/src\/portal\.ts$/.test(id)) return "portal";
    if (
      /\/webhook-view\/src\/(?!locales)|\/widget\/src\/webhooks\/|\/client\/src\/webhooks\.ts|\/ui\/src\/(table|dialog)/.test(
        id,
      )
    )
      return "webhooks";
    if (/\/widget\/src\/notifications\/centre\/|\/ui\/src\/(long-press|scroller|selection|store)\.ts/.test(id))
      return "centre";
    if (/\/preferences-view\/src\/(?!locales)|\/widget\/src\/preferences\/|\/client\/src\/preferences\.ts/.test(id))
      return "preferences";
    if (/\/unsent-files\.ts$|\/ui\/src\/uploads\.ts|\/client\/src\/attachments\.ts/.test(id)) return "unsent-files";
    // What several of the pieces share that are loaded when somebody goes there.
    if (
      /\/ui\/src\/(add-words|late-icons|late-words|next-item|percent)\.ts$|\/session\/(error-text|late-words)\.ts$/.test(
        id,
      )
    )
      return "late";
    if (/\/request-menu\.ts$|\/ui\/src\/popup\.styles/.test(id)) return "menu";
    if (/\/ui\/src\/web-push\.ts|\/widget\/src\/session\/push-of\.ts|\/client\/src\/push\.ts/.test(id)) return "push";
    return embed.has(id) ? "core" : desk.has(id) ? "desk" : undefined;
  };
}

const widget = {
  ...common,
  input: { embed: join(root, "widget/src/embed.ts"), portal: join(root, "widget/src/portal.ts") },
  preserveEntrySignatures: "allow-extension", // else each entry is a file of its own that only names another: a request more
  plugins: plugins("widget"),
  output: [
    {
      ...modules("widget/dist/modules"),
      manualChunks: widgetChunks(),
      plugins: [shortCss(), compress(true), manifest("widget/dist/modules", "widget/dist/manifest.json")],
    },
  ],
};

/** What editors and documentation read: elements, attributes, events, parts. Made from the JSDoc of the elements. */
const describeElements = () => ({
  name: "describe-elements",
  writeBundle() {
    const cem = join(root, "node_modules/@custom-elements-manifest/analyzer/cem.js");
    execFileSync(
      process.execPath,
      [cem, "analyze", "--config", join(root, "packages/tooling/custom-elements.config.js"), "--quiet"],
      {
        cwd: join(root, "widget"),
        stdio: ["ignore", "ignore", "inherit"],
      },
    );
  },
});

/** Comes after the modules, whose hashed entry it names. */
const loader = {
  ...common,
  input: join(root, "widget/src/loader.ts"),
  plugins: [
    {
      name: "name-the-embed",
      transform(code, id) {
        if (!id.endsWith("/loader.ts")) return null;
        const { embed } = JSON.parse(readFileSync(join(root, "widget/dist/manifest.json"), "utf8"));
        return {
          code: code.replace(/declare const EMBED: string;/, "").replaceAll(/\bEMBED\b/g, JSON.stringify(embed)),
          map: null,
        };
      },
    },
    ...plugins("widget"),
  ],
  output: [
    {
      file: join(root, "widget/dist/widget.js"),
      format: "iife",
      sourcemap: true,
      plugins: [compress(false), describeElements()],
    },
  ],
};

/** The gallery of elements at `/docs/elements`: all of the widget once more, with fixtures, for no visitor's browser. */
const gallery = {
  ...common,
  input: { gallery: join(root, "widget/src/gallery.ts") },
  plugins: plugins("widget").filter(({ name }) => name !== "minify-lit-css" && name !== "minify-literals"),
  output: [
    {
      ...modules("widget/dist/gallery"),
      entryFileNames: "[name].js",
      sourcemap: false,
      plugins: [
        {
          name: "sweep",
          writeBundle(options, bundle) {
            for (const name of readdirSync(options.dir)) if (!bundle[name]) rmSync(join(options.dir, name));
          },
        },
      ],
    },
  ],
};

const admin = {
  ...common,
  input: { main: join(root, "admin/src/main.ts") },
  plugins: plugins("admin"),
  output: [
    {
      ...modules("admin/dist/assets"),
      plugins: [compress(true), manifest("admin/dist/assets", "admin/dist/manifest.json", [{}])],
    },
  ],
};

const only = process.env.SIDEDESK_BUNDLE;
const all = { widget: [widget, loader, gallery], admin: existsSync(join(root, "admin/src/main.ts")) ? [admin] : [] };
export default only ? all[basename(only)] : [...all.widget, ...all.admin];
