import { useEffect, useState } from "react";

/** As it is often written, with two faults. */
export function Leaky({ url }) {
  const [said, setSaid] = useState([]);

  useEffect(() => {
    const socket = new WebSocket(url);
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.kind === "said") setSaid((now) => [...now, message.text]);
    };
    // 1. Nobody closes the socket.
  }, []); // 2. Another url changes nothing.

  return (
    <ol>
      {said.map((text, at) => (
        <li key={at}>{text}</li>
      ))}
    </ol>
  );
}
