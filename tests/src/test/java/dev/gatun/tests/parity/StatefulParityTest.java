package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.tests.Positional;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Lstm;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.FixtureModels;
import dev.gatun.tests.gradients.EnginePass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Keras calls stateful: a model whose states are inputs and outputs, and the caller carries them from batch to batch. */
final class StatefulParityTest {

    @RegisterExtension
    static final Worst WORST = new Worst("parity, states carried");

    @TestFactory
    Stream<DynamicTest> batchAfterBatch() {
        return Parity.tests("stateful", StatefulParityTest::check);
    }

    /**
     * @param carried where the states that are inputs, in their order, stand among the outputs
     * @param names   of the outputs, as in the fixture; the last is the last layer's
     */
    private record Carrying(Model model, List<Integer> carried, List<String> names) {}

    private static void check(Fixture fixture) {
        Carrying carrying = carrying(fixture);
        try (Model model = carrying.model) {
            Parity.setWeights(model, fixture);
            List<Tensor> zeros = new ArrayList<>();
            for (int place : carrying.carried) {
                zeros.add(Tensor.zeros(model.outputShapes().get(place).with(0, fixture.batch()).toArray()));
            }
            int batches = fixture.json().path("batches").asInt();
            List<Tensor> states = zeros;
            List<Tensor> given = List.of();
            for (int n = 0; n < batches; n++) {
                given = given(fixture, n, states);
                List<Tensor> results = model.predict(given);
                for (int i = 0; i < results.size(); i++) {
                    String name = carrying.names.get(i) + "/batch" + n;
                    WORST.within("outputs and states", Worst.OUTPUTS, fixture.name() + " " + name,
                            results.get(i).toArray(),
                            fixture.values(name));
                }
                states = carrying.carried.stream().map(results::get).toList();
            }
            gradients(fixture, carrying, given);
            Tensor again = model.predict(given(fixture, 0, zeros)).getLast();
            WORST.within("outputs and states", Worst.OUTPUTS, fixture.name() + " from zeros again", again.toArray(),
                    fixture.values(carrying.names.getLast() + "/batch0"));
        }
    }

    private static List<Tensor> given(Fixture fixture, int batch, List<Tensor> states) {
        List<Tensor> given = new ArrayList<>(List.of(Parity.tensor(fixture.tensor("x/" + batch))));
        given.addAll(states);
        return given;
    }

    /** Of the last batch; the states it begins with are constants. */
    private static void gradients(Fixture fixture, Carrying carrying, List<Tensor> given) {
        List<float[]> cotangents = new ArrayList<>();
        for (Tensor output : carrying.model.predict(given)) {
            cotangents.add(new float[(int) output.shape().elements()]);
        }
        cotangents.set(cotangents.size() - 1, fixture.tensor("cot").floats());
        EnginePass pass = EnginePass.of(carrying.model, given, cotangents);
        for (Map.Entry<String, float[]> weight : pass.weights().entrySet()) {
            String name = "g/w/" + weight.getKey();
            WORST.within("gradients", Worst.GRADIENTS, fixture.name() + " " + name, weight.getValue(),
                    fixture.values(name));
        }
        WORST.within("gradients", Worst.GRADIENTS, fixture.name() + " g/x", pass.inputs().getFirst(),
                fixture.values("g/x"));
        assertEquals(pass.weights().size() + 1,
                fixture.expected().stream().filter(name -> name.startsWith("g/")).count());
    }

    /** The fixture's chain, each LSTM with its states as outputs, and as inputs where it is stateful. */
    private static Carrying carrying(Fixture fixture) {
        Map<String, Layer> layers = FixtureModels.withStates(fixture).layers();
        List<Node> inputs = new ArrayList<>();
        List<Node> outputs = new ArrayList<>();
        List<Integer> carried = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Node x = Input.shape(fixture.tensor("x/0").dim(1), fixture.tensor("x/0").dim(2));
        inputs.add(x);
        for (JsonNode json : fixture.layers()) {
            String name = json.at("/config/name").asText();
            if (json.path("class_name").asText().equals("InputLayer")) {
                continue;
            }
            Layer layer = layers.get(name);
            List<Node> from = new ArrayList<>(List.of(x));
            if (json.at("/config/stateful").asBoolean()) {
                int units = ((Lstm) layer).units();
                from.addAll(List.of(Input.shape(units), Input.shape(units)));
                inputs.addAll(from.subList(1, 3));
                carried.addAll(List.of(outputs.size(), outputs.size() + 1));
            }
            LayerCall call = Positional.call(layer, from);
            if (layer instanceof Lstm) {
                outputs.addAll(List.of(call.output(1), call.output(2)));
                names.addAll(List.of("h/" + name, "c/" + name));
            }
            x = call.output(0);
            outputs.add(x);
            names.add("y/" + name);
        }
        return new Carrying(Model.of(inputs, outputs), carried, names);
    }
}
