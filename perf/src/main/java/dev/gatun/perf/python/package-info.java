/// Engines of Python's, each in a process of its own beside ours; the script they run is among the resources.
package dev.gatun.perf.python;
