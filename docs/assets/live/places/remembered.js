/** What a browser remembers of where the server runs. Where storage is switched off, quietly nothing. */

/** Which build of the server that runs in a page this browser has loaded: for ever. */
const LOADED = "server here loaded";
/** That the reader wants it to run in the page, also where a server answers: for this tab. */
const WANTED = "server here wanted";

/** @param {string} build */
export const hasLoaded = (build) => quietly(() => localStorage.getItem(LOADED) === build) ?? false;

/** @param {string} build */
export const rememberLoaded = (build) => quietly(() => localStorage.setItem(LOADED, build));

export const isWantedHere = () => quietly(() => sessionStorage.getItem(WANTED) !== null) ?? false;

/** @param {boolean} here */
export const rememberWanted = (here) =>
  quietly(() => (here ? sessionStorage.setItem(WANTED, "yes") : sessionStorage.removeItem(WANTED)));

/**
 * @template Result
 * @param {() => Result} act
 * @returns {Result | undefined}
 */
function quietly(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}
