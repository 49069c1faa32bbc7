FROM alpine
RUN ["/bin/sh", "-c", "echo $0 > /zero; echo \"a b\" > /quoted"]
