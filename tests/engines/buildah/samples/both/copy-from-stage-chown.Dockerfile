FROM alpine AS one
RUN mkdir /o && echo x > /o/f && chown -R 5:6 /o
FROM alpine
COPY --from=one --chown=app /o /o
