/** @import {Step} from "../notation/contract.js" */

/**
 * What crosses between a page and its worker, both ways, as structured clones. `id` is the page's own number of a
 * socket, a request or an edit.
 *
 * @typedef {{do: "start", id: number, files: string, origin: string}} Start Load the files of this folder, and serve a page of this origin.
 * @typedef {{do: "open", id: number, url: string, protocols: string[], origin: string}} Open
 * @typedef {{do: "send", id: number, data: string | Uint8Array}} Send
 * @typedef {{do: "close", id: number, code: number | undefined, reason: string}} Close
 * @typedef {{do: "fetch", id: number, method: string, url: string, headers: [string, string][], body: Uint8Array}} Fetch
 * @typedef {{do: "abort", id: number}} Abort The page wants no answer any more.
 * @typedef {{do: "edit", id: number, files: Record<string, string>}} Edit Modules' paths in the project, and their new text.
 * @typedef {{do: "read", id: number, text: string}} Read A transcript that a reader has written.
 * @typedef {{do: "ping", id: number}} Ping Answered at once, unless some code keeps the worker busy.
 * @typedef {Start | Open | Send | Close | Fetch | Abort | Edit | Read | Ping} Order
 *
 * @typedef {{tell: "progress", id: number, loaded: number, total: number, what: string}} Progress Bytes.
 * @typedef {{tell: "ready", id: number, versions: Record<string, string>, waits: boolean}} Ready `waits`: synchronous code can (JSPI).
 * @typedef {{tell: "failed", id: number, message: string}} Failed It could not start.
 * @typedef {{tell: "opened", id: number, protocol: string}} Opened
 * @typedef {{tell: "message", id: number, data: string | Uint8Array<ArrayBuffer>}} Message
 * @typedef {{tell: "closed", id: number, code: number, reason: string, wasClean: boolean}} Closed
 * @typedef {{tell: "response", id: number, status: number, headers: [string, string][]}} Responded
 * @typedef {{tell: "part", id: number, data: Uint8Array<ArrayBuffer>}} Part Of a response's body.
 * @typedef {{tell: "finished", id: number, whole: boolean}} Finished
 * @typedef {{tell: "edited", id: number, traceback: string}} Edited Empty: all went well.
 * @typedef {{tell: "read", id: number, transcript: Transcript}} WasRead
 * @typedef {{tell: "raised", id: number, traceback: string}} Raised An exception left the application.
 * @typedef {{tell: "pong", id: number}} Pong
 * @typedef {{number: number, text: string, spoken: string, client: string, notes: string[], step: Step}} ReadLine A line that
 *   was read: `number` is its own in the text, `spoken` what its sigil says.
 * @typedef {{lines: ReadLine[], problems: {line: number, message: string}[]}} Transcript No lines where there is any problem.
 * @typedef {Pong | Progress | Ready | Failed | Opened | Message | Closed | Responded | Part | Finished | Edited | WasRead | Raised} Told
 */

export {};
