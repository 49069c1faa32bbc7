# escape=`

FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS installer
SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue';"]
ENV PYTHON_VERSION 3.12.2
RUN $url = ('https://example.com/ftp/python/{0}/python-{1}-amd64.exe' -f ($env:PYTHON_VERSION -replace '[a-z]+[0-9]*$', ''), $env:PYTHON_VERSION); `
    Write-Host ('Downloading {0} ...' -f $url); `
    Invoke-WebRequest -Uri $url -OutFile 'python.exe'; `
    Start-Process python.exe -Wait `
        -ArgumentList @( `
            '/quiet', `
            'InstallAllUsers=1', `
            'TargetDir=C:\Python', `
            'PrependPath=1', `
            'Shortcuts=0' `
        ); `
    Remove-Item python.exe -Force

FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
COPY --from=installer C:\Python C:\Python
WORKDIR C:\app
COPY . .
ENTRYPOINT ["C:\\Python\\python.exe", "app.py"]
