"""Settings of the product, read from the environment; the defaults are safe for a real installation."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from huiqian.config.database import database_from_url

PACKAGE = Path(__file__).resolve().parent.parent

DATA = Path(os.environ.get("HUIQIAN_DATA", "data")).resolve()
DEMO = os.environ.get("HUIQIAN_DEMO", "") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY", "not-secret-only-for-tests")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("HUIQIAN_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")

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
    "huiqian.notify",
    "huiqian.web",
    "huiqian.api",
    "huiqian.config.apps.Wiring",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "huiqian.config.urls"
WSGI_APPLICATION = "huiqian.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database_from_url(os.environ.get("DATABASE_URL", ""))}
if test_database := os.environ.get("HUIQIAN_TEST_DATABASE"):
    DATABASES["default"]["TEST"] = {"NAME": test_database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "org.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
HUIQIAN_FONTS = Path(os.environ.get("HUIQIAN_FONTS", PACKAGE / "web" / "static" / "vendor" / "fonts"))
HANDBOOK = Path(os.environ.get("HUIQIAN_HANDBOOK", PACKAGE / "handbook"))
