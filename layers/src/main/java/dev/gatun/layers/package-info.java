/// Layers and what they share.
package dev.gatun.layers;
