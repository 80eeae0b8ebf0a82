package dev.gatun.layers;

import dev.gatun.engine.random.Philox;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.Initializer.VarianceScaling;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/** What initializers share. */
final class InitializerFill {

    private InitializerFill() {}

    /** Elements from which it pays to start threads for a row's numbers. */
    private static final long MANY = 1 << 20;

    /** The numbers of a row; by index, so that it does not matter who fills it. */
    interface Numbers {
        /**
         * @param firstIndex row-major index of the first
         * @param to         receives as many as it holds
         */
        void fill(long firstIndex, float[] to);
    }

    static void rows(Tensor target, Numbers numbers) {
        target.requireType(DataType.FLOAT32, "Initializer.fill");
        long rows = target.rows();
        boolean many = rows > 1 && target.shape().elements() >= MANY;
        try (Team team = new Team(many ? (int) Math.min(rows, Runtime.getRuntime().availableProcessors()) : 1)) {
            team.run((member, size) -> {
                float[] row = new float[Math.toIntExact(target.columns())];
                MemorySegment memory = MemorySegment.ofArray(row);
                long end = rows * (member + 1) / size;
                for (long i = rows * member / size; i < end; i++) {
                    numbers.fill(i * row.length, row);
                    MemorySegment.copy(memory, 0, target.segment(), target.baseBytes() + i * target.rowBytes(),
                            memory.byteSize());
                }
            });
        }
    }

    /** Rows of a matrix; of a vector its length, as Keras counts. */
    static double fanIn(Tensor target) {
        return target.shape().rank() == 1 ? target.columns() : target.rows();
    }

    /** Of more than two axes the leading ones are a field that every output sees: [K,R,C] has a fan out of K C. */
    static double fanOut(Tensor target) {
        double field = 1;
        for (int axis = 0; axis < target.shape().rank() - 2; axis++) {
            field *= target.shape().dim(axis);
        }
        return field * target.columns();
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
