/** The state of a training in Keras's files: which optimizer it is of, and what it keeps of which weight. */
package dev.gatun.formats.keras.training;
