FROM alpine
RUN ln -s /tmp /alias
COPY --link a /alias/a
COPY --link --chown=5:6 d /x/y/
COPY --link --from=alpine /etc/passwd /p
