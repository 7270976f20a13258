/** What a reader types outlives a reload and going back: kept for this tab, by page and by place on it. */

const FIELDS = "input:not([type=file]), select, textarea";

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

/**
 * Put back what was typed into the fields of an element, and keep what will be, until the signal ends it.
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 * @returns {() => void} Forgets all of it.
 */
export function keep(root, signal) {
  const place = Array.from(document.querySelectorAll(root.localName)).indexOf(root);
  const key = `typed ${location.pathname} ${root.localName} ${place}`;
  const typed = recall(key);
  const fields = () => /** @type {Field[]} */ (Array.from(root.querySelectorAll(FIELDS)));
  fields().forEach((field, at) => {
    const value = typed.get(at);
    if (value === undefined) return;
    write(field, value);
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  });
  root.addEventListener(
    "input",
    ({ target, isTrusted }) => {
      const at = fields().indexOf(/** @type {Field} */ (target));
      if (at < 0 || !isTrusted) return; // what a script writes, the page can write again
      typed.set(at, read(/** @type {Field} */ (target)));
      remember(key, typed);
    },
    { signal },
  );
  return () => {
    typed.clear();
    remember(key, typed);
  };
}

/** @param {Field} field */
function read(field) {
  return field instanceof HTMLInputElement && field.type === "checkbox" ? String(field.checked) : field.value;
}

/**
 * @param {Field} field
 * @param {string} value
 */
function write(field, value) {
  if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = value === "true";
  else field.value = value;
}

/**
 * @param {string} key
 * @returns {Map<number, string>}
 */
function recall(key) {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(key) ?? "[]"));
  } catch {
    return new Map(); // storage is switched off: nothing outlives anything
  }
}

/**
 * @param {string} key
 * @param {Map<number, string>} typed
 */
function remember(key, typed) {
  try {
    if (typed.size) sessionStorage.setItem(key, JSON.stringify(Array.from(typed)));
    else sessionStorage.removeItem(key);
  } catch {
    // as in recall
  }
}
