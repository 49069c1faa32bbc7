FROM alpine
RUN mkdir /n \
 && mknod /n/null c 1 3 \
 && mkfifo /n/fifo \
 && cat /n/null
