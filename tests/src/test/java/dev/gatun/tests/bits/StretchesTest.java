package dev.gatun.tests.bits;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.engine.rnn.Wavefront;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.kernels.Bits;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shortest sequences that layers share in time, whole stretches and one that is cut: {@link WavefrontTest} has the others. */
final class StretchesTest {

    @ParameterizedTest
    @ValueSource(ints = {32, 33, 39})
    void everyStepIsRunOnce(int time) {
        Tensor x = Tensor.of(Bits.numbers(time * 5, time), 1, time, 5);
        try (Model model = Sequential.of(Input.sequence(5), Lstm.units(17).returnSequences(),
                Lstm.units(17).returnSequences()); Team two = new Team(2)) {
            assertTrue(Wavefront.pays(List.of(new RecurrentSizes(1, time, 5, 17, 4),
                    new RecurrentSizes(1, time, 17, 17, 4)), two));
            float[] alone = model.predict(x).toArray();
            model.threads(2);
            Bits.same(model.predict(x).toArray(), alone, "two threads");
        }
    }
}
