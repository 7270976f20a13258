pip install gunicorn uvicorn-worker 'uvicorn[standard]'
