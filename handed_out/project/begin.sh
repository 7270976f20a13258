django-admin startproject mysite .
python manage.py startapp chat
python manage.py migrate
