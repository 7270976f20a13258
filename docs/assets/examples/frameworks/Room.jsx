import { useEffect, useReducer, useRef, useState } from "react";
import { DurableSocket } from "../durable-socket.js";
import { hear } from "./hear.js";

/** A socket that lives as long as a component shows this address. */
function useRoom(url) {
  const [said, onMessage] = useReducer(hear, []);
  const [status, setStatus] = useState("connecting");
  const current = useRef(null);

  useEffect(() => {
    const socket = new DurableSocket(url);
    const listening = new AbortController();
    const on = (type, listener) =>
      socket.addEventListener(type, listener, { signal: listening.signal });
    on("open", () => setStatus("connected"));
    on("lost", () => setStatus("connecting"));
    on("message", ({ detail }) => onMessage(detail));
    current.current = socket;
    return () => {
      listening.abort(); // whatever it still says, this component is not told
      socket.end();
      setStatus("connecting");
    };
  }, [url]); // a string: equal ones are the same

  const say = (text) => current.current.send({ kind: "say", text });
  return { said, status, say };
}

export function Room({ url }) {
  const { said, status, say } = useRoom(url);
  const [text, setText] = useState("");
  const [problem, setProblem] = useState("");

  async function submit(event) {
    event.preventDefault();
    setText("");
    setProblem("");
    await say(text).catch(() => setProblem(`nobody has heard “${text}”`));
  }

  return (
    <section>
      <output>{problem || status}</output>
      <ol>
        {said.map((it) => (
          <li key={it.number}>{it.text}</li>
        ))}
      </ol>
      <form onSubmit={submit}>
        <input
          aria-label="message"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button>Say</button>
      </form>
    </section>
  );
}
