package dev.gatun.layers;

import dev.gatun.engine.random.Philox;
import dev.gatun.layers.Initializer.VarianceScaling;
import dev.gatun.memory.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** What initializers share. */
final class Filling {

    private Filling() {}

    /** The value of the element at a row-major index. */
    interface Value {
        float at(long index);
    }

    static void each(Tensor target, Value value) {
        long columns = target.columns();
        boolean vector = target.shape().rank() == 1;
        for (long row = 0; row < target.rows(); row++) {
            for (long column = 0; column < columns; column++) {
                float number = value.at(row * columns + column);
                if (vector) {
                    target.set(number, column);
                } else {
                    target.set(number, row, column);
                }
            }
        }
    }

    /** Rows of a matrix; of a vector its length, as Keras counts. */
    static double fanIn(Tensor target) {
        return target.shape().rank() == 1 ? target.columns() : target.rows();
    }

    /** Draws again, at most 64 times, while outside two deviations; attempts have their own counters. */
    static double truncatedNormal(Philox random, long index) {
        for (int attempt = 0; attempt < 64; attempt++) {
            double value = random.normal(index * 64 + attempt);
            if (Math.abs(value) <= 2) {
                return value;
            }
        }
        return 0;
    }

    static String nameOf(VarianceScaling scaling) {
        if (scaling.equals(Initializer.GLOROT_UNIFORM)) {
            return "GlorotUniform";
        }
        if (scaling.equals(Initializer.GLOROT_NORMAL)) {
            return "GlorotNormal";
        }
        if (scaling.equals(Initializer.HE_UNIFORM)) {
            return "HeUniform";
        }
        if (scaling.equals(Initializer.HE_NORMAL)) {
            return "HeNormal";
        }
        if (scaling.equals(Initializer.LECUN_UNIFORM)) {
            return "LecunUniform";
        }
        return scaling.equals(Initializer.LECUN_NORMAL) ? "LecunNormal" : "VarianceScaling";
    }

    /** A map that keeps its order, from alternating keys and values. */
    static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
