/// What `perf/bench` does: starts the processes that measure, gathers what they say, writes the report.
package dev.gatun.perf.bench;
