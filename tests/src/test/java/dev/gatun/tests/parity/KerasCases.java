package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Node;
import dev.gatun.layers.State;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.own.CountedSteps;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** {@code shared/cases/keras_rnn_cases.json}: what Keras's own tests of recurrent layers expect. */
final class KerasCases {

    private static final String WEIGHTS = "kernel=Constant(0.01), recurrent_kernel=Constant(0.02), bias_initializer="
            + "Constant(0.03)";

    private KerasCases() {}

    static List<Case> all(Worst worst) {
        List<Case> cases = new ArrayList<>();
        JsonArrays.shared("cases/keras_rnn_cases.json").ifPresent(file -> {
            file.get("numeric").forEach(json -> cases.add(numeric(json, worst)));
            file.get("shape_and_error").forEach(json -> cases.add(shapeOrError(json)));
        });
        return cases;
    }

    private static Case numeric(JsonNode json, Worst worst) {
        String name = json.get("name").asText();
        if (KerasRnnCases.knows(json.get("layer"))) {
            return Case.of(name, () -> KerasRnnCases.check(json, worst));
        }
        String whyNot = whyNot(json);
        if (whyNot != null) {
            return Case.missing(name, whyNot);
        }
        if (json.at("/layer/class_name").asText().equals("Bidirectional")) {
            return Case.of(name, () -> bidirectional(json, worst));
        }
        return Case.of(name, () -> {
            float[] got = json.at("/layer/class_name").asText().equals("LSTM") ? lstm(json) : timeDistributed(json);
            worst.close("Keras's tests", name, got, JsonArrays.values(json.get("expected")),
                    json.get("atol").asDouble(), json.get("rtol").asDouble());
        });
    }

    private static String whyNot(JsonNode json) {
        JsonNode layer = json.get("layer");
        String kind = layer.get("class_name").asText();
        return switch (kind) {
            case "LSTM", "Bidirectional", "TimeDistributed" -> null;
            default -> "layer " + kind;
        };
    }

    /** What is expected is the value alone, or the value and the states. */
    private static void bidirectional(JsonNode json, Worst worst) {
        Lstm half = layer(json.at("/layer/layer"));
        requireText("concat", json.at("/layer/merge_mode").asText());
        FixtureTensor x = JsonArrays.tensor(json.get("input"));
        List<Input> inputs = new ArrayList<>(List.of(Input.sequence(x.dim(-1))));
        List<Tensor> given = new ArrayList<>(List.of(Parity.tensor(x)));
        json.at("/call/initial_state").forEach(state -> {
            inputs.add(Input.shape(half.units()));
            given.add(Parity.tensor(JsonArrays.tensor(state)));
        });
        Bidirectional both = Bidirectional.of(half.returnState(json.at("/layer/layer/return_state").asBoolean()));
        LayerCall call = both.call(CallArguments.of(inputs.getFirst(), List.copyOf(inputs.subList(1, inputs.size()))));
        JsonNode expected = json.get("expected");
        List<JsonNode> values = new ArrayList<>();
        if (expected.isObject()) {
            expected.forEach(values::add);
        } else {
            values.add(expected);
        }
        try (Model model = Model.of(inputs, IntStream.range(0, values.size()).mapToObj(call::output).toList())) {
            List<Tensor> got = afterCalls(model, given, json.at("/call/calls").asInt(1));
            for (int i = 0; i < values.size(); i++) {
                worst.close("Keras's tests", json.get("name").asText() + " " + i, got.get(i).toArray(),
                        JsonArrays.values(values.get(i)), json.get("atol").asDouble(), json.get("rtol").asDouble());
            }
        }
    }

    /** What the last of some calls gives; after a reset, which is part of the case, the same again. */
    private static List<Tensor> afterCalls(Model model, List<Tensor> given, int calls) {
        List<Tensor> got = List.of();
        for (int round = 0; round < 2; round++) {
            List<Tensor> before = got;
            for (int call = 0; call < calls; call++) {
                got = model.predict(given);
            }
            model.resetStates();
            for (int i = 0; i < before.size(); i++) {
                Bits.same(got.get(i).toArray(), before.get(i).toArray(), "after a reset");
            }
        }
        return got;
    }

    /** The case's layer with the case's initializers: also what they make of the bias is put to the test. */
    private static Lstm layer(JsonNode config) {
        requireText(WEIGHTS, config.get("weights").asText().substring(0, WEIGHTS.length()));
        Lstm lstm = Lstm.units(config.get("units").asInt())
                .activation(config.get("activation").asText())
                .recurrentActivation(config.get("recurrent_activation").asText())
                .unitForgetBias(config.get("unit_forget_bias").asBoolean())
                .returnSequences(config.get("return_sequences").asBoolean())
                .goBackwards(config.get("go_backwards").asBoolean())
                .zeroOutputForMask(config.path("zero_output_for_mask").asBoolean())
                .stateful(config.path("stateful").asBoolean())
                .kernelInitializer(new Initializer.Constant(0.01f))
                .recurrentInitializer(new Initializer.Constant(0.02f))
                .biasInitializer(new Initializer.Constant(0.03f));
        return config.get("use_bias").asBoolean() ? lstm : lstm.noBias();
    }

