FROM alpine
USER app
WORKDIR /home/app/app
RUN pwd > /tmp/p; id >> /tmp/p
COPY a .
