FROM alpine
RUN ls /proc/self > /dev/null; ls -a /sys > /dev/null; echo 1 > /etc/new; ls / > /dev/null
RUN true
