/** @type {import("prettier").Config} */
export default {
  printWidth: 120,
  overrides: [
    { files: "*.md", options: { proseWrap: "preserve" } },
    // Tables of options read better as they are written.
    { files: ["package.json", "package-lock.json"], options: { printWidth: 160 } },
  ],
};
