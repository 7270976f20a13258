/**
 * How the page's transcripts once went: a file that is kept with the page (live_docs/recorded/runs.py), asked for once,
 * when the first sandbox that shows it comes near.
 */

/** @import {Happening} from "../notation/types.js" */

/**
 * @typedef {object} Run
 * @property {string} on The day, as in 2026-11-27.
 * @property {Record<string, string>} with Who took part, and their versions.
 * @property {Partial<Happening>[]} happened In order; without what is empty.
 */

/** Below this folder of the site are all its modules, packed or not; beside it, the folder of recorded runs. */
const ASSETS = "/assets/";

let asked = "";
/** @type {Promise<Record<string, Run>>} Those of the page that was asked for last. */
let runs = Promise.resolve({});

/**
 * @param {string} key Which of the page's runs.
 * @returns {Promise<Run | undefined>} undefined where it cannot be had.
 */
export async function recordedRun(key) {
  const address = addressOf(location.href, import.meta.url);
  if (address !== asked) {
    asked = address;
    runs = fetch(address).then((response) => (response.ok ? response.json() : {}));
    runs.catch(() => (asked = "")); // a later one may ask again
  }
  return runs.then(
    (all) => all[key],
    () => undefined,
  );
}

/**
 * Where the runs of a page are: under its own address within the site.
 * @param {string} page
 * @param {string} module The address of any module of the site.
 */
export function addressOf(page, module) {
  const site = module.slice(0, module.lastIndexOf(ASSETS) + 1);
  return new URL(`recorded/${nameOf(page, site)}.json`, site).href;
}

/**
 * @param {string} page
 * @param {string} site
 */
function nameOf(page, site) {
  const path = new URL(page).pathname.slice(new URL(site).pathname.length);
  return path.replace(/(^|\/)index\.html$|\.html$|\/$/, "") || "index";
}

/**
 * As the timeline takes them.
 * @param {Run} run
 * @returns {Happening[]}
 */
export function happeningsOf({ happened }) {
  return happened.map(
    (happening) => /** @type {Happening} */ ({ client: "", toward: "", connection: "", ...happening }),
  );
}

/**
 * @param {Run} run
 * @param {"long" | "short"} [month]
 */
export function dayOf({ on }, month = "long") {
  return new Date(`${on}T00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month,
    year: "numeric",
    timeZone: "UTC",
  });
}

/** @param {Run} run */
export function versionsOf(run) {
  return Object.entries(run.with)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}
