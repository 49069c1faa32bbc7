FROM alpine
RUN mkdir -m 777 -p /p/packed
ADD packed.tar.gz /p
