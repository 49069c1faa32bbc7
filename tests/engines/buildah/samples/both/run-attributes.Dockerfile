FROM alpine
RUN echo x > /s \
 && chmod 4750 /s \
 && chown 33:44 /s \
 && ln /s /hard \
 && ln -s nowhere /dangling
