/// Serving a model: predictors for several threads, streams that run step by step, and the warm-up before the first request.
package dev.gatun.layers.serve;
