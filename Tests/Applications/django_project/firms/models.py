from django.db import models


class Company(models.Model):
    name = models.CharField(max_length=100, unique=True)
    code = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    users = models.ManyToManyField("auth.User", related_name="companies")
