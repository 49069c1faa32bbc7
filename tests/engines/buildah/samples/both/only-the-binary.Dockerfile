FROM alpine AS build
WORKDIR /src
COPY a main.go
RUN mkdir -p /bin \
 && cp main.go /bin/hello \
 && chmod 755 /bin/hello
FROM scratch
COPY --from=build /bin/hello /bin/hello
CMD ["/bin/hello"]
