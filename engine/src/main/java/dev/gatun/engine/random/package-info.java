/// Counter-based random numbers: the same for any number of threads.
package dev.gatun.engine.random;
