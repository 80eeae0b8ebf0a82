/// The first prediction of a fresh JVM.
package dev.gatun.perf.start;
