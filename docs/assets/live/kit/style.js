/** Style that only some pages need, and that comes with the module that needs it. */

/**
 * Adopt a style sheet for the life of the document: pages without what it is for never ask for it. An element awaits
 * it before it is defined, so that nothing moves when it comes.
 * @param {string} base The asking module's address, `import.meta.url`.
 * @param {string} [file] Beside that module.
 */
export async function adoptStyle(base, file = "element.css") {
  try {
    const response = await fetch(new URL(file, base));
    const sheet = await new CSSStyleSheet().replace(await response.text());
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  } catch (error) {
    console.error(`${file} of ${base} is missing: it has to do without`, error);
  }
}
