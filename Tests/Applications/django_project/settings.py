"""A Django project with a plain many-to-many field, and django-organizations."""

import os

SECRET_KEY = "for tests only"
INSTALLED_APPS = [
    "django.contrib.contenttypes", "django.contrib.auth", "organizations", "firms"]
DATABASES = {"default": {
    "ENGINE": "django.db.backends.sqlite3", "NAME": os.environ.get("APPLICATION_DATABASE", "")}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
USE_TZ = True
