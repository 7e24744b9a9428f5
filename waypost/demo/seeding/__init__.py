"""Making the synthetic community through the same services as real use."""

from waypost.demo.seeding.community import Community, Scale, build

__all__ = ["Community", "Scale", "build"]
