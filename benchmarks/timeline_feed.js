// What the benchmark does on the page: tell the first sandbox of a conversation, as its sockets would, and watch.
(() => {
  const sandbox = document.querySelector("live-sandbox");
  sandbox.wake?.();
  const [client] = sandbox.clients.values();
  const lanes = [
    ["js", "server", 'send("hello")'],
    ["wire", "server", 'text "hello"'],
    ["asgi", "server", 'websocket.receive text="hello"'],
    ["consumer", "server", "EchoConsumer.receive()"],
    ["asgi", "page", 'websocket.send text="hello"'],
    ["wire", "page", 'text "hello"'],
    ["js", "page", 'message "hello"'],
  ];
  let told = 0;
  const tell = () => {
    const [lane, toward, what] = lanes[told % lanes.length];
    const number = Math.floor(told / lanes.length) + 1;
    client.tell({
      at: performance.now(),
      lane,
      client: client.name,
      toward,
      what: what.replace("hello", `hello ${number}`),
      connection: lane === "js" ? undefined : " 1",
      crossing: ` 1 ${toward} ${number}`,
      properties: lane === "js" ? { "event.type": '"message"', "event.data": `"hello ${number}"` } : undefined,
    });
    told += 1;
  };
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const frame = () => new Promise(requestAnimationFrame);

  async function flood(count, ms) {
    const frames = [];
    let watching = true;
    let last = performance.now();
    const watch = (now) => {
      frames.push(now - last);
      last = now;
      if (watching) requestAnimationFrame(watch);
    };
    let task = 0;
    let key = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { entryType, duration } of list.getEntries()) {
        if (entryType === "longtask") task = Math.max(task, duration);
        else key = Math.max(key, duration);
      }
    });
    observer.observe({ type: "longtask" });
    observer.observe({ type: "event", durationThreshold: 16 });
    sandbox.timeline.follow();
    requestAnimationFrame(watch);
    const start = performance.now();
    for (let done = 0; done < count; await pause(0)) {
      const due = Math.min(count, Math.ceil((count * (performance.now() - start)) / ms));
      for (; done < due; done += 1) tell();
    }
    await pause(500);
    watching = false;
    observer.disconnect();
    frames.sort((a, b) => a - b);
    return { longest: frames.at(-1), p95: frames[Math.floor(frames.length * 0.95)], task, key };
  }

  /** Whole messages, each told as it would be: the call, the server's half, the event. */
  async function talkOn(messages) {
    for (let at = 0; at < messages; at += 1) {
      tell();
      await pause(2);
      for (let more = 0; more < 5; more += 1) tell();
      await pause(2);
      tell();
      await pause(60);
    }
    return messages;
  }

  /** Whether scrolling up brings the first event of all. */
  async function reachBeginning() {
    const diagram = sandbox.querySelector(".live-diagram");
    for (let tries = 0; tries < 20; tries += 1) {
      diagram.scrollTop = 0;
      await frame();
      await frame();
    }
    return Number(/"hello 1"/.test(sandbox.querySelector(".live-happening:not([hidden]) .live-entry").textContent));
  }

  window.feed = { flood, talkOn, reachBeginning };
})();
