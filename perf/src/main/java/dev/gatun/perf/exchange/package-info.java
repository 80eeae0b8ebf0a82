/// Other engines that run files of Gatun's, to compare what they make with what Gatun does.
package dev.gatun.perf.exchange;
