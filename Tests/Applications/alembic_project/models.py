"""An application of SQLAlchemy 2, with an association table and an association object."""

from datetime import datetime, timezone

from sqlalchemy import Column, DateTime, ForeignKey, String, Table, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


# Who may enter what by a key of both.
user_companies = Table(
    "user_companies", Base.metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    Column("company_id", ForeignKey("companies.id"), primary_key=True),
    Column("note", String))


class Membership(Base):
    """Who may enter what as an object of its own, which is marked instead of being deleted."""

    __tablename__ = "memberships"
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    deleted: Mapped[bool] = mapped_column(default=False, server_default=text("0"))
    since: Mapped[datetime | None] = mapped_column(
        DateTime, default=lambda: datetime.now(timezone.utc))
    note: Mapped[str | None]
    user: Mapped["User"] = relationship(back_populates="memberships")
    company: Mapped["Company"] = relationship(back_populates="memberships")


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    email: Mapped[str | None] = mapped_column(String(120))
    note: Mapped[str | None]
    companies: Mapped[list["Company"]] = relationship(
        secondary=user_companies, back_populates="users")
    memberships: Mapped[list[Membership]] = relationship(
        back_populates="user", cascade="all, delete-orphan")


class Company(Base):
    __tablename__ = "companies"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    code: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None]
    users: Mapped[list[User]] = relationship(
        secondary=user_companies, back_populates="companies")
    memberships: Mapped[list[Membership]] = relationship(back_populates="company")
