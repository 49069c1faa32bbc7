FROM alpine
COPY --chown=none a /a
COPY --chown=app: a /e
COPY --chown=:app a /f
COPY --chown=app:none a /b
COPY --chown=5:none a /c
COPY --chown=none:app a /d
USER none
WORKDIR /w
FROM scratch AS second
COPY a /a
COPY --chown=app a /b
FROM second
COPY --from=0 /a /b /c /d /e /f /w /n/
