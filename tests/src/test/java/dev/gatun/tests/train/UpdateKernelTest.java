package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.engine.kernel.AdagradUpdates;
import dev.gatun.engine.kernel.AdamUpdates;
import dev.gatun.engine.kernel.RmsPropUpdates;
import dev.gatun.engine.kernel.SgdUpdates;
import dev.gatun.engine.kernel.scalar.ScalarAdagradUpdates;
import dev.gatun.engine.kernel.scalar.ScalarAdamUpdates;
import dev.gatun.engine.kernel.scalar.ScalarRmsPropUpdates;
import dev.gatun.engine.kernel.scalar.ScalarSgdUpdates;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.kernels.Guarded;
import dev.gatun.tests.kernels.Sizes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimizer kernel gives the bits of its scalar twin, and the numbers of its formula in double. */
final class UpdateKernelTest {

    private static final long B = Guarded.FIRST;
    private static final int STEPS = 3;
    /** Enough for the optimizing compiler. */
    private static final int WARM_UP_CALLS = 3_000;

    private final Arena arena = Arena.ofAuto();

    /** A kernel on weights, gradients and slots, each at byte {@link Guarded#FIRST} of its segment. */
    interface Kernel {
        void run(MemorySegment[] s, int count);
    }

    /** The same update of one weight; x holds weight, gradient, slots. */
    interface Formula {
        void run(double[] x);
    }

