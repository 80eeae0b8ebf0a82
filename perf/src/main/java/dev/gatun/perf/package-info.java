/// Benchmarks with JMH. Shapes and names as in `docs/performance.md`.
package dev.gatun.perf;
