/// Engines that Gatun is measured against, each fed the best way its Java side offers.
package dev.gatun.perf.peers;
