/// Layers wired to each other by their calls, before they are built: found, ordered, named, and as plain maps and back.
package dev.gatun.layers.wire;