    /** @param slots segments beside weights and gradients */
    record Update(String name, int slots, Kernel simd, Kernel scalar, Formula formula) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Update> updates() {
        return List.of(
                new Update("sgd", 0,
                        (s, n) -> SgdUpdates.plain(s[0], B, s[1], B, n, 0.01f),
                        (s, n) -> ScalarSgdUpdates.plain(s[0], B, s[1], B, n, 0.01f),
                        x -> x[0] -= 0.01 * x[1]),
                new Update("momentum", 1,
                        (s, n) -> SgdUpdates.momentum(s[0], B, s[1], B, s[2], B, n, 0.01f, 0.9f),
                        (s, n) -> ScalarSgdUpdates.momentum(s[0], B, s[1], B, s[2], B, n, 0.01f, 0.9f, false),
                        x -> {
                            x[2] = 0.9 * x[2] - 0.01 * x[1];
                            x[0] += x[2];
                        }),
                new Update("nesterov", 1,
                        (s, n) -> SgdUpdates.nesterov(s[0], B, s[1], B, s[2], B, n, 0.01f, 0.9f),
                        (s, n) -> ScalarSgdUpdates.momentum(s[0], B, s[1], B, s[2], B, n, 0.01f, 0.9f, true),
                        x -> {
                            x[2] = 0.9 * x[2] - 0.01 * x[1];
                            x[0] += 0.9 * x[2] - 0.01 * x[1];
                        }),
                new Update("adam", 2,
                        (s, n) -> AdamUpdates.adam(s[0], B, s[1], B, s[2], B, s[3], B, n, 0.01f, 0.1f, 0.001f, 1e-7f,
                                0.004f),
                        (s, n) -> ScalarAdamUpdates.step(s[0], B, s[1], B, s[2], B, s[3], B, null, 0, n, 0.01f, 0.1f,
                                0.001f,
                                1e-7f, 0.004f),
                        x -> {
                            x[2] += (x[1] - x[2]) * 0.1;
                            x[3] += (x[1] * x[1] - x[3]) * 0.001;
                            x[0] -= 0.004 * x[0] + 0.01 * x[2] / (Math.sqrt(x[3]) + 1e-7);
                        }),
                new Update("amsgrad", 3,
                        (s, n) -> AdamUpdates.amsgrad(s[0], B, s[1], B, s[2], B, s[3], B, s[4], B, n, 0.01f, 0.1f,
                                0.001f, 1e-7f, 0f),
                        (s, n) -> ScalarAdamUpdates.step(s[0], B, s[1], B, s[2], B, s[3], B, s[4], B, n, 0.01f, 0.1f,
                                0.001f, 1e-7f, 0f),
                        x -> {
                            x[2] += (x[1] - x[2]) * 0.1;
                            x[3] += (x[1] * x[1] - x[3]) * 0.001;
                            x[4] = Math.max(x[4], x[3]);
                            x[0] -= 0.01 * x[2] / (Math.sqrt(x[4]) + 1e-7);
                        }),
                new Update("rmsprop", 1,
                        (s, n) -> RmsPropUpdates.plain(s[0], B, s[1], B, s[2], B, n, 0.01f, 0.9f, 0.1f, 1e-7f, 0f),
                        (s, n) -> ScalarRmsPropUpdates.step(s[0], B, s[1], B, s[2], B, null, 0, null, 0, n, 0.01f, 0.9f,
                                0.1f,
                                1e-7f, 0f, 0f),
                        x -> {
                            x[2] = 0.9 * x[2] + 0.1 * x[1] * x[1];
                            x[0] -= 0.01 * x[1] / Math.sqrt(x[2] + 1e-7);
                        }),
                new Update("rmsprop, epsilon outside", 1,
                        (s, n) -> RmsPropUpdates.plain(s[0], B, s[1], B, s[2], B, n, 0.01f, 0.9f, 0.1f, 0f, 1e-3f),
                        (s, n) -> ScalarRmsPropUpdates.step(s[0], B, s[1], B, s[2], B, null, 0, null, 0, n, 0.01f, 0.9f,
                                0.1f, 0f,
                                1e-3f, 0f),
                        x -> {
                            x[2] = 0.9 * x[2] + 0.1 * x[1] * x[1];
                            x[0] -= 0.01 * x[1] / (Math.sqrt(x[2]) + 1e-3);
                        }),
                new Update("rmsprop momentum", 2,
                        (s, n) -> RmsPropUpdates.momentum(s[0], B, s[1], B, s[2], B, s[3], B, n, 0.01f, 0.9f, 0.1f,
                                1e-7f, 1e-3f, 0.8f),
                        (s, n) -> ScalarRmsPropUpdates.step(s[0], B, s[1], B, s[2], B, null, 0, s[3], B, n, 0.01f, 0.9f,
                                0.1f, 1e-7f, 1e-3f, 0.8f),
                        x -> {
                            x[2] = 0.9 * x[2] + 0.1 * x[1] * x[1];
                            x[3] = 0.8 * x[3] + 0.01 * x[1] / (Math.sqrt(x[2] + 1e-7) + 1e-3);
                            x[0] -= x[3];
                        }),
                new Update("rmsprop centered", 2,
                        (s, n) -> RmsPropUpdates.centered(s[0], B, s[1], B, s[2], B, s[3], B, n, 0.01f, 0.9f, 0.1f,
                                1e-2f, 1e-3f),
                        (s, n) -> ScalarRmsPropUpdates.step(s[0], B, s[1], B, s[2], B, s[3], B, null, 0, n, 0.01f, 0.9f,
                                0.1f, 1e-2f, 1e-3f, 0f),
                        x -> {
                            x[2] = 0.9 * x[2] + 0.1 * x[1] * x[1];
                            x[3] = 0.9 * x[3] + 0.1 * x[1];
                            x[0] -= 0.01 * x[1] / (Math.sqrt(Math.max(x[2] - x[3] * x[3], 0) + 1e-2) + 1e-3);
                        }),
                new Update("rmsprop centered momentum", 3,
                        (s, n) -> RmsPropUpdates.centeredMomentum(s[0], B, s[1], B, s[2], B, s[3], B, s[4], B, n, 0.01f,
                                0.9f, 0.1f, 1e-2f, 1e-3f, 0.8f),
                        (s, n) -> ScalarRmsPropUpdates.step(s[0], B, s[1], B, s[2], B, s[3], B, s[4], B, n,
                                0.01f, 0.9f, 0.1f, 1e-2f, 1e-3f, 0.8f),
                        x -> {
                            x[2] = 0.9 * x[2] + 0.1 * x[1] * x[1];
                            x[3] = 0.9 * x[3] + 0.1 * x[1];
                            x[4] = 0.8 * x[4]
                                    + 0.01 * x[1] / (Math.sqrt(Math.max(x[2] - x[3] * x[3], 0) + 1e-2) + 1e-3);
                            x[0] -= x[4];
                        }),
                new Update("adagrad", 1,
                        (s, n) -> AdagradUpdates.step(s[0], B, s[1], B, s[2], B, n, 0.01f, 1e-7f),
                        (s, n) -> ScalarAdagradUpdates.step(s[0], B, s[1], B, s[2], B, n, 0.01f, 1e-7f),
                        x -> {
                            x[2] += x[1] * x[1];
                            x[0] -= 0.01 * x[1] / Math.sqrt(x[2] + 1e-7);
                        }));
    }

