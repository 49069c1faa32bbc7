FROM alpine
RUN mkdir -p -m 700 /x/sub && chown 5:6 /x/sub
COPY --chown=9:10 d /x
