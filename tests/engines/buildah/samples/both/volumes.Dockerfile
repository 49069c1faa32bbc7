FROM alpine
RUN mkdir /v && echo 1 > /v/a
VOLUME /v
COPY b /v/b
WORKDIR /v/w
