/// A graph with its weights in memory: plans, executions, states, and the guards of its doors.
package dev.gatun.layers.runtime;
