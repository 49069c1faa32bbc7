FROM alpine
ENV A=1 B='x y' PATH=/bin
RUN echo $A-$B-$PATH-$HOME > /e; umask > /u; pwd > /p; id > /i
