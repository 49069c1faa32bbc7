"""The Dockerfiles that the pages are tried on."""

import pytest

SEED = """\
# syntax=docker/dockerfile:1
FROM ubuntu AS base
RUN echo "base"

FROM base AS stage1
RUN echo "stage1"

FROM base AS stage2
RUN echo "stage2"
"""

WEB = """\
FROM alpine AS tools
RUN apk add make
# build compiles the program
FROM golang:1.21 AS build
COPY . .
RUN --mount=from=tools,target=/t make
FROM build as test
RUN make test
FROM scratch AS final
COPY --from=build /app /app
COPY --from=nginx /etc/nginx /etc/nginx
CMD ["/app"]
"""


@pytest.fixture
def seed():
    """The last Dockerfile of the seed."""
    return SEED


@pytest.fixture
def web():
    """A file with a mount, an image that is copied from, a skipped stage and a warning."""
    return WEB
