FROM alpine AS a
ARG V=one
FROM a
RUN echo "[$V]" > /v
