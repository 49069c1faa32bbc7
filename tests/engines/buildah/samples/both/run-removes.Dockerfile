FROM alpine
COPY d /d
RUN rm -r /d/sub \
 && mkdir /d/sub \
 && touch /d/sub/new \
 && rm /etc/group
