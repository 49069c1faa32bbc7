FROM alpine
RUN echo hello > /hello \
 && mkdir -m 1777 /shared \
 && rm /bin/zcat
RUN cat /hello >> /again
