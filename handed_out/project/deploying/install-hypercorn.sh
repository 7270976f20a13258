pip install hypercorn
