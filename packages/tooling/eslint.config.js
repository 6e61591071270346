import { fileURLToPath } from "node:url";
import js from "@eslint/js";
import lit from "eslint-plugin-lit";
import wc from "eslint-plugin-wc";
import tseslint from "typescript-eslint";

const root = fileURLToPath(new URL("../../", import.meta.url));
const browser = ["widget/**/*.ts", "admin/**/*.ts", "packages/{ui,preferences-view,webhook-view}/**/*.ts"];
const tests = ["**/*.test.ts", "test/**/*.ts"];
const node = {
  process: "readonly",
  Buffer: "readonly",
  console: "readonly",
  URL: "readonly",
  fetch: "readonly",
  AbortSignal: "readonly",
  TextEncoder: "readonly",
  setTimeout: "readonly",
  clearTimeout: "readonly",
  setInterval: "readonly",
  clearInterval: "readonly",
};

const worker = { self: "readonly", URL: "readonly", MessageChannel: "readonly", setTimeout: "readonly" };

export default tseslint.config(
  { ignores: ["**/dist/", "**/node_modules/", "**/.sidedesk*/", "**/locales/", "**/generated/", "coverage/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: typed("tsconfig.lint.json"),
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", caughtErrors: "none", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/unbound-method": "off", // functions are kept in records and given around; few need `this`
      "@typescript-eslint/require-await": "off", // a handler is async by its shape, not by its body
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Named exports: a thing has one name everywhere." },
        { selector: "TSEnumDeclaration", message: "A union of literals instead of an enum." },
      ],
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  { files: ["api/src/**/*.ts"], rules: { "@typescript-eslint/no-unsafe-return": "off" } }, // Koa's next() promises any
  { files: ["widget/*.js"], languageOptions: { globals: worker } },
  {
    files: browser,
    languageOptions: typed("tsconfig.lint-browser.json"),
    extends: [lit.configs["flat/recommended"], wc.configs["flat/recommended"]],
    rules: {
      "lit/no-duplicate-template-bindings": "error",
      "lit/no-invalid-html": "error",
      "lit/no-native-attributes": "off",
      "wc/guard-super-call": "off", // Lit's own callbacks are always there
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Named exports: a thing has one name everywhere." },
        { selector: "TSEnumDeclaration", message: "A union of literals instead of an enum." },
        {
          selector: "MemberExpression[property.name='innerHTML']",
          message: "Hosts require Trusted Types: render with Lit, or with safeHtml.",
        },
      ],
    },
  },
  {
    files: tests,
    rules: {
      "@typescript-eslint/no-unused-expressions": "off", // expect(x).to.be.true
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", package: "vitest", name: "expect" }] },
      ],
      "@typescript-eslint/no-base-to-string": "off",
      // What came over HTTP is looked at as it is.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    files: browser.map((pattern) => pattern.replace("*.ts", "*.test.ts")),
    rules: { "@typescript-eslint/no-floating-promises": "off", "@typescript-eslint/no-misused-promises": "off" },
  },
  // The runners ask for a default export here.
  { files: ["test/vitest.config.ts", "test/support/services.ts"], rules: { "no-restricted-syntax": "off" } },
  {
    files: ["**/*.js"],
    languageOptions: { globals: node },
    rules: { "no-unused-vars": ["error", { caughtErrors: "none", argsIgnorePattern: "^_" }] },
  },
  {
    files: ["packages/local/shop/*.js"],
    languageOptions: { sourceType: "script", globals: { window: "readonly", document: "readonly" } },
  },
);

/**
 * Everything that runs in Node is one program and everything that runs in browsers another, tests and sources together: one
 * for each workspace, and more for the tests, read and checked the same files several times.
 * @param {string} project
 */
function typed(project) {
  return { parserOptions: { project: [`packages/tooling/${project}`], tsconfigRootDir: root } };
}
