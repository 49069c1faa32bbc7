FROM alpine
RUN mkdir /real \
 && ln -s /real /alias \
 && ln -s ../real/deep /real/loop
COPY a /alias/x
COPY d /alias/sub/
