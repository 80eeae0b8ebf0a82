/// Serving: predictors and streams.
package dev.gatun.layers.serve;
