/**
 * Plays one transcript with the widget's own player, on an empty page, and says all that its diagram would show. What
 * has been told is whole once nothing more comes, and no handler is still at work.
 */

const AT_MOST_MS = 5000;
const MODULES = ["player/play", "player/client", "observing/observation", "timeline/conversation", "places/server"];

/**
 * @param {string} widget Where the widget's modules are.
 * @param {{client: string, step: object}[]} lines
 * @param {number} quiet For so many milliseconds, nothing may have been told.
 */
export async function record(widget, lines, quiet) {
  const modules = await Promise.all(MODULES.map((name) => import(`${widget}/${name}.js`)));
  const [{ play }, { Client }, { Observation }, { Conversation }, { server }] = modules;
  if (!(await server.check())) throw new Error(`the server does not answer this page: ${server.state}`);
  const conversation = new Conversation();
  let last = performance.now();
  let atWork = 0;
  const tell = (happening) => {
    last = performance.now();
    conversation.add(happening);
    clients.get(happening.client)?.half.add(happening);
    const kind = happening.observed?.type;
    atWork += kind === "handler" ? 1 : kind === "handler.end" ? -1 : 0;
  };
  const observation = new Observation(tell, () => {});
  const observe = async () => ((await observation.ready()) ? observation : null);
  const names = new Set(lines.map(({ client }) => client));
  const clients = new Map(Array.from(names, (name) => [name, new Client(name, tell, observe)]));
  const began = [performance.now()];
  let wrong;
  for await (const { line, outcome } of play(lines, clients, tell, new AbortController().signal)) {
    began.push(performance.now());
    if (!outcome.ok) wrong = { line: lines.indexOf(line), came: outcome.came };
  }
  const end = performance.now();
  const waits = () => performance.now() - last < quiet || atWork > 0;
  while (waits() && performance.now() - end < AT_MOST_MS + quiet) {
    await new Promise((resolve) => setTimeout(resolve, quiet / 5));
    if (observation.socket) await observation.ready(); // an answer has overtaken nothing that was told before it
  }
  const { start, happenings } = conversation;
  return {
    happened: happenings.map((happening) => ({ ...happening, at: happening.at - start })),
    began: began.map((at) => at - start),
    versions: server.versions,
    lost: observation.lost,
    wrong,
  };
}
