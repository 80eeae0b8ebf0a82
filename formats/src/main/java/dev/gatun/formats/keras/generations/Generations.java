package dev.gatun.formats.keras.generations;

import java.util.Map;

/** Configurations of older versions of Keras, in the terms of today's. */
public final class Generations {

    private static final int KERAS_1 = 1;
    private static final int KERAS_3 = 3;

    private Generations() {}

    /**
     * A configuration in today's terms.
     *
     * @param json  a model: class_name and config; is not changed
     * @param major the first number of the version that wrote it
     * @throws IllegalArgumentException for what later versions do not have: names layer and option
     */
    public static Map<String, Object> plain(Map<String, Object> json, int major) {
        Map<String, Object> listed = LayerTree.changed(json, ClassNames::listed);
        Map<String, Object> newer = major <= KERAS_1 ? LayerTree.changed(listed, Keras1::toKeras2) : listed;
        return major < KERAS_3 ? LayerTree.changed(newer, Keras2::toKeras3) : newer;
    }

    /**
     * A configuration of Keras 2 in which each Bidirectional says that steps which do not count give zeros, as in tf.keras and in
     * Keras 3 when it reads such a file.
     */
    public static Map<String, Object> zerosWhereNothingCounts(Map<String, Object> json) {
        return LayerTree.changed(json, BidirectionalZeros::said);
    }
}
