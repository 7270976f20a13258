/**
 * What the server's code is made of, as far as a page needs it: written by `python -m handed_out.home` before the pages
 * are built, and loaded when it is asked for.
 *
 * @typedef {object} Catalog
 * @property {Record<string, string>} project Files that are in every project.
 * @property {string} requirements What to install.
 * @property {Record<string, string>} files Texts of the server's own files.
 * @property {Record<string, string[]>} needs Which of those each sandbox needs, by the path of its module.
 * @property {string[]} always Which of those every project needs.
 * @property {string[]} loggingIn Which of those a project needs in which a client logs in or posts.
 * @property {Route[]} routes In the order in which they are tried.
 *
 * @typedef {{protocol: "http" | "websocket", pattern: string, module: string}} Route
 */

/** @type {Promise<Catalog> | undefined} */
let loading;

/**
 * Loaded once; again, if that failed.
 * @param {string} base The address of a module in one of the widget's folders, `import.meta.url`.
 * @returns {Promise<Catalog>}
 */
export function loadCatalog(base) {
  loading ??= load(new URL("../../home/catalog.json", base)).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/**
 * What there is to begin from in the playground.
 * @param {string} base The address of a module in the folder of a tool.
 * @returns {Promise<{title: string, files: Record<string, string>, transcript: string}[]>}
 */
export function loadExamples(base) {
  return load(new URL("../../home/playground.json", base));
}

/** @param {URL} url */
async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname} answers ${response.status}`);
  return response.json();
}
