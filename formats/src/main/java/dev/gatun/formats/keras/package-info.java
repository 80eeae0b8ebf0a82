/// Model files of Keras.
package dev.gatun.formats.keras;
