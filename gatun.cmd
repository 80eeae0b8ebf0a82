@echo off
rem The command `gatun` on Windows, from the unpacked zip of a release; it builds nothing.
rem UNTESTED: written on Linux, never run on Windows.
setlocal

set "LIB=%~dp0lib"
if not exist "%LIB%\gatun-cli.jar" (
    echo gatun.cmd runs from the unpacked zip of a release: there is no "%LIB%\gatun-cli.jar". 1>&2
    exit /b 1
)

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

rem Class files of Java 25 have version 69.
"%JAVA%" -XshowSettings:properties -version 2>&1 | findstr /r /c:"java.class.version = 69" /c:"java.class.version = [7-9][0-9]" >nul
if errorlevel 1 (
    echo Gatun needs a JDK 25 or newer: install one, for example Eclipse Temurin 25, or set JAVA_HOME to it. 1>&2
    exit /b 1
)

"%JAVA%" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true -cp "%LIB%\*" dev.gatun.cli.Main %*
exit /b %ERRORLEVEL%
