/** Oldest Node that Sidedesk runs on. */
export const oldestNode = "20.19.0";

/**
 * Ends the process with a clear error on a Node that is too old. Imported before anything else, so that an old Node stops
 * here and not at syntax it cannot read.
 * @param {string} [version]
 */
export function requireNode(version = process.versions.node) {
  if (isNewEnough(version)) return;
  process.stderr.write(
    `\nSidedesk needs Node ${oldestNode} or newer; this is Node ${version} (${process.execPath}).\n` +
      "Install a newer one from https://nodejs.org or with your version manager (nvm install 22), then try again.\n\n",
  );
  process.exit(1);
}

/**
 * @param {string} version
 * @returns {boolean}
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode.split(".").map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
