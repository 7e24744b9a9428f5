"""Django's settings; everything that differs between installations comes from ``config.env``."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import logs
from config.databases import databases
from config.env import BASE_DIR, DEMO_SECRET, file_keys, networks, read, tile_hosts
from config.mail import mail_settings

ENV = read()
LOGGING = logs.LOGGING

SECRET_KEY = ENV.secret_key
FILE_KEYS = file_keys(ENV.file_keys)  # the newest first; waypost.kernel.sealing
DEBUG = False
DEMO = ENV.mode == "demo"
BASE_URL = ENV.base_url or f"http://127.0.0.1:{ENV.port}"
ALLOWED_HOSTS = (
    [host.strip() for host in ENV.allowed_hosts.split(",") if host.strip()]
    or ["127.0.0.1", "localhost", "[::1]"]
) + (["testserver"] if ENV.mode == "test" else [])
CSRF_TRUSTED_ORIGINS = [f"{urlsplit(BASE_URL).scheme}://{urlsplit(BASE_URL).netloc}"]

INSTALLED_APPS = [
    "waypost.kernel",
    "waypost.accounts",
    "waypost.network",
    "waypost.directory",
    "waypost.people",
    "waypost.consent",
    "waypost.disclosure",
    "waypost.screening",
    "waypost.referrals",
    "waypost.coordination",
    "waypost.messaging",
    "waypost.reporting",
    "waypost.guarding",
    "waypost.interop",
    "waypost.web",
    "waypost.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "waypost.web.api.without_cookies.WithoutCookies",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "waypost.web.privacy.KeptByNobody",
    "waypost.web.doors.IdleTimeout",
    "waypost.web.doors.ActingOrganization",
    "waypost.web.doors.SignInRequired",
    "waypost.web.front_desk.FrontDesk",
    "waypost.web.doors.KnownDoor",
    "waypost.web.ready.Ready",
    "waypost.kernel.transaction.RequestTransaction",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DATABASES = databases(ENV)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "waypost.web.frame.frame",
            ],
        },
    }
]
CSRF_FAILURE_VIEW = "waypost.web.errors.csrf"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "waypost.accounts.passwords.NotGuessable"},
]
if ENV.mode == "test":  # hashing a password well takes half a second, on purpose
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/home/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
LOCK_AFTER, LOCK_SECONDS = 5, 5 * 60  # wrong passwords for one account in so many seconds
ACCOUNT_RATE_LIMITS = {"login_failed": f"10/m/ip,{LOCK_AFTER}/{LOCK_SECONDS}s/key"}
ACCOUNT_ADAPTER = "waypost.accounts.adapter.Adapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Waypost: "
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever owns an account hears of every change to how it is entered
MFA_ADAPTER = "waypost.accounts.second_step.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the link of the invitation or of the password proved the address
MFA_TOTP_ISSUER = "Waypost"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENV.production
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.trusted_proxies  # whose X-Forwarded-For counts when sign-ins are throttled
IDLE_MINUTES = ENV.idle_minutes
SESSION_HOURS = ENV.session_hours
NOTICE_HOLD_SECONDS = ENV.notice_hold_seconds

# Counts of tries at the door are shared by all processes; the API's gentle brake is each process's own.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"},
    "here": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "here"},
}
MESSAGE_STORAGE = "waypost.web.saying.SealedStorage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = ENV.production
CSRF_COOKIE_SECURE = ENV.production
if ENV.production:  # browsers take such a cookie over HTTPS alone, for this host alone
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = ENV.production
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.production else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENV.production else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PUBLIC_DIRECTORY = ENV.public_directory
CONTACT_EMAIL = ENV.contact_email
BACKUP_STAMP = ENV.backup_stamp
OWN_SECRET = DEMO_SECRET != SECRET_KEY
QUICK_EXIT_URL = ENV.quick_exit_url
CHECK_WEB_ADDRESSES = ENV.check_web_addresses
FETCH_PRIVATE = networks(ENV.fetch_private)
API_REQUESTS_A_MINUTE = ENV.api_requests_a_minute
HSDS_VERSION = ENV.hsds_version
MAP_TILES = ENV.map_tiles
MAP_ATTRIBUTION = ENV.map_attribution
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *tile_hosts(MAP_TILES)],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "waypost.web.uploads.Limited",
    "waypost.web.uploads.InMemory",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# words and times
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENV.time_zone
NETWORK_NAME = ENV.network_name
LAW_FILE = ENV.law_file  # rules of one's own state beside those that come with Waypost
JURISDICTION = ENV.jurisdiction  # whose rules count: "US", or a state such as "US-WA"

# files that never change
STATIC_URL = "/static/"
STATIC_ROOT = ENV.var_dir / "static"
EXPORT_DIR = ENV.var_dir / "exports"  # written by jobs, fetched by those who may, cleared after a week
# The audit's head, written down outside of the database: best on a disk that the database cannot write.
AUDIT_ANCHORS = ENV.audit_anchors or ("" if ENV.mode == "test" else str(ENV.var_dir / "audit-anchors.jsonl"))
AUDIT_MAIL = [each.strip() for each in ENV.audit_mail.split(",") if each.strip()]
IMPORT_DIR = ENV.var_dir / "imports"  # uploads until they are imported; never served
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENV.mode == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = ENV.mode == "test"

globals().update(mail_settings(ENV))
