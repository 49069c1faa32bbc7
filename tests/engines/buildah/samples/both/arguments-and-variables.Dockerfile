FROM alpine AS a
ARG V=arg
ENV V=env
RUN echo $V > /v
FROM a
ARG V
RUN echo $V > /w
