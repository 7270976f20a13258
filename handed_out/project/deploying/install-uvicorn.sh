pip install 'uvicorn[standard]'
