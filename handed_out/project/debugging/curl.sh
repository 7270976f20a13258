curl --http1.1 --include --no-buffer --max-time 3 \
  --header "Connection: Upgrade" --header "Upgrade: websocket" \
  --header "Sec-WebSocket-Version: 13" --header "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" \
  --header "Origin: http://127.0.0.1:8001" \
  http://127.0.0.1:8001/ws/chat/lobby/
