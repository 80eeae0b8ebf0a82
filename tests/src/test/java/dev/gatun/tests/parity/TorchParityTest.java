package dev.gatun.tests.parity;

import dev.gatun.layers.Node;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.BidirectionalOutput;
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
 * PyTorch's LSTM of several layers, of one direction or two: its gates stand in Gatun's order, its weights transposed, its two
 * biases are added, and its states are [layers directions,B,U].
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
            for (int n = 0; n < parts(fixture); n++) {
                String part = part(fixture, n);
                double[] bias = weights.get("bias_ih" + part).values().clone();
                double[] other = weights.get("bias_hh" + part).values();
                Arrays.setAll(bias, i -> bias[i] + other[i]);
                set(model, 3 * n, weights.get("weight_ih" + part).permuted(1, 0));
                set(model, 3 * n + 1, weights.get("weight_hh" + part).permuted(1, 0));
                set(model, 3 * n + 2, new FixtureTensor("", "F32", new int[] {bias.length}, bias));
            }
            FixtureTensor zeros = new FixtureTensor("", "F32", fixture.tensor("h0").shape(),
                    new double[fixture.tensor("h0").size()]);
            outputs(fixture, model, given(fixture, zeros, zeros), "_zero_state");
            List<Tensor> given = given(fixture, fixture.tensor("h0"), fixture.tensor("c0"));
            outputs(fixture, model, given, "");
            gradients(fixture, model, given);
        }
    }

    private static boolean goesBothWays(Fixture fixture) {
        return fixture.json().at("/config/bidirectional").asBoolean();
    }

    /** Layers of one direction. */
    private static int parts(Fixture fixture) {
        return fixture.json().at("/config/num_layers").asInt() * (goesBothWays(fixture) ? 2 : 1);
    }

    /** As the names of PyTorch's weights end. */
    private static String part(Fixture fixture, int n) {
        return goesBothWays(fixture) ? "_l" + n / 2 + (n % 2 == 0 ? "" : "_reverse") : "_l" + n;
    }

    /** Inputs x, then h and c of each layer and direction; outputs y, then h and c of each. */
    private static Model model(Fixture fixture, int layers) {
        int units = fixture.json().at("/config/hidden_size").asInt();
        Node x = Input.sequence(fixture.json().at("/config/input_size").asInt());
        List<Node> inputs = new ArrayList<>(List.of(x));
        List<Node> states = new ArrayList<>();
        for (int n = 0; n < layers; n++) {
            Lstm lstm = Lstm.units(units).returnSequences().returnState();
            List<Node> begins = new ArrayList<>();
            for (int state = 0; state < (goesBothWays(fixture) ? 4 : 2); state++) {
                begins.add(Input.shape(units));
            }
            inputs.addAll(begins);
            if (goesBothWays(fixture)) {
                BidirectionalOutput y = Bidirectional.of(lstm).on(x, new State(begins));
                states.addAll(y.state().parts());
                x = y;
            } else {
                RecurrentOutput y = lstm.on(x, new State(begins));
                states.addAll(y.state().parts());
                x = y;
            }
        }
        List<Node> outputs = new ArrayList<>(List.of(x));
        outputs.addAll(states);
        return Model.of(inputs, outputs);
    }

    private static void set(Model model, int weight, FixtureTensor values) {
        model.weights().get(weight).set(Parity.tensor(values));
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

    private static void gradients(Fixture fixture, Model model, List<Tensor> given) {
        List<float[]> cotangents = new ArrayList<>(List.of(fixture.tensor("cot").floats()));
        given.subList(1, given.size()).forEach(state -> cotangents.add(new float[(int) state.shape().elements()]));
        EnginePass pass = EnginePass.of(model, given, cotangents);
        within(fixture, "gradients", Worst.GRADIENTS, "g/x", pass.inputs().getFirst(), fixture.tensor("g/x"));
        List<float[]> weights = model.weights().stream().map(weight -> pass.weights().get(weight.name())).toList();
        for (int n = 0; n < parts(fixture); n++) {
            String part = part(fixture, n);
            within(fixture, "gradients", Worst.GRADIENTS, "g/h0", pass.inputs().get(1 + 2 * n),
                    fixture.tensor("g/h0").at(n));
            within(fixture, "gradients", Worst.GRADIENTS, "g/c0", pass.inputs().get(2 + 2 * n),
                    fixture.tensor("g/c0").at(n));
            within(fixture, "gradients", Worst.GRADIENTS, "g/weight_ih", weights.get(3 * n),
                    fixture.tensor("g/weight_ih" + part).permuted(1, 0));
            within(fixture, "gradients", Worst.GRADIENTS, "g/weight_hh",
                    weights.get(3 * n + 1), fixture.tensor("g/weight_hh" + part).permuted(1, 0));
            for (String bias : List.of("g/bias_ih", "g/bias_hh")) {
                within(fixture, "gradients", Worst.GRADIENTS, bias, weights.get(3 * n + 2),
                        fixture.tensor(bias + part));
            }
        }
    }

    private static void within(Fixture fixture, String group, double limit, String what, float[] got,
            FixtureTensor expected) {
        WORST.within(group, limit, fixture.name() + " " + what, got, expected.values());
    }
}
