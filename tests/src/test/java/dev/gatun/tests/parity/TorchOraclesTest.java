package dev.gatun.tests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.BidirectionalOutput;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.fixture.SafetensorsReader;
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
 * {@code shared/oracles/torch2}: PyTorch's LSTM with a linear layer behind it, rebuilt through the API: several layers, both
 * directions, projected, time-major. {@code out_0} is what the linear layer makes, {@code out_1} and {@code out_2} are h and c of
 * each layer and direction.
 */
final class TorchOraclesTest {

    @RegisterExtension
    static final Worst WORST = new Worst("parity with PyTorch's oracles");

    @TestFactory
    Stream<DynamicTest> lstm() {
        return Stream.of("lstm_proj2", "lstm_proj3_l2_bidir", "lstm_nobias_timefirst", "lstm_l2_bidir",
                "lstm_l3_dropout")
                .filter(name -> Shared.find("oracles/torch2/" + name + ".json").isPresent())
                .map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
    }

    private static void check(String name) throws IOException {
        JsonNode json = JsonArrays.shared("oracles/torch2/" + name + ".json").orElseThrow();
        Map<String, FixtureTensor> weights = SafetensorsReader
                .read(Shared.find("oracles/torch2/" + name + ".safetensors").orElseThrow());
        JsonNode rnn = json.at("/tree/children/0");
        boolean bothWays = rnn.get("bidirectional").asBoolean();
        try (Model model = model(rnn, json.at("/tree/children/1/out_features").asInt())) {
            int next = 0;
            for (int layer = 0; layer < rnn.get("num_layers").asInt(); layer++) {
                next = set(model, next, weights, "_l" + layer);
                next = bothWays ? set(model, next, weights, "_l" + layer + "_reverse") : next;
            }
            model.weights().get(next++).set(Parity.tensor(weights.get("head.weight").permuted(1, 0)));
            model.weights().get(next).set(Parity.tensor(weights.get("head.bias")));
            List<Tensor> got = model.predict(List.of(Parity.tensor(JsonArrays.shaped(json.get("in_0")))));
            within(name + " output", got.getFirst(), JsonArrays.shaped(json.get("out_0")));
            for (int part = 0; part < got.size() / 2; part++) {
                within(name + " h", got.get(1 + 2 * part), JsonArrays.shaped(json.get("out_1")).at(part));
                within(name + " c", got.get(2 + 2 * part), JsonArrays.shaped(json.get("out_2")).at(part));
            }
        }
    }

    private static Model model(JsonNode rnn, int outputs) {
        Input x = Input.sequence(rnn.get("input_size").asInt()).timeMajor(!rnn.get("batch_first").asBoolean());
        Node y = x;
        List<Node> states = new ArrayList<>();
        for (int layer = 0; layer < rnn.get("num_layers").asInt(); layer++) {
            Lstm lstm = Lstm.units(rnn.get("hidden_size").asInt()).projection(rnn.get("proj_size").asInt())
                    .useBias(rnn.get("bias").asBoolean()).returnSequences().returnState();
            if (rnn.get("bidirectional").asBoolean()) {
                BidirectionalOutput both = Bidirectional.of(lstm).on(y);
                states.addAll(both.state().parts());
                y = both;
            } else {
                RecurrentOutput one = lstm.on(y);
                states.addAll(one.state().parts());
                y = one;
            }
        }
        states.addFirst(Dense.units(outputs).on(y));
        return Model.of(List.of(x), states);
    }

    /** @return the number of the next weight */
    private static int set(Model model, int first, Map<String, FixtureTensor> weights, String part) {
        List<FixtureTensor> own = new ArrayList<>(List.of(weights.get("rnn.weight_ih" + part).permuted(1, 0),
                weights.get("rnn.weight_hh" + part).permuted(1, 0)));
        if (weights.containsKey("rnn.bias_ih" + part)) {
            double[] bias = weights.get("rnn.bias_ih" + part).values().clone();
            double[] other = weights.get("rnn.bias_hh" + part).values();
            Arrays.setAll(bias, i -> bias[i] + other[i]);
            own.add(new FixtureTensor("", "F32", new int[] {bias.length}, bias));
        }
        if (weights.containsKey("rnn.weight_hr" + part)) {
            own.add(weights.get("rnn.weight_hr" + part).permuted(1, 0));
        }
        for (int i = 0; i < own.size(); i++) {
            model.weights().get(first + i).set(Parity.tensor(own.get(i)));
        }
        return first + own.size();
    }

    private static void within(String what, Tensor got, FixtureTensor expected) {
        WORST.within("outputs and states", Worst.OUTPUTS, what, got.toArray(), expected.values());
    }
}
