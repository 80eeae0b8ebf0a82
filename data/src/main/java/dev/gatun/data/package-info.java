/// Series over time, windows over them, scaling, gaps, a split by time, and the baselines a forecast has to beat.
package dev.gatun.data;
