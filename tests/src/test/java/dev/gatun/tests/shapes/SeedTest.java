package dev.gatun.tests.shapes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Where first weights come from: the model's seed, or a layer's own. */
class SeedTest {

    private static Model model(long layerSeed) {
        return Sequential.of(Input.shape(4, 3), Lstm.units(5).seed(layerSeed), Dense.units(2));
    }

    @Test
    void aLayersOwnSeedHoldsWhateverTheModelsIs() {
        try (Model model = model(7); Model other = model(8)) {
            float[] kernel = numbers(model, "lstm/kernel");
            float[] recurrent = numbers(model, "lstm/recurrent_kernel");
            float[] dense = numbers(model, "dense/kernel");
            model.initialize(99);
            assertArrayEquals(kernel, numbers(model, "lstm/kernel"));
            assertArrayEquals(recurrent, numbers(model, "lstm/recurrent_kernel"));
            assertFalse(Arrays.equals(dense, numbers(model, "dense/kernel")),
                    "the dense layer follows the model's seed");
            assertFalse(Arrays.equals(kernel, numbers(other, "lstm/kernel")), "another seed, other weights");
        }
    }

    @Test
    void theForgetBiasStaysOne() {
        try (Model model = model(7)) {
            float[] bias = numbers(model, "lstm/bias");
            for (int i = 0; i < bias.length; i++) {
                assertEquals(i / 5 == 1 ? 1f : 0f, bias[i]);
            }
        }
    }

    @Test
    void equalModelSeedsGiveEqualWeights() {
        try (Model one = Sequential.of(Input.shape(4, 3), Lstm.units(5));
                Model two = Sequential.of(Input.shape(4, 3), Lstm.units(5))) {
            assertArrayEquals(numbers(one, "lstm/kernel"), numbers(two, "lstm/kernel"));
            one.initialize(5);
            assertFalse(Arrays.equals(numbers(one, "lstm/kernel"), numbers(two, "lstm/kernel")));
            two.initialize(5);
            assertArrayEquals(numbers(one, "lstm/kernel"), numbers(two, "lstm/kernel"));
        }
    }

    private static float[] numbers(Model model, String weight) {
        return model.weight(weight).get().toArray();
    }
}
