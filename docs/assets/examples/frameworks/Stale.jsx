import { useEffect, useState } from "react";

/** It closes its socket, and shows the newest message alone. */
export function Stale({ url }) {
  const [said, setSaid] = useState([]);

  useEffect(() => {
    const socket = new WebSocket(url);
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      // `said` is that of the drawing in which the effect ran: empty, for ever.
      if (message.kind === "said") setSaid([...said, message.text]);
    };
    return () => socket.close();
  }, [url]);

  return (
    <ol>
      {said.map((text, at) => (
        <li key={at}>{text}</li>
      ))}
    </ol>
  );
}
