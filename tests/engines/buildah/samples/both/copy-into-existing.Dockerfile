FROM alpine
COPY d /etc/
COPY d/sub /tmp
