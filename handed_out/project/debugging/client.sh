python -m websockets ws://127.0.0.1:8001/ws/chat/lobby/
