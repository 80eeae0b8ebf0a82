package dev.gatun.tests.bits;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.engine.rnn.Wavefront;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.kernels.Bits;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers side by side in time give the bits of layers one after the other. */
final class WavefrontTest {

    private static Model stack(int layers, boolean backwards, boolean sequences) {
        Lstm first = Lstm.units(17).returnSequences();
        Stream<Lstm> others = Stream.iterate(18, units -> units + 1).limit(layers - 1)
                .map(units -> Lstm.units(units).returnSequences());
        List<Lstm> all = Stream.concat(Stream.of(backwards ? first.goBackwards() : first), others).toList();
        Lstm last = Lstm.units(17 + layers);
        return switch (layers) {
            case 1 -> Sequential.of(Input.sequence(5), all.get(0), sequences ? last.returnSequences() : last);
            case 2 -> Sequential.of(Input.sequence(5), all.get(0), all.get(1), last, Dense.units(3));
            default -> Sequential.of(Input.sequence(5), all.get(0), all.get(1), all.get(2), last);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 32, false", "1, 3, 45, true", "1, 7, 100, false", "2, 1, 33, false", "2, 2, 64, true", "3, 1, 40, false",
        "3, 3, 71, true"})
    void anyNumberOfThreadsGivesTheSameBits(int before, int batch, int time, boolean backwards) {
        Tensor x = Tensor.of(Bits.numbers(batch * time * 5, time), batch, time, 5);
        for (boolean sequences : new boolean[] {true, false}) {
            try (Model model = stack(before, backwards, sequences)) {
                float[] alone = model.predict(x).toArray();
                for (int threads = 2; threads <= 4; threads++) {
                    model.threads(threads);
                    for (int round = 0; round < 3; round++) {
                        Bits.same(model.predict(x).toArray(), alone, threads + " threads, round " + round);
                    }
                }
            }
        }
    }

    /** The sizes above are those it is for; if this changes, the test above needs others. */
    @Test
    void whatItIsFor() {
        try (Team one = new Team(1); Team two = new Team(2); Team three = new Team(3)) {
            List<RecurrentSizes> even = List.of(new RecurrentSizes(1, 32, 5, 17, 4),
                    new RecurrentSizes(1, 32, 17, 18, 4));
            assertTrue(Wavefront.pays(even, two));
            assertFalse(Wavefront.pays(even, one), "one thread");
            assertFalse(Wavefront.pays(even, three), "more threads than layers");
            assertTrue(Wavefront.pays(
                    List.of(new RecurrentSizes(7, 100, 17, 17, 4), new RecurrentSizes(7, 100, 17, 17, 4)),
                    two), "seven rows");
            assertFalse(
                    Wavefront.pays(
                            List.of(new RecurrentSizes(8, 100, 17, 17, 4), new RecurrentSizes(8, 100, 17, 17, 4)),
                            two),
                    "eight rows are split by rows");
            assertFalse(
                    Wavefront.pays(List.of(new RecurrentSizes(1, 31, 17, 17, 4), new RecurrentSizes(1, 31, 17, 17, 4)),
                            two),
                    "a short sequence");
            assertFalse(
                    Wavefront.pays(List.of(new RecurrentSizes(1, 50, 17, 16, 4), new RecurrentSizes(1, 50, 16, 64, 4)),
                            two),
                    "shares too uneven");
            assertFalse(
                    Wavefront.pays(
                            List.of(new RecurrentSizes(1, 50, 4096, 4096, 4), new RecurrentSizes(1, 50, 4096, 4096, 4)),
                            two),
                    "weights of 512 MiB fit no cache of a core");
        }
    }
}
