/// Inputs, graphs, models, summaries.
package dev.gatun.layers.model;
