/// Models: their inputs, the graph of layers, the weights, their text as a summary and as a configuration, and how files of
/// any format are found.
package dev.gatun.layers.model;
