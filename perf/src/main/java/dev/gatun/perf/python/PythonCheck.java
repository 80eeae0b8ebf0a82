package dev.gatun.perf.python;

import java.util.List;
import java.util.Map;

/**
 * What a Python has of an engine.
 *
 * @param versions of Python and of what is there, by name
 * @param missing  what is not, and why; empty if the engine can run
 */
public record PythonCheck(Map<String, String> versions, List<String> missing) {}
