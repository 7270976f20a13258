django-admin startproject mysite .
python manage.py startapp hello
python manage.py migrate
