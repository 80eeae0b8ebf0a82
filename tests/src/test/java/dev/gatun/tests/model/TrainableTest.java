package dev.gatun.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that a training leaves as they are. */
final class TrainableTest {

    private static final Tensor X = Tensor.of(EnginePass.uniform(12 * 5 * 3, 1, 1), 12, 5, 3);
    private static final Tensor Y = Tensor.of(EnginePass.uniform(12 * 2, 1, 2), 12, 2);

    private static Model model() {
        return Sequential.of(Input.sequence(3), Lstm.units(7).returnSequences().named("below"),
                Lstm.units(6).named("above"), Dense.units(2).named("end"));
    }

    static List<Optimizer> optimizers() {
        return List.of(Adam.rate(0.01), Adam.rate(0.01).globalClipNorm(0.01), Adam.rate(0.01).clipNorm(0.01),
                Adam.rate(0.01).clipValue(1e-4), Sgd.rate(0.1).momentum(0.9), RmsProp.rate(0.01));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void itsWeightsStayAndTheOthersLearn(Optimizer optimizer) {
        try (Model model = model().trainable("below", false)) {
            Map<String, float[]> before = weights(model);
            Trainer.of(model).optimizer(optimizer).loss(Loss.MSE).epochs(2).batchSize(5).fit(X, Y);
            for (Weight weight : model.weights()) {
                boolean stays = weight.layer().equals("below");
                assertEquals(!stays, weight.isTrainable());
                if (stays) {
                    Bits.same(weight.get().toArray(), before.get(weight.name()), weight.name());
                } else {
                    assertFalse(Arrays.equals(weight.get().toArray(), before.get(weight.name())),
                            weight.name());
                }
            }
        }
    }

    /** The gradients of what is left out do not count in the norm by which all are shortened. */
    @Test
    void theGlobalNormIsThatOfWhatIsTrained() {
        try (Model part = model().trainable("below", false).trainable("above", false)) {
            Map<String, float[]> before = weights(part);
            Trainer.of(part).optimizer(Sgd.rate(1).globalClipNorm(1e-3)).loss(Loss.MSE).trainOnBatch(X, Y);
            double squares = 0;
            for (Weight weight : part.weights()) {
                float[] now = weight.get().toArray();
                for (int i = 0; i < now.length; i++) {
                    squares += Math.pow(now[i] - before.get(weight.name())[i], 2);
                }
            }
            assertEquals(1e-3, Math.sqrt(squares), 1e-6);
        }
    }

    @Test
    void itIsSavedAndToldByTheSummary(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.gatun");
        try (Model model = model().trainable("above", false)) {
            assertTrue(model.summaryText().contains("Trainable params: " + (7 * 4 * (3 + 7 + 1) + 7 * 2)),
                    model.summaryText());
            assertTrue(model.summaryText().contains("Non-trainable params: " + 6 * 4 * (7 + 6 + 1)),
                    model.summaryText());
            model.save(file);
            try (Model loaded = Model.load(file)) {
                assertFalse(loaded.weight("above/kernel").isTrainable());
                assertTrue(loaded.weight("below/kernel").isTrainable());
                assertEquals(model.summaryText(), loaded.summaryText());
                assertTrue(loaded.trainable("above", true).weight("above/kernel").isTrainable());
            }
        }
    }

    @Test
    void aLayerMayBeDeclaredSo() {
        try (Model model = Sequential.of(Input.sequence(3), Lstm.units(4).returnSequences().trainable(false),
                TimeDistributed.of(Dense.units(2).trainable(false)), Dense.units(1))) {
            assertEquals(List.of(false, false, false, false, false, true, true),
                    model.weights().stream().map(Weight::isTrainable).toList());
        }
    }

    @Test
    void anUnknownLayerIsNamed() {
        try (Model model = model()) {
            String said = assertThrows(IllegalArgumentException.class, () -> model.trainable("middle", false))
                    .getMessage();
            assertTrue(said.contains("'middle'") && said.contains("[") && said.contains("above"), said);
        }
    }

    private static Map<String, float[]> weights(Model model) {
        Map<String, float[]> weights = new LinkedHashMap<>();
        model.weights().forEach(weight -> weights.put(weight.name(), weight.get().toArray()));
        return weights;
    }
}
