package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gatun.layers.Input;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Node;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelNodes;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.FixtureModels;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.Fixtures;
import dev.gatun.tests.gradients.EnginePass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bidirectional against the fixtures: outputs, states of both halves, loss, and every gradient. */
final class BidirectionalParityTest {

    @RegisterExtension
    static final Worst WORST = new Worst("parity");

    private static final String ONLY = "bidirectional";
    private static final List<String> STATES = List.of("forward/h", "forward/c", "backward/h", "backward/c");

    @TestFactory
    Stream<DynamicTest> everyNumberOfTheFixtures() {
        return Fixtures.where(fixture -> "in BidirectionalParityTest".equals(Parity.whyNot(fixture))).stream()
                .map(fixture -> dynamicTest(fixture.name(), () -> check(fixture)));
    }

    private static void check(Fixture fixture) {
        try (Model model = model(fixture, FixtureModels.nodes(fixture))) {
            List<Tensor> inputs = inputs(fixture);
            List<float[]> cotangents = fixture.outputs().stream()
                    .map(name -> fixture.tensor("cot/" + name).floats()).toList();
            EnginePass pass = EnginePass.of(model, inputs, cotangents);
            double loss = 0;
            for (int i = 0; i < fixture.outputs().size(); i++) {
                float[] got = pass.outputs().get(i);
                within(fixture, "outputs and states", Worst.OUTPUTS, fixture.outputs().get(i), got);
                for (int k = 0; k < got.length; k++) {
                    loss += got[k] * cotangents.get(i)[k];
                }
            }
            WORST.within("losses", Worst.LOSSES, fixture.name() + " loss", new double[] {loss}, fixture.values("loss"));
            Map<String, float[]> gradients = new TreeMap<>();
            gradients.put("g/x", pass.inputs().getFirst());
            pass.weights().forEach((name, gradient) -> gradients.put("g/w/" + half(name), gradient));
            pass.states().forEach((layer, states) -> {
                gradients.put("ginit/" + half(layer) + "/h", states.get(0));
                gradients.put("ginit/" + half(layer) + "/c", states.get(1));
            });
            List<String> expected = fixture.expected().stream().filter(name -> name.matches("(g|ginit)/.*")).toList();
            assertEquals(expected.size(), gradients.size());
            for (String name : expected) {
                within(fixture, "gradients of Bidirectional", Worst.GRADIENTS, name, gradients.get(name));
            }
        }
    }

    /** Every layer's states as further outputs. */
    @TestFactory
    Stream<DynamicTest> statesOfBothHalves() {
        return Fixtures.where(fixture -> "in BidirectionalParityTest".equals(Parity.whyNot(fixture))).stream()
                .filter(fixture -> !fixture.has("mask") && !fixture.has("init/bidirectional/forward/h"))
                .map(fixture -> dynamicTest(fixture.name(), () -> checkStates(fixture)));
    }

    private static void checkStates(Fixture fixture) {
        ModelNodes nodes = FixtureModels.withStates(fixture);
        List<String> names = new ArrayList<>();
        List<Node> more = new ArrayList<>();
        nodes.layers().forEach((name, layer) -> {
            if (layer instanceof Bidirectional both) {
                LayerCall call = nodes.calls().get(name).getFirst();
                int values = both.mergeMode().keyword().equals("none") ? 2 : 1;
                for (int state = 0; state < STATES.size(); state++) {
                    String[] half = STATES.get(state).split("/");
                    names.add(half[1] + "/" + name + "/" + half[0]);
                    more.add(call.output(values + state));
                }
            }
        });
        try (Model model = nodes.model(more)) {
            setWeights(model, fixture);
            List<Tensor> results = model.predict(inputs(fixture));
            int own = results.size() - names.size();
            for (int i = 0; i < names.size(); i++) {
                within(fixture, "outputs and states", Worst.OUTPUTS, names.get(i), results.get(own + i).toArray());
            }
        }
    }

    /** A fixture that gives a mask or initial states has one layer, which they are given to by name. */
    private static Model model(Fixture fixture, ModelNodes nodes) {
        boolean begins = fixture.has("init/" + ONLY + "/forward/h");
        if (!begins && !fixture.has("mask")) {
            Model model = nodes.model();
            setWeights(model, fixture);
            return model;
        }
        Bidirectional layer = (Bidirectional) nodes.layers().get(ONLY);
        List<Input> inputs = new ArrayList<>(nodes.inputs());
        List<Node> states = new ArrayList<>();
        for (int state = 0; begins && state < STATES.size(); state++) {
            Input input = Input.shape(((Lstm) layer.layer()).units()).named("state" + state);
            inputs.add(input);
            states.add(input);
        }
        Input mask = fixture.has("mask") ? Input.mask(-1).named("mask") : null;
        if (mask != null) {
            inputs.add(mask);
        }
        LayerCall call = layer.call(new CallArguments<>(List.of(inputs.getFirst()), states, mask));
        List<Node> outputs = new ArrayList<>();
        for (int output = 0; output < fixture.outputs().size(); output++) {
            outputs.add(call.output(output));
        }
        Model model = Model.of(inputs, outputs);
        setWeights(model, fixture);
        return model;
    }

    private static List<Tensor> inputs(Fixture fixture) {
        List<Tensor> inputs = new ArrayList<>(List.of(Parity.tensor(fixture.tensor("x"))));
        for (String state : STATES) {
            if (fixture.has("init/" + ONLY + "/" + state)) {
                inputs.add(Parity.tensor(fixture.tensor("init/" + ONLY + "/" + state)));
            }
        }
        if (fixture.has("mask")) {
            FixtureTensor mask = fixture.tensor("mask");
            int[][] steps = new int[mask.dim(0)][mask.dim(1)];
            for (int b = 0; b < steps.length; b++) {
                float[] row = Arrays.copyOfRange(mask.floats(), b * steps[b].length, (b + 1) * steps[b].length);
                for (int t = 0; t < row.length; t++) {
                    steps[b][t] = (int) row[t];
                }
            }
            inputs.add(Tensor.ofInts(steps));
        }
        return inputs;
    }

    private static void setWeights(Model model, Fixture fixture) {
        for (Weight weight : model.weights()) {
            weight.set(Parity.tensor(fixture.tensor("w/" + half(weight.name()))));
        }
    }

    /** The fixtures name a half by its direction alone. */
    private static String half(String name) {
        return name.replaceFirst("/(forward|backward)_[^/]+", "/$1");
    }

    private static void within(Fixture fixture, String group, double limit, String name, float[] got) {
        WORST.within(group, limit, fixture.name() + " " + name, got, fixture.values(name));
    }
}
