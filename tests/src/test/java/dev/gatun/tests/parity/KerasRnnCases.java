package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Node;
import dev.gatun.layers.RecurrentCell;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.StackedRnnCells;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.own.LinearCell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Of {@link KerasCases} those of RNN over cells, also over cells of the tests' own, and of Bidirectional over a layer in words. */
final class KerasRnnCases {

    private static final Pattern CELL = Pattern
            .compile("(OneStateRNNCell|TwoStatesRNNCell|LSTMCell)\\((?:units=)?(\\d+)\\)");
    private static final Pattern LAYER = Pattern.compile("(SimpleRNN|GRU)\\((\\d+)(,tanh)?\\)(, reset_after=True)?: "
            + "kernel=([0-9.]+), recurrent=([0-9.]+), bias( \\(2,3u\\))?=([0-9.]+).*");

    private KerasRnnCases() {}

    /** Whether a layer's configuration is one of words that are read here. */
    static boolean knows(JsonNode layer) {
        return switch (layer.get("class_name").asText()) {
            case "RNN" -> true;
            case "Bidirectional" -> layer.get("layer").isTextual();
            default -> false;
        };
    }

    static void check(JsonNode json, Worst worst) {
        JsonNode layer = json.get("layer");
        if (layer.get("class_name").asText().equals("RNN")) {
            rnn(json, worst);
        } else {
            bidirectional(json, worst);
        }
    }

    /** A stateful layer's later call is one that begins where the one before it ended. */
    private static void rnn(JsonNode json, Worst worst) {
        JsonNode config = json.get("layer");
        Layer cell = cell(config);
        Rnn rnn = Rnn.of(cell).returnState()
                .returnSequences(config.path("return_sequences").asBoolean())
                .goBackwards(config.path("go_backwards").asBoolean());
        FixtureTensor x = JsonArrays.tensor(json.get("input"));
        List<Tensor> states = new ArrayList<>();
        List<Node> inputs = new ArrayList<>(List.of(Input.sequence(x.dim(-1))));
        for (int size : ((RecurrentCell) cell).stateSizes()) {
            states.add(Tensor.zeros(x.dim(0), size));
            inputs.add(Input.shape(size));
        }
        JsonNode begin = json.at("/call/initial_state");
        for (int state = 0; state < begin.size(); state++) {
            states.set(state, Parity.tensor(JsonArrays.tensor(begin.get(state))));
        }
        LayerCall call = rnn.call(CallArguments.of(inputs.getFirst(), inputs.subList(1, inputs.size())));
        List<Node> outputs = IntStream.rangeClosed(0, states.size()).mapToObj(call::output).toList();
        List<Mask> masks = KerasCases.masks(json.at("/call/mask"), inputs.size());
        List<Tensor> got = List.of();
        try (Model model = Model.of(inputs, outputs)) {
            if (!(cell instanceof StackedRnnCells stack && stack.cells().getFirst() instanceof LstmCell)) {
                model.weights().forEach(weight -> assertEquals(1f, weight.get().toArray()[0], "its first weights"));
            }
            for (int round = 0; round < Math.max(1, json.at("/call/calls").asInt()); round++) {
                List<Tensor> given = new ArrayList<>(List.of(Parity.tensor(x)));
                given.addAll(states);
                got = model.predict(given, masks);
                states = got.subList(1, got.size());
            }
        }
        compare(json, got, worst);
    }

    private static void compare(JsonNode json, List<Tensor> got, Worst worst) {
        JsonNode expected = json.get("expected");
        List<JsonNode> values = new ArrayList<>();
        if (expected.isObject()) {
            expected.forEach(values::add);
            assertEquals(values.size(), got.size());
        } else {
            values.add(expected);
        }
        for (int i = 0; i < values.size(); i++) {
            worst.close("Keras's tests", json.get("name").asText() + " " + i, got.get(i).toArray(),
                    JsonArrays.values(values.get(i)), json.get("atol").asDouble(), json.get("rtol").asDouble());
        }
    }

    private static Layer cell(JsonNode config) {
        if (!config.has("cells")) {
            return cell(config.get("cell").asText());
        }
        List<Layer> cells = new ArrayList<>();
        config.get("cells").forEach(cell -> cells.add(cell(cell.asText())));
        return StackedRnnCells.of(cells.toArray(Layer[]::new));
    }

