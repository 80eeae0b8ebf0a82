/// A fixed set of threads that runs one plan without allocating.
package dev.gatun.engine.team;
