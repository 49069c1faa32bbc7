FROM alpine AS a
RUN echo 1 > /a
FROM alpine AS b
RUN echo 2 > /b
FROM alpine AS c
COPY --from=a /a /a
COPY --from=b /b /b
RUN cat /a /b > /c
