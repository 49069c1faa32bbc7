FROM scratch
COPY --from=alpine /bin/busybox /bin/sh
RUN echo x > /x
