FROM alpine AS one
RUN mkdir -p /o/p \
 && echo x > /o/p/f \
 && chown -R 5:6 /o \
 && chmod 4755 /o/p/f \
 && ln -s p /o/l
FROM scratch
COPY --from=one /o /o
COPY --from=one /o/p/f /g
COPY --from=0 /o/l /l
