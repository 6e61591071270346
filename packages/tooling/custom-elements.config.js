/** For @custom-elements-manifest/analyzer; `npm run manifest --workspace @sidedesk/widget`. */
export default {
  globs: ["src/**/*.ts"],
  exclude: ["src/**/*.test.ts", "src/**/*.styles.ts", "src/locales/**", "src/gallery/**"],
  outdir: "dist",
  litelement: true,
};
