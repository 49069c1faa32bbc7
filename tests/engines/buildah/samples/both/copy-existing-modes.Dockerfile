FROM alpine
RUN mkdir -p /x/sub \
 && chmod 711 /x /x/sub \
 && chown 5:6 /x /x/sub
COPY d /x
