package dev.gatun.perf.start;

import java.util.List;

/**
 * How a fresh JVM makes its first prediction with an engine.
 *
 * @param main      a class that prints {@code first} and the first number of the prediction
 * @param jars      beginnings of the names of the jars it needs, so that no engine searches another's
 * @param arguments for it
 */
public record Starter(String main, List<String> jars, List<String> arguments) {}
