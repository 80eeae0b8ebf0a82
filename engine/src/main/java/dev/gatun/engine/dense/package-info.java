/// A fully connected layer, forward and backward.
package dev.gatun.engine.dense;
