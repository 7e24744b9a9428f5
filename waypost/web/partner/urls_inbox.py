"""Address of the inbox."""

from django.urls import path

from waypost.web.partner import inbox

urlpatterns = [path("inbox/", inbox.inbox, name="inbox")]
