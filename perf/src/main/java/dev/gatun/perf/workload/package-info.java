/// The models and sizes that figures are about.
package dev.gatun.perf.workload;
