FROM alpine
COPY --chown=app:root d /x/y
COPY --chown=7:8 a /n/
COPY --chown=app b /o
