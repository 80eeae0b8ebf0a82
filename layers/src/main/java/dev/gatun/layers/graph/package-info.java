/// Layers wired into a graph: checked, ordered, named, all shapes inferred; and a graph as plain maps and back.
package dev.gatun.layers.graph;
