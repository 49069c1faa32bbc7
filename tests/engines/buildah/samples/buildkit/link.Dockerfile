FROM alpine
RUN mkdir -p -m 700 /x/y/sub && chown 3:4 /x/y/sub
COPY --link a /tmp/a
COPY --link --chown=5:6 d /x/y/
COPY --link --from=alpine /etc/passwd /p
