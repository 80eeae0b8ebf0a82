/// Weights of a file into a model of the user's own, by their names.
package dev.gatun.formats.weights;
