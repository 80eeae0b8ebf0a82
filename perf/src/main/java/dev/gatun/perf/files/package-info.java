/// How long files take, from a JVM's first look at one.
package dev.gatun.perf.files;
