/// Gatun and one other engine in turns: the same numbers in, compared results, alternating blocks of time.
package dev.gatun.perf.paired;
