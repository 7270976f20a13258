from django.contrib import admin
from django.urls import path

from chat.events import stream

urlpatterns = [
    path("admin/", admin.site.urls),
    path("events/<slug:room>/", stream),
]
