pip install websockets
