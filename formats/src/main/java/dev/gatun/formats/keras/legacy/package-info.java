/// Model files of Keras before its third version, which Keras 3 still writes too: HDF5 with the configuration as an attribute.
package dev.gatun.formats.keras.legacy;
