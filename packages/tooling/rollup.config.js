import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import resolve from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { transform } from "esbuild";
import { minifyTemplateLiterals } from "rollup-plugin-minify-template-literals";

const root = fileURLToPath(new URL("../../", import.meta.url));
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

/** Style sheets by esbuild: the literal minifier leaves out nesting and what it does not know. */
const minifyCss = () => ({
  name: "minify-lit-css",
  async transform(code, id) {
    if (!ours.test(id)) return null;
    let out = "";
    let last = 0;
    for (const match of code.matchAll(/\bcss`([^`$\\]+)`/g)) {
      const sheet = await transform(match[1], { loader: "css", minify: true, target: "esnext" });
      out += `${code.slice(last, match.index)}css\`${sheet.code.trim()}\``;
      last = match.index + match[0].length;
    }
    return last ? { code: out + code.slice(last), map: null } : null;
  },
});

/** Drops polling and WebTransport: the server speaks WebSocket alone. */
const websocketOnly = () => ({
  name: "socket-io-websocket-only",
  async resolveId(id, from) {
    if (!from?.includes("/engine.io-client/") || !id.endsWith("/transports/index.js")) return null;
    return `\0eio-ws?${(await this.resolve("./transports/websocket.js", from)).id}`;
  },
  load(id) {
    if (!id.startsWith("\0eio-ws?")) return null;
    return `import { WS } from ${JSON.stringify(id.slice(8))};\nexport const transports = { websocket: WS };`;
  },
});

const minifyHtml = () =>
  minifyTemplateLiterals({
    include: ["widget/src/**", "admin/src/**", "packages/ui/src/**"].map((pattern) => root + pattern),
    failOnError: true,
    options: { minifyOptions: { keepClosingSlash: true }, shouldMinifyCSS: () => false },
  });

const compress = (isModule) =>
  terser({
    ecma: 2021,
    module: isModule,
    compress: { passes: 3, pure_getters: true },
    mangle: { properties: false },
    format: { comments: false },
  });

/** Writes `{ entry name: hashed file }`, removes what an earlier build left, and says how big each file is. */
const manifest = (folder, path) => ({
  name: "manifest",
  writeBundle(options, bundle) {
    const entries = {};
    for (const file of Object.values(bundle))
      if (file.type === "chunk" && file.isEntry) entries[file.name] = file.fileName;
    writeFileSync(join(root, path), `${JSON.stringify(entries, null, 2)}\n`);
    for (const name of readdirSync(join(root, folder)))
      if (!bundle[name]) rmSync(join(root, folder, name), { recursive: true });
    const sizes = Object.values(bundle)
      .filter((file) => file.type === "chunk")
      .map((file) => ({
        name: file.fileName,
        raw: Buffer.byteLength(file.code),
        brotli: brotliCompressSync(file.code).length,
      }))
      .sort((one, other) => other.brotli - one.brotli);
    console.log(
      `\n${folder}\n${sizes.map(({ name, raw, brotli }) => `${name.padEnd(44)}${String(raw).padStart(9)} B${String(brotli).padStart(9)} B brotli`).join("\n")}`,
    );
  },
});

const plugins = () => [
  websocketOnly(),
  minifyCss(),
  minifyHtml(),
  resolve({ browser: true, exportConditions: ["sidedesk"], extensions: [".ts", ".mjs", ".js"] }),
  stripTypes(),
];
const common = {
  treeshake: { moduleSideEffects: (id) => !/\/(socket\.io|engine\.io)-/.test(id) },
  onwarn(warning) {
    throw new Error(warning.message); // a warning once meant Node's code in a browser's bundle
  },
};
const modules = (folder) => ({
  dir: join(root, folder),
  format: "es",
  sourcemap: true,
  sourcemapExcludeSources: false,
  entryFileNames: "[name]-[hash].js",
  chunkFileNames: "[name]-[hash].js",
  // Pieces under 2 KB are not worth a request of their own.
  experimentalMinChunkSize: 2048,
});

const widget = {
  ...common,
  input: { embed: join(root, "widget/src/embed.ts"), portal: join(root, "widget/src/portal.ts") },
  plugins: plugins(),
  output: [
    {
      ...modules("widget/dist/modules"),
      plugins: [compress(true), manifest("widget/dist/modules", "widget/dist/manifest.json")],
    },
  ],
};

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
    ...plugins(),
  ],
  output: [{ file: join(root, "widget/dist/widget.js"), format: "iife", sourcemap: true, plugins: [compress(false)] }],
};

const admin = {
  ...common,
  input: { main: join(root, "admin/src/main.ts") },
  plugins: plugins(),
  output: [
    {
      ...modules("admin/dist/assets"),
      plugins: [compress(true), manifest("admin/dist/assets", "admin/dist/manifest.json")],
    },
  ],
};

const only = process.env.SIDEDESK_BUNDLE;
const all = { widget: [widget, loader], admin: existsSync(join(root, "admin/src/main.ts")) ? [admin] : [] };
export default only ? all[basename(only)] : [...all.widget, ...all.admin];
