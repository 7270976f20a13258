python -m venv venv
. venv/bin/activate
pip install "channels[daphne]"
django-admin startproject mysite .
python manage.py startapp chat
