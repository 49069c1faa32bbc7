FROM alpine AS one
RUN rm -r /bin/z* /usr && mkdir -m 700 /deep && echo x > /deep/x
FROM scratch
COPY --from=one / /all
COPY --from=one /et* /sr*/ /some/
