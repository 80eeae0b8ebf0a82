/** What Keras 1 and 2 called things, and what they are called today. */
package dev.gatun.formats.keras.generations;
