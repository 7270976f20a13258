const source = new EventSource("/events/lobby/");
source.addEventListener("open", () => console.log("open"));
source.addEventListener("message", ({ data }) => console.log(JSON.parse(data).text));
source.addEventListener("error", () => {
  const isOver = source.readyState === EventSource.CLOSED;
  console.log(isOver ? "refused: it does not come back" : "lost: it comes back by itself");
});