    static Stream<Arguments> sizes() {
        return updates().stream().flatMap(update -> Sizes.runs().mapToObj(count -> Arguments.of(update, count)));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void simdGivesTheBitsOfTheScalarTwin(Update update, int count) {
        for (boolean special : new boolean[] {false, true}) {
            List<Guarded> simd = memory(update, count, special);
            List<Guarded> scalar = memory(update, count, special);
            for (int step = 0; step < STEPS; step++) {
                update.simd.run(segments(simd), count);
                update.scalar.run(segments(scalar), count);
            }
            for (int i = 0; i < simd.size(); i++) {
                simd.get(i).checkSame(scalar.get(i), "segment " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("updates")
    void theNumbersAreThoseOfTheFormulaInDouble(Update update) {
        int count = 1008;
        List<Guarded> memory = memory(update, count, false);
        double[][] expected = new double[count][memory.size()];
        for (int s = 0; s < memory.size(); s++) {
            float[] values = memory.get(s).values();
            for (int i = 0; i < count; i++) {
                expected[i][s] = values[i];
            }
        }
        for (int step = 0; step < STEPS; step++) {
            update.simd.run(segments(memory), count);
        }
        for (int i = 0; i < count; i++) {
            for (int step = 0; step < STEPS; step++) {
                update.formula.run(expected[i]);
            }
        }
        for (int s = 0; s < memory.size(); s++) {
            float[] values = memory.get(s).values();
            for (int i = 0; i < count; i++) {
                double size = Math.max(1e-2, Math.abs(expected[i][s]));
                assertEquals(expected[i][s], values[i], 2e-5 * size, update + ", segment " + s + ", element " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("updates")
    void compiledCodeGivesTheSameBitsAsTheFirstCall(Update update) {
        int count = 1008;
        List<Guarded> first = memory(update, count, false);
        update.simd.run(segments(first), count);
        List<Guarded> warm = memory(update, count, false);
        for (int call = 0; call < WARM_UP_CALLS; call++) {
            update.simd.run(segments(warm), count);
        }
        List<Guarded> late = memory(update, count, false);
        update.simd.run(segments(late), count);
        for (int i = 0; i < first.size(); i++) {
            Bits.same(late.get(i).values(), first.get(i).values(), "segment " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("updates")
    void whatIsPaddingStaysZero(Update update) {
        List<Guarded> memory = new ArrayList<>();
        for (int i = 0; i < 2 + update.slots; i++) {
            memory.add(Guarded.of(arena, new float[16]));
        }
        for (int step = 0; step < STEPS; step++) {
            update.simd.run(segments(memory), 16);
        }
        Bits.same(memory.get(0).values(), new float[16], "weights");
    }

    /** Weights, gradients and slots; a slot that holds mean squares or their like is not negative. */
    private List<Guarded> memory(Update update, int count, boolean special) {
        List<Guarded> memory = new ArrayList<>();
        for (int i = 0; i < 2 + update.slots; i++) {
            long seed = 31L * count + i;
            float[] values = special ? Bits.anyNumbers(count, seed) : Bits.numbers(count, seed);
            for (int k = 0; i >= 2 && k < count; k++) {
                values[k] = Math.abs(values[k]);
            }
            memory.add(Guarded.of(arena, values));
        }
        return memory;
    }

    private static MemorySegment[] segments(List<Guarded> memory) {
        return memory.stream().map(Guarded::segment).toArray(MemorySegment[]::new);
    }
}