    /** A cell of Keras's tests: the states of one with two are computed alike, and it returns their sum. */
    private static Layer cell(String words) {
        Matcher cell = CELL.matcher(words);
        assertEquals(true, cell.matches(), words);
        int units = Integer.parseInt(cell.group(2));
        return switch (cell.group(1)) {
            case "OneStateRNNCell" -> LinearCell.of(units);
            case "TwoStatesRNNCell" -> LinearCell.of(units, units);
            default -> LstmCell.units(units).kernelInitializer(Initializer.ONES)
                    .recurrentInitializer(Initializer.ONES);
        };
    }

    private static void bidirectional(JsonNode json, Worst worst) {
        JsonNode config = json.get("layer");
        boolean sequences = config.path("return_sequences").asBoolean();
        Layer forward = layer(config.get("layer").asText(), sequences, false);
        Bidirectional both = config.has("backward_layer")
                ? Bidirectional.of(forward, layer(config.get("backward_layer").asText(), sequences, true))
                : Bidirectional.of(forward);
        both = both.merge(config.get("merge_mode").isNull() ? "none" : config.get("merge_mode").asText());
        FixtureTensor x = JsonArrays.tensor(json.get("input"));
        Input input = Input.sequence(x.dim(-1));
        LayerCall call = both.call(CallArguments.of(List.of(input)));
        int outputs = json.get("expected").isObject() ? 2 : 1;
        try (Model model = Model.of(List.of(input), IntStream.range(0, outputs).mapToObj(call::output).toList())) {
            compare(json, model.predict(List.of(Parity.tensor(x)), KerasCases.masks(json.at("/call/mask"), 1)), worst);
        }
    }

    private static Layer layer(String words, boolean sequences, boolean backwards) {
        Matcher layer = LAYER.matcher(words);
        assertEquals(true, layer.matches(), words);
        int units = Integer.parseInt(layer.group(2));
        Initializer kernel = new Initializer.Constant(Float.parseFloat(layer.group(5)));
        Initializer recurrent = new Initializer.Constant(Float.parseFloat(layer.group(6)));
        Initializer bias = new Initializer.Constant(Float.parseFloat(layer.group(8)));
        return layer.group(1).equals("GRU")
                ? Gru.units(units).returnSequences(sequences).goBackwards(backwards).kernelInitializer(kernel)
                        .recurrentInitializer(recurrent).biasInitializer(bias)
                : SimpleRnn.units(units).returnSequences(sequences).goBackwards(backwards).kernelInitializer(kernel)
                        .recurrentInitializer(recurrent).biasInitializer(bias);
    }

    /** Keras refuses another batch here; Gatun takes it, and each sample goes on from where that of its place has ended. */
    static void anotherBatch(JsonNode json) {
        assertEquals("RNN(TwoStatesRNNCell(2), stateful=True), Input batch_size 4", json.get("layer").asText());
        int[] one = {1, 5, 3};
        assertArrayEquals(one, KerasCases.integers(json.get("input_shape")));
        float[] numbers = new float[4 * 5 * 3];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) Math.sin(i);
        }
        Tensor four = Tensor.of(numbers, 4, 5, 3);
        Tensor first = four.slice(0, 1);
        try (Model model = Sequential.of(Input.sequence(3), Rnn.of(LinearCell.of(2, 2)).stateful(true))) {
            float[] whole = model.predict(four).toArray();
            float[] again = model.predict(first).toArray();
            model.resetStates();
            Bits.same(model.predict(first).toArray(), Arrays.copyOf(whole, again.length), "a batch of one");
            Bits.same(model.predict(first).toArray(), again, "a batch of one that goes on");
        }
    }

    static void stackedShapes(JsonNode json) {
        assertEquals("RNN([LSTMCell(10),LSTMCell(10)], return_state=True)", json.get("layer").asText());
        Input input = Input.sequence(5);
        LayerCall call = Rnn.stack(LstmCell.units(10), LstmCell.units(10)).returnState().on(input).call();
        try (Model model = Model.of(List.of(input), IntStream.range(0, 5).mapToObj(call::output).toList())) {
            for (Tensor output : model.predict(List.of(Tensor.zeros(2, 3, 5)))) {
                assertEquals(Shape.of(2, 10), output.shape());
            }
        }
    }
}
