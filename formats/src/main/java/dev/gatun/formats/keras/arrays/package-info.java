/** Arrays of numbers as the files of Keras 1 and 2 list them, and the weights of a model that they become. */
package dev.gatun.formats.keras.arrays;
