/**
 * Vite's dev server in a folder, with a printed configuration: `node vite.mjs FOLDER CONFIG PORT TARGET [rewriteWsOrigin]`.
 * TARGET is where the configuration has http://127.0.0.1:8000. What
 * is served has a policy under which a page may connect to where it came from, and to nobody else.
 */

import { createServer } from "vite";

const [, , root, config, port, target, option] = process.argv;
const { default: printed } = await import(config);
const proxy = Object.fromEntries(
  Object.entries(printed.server.proxy).map(([path, to]) => {
    const options = typeof to === "string" ? { target: to } : { ...to };
    return [path, { ...options, target, ...(option && { [option]: true }) }];
  }),
);
const address = { host: "127.0.0.1", port: Number(port), strictPort: true };
const headers = { "Content-Security-Policy": "connect-src 'self'" };
const server = await createServer({ root, configFile: false, server: { proxy, headers, ...address } });
await server.listen();
console.log("listening");
