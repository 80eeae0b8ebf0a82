package dev.gatun.tests.parity;

import dev.gatun.layers.Node;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.State;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.SafetensorsReader;
import dev.gatun.tests.gradients.EnginePass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * PyTorch's LSTM of several layers: its gates stand in Gatun's order, its weights transposed, its two biases are added, and
 * its states are [layers,B,U].
 */
final class TorchParityTest {

    @RegisterExtension
    static final Worst WORST = new Worst("parity with PyTorch");

    @TestFactory
    Stream<DynamicTest> severalLayers() {
        return Parity.tests("torch_lstm", TorchParityTest::check);
    }

    private static void check(Fixture fixture) throws IOException {
        int layers = fixture.json().at("/config/num_layers").asInt();
        Map<String, FixtureTensor> weights = SafetensorsReader
                .read(Shared.find("fixtures/" + fixture.json().path("weights_file").asText()).orElseThrow());
        try (Model model = model(fixture, layers)) {
            for (int n = 0; n < layers; n++) {
                double[] bias = weights.get("bias_ih_l" + n).values().clone();
                double[] other = weights.get("bias_hh_l" + n).values();
                Arrays.setAll(bias, i -> bias[i] + other[i]);
                set(model, "l" + n + "/kernel", weights.get("weight_ih_l" + n).permuted(1, 0));
                set(model, "l" + n + "/recurrent_kernel", weights.get("weight_hh_l" + n).permuted(1, 0));
                set(model, "l" + n + "/bias", new FixtureTensor("", "F32", new int[] {bias.length}, bias));
            }
            FixtureTensor zeros = new FixtureTensor("", "F32", fixture.tensor("h0").shape(),
                    new double[fixture.tensor("h0").size()]);
            outputs(fixture, model, given(fixture, zeros, zeros), "_zero_state");
            List<Tensor> given = given(fixture, fixture.tensor("h0"), fixture.tensor("c0"));
            outputs(fixture, model, given, "");
            gradients(fixture, model, given, layers);
        }
    }

    /** Inputs x, then h and c of each layer; outputs y, then h and c of each layer. */
    private static Model model(Fixture fixture, int layers) {
        int units = fixture.json().at("/config/hidden_size").asInt();
        Node x = Input.sequence(fixture.json().at("/config/input_size").asInt());
        List<Node> inputs = new ArrayList<>(List.of(x));
        List<Node> states = new ArrayList<>();
        for (int n = 0; n < layers; n++) {
            Input h = Input.shape(units);
            Input c = Input.shape(units);
            inputs.addAll(List.of(h, c));
            RecurrentOutput y = Lstm.units(units).returnSequences().returnState().named("l" + n).on(x, State.of(h, c));
            states.addAll(List.of(y.state().h(), y.state().c()));
            x = y;
        }
        List<Node> outputs = new ArrayList<>(List.of(x));
        outputs.addAll(states);
        return Model.of(inputs, outputs);
    }

    private static void set(Model model, String weight, FixtureTensor values) {
        model.weight(weight).set(Parity.tensor(values));
    }

    private static List<Tensor> given(Fixture fixture, FixtureTensor h, FixtureTensor c) {
        List<Tensor> given = new ArrayList<>(List.of(Parity.tensor(fixture.tensor("x"))));
        for (int n = 0; n < h.dim(0); n++) {
            given.addAll(List.of(Parity.tensor(h.at(n)), Parity.tensor(c.at(n))));
        }
        return given;
    }

    private static void outputs(Fixture fixture, Model model, List<Tensor> given, String suffix) {
        List<Tensor> results = model.predict(given);
        within(fixture, "outputs and states", Worst.OUTPUTS, "y" + suffix, results.getFirst().toArray(),
                fixture.tensor("y" + suffix));
        for (int n = 0; n < results.size() / 2; n++) {
            within(fixture, "outputs and states", Worst.OUTPUTS, "h_n" + suffix, results.get(1 + 2 * n).toArray(),
                    fixture.tensor("h_n" + suffix).at(n));
            within(fixture, "outputs and states", Worst.OUTPUTS, "c_n" + suffix, results.get(2 + 2 * n).toArray(),
                    fixture.tensor("c_n" + suffix).at(n));
        }
    }

    private static void gradients(Fixture fixture, Model model, List<Tensor> given, int layers) {
        List<float[]> cotangents = new ArrayList<>(List.of(fixture.tensor("cot").floats()));
        given.subList(1, given.size()).forEach(state -> cotangents.add(new float[(int) state.shape().elements()]));
        EnginePass pass = EnginePass.of(model, given, cotangents);
        within(fixture, "gradients", Worst.GRADIENTS, "g/x", pass.inputs().getFirst(), fixture.tensor("g/x"));
        for (int n = 0; n < layers; n++) {
            within(fixture, "gradients", Worst.GRADIENTS, "g/h0", pass.inputs().get(1 + 2 * n),
                    fixture.tensor("g/h0").at(n));
            within(fixture, "gradients", Worst.GRADIENTS, "g/c0", pass.inputs().get(2 + 2 * n),
                    fixture.tensor("g/c0").at(n));
            within(fixture, "gradients", Worst.GRADIENTS, "g/weight_ih", pass.weights().get("l" + n + "/kernel"),
                    fixture.tensor("g/weight_ih_l" + n).permuted(1, 0));
            within(fixture, "gradients", Worst.GRADIENTS, "g/weight_hh",
                    pass.weights().get("l" + n + "/recurrent_kernel"),
                    fixture.tensor("g/weight_hh_l" + n).permuted(1, 0));
            for (String bias : List.of("g/bias_ih_l", "g/bias_hh_l")) {
                within(fixture, "gradients", Worst.GRADIENTS, bias, pass.weights().get("l" + n + "/bias"),
                        fixture.tensor(bias + n));
            }
        }
    }

    private static void within(Fixture fixture, String group, double limit, String what, float[] got,
            FixtureTensor expected) {
        WORST.within(group, limit, fixture.name() + " " + what, got, expected.values());
    }
}
