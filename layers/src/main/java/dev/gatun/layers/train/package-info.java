/// Training: losses, optimizers, metrics, callbacks, data.
package dev.gatun.layers.train;
