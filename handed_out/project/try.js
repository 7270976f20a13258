const socket = new WebSocket("ws://127.0.0.1:8001/ws/chat/lobby/");
socket.addEventListener("open", () => socket.send("hello"));
socket.addEventListener("message", ({ data }) => console.log(data));
socket.addEventListener("close", ({ code }) => console.log("closed", code));
