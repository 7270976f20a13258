/**
 * Lighthouse on some pages, as a slow phone on a slow network (its own "mobile"). `measure.js CHROME ROUNDS URL…` prints
 * a line of JSON for each page of each round.
 */

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, rounds, ...urls] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox"] });

/** How deep modules of the page's own host are fetched by way of one another. */
function depth(items, url) {
  const { host } = new URL(url);
  const ours = new Map();
  for (const { url: file, initiator } of items) {
    if (new URL(file).host !== host || !/\.js$/.test(new URL(file).pathname) || /javascripts\//.test(file)) continue;
    ours.set(file, 1 + Math.max(0, ...initiator.map((by) => ours.get(by) ?? 0)));
  }
  return Math.max(0, ...ours.values());
}

/** What asked for each request: the script that is the nearest in its stack, or the document. */
function requests(log, url) {
  const sent = log.filter(({ method }) => method === "Network.requestWillBeSent").map(({ params }) => params);
  return sent
    .filter(({ request }) => /^https?:/.test(request.url))
    .map(({ request, initiator }) => {
      const frames = initiator.stack?.callFrames ?? [];
      return { url: request.url, initiator: [initiator.url, frames[0]?.url].filter((by) => by && by !== url) };
    });
}

for (let round = 0; round < Number(rounds); round += 1) {
  for (const url of urls) {
    const { lhr, artifacts } = await lighthouse(url, { port: chrome.port, logLevel: "error" });
    const value = (name) => lhr.audits[name]?.numericValue ?? 0;
    const score = (name) => Math.round(100 * (lhr.categories[name]?.score ?? 0));
    const asked = requests(artifacts.DevtoolsLog, url);
    console.log(
      JSON.stringify({
        url,
        performance: score("performance"),
        accessibility: score("accessibility"),
        practices: score("best-practices"),
        seo: score("seo"),
        blocking: Math.round(value("total-blocking-time")),
        paint: Math.round(value("largest-contentful-paint")),
        shift: value("cumulative-layout-shift"),
        requests: asked.length,
        depth: depth(asked, url),
        kilobytes: Math.round(value("total-byte-weight") / 1024),
        elements: lhr.audits["dom-size-insight"]?.details?.debugData?.totalElements ?? 0,
        machine: lhr.environment.benchmarkIndex,
      }),
    );
  }
}
await chrome.kill();
