/// Models as the files that Keras 3 writes.
package dev.gatun.formats.keras.save;
