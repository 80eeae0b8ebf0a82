/// What values of a graph are, and the names under which a call reads them.
package dev.gatun.layers.value;
