package dev.gatun.formats.keras.training;

import dev.gatun.formats.hdf5.Hdf5Dataset;

/**
 * One of the arrays that an optimizer keeps.
 *
 * @param place in the file
 * @param array what lies there
 */
public record OptimizerVariable(String place, Hdf5Dataset array) {
    boolean isNumber() {
        return array.shape().rank() == 0;
    }
}
