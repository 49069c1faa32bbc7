FROM alpine
USER app:root
RUN id > /tmp/a; echo $HOME >> /tmp/a
USER 1234
RUN id > /tmp/b; echo $HOME >> /tmp/b
USER 33:5
RUN id > /tmp/c
