FROM alpine
RUN echo old > /f && chown 3:4 /f && chmod 640 /f
COPY a /f
