"""Every address of the site."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("waypost.accounts.urls")),
    path("", include("waypost.web.urls")),
]

handler400 = "waypost.web.errors.bad_request"
handler403 = "waypost.web.errors.forbidden"
handler404 = "waypost.web.errors.not_found"
handler500 = "waypost.web.errors.server_error"
