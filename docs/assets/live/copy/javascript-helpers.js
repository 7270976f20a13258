/** The class and the functions that a module gets, each only where it is used. */

// Four spaces a level, as Lines writes them; the module is written with two.
export const SOCKET = `\
/** A WebSocket whose events wait in a queue until somebody asks for the next one. */
class Socket extends WebSocket {
    constructor(...args) {
        super(...args);
        this.binaryType = "arraybuffer";
        this.events = new ReadableStream({
            start: (queue) => {
                for (const type of ["open", "message", "close"]) {
                    this.addEventListener(type, (event) => queue.enqueue(event));
                }
            },
        }).getReader();
    }

    /** The next event, which must be of this type. */
    async next(type) {
        const { value: event } = await this.events.read();
        if (event.type !== type) {
            throw new Error(\`\${event.type} instead of \${type}: \${event.data ?? event.code ?? ""}\`);
        }
        return event;
    }

    async message() {
        return (await this.next("message")).data;
    }
}`;

export const GET = `\
/** One HTTP request: the status and the body of its response. */
async function ask(method, path) {
    const response = await fetch(HTTP + path, { method });
    return { status: response.status, body: await response.text() };
}`;

export const ASK = `\
/** One HTTP request with the cookies that this browser has for the server. A POST brings the CSRF token back. */
async function ask(method, path, body) {
    const request = { method, credentials: "include" };
    if (method === "POST") {
        const session = JSON.parse((await ask("GET", "/demo/session/")).body);
        request.headers = { "Content-Type": "application/json", "X-CSRFToken": session.csrf_token };
        request.body = body;
    }
    const response = await fetch(HTTP + path, request);
    return { status: response.status, body: await response.text() };
}`;

export const BECOME = `\
/** Log in as a demo user, or out. */
async function become(username) {
    const credentials = JSON.stringify({ username, password: "demo" });
    const [path, body] = username === "anonymous" ? ["/demo/logout/"] : ["/demo/login/", credentials];
    same((await ask("POST", path, body)).status, 200);
}`;

export const HEX = `\
function hex(buffer) {
    return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}`;

export const CHECK = `\
function check(condition, came) {
    if (!condition) throw new Error(\`came: \${JSON.stringify(came)}\`);
}`;

export const SAME = `\
function same(came, expected) {
    if (came !== expected) throw new Error(\`came: \${JSON.stringify(came)}\`);
}`;

export const SAME_DEEP = `\
function same(came, expected) {
    if (!equal(came, expected)) throw new Error(\`came: \${JSON.stringify(came)}\`);
}

function equal(one, other) {
    if (Object(one) !== one || Object(other) !== other) return one === other;
    const keys = Object.keys(one);
    const fits = keys.length === Object.keys(other).length && Array.isArray(one) === Array.isArray(other);
    return fits && keys.every((key) => equal(one[key], other[key]));
}`;
