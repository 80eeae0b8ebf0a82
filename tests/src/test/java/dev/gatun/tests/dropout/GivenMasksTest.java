package dev.gatun.tests.dropout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.runtime.PlannedCall;
import dev.gatun.layers.type.recurrent.GivenDrops;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.FixtureModels;
import dev.gatun.tests.fixture.Measure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Dropout in training by the masks of Keras: outputs, and the gradients of weights and inputs. */
final class GivenMasksTest {

    private static final double OUTPUTS = 1e-5;
    private static final double GRADIENTS = 1e-4;
    private static final String MASKS = "dropmask/";

    @TestFactory
    Stream<DynamicTest> kerass() {
        Assumptions.assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        List<Path> files = Stream.of("gru0_both", "gru_input", "gru_recurrent", "lstm_input", "lstm_recurrent",
                "srnn_input", "srnn_recurrent", "bidi_lstm_both")
                .map(name -> Shared.find("oracles/train3/drop_" + name + ".json").orElseThrow()).toList();
        return files.stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) {
        Fixture fixture = Fixture.load(file);
        try (Model model = KerasConfig.model(fixture.json().get("model_config").toString(), 3)) {
            setWeights(model, fixture, "w0/");
            float[] wanted = fixture.tensor("y").floats();
            TrainingPass pass = TrainingPass.of(model, tensor(fixture, "x"), 0,
                    execution -> giveAll(model, execution, fixture),
                    outputs -> List.of(meanSquaresGradient(outputs.getFirst(), wanted)));
            Measure.within(OUTPUTS, "y_pred", pass.outputs().getFirst(), fixture.values("y_pred"));
            checkGradients(fixture, pass);
        }
    }

    private static void checkGradients(Fixture fixture, TrainingPass pass) {
        for (Map.Entry<String, float[]> weight : pass.weights().entrySet()) {
            Measure.within(GRADIENTS, "gradient of " + weight.getKey(), weight.getValue(),
                    fixture.values("g/w/" + weight.getKey()));
        }
        Measure.within(GRADIENTS, "gradient of x", pass.input(), fixture.values("g/x"));
        assertEquals(pass.weights().size() + 1,
                fixture.tensors().keySet().stream().filter(name -> name.startsWith("g/")).count());
    }

    private static float[] meanSquaresGradient(float[] got, float[] wanted) {
        float[] gradient = new float[got.length];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = 2 * (got[i] - wanted[i]) / gradient.length;
        }
        return gradient;
    }

    /** Masks {@code dropmask/layer/[half/]cell/what[/gate]}. */
    private static void giveAll(Model model, Execution execution, Fixture fixture) {
        boolean both = fixture.tensors().keySet().stream().anyMatch(name -> name.startsWith(MASKS + "rnn/forward/"));
        for (String half : both ? List.of("forward", "backward") : List.of("")) {
            String at = MASKS + "rnn/" + (both ? half + "/" : "") + "cell/";
            GivenDrops.give(PlannedCall.of(model.network(), execution, both ? half + "_lstm" : "rnn"),
                    masks(fixture, at + "input"), masks(fixture, at + "recurrent"));
        }
    }

    private static List<float[]> masks(Fixture fixture, String name) {
        List<float[]> masks = new ArrayList<>();
        if (fixture.has(name)) {
            masks.add(fixture.tensor(name).floats());
        }
        for (int gate = 0; fixture.has(name + "/" + gate); gate++) {
            masks.add(fixture.tensor(name + "/" + gate).floats());
        }
        return masks;
    }

    /** One mask for all gates, as other engines have it. */
    @Test
    void oneForAllGates() {
        Path file = Shared.find("fixtures/b_dropout_training_fixed_masks.json").orElse(null);
        Assumptions.assumeTrue(file != null, Shared.ABSENT);
        Fixture fixture = Fixture.load(file);
        try (Model model = FixtureModels.nodes(fixture).model()) {
            setWeights(model, fixture, "w/");
            TrainingPass pass = TrainingPass.of(model, tensor(fixture, "x"), 0,
                    execution -> GivenDrops.give(PlannedCall.of(model.network(), execution, "lstm"),
                            masks(fixture, MASKS + "lstm/input"), masks(fixture, MASKS + "lstm/recurrent")),
                    outputs -> fixture.outputs().stream().map(name -> fixture.tensor("cot/" + name).floats()).toList());
            for (int i = 0; i < pass.outputs().size(); i++) {
                String name = fixture.outputs().get(i);
                Measure.within(OUTPUTS, name, pass.outputs().get(i), fixture.values(name));
            }
            checkGradients(fixture, pass);
        }
    }

    private static void setWeights(Model model, Fixture fixture, String prefix) {
        for (Weight weight : model.weights()) {
            weight.set(tensor(fixture, prefix + weight.name()));
        }
    }

    private static Tensor tensor(Fixture fixture, String name) {
        return Tensor.of(fixture.tensor(name).floats(),
                Arrays.stream(fixture.tensor(name).shape()).asLongStream().toArray());
    }
}
