/** The first Node that runs TypeScript without a flag. */
export const MINIMUM_NODE = "22.18";

/**
 * What to tell where the project cannot run: on Linux x64 it installs a Node of its own, elsewhere it needs the machine's.
 *
 * @param {{ platform: string, arch: string, version: string }} machine
 * @returns {string | undefined} one sentence, or nothing
 */
export function refusal({ platform, arch, version }) {
  if (platform === "linux" && arch === "x64") return undefined;
  return isNewEnough(version)
    ? undefined
    : `Install Node ${MINIMUM_NODE} or newer: this is ${version} on ${platform} ${arch}, and only on Linux x64 the project brings its own.`;
}

/** @param {string} version */
export function isNewEnough(version) {
  const [[major = 0, minor = 0], [wantedMajor = 0, wantedMinor = 0]] = [version, MINIMUM_NODE].map((text) =>
    text.split(".").map(Number),
  );
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
