/// What the processor can do at most: arithmetic in registers, and reading from each cache.
package dev.gatun.perf.roof;
