"""Settings of the product, read from the environment; the defaults are safe for a real installation."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from huiqian.config.database import database_from_url
from huiqian.config.environment import flag, host, number, origin, secret_key, smtp, words

PACKAGE = Path(__file__).resolve().parent.parent

DATA = Path(os.environ.get("HUIQIAN_DATA", "data")).resolve()
DEMO = flag("HUIQIAN_DEMO")
DEBUG = False
SECRET_KEY = secret_key(DATA)
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")

# The address people type, such as https://huiqian.example.com; behind https all cookies are sent by https only.
PUBLIC_URL = origin(os.environ.get("HUIQIAN_URL", ""))
HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    *words("HUIQIAN_HOSTS"),
    *([host(PUBLIC_URL)] if PUBLIC_URL else []),
]
BEHIND_PROXY = flag("HUIQIAN_BEHIND_PROXY")

# E-mail is offered where a server is named and people's address of the product is known, for the links.
_SMTP = smtp(os.environ.get("HUIQIAN_EMAIL_URL", ""))
EMAIL_HOST, EMAIL_PORT = _SMTP.get("EMAIL_HOST", ""), _SMTP.get("EMAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _SMTP.get("EMAIL_HOST_USER", ""), _SMTP.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _SMTP.get("EMAIL_USE_TLS", False), _SMTP.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("HUIQIAN_EMAIL_FROM", "") or f"huiqian@{host(PUBLIC_URL) or 'localhost'}"

# Group robots and webhooks in private networks, and by http: for tests, and companies that know why.
HUIQIAN_OUTWARD_PRIVATE = flag("HUIQIAN_OUTWARD_PRIVATE")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "axes",
    "huiqian.journal",
    "huiqian.org",
    "huiqian.forms",
    "huiqian.documents",
    "huiqian.process",
    "huiqian.work",
    "huiqian.marketing",
    "huiqian.surveys",
    "huiqian.proofing",
    "huiqian.claims",
    "huiqian.notify",
    "huiqian.web",
    "huiqian.api",
    "huiqian.jobs",
    "huiqian.config.apps.Wiring",
]

MIDDLEWARE = [
    "huiqian.config.edge.Health",
    "huiqian.config.edge.Proxy",
    "huiqian.config.edge.ApiProblems",
    "huiqian.config.edge.NoNul",
    "django.middleware.security.SecurityMiddleware",
    "huiqian.web.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "huiqian.web.middleware.OneOrganisation",
    "huiqian.web.middleware.PersonLanguage",
    "huiqian.web.middleware.SignInRequired",
    "huiqian.web.middleware.RefusalPages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

# In a signed cookie: a note does not make a page write to the database.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

ROOT_URLCONF = "huiqian.config.urls"
WSGI_APPLICATION = "huiqian.config.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "huiqian.web.context.page",
            ],
        },
    },
]

# Threads that answer requests in one web process; the pool has room for them and for two more.
THREADS = number("HUIQIAN_THREADS", 4)
DATABASES = {"default": database_from_url(os.environ.get("DATABASE_URL", ""), THREADS)}
if test_database := os.environ.get("HUIQIAN_TEST_DATABASE"):
    DATABASES["default"]["TEST"] = {"NAME": test_database}
# Jobs are named in config/wiring.py; procrastinate would import every module called "tasks", pages included.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "org.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("login", "name", "email")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "sign-in"

# Ten wrong passwords lock a login for one address for a quarter of an hour. Logins that do not exist are locked
# alike, so that the lock tells nobody which ones do.
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "huiqian.web.refusals.locked_out"
AXES_USERNAME_CALLABLE = "huiqian.config.attempts.login_of"
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
CSRF_FAILURE_VIEW = "huiqian.web.refusals.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# What a request may carry outside of files, and the largest file (bytes).
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
HUIQIAN_MAX_FILE_SIZE = number("HUIQIAN_MAX_FILE_MB", 50) * 1024 * 1024

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "huiqian.config.statics.Fingerprinted"},
}
# Served straight from the package: nothing to collect, and an address changes when its file does.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = flag("HUIQIAN_AUTORELOAD")
WHITENOISE_MAX_AGE = 365 * 24 * 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False
HUIQIAN_FONTS = Path(os.environ.get("HUIQIAN_FONTS", PACKAGE / "fonts"))
HANDBOOK = Path(os.environ.get("HUIQIAN_HANDBOOK", PACKAGE / "handbook"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("HUIQIAN_LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},
        # Attempts are in their table; ten lines for ten wrong passwords say no more.
        "axes": {"level": "ERROR"},
        "huiqian": {"level": os.environ.get("HUIQIAN_LOG_LEVEL", "INFO")},
    },
}
