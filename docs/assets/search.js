/** Has Material's search, which listens to keys alone, find what a reader pastes with the mouse. */

document.addEventListener("input", ({ target, isTrusted }) => {
  if (isTrusted && target instanceof Element && target.matches(".md-search__input"))
    target.dispatchEvent(new KeyboardEvent("keyup"));
});