    private static float[] lstm(JsonNode json) {
        JsonNode config = json.get("layer");
        Lstm lstm = layer(config);
        FixtureTensor x = JsonArrays.tensor(json.get("input"));
        if (config.get("stateful").asBoolean()) {
            return calls(lstm, x, json.at("/call/calls").asInt());
        }
        Input in = Input.sequence(x.dim(-1));
        Input h = Input.shape(lstm.units());
        Input c = Input.shape(lstm.units());
        JsonNode begin = json.at("/call/initial_state");
        List<Node> inputs = begin.isMissingNode() ? List.of(in) : List.of(in, h, c);
        Node y = begin.isMissingNode() ? lstm.on(in) : lstm.on(in, State.of(h, c));
        try (Model model = Model.of(inputs, List.of(y))) {
            List<Tensor> given = new ArrayList<>(List.of(Parity.tensor(x)));
            begin.forEach(state -> given.add(Parity.tensor(JsonArrays.tensor(state))));
            return model.predict(given, masks(json.at("/call/mask"), given.size())).getFirst().toArray();
        }
    }

    /** That of the first input, if the call has one. */
    static List<Mask> masks(JsonNode rows, int inputs) {
        if (rows.isMissingNode()) {
            return List.of();
        }
        boolean[][] counts = new boolean[rows.size()][rows.get(0).size()];
        for (int row = 0; row < counts.length; row++) {
            for (int step = 0; step < counts[row].length; step++) {
                counts[row][step] = rows.get(row).get(step).asBoolean();
            }
        }
        List<Mask> masks = new ArrayList<>(Collections.nCopies(inputs, Mask.NONE));
        masks.set(0, Mask.of(counts));
        return masks;
    }

    /** A stateful model, and a stream, whose layers go on from step to step. */
    private static float[] calls(Lstm lstm, FixtureTensor x, int calls) {
        FixtureTensor steps = x.permuted(1, 0, 2);
        try (Model model = Sequential.of(Input.sequence(x.dim(-1)), lstm);
                ModelStream stream = model.stream(x.dim(0))) {
            float[] result = new float[stream.outputLength()];
            float[] first = null;
            for (int round = 0; round < 2; round++) {
                for (int step = 0; step < calls * steps.dim(0); step++) {
                    stream.step(MemorySegment.ofArray(steps.at(step % steps.dim(0)).floats()),
                            MemorySegment.ofArray(result));
                }
                stream.reset();
                first = round == 0 ? result.clone() : first;
            }
            Bits.same(result, first, "after a reset");
            Bits.same(afterCalls(model, List.of(Parity.tensor(x)), calls).getFirst().toArray(), result,
                    "call after call");
            return result;
        }
    }

    /** Without a mask a Dense; with one a Dense whose result is multiplied by it, which is a layer of the tests' own. */
    private static float[] timeDistributed(JsonNode json) {
        JsonNode mask = json.at("/call/mask");
        String words = json.at("/layer/layer").asText();
        requireText(mask.isMissingNode()
                ? "Dense(1, kernel=Constant(0.01), use_bias=False)"
                : "MaskedDense(1): Dense kernel 0.01 no bias, then output*mask[t]; the wrapper passes mask[:,t] to the "
                        + "wrapped layer",
                words);
        FixtureTensor x = JsonArrays.tensor(json.get("input"));
        Dense dense = Dense.units(1).noBias().kernelInitializer(new Initializer.Constant(0.01f));
        Input in = Input.sequence(x.dim(-1));
        Node y = TimeDistributed.of(dense).on(in);
        y = mask.isMissingNode() ? y : TimeDistributed.of(CountedSteps.only()).on(y);
        try (Model model = Model.of(List.of(in), List.of(y))) {
            return model.predict(List.of(Parity.tensor(x)), masks(mask, 1)).getFirst().toArray();
        }
    }

    private static void requireText(String expected, String got) {
        assertEquals(expected, got, "the case's words, which are read by a person");
    }

    private static Case shapeOrError(JsonNode json) {
        String name = json.get("name").asText();
        return switch (name) {
            case "rnn_weights_count" -> Case.of(name, () -> {
                requireText("LSTM(3)", json.get("layer").asText());
                JsonNode expected = json.get("expected");
                int[] shape = integers(json.get("input_shape"));
                try (Model model = Sequential.of(Input.sequence(shape[2]), Lstm.units(3))) {
                    assertEquals(expected.get("trainable_weights").asInt(), model.weights().size());
                    assertEquals(0, expected.get("non_trainable").asInt(), "Gatun has none that are not trained");
                    int[] output = integers(expected.get("output"));
                    assertEquals(Shape.of(output[0], output[1]),
                            model.predict(Tensor.zeros(shape[0], shape[1], shape[2])).shape());
                }
            });
            case "stacked_lstm_return_state_shapes" -> Case.of(name, () -> KerasRnnCases.stackedShapes(json));
            case "stateful_batch_mismatch" -> Case.of(name, () -> KerasRnnCases.anotherBatch(json));
            case "td_mask_timestep_mismatch", "td_mask_batch_mismatch" -> Case.of(name, () -> {
                requireText("TimeDistributed(Dense(5,softmax))", json.get("layer").asText());
                int[] shape = integers(json.get("input_shape"));
                int[] mask = integers(json.get("mask_shape"));
                Layer each = TimeDistributed.of(Dense.units(5).activation("softmax"));
                try (Model model = Sequential.of(Input.sequence(shape[2]), each)) {
                    assertThrows(ShapeException.class, () -> model.predict(
                            Tensor.zeros(shape[0], shape[1], shape[2]), Mask.of(new boolean[mask[0]][mask[1]])));
                }
            });
            default -> Case.missing(name, "no check of this name");
        };
    }

    static int[] integers(JsonNode array) {
        return java.util.Arrays.stream(JsonArrays.values(array)).mapToInt(value -> (int) value).toArray();
    }
}
