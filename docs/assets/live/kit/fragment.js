/** Links that carry something behind their `#`: what each kind begins with there, and taking it off again. */

/** What happened in a sandbox: sharing/link.js */
export const SANDBOX_LINK = "#live=";
/** All of a playground: ../../tools/playground/link.js */
export const PLAYGROUND_LINK = "#playground=";
/** A changed module: editor/edit-link.js */
export const EDIT_LINK = "#edit=";

/** What the page's address carried is done with. */
export function dropFragment() {
  history.replaceState(history.state, "", location.pathname + location.search);
}
