package dev.gatun.tests.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.ConstantState;
import dev.gatun.layers.Gru;
import dev.gatun.layers.GruCell;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Masking;
import dev.gatun.layers.Node;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.Sequences;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.State;
import dev.gatun.layers.graph.OnnxExport;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.onnx.OnnxNode;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recurrent layers that begin at fixed numbers. */
class ConstantStateTest {

    private static final int BATCH = 3;
    private static final int TIME = 4;
    private static final int INPUTS = 2;
    private static final int UNITS = 5;

    private static Tensor numbers(long seed, long... dims) {
        return Tensor.of(EnginePass.uniform((int) Shape.of(dims).elements(), 1, seed), dims);
    }

    private static Tensor x() {
        return numbers(1, BATCH, TIME, INPUTS);
    }

    /** One row for all samples, as the tensor of a batch. */
    private static Tensor repeated(Tensor row) {
        float[] all = new float[BATCH * UNITS];
        for (int i = 0; i < all.length; i++) {
            all[i] = row.toArray()[i % UNITS];
        }
        return Tensor.of(all, BATCH, UNITS);
    }

    private static List<Tensor> state(int parts, boolean rows) {
        List<Tensor> state = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            state.add(rows ? numbers(7 + part, BATCH, UNITS) : numbers(7 + part, UNITS));
        }
        return state;
    }

    /** Outputs and gradients of weights and data are those of a model that is given the same numbers as data. */
    @ParameterizedTest
    @CsvSource({"lstm,true", "lstm,false", "gru,true", "gru,false", "rnn,false", "both,true"})
    void constantsAreStatesThatAreGiven(String kind, boolean rows) {
        List<Tensor> state = state(kind.equals("lstm") ? 2 : kind.equals("both") ? 4 : 1, rows);
        Input in = Input.shape(TIME, INPUTS);
        List<Node> all = new ArrayList<>(List.of(in));
        List<Tensor> given = new ArrayList<>(List.of(x()));
        for (Tensor part : state) {
            all.add(Input.shape(UNITS));
            given.add(rows ? part : repeated(part));
        }
        State nodes = new State(all.subList(1, all.size()));
        Node fixed;
        Node free;
        if (kind.equals("both")) {
            Bidirectional both = Bidirectional.of(Lstm.units(UNITS).returnSequences());
            fixed = both.on(in, state.toArray(Tensor[]::new));
            free = both.on(in, nodes);
        } else {
            RecurrentLayer<?> layer = switch (kind) {
                case "lstm" -> Lstm.units(UNITS).returnSequences();
                case "gru" -> Gru.units(UNITS).returnSequences();
                default -> SimpleRnn.units(UNITS).returnSequences();
            };
            fixed = layer.on(in, state.toArray(Tensor[]::new));
            free = layer.on(in, nodes);
        }
        try (Model constant = Model.of(in, fixed); Model open = Model.of(all, List.of(free))) {
            assertEquals(open.weights().size(), constant.weights().size(), "constants are no weights");
            Bits.same(constant.predict(x()).toArray(), open.predict(given).getFirst().toArray(), "predictions");
            List<float[]> cotangents = EnginePass.cotangents(constant, List.of(x()), 3);
            EnginePass got = EnginePass.of(constant, List.of(x()), cotangents);
            EnginePass expected = EnginePass.of(open, given, cotangents);
            Bits.same(got.outputs().getFirst(), expected.outputs().getFirst(), "outputs");
            Bits.same(got.inputs().getFirst(), expected.inputs().getFirst(), "gradient of x");
            for (int i = 0; i < got.weights().size(); i++) {
                Bits.same(List.copyOf(got.weights().values()).get(i), List.copyOf(expected.weights().values()).get(i),
                        "gradient of weight " + i);
            }
        }
    }

    /** Keras's and TensorFlow's reports of constants that are lost when a model is saved. */
    @Test
    void savedAndLoadedTheyAreTheSame() throws IOException {
        Input in = Input.shape(20, 5);
        Tensor h = numbers(3, 16, 8);
        Tensor c = numbers(4, 16, 8);
        Tensor x = numbers(5, 16, 20, 5);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Model model = Model.of(in, Lstm.units(8).on(in, h, c))) {
            model.save(out, "gatun");
            try (Model loaded = Model.load(new ByteArrayInputStream(out.toByteArray()))) {
                Bits.same(loaded.predict(x).toArray(), model.predict(x).toArray(), "predictions");
                ByteArrayOutputStream again = new ByteArrayOutputStream();
                loaded.save(again, "gatun");
                assertTrue(Arrays.equals(out.toByteArray(), again.toByteArray()), "saved again");
                assertEquals(model.summaryText(), loaded.summaryText());
            }
        }
    }

    private static String keras(String call, boolean nodes) {
        String layer = "{\"class_name\": \"GRU\", \"name\": \"gru\", \"config\": {\"name\": \"gru\", \"units\": 2},"
                + "\"inbound_nodes\": " + call + "}";
        String outputs = nodes ? "[[\"in\", 0, 0]]" : "[\"in\", 0, 0]";
        return "{\"class_name\": \"Functional\", \"config\": {\"name\": \"m\", \"layers\": [{\"class_name\":"
                + "\"InputLayer\", \"name\": \"in\", \"config\": {\"batch_shape\": [null, 3, 1], \"name\": \"in\"},"
                + "\"inbound_nodes\": []}, " + layer + "], \"input_layers\": " + outputs + ", \"output_layers\": "
                + outputs.replace("in", "gru") + "}}";
    }

    private static final String READS = "{\"class_name\": \"__keras_tensor__\", \"config\": {\"shape\": [null, 3, 1],"
            + "\"dtype\": \"float32\", \"keras_history\": [\"in\", 0, 0]}}";

    /** As tensors of a backend, as arrays, by position; and in the plainer form of Keras 2. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3 | [{"args": [READS], "kwargs": {"initial_state": {"class_name": "__tensor__", "config": NUMBERS}}}]
            3 | [{"args": [READS], "kwargs": {"initial_state": [{"class_name": "__numpy__", "config": NUMBERS}]}}]
            3 | [{"args": [READS, [{"class_name": "__tensor__", "config": NUMBERS}]], "kwargs": {}}]
            2 | [[["in", 0, 0, {"initial_state": [[0.5, -0.25]]}]]]
            """)
    void kerassFilesHoldThem(int major, String call) {
        String json = keras(call.replace("READS", READS)
                .replace("NUMBERS", "{\"value\": [[0.5, -0.25]], \"dtype\": \"float32\"}"), major == 2);
        try (Model model = KerasConfig.model(json, major)) {
            Input in = Input.shape(3, 1);
            Gru gru = ((Gru) model.graph().layers().stream().filter(layer -> layer.name().equals("gru")).findFirst()
                    .orElseThrow().layer());
            try (Model expected = Model.of(in, gru.on(in, Tensor.of(new float[] {0.5f, -0.25f}, 2)))) {
                for (int i = 0; i < expected.weights().size(); i++) {
                    expected.weights().get(i).set(model.weights().get(i).get());
                }
                Tensor x = numbers(9, 4, 3, 1);
                Bits.same(model.predict(x).toArray(), expected.predict(x).toArray(), "predictions");
            }
        }
    }

    /** A step that a mask leaves out first shows zeros, and the state is still that which was given. */
    @Test
    void masksGoWithThem() {
        float[] numbers = x().toArray();
        Arrays.fill(numbers, 0, INPUTS, 0);
        Tensor x = Tensor.of(numbers, BATCH, TIME, INPUTS);
        Input in = Input.sequence(INPUTS);
        Node masked = Masking.value(0).on(in);
        Tensor h = numbers(7, UNITS);
        Gru gru = Gru.units(UNITS).returnSequences();
        try (Model model = Model.of(in, gru.on(masked, h)); Model plain = Model.of(in, gru.on(in, h))) {
            float[] got = model.predict(x).toArray();
            Bits.same(Arrays.copyOf(got, UNITS), new float[UNITS], "the step that is left out");
            float[] rest = plain.predict(Tensor.of(Arrays.copyOfRange(numbers, INPUTS, TIME * INPUTS), 1, TIME - 1,
                    INPUTS)).toArray();
            Bits.same(Arrays.copyOfRange(got, UNITS, TIME * UNITS), rest, "the others");
        }
    }

    /** As in Keras: a call that is given a state begins there in every run. */
    @Test
    void aStatefulLayerBeginsThereInEveryRun() {
        Input in = Input.shape(TIME, INPUTS);
        Gru gru = Gru.units(UNITS).stateful();
        try (Model model = Model.of(in, gru.on(in, numbers(7, UNITS)))) {
            float[] first = model.predict(x()).toArray();
            Bits.same(model.predict(x()).toArray(), first, "the second run");
        }
    }

    /** Whatever their number: more than run at a time otherwise, or as many as somebody counts with. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 40})
    void aBatchOfAnyNumberOfRowsBeginsAtThem(int samples) {
        Tensor h = numbers(7, samples, UNITS);
        Input in = Input.shape(TIME, INPUTS);
        Input state = Input.shape(UNITS);
        Gru gru = Gru.units(UNITS);
        Tensor x = numbers(11, samples, TIME, INPUTS);
        try (Model fixed = Model.of(in, gru.on(in, h));
                Model given = Model.of(List.of(in, state), List.of(gru.on(in, State.of(state))));
                Predictor predictor = fixed.predictor()) {
            float[] expected = given.predict(List.of(x, h)).getFirst().toArray();
            Bits.same(fixed.predict(x).toArray(), expected, "a model");
            Bits.same(predictor.predict(x).toArray(), expected, "a predictor");
            Bits.same(fixed.predictWithStates(x).output().toArray(), expected, "with states");
        }
    }

    /** Sequences of several lengths keep their order then. */
    @Test
    void aRowIsThatOfItsSequence() {
        Tensor h = numbers(7, 3, UNITS);
        Input in = Input.sequence(INPUTS);
        Gru gru = Gru.units(UNITS);
        Sequences x = Sequences.of(List.of(numbers(1, 2, INPUTS), numbers(2, 5, INPUTS), numbers(3, 4, INPUTS)));
        try (Model model = Model.of(in, gru.on(in, h))) {
            float[] padded = model.predict(x.padded(), x.mask()).toArray();
            List<Tensor> made = model.predict(x);
            for (int i = 0; i < 3; i++) {
                Bits.same(made.get(i).toArray(), Arrays.copyOfRange(padded, i * UNITS, (i + 1) * UNITS),
                        "sequence " + i);
            }
        }
    }

    @Test
    void anRnnTakesThemToo() {
        Tensor h = numbers(7, UNITS);
        Input in = Input.shape(TIME, INPUTS);
        try (Model rnn = Model.of(in, Rnn.of(GruCell.units(UNITS)).on(in, h));
                Model gru = Model.of(in, Gru.units(UNITS).on(in, h))) {
            Bits.same(rnn.predict(x()).toArray(), gru.predict(x()).toArray(), "of a cell and of its layer");
        }
    }

    @Test
    void onnxHasThemAsNumbersOfItsOwn() {
        Input in = Input.shape(TIME, INPUTS);
        for (boolean rows : new boolean[] {true, false}) {
            Tensor h = rows ? numbers(7, BATCH, UNITS) : numbers(7, UNITS);
            try (Model model = Model.of(in, Gru.units(UNITS).on(in, h))) {
                List<String> operators = OnnxExport.of(model.graph(), name -> model.weight(name).get()).nodes().stream()
                        .map(OnnxNode::operator).toList();
                assertTrue(operators.contains("GRU"), operators.toString());
                assertEquals(!rows, operators.contains("Expand"), operators.toString());
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Input in = Input.shape(TIME, INPUTS);
        Lstm lstm = Lstm.units(UNITS).named("memory");
        Tensor row = numbers(7, UNITS);
        refused(() -> Model.of(in, lstm.on(in, row)), "memory", "h and c");
        refused(() -> Model.of(in, lstm.on(in, numbers(7, 4), numbers(7, 4))), "memory", "5 units", "4 wide");
        refused(() -> ConstantState.of(numbers(7, 2, 3, 4)), "[B,U]", "(2, 3, 4)");
        refused(() -> ConstantState.of(Tensor.of(new float[] {1, Float.NaN}, 2)), "finite", "NaN");
        refused(() -> ConstantState.of(Tensor.zeros(0, 3)), "at least one row");
        Tensor rows = numbers(7, BATCH, UNITS);
        try (Model model = Model.of(in, lstm.on(in, rows, rows))) {
            String said = assertThrows(ShapeException.class, () -> model.predict(numbers(1, 4, TIME, INPUTS)))
                    .getMessage();
            assertTrue(said.contains("batches of 3") && said.contains("4 samples"), said);
            refused(model::stream, "memory", "carries its own");
        }
    }

    private static void refused(Executable what, String... parts) {
        String said = assertThrows(IllegalArgumentException.class, what).getMessage();
        for (String part : parts) {
            assertTrue(said.contains(part), said);
        }
        assertEquals(1, said.lines().count(), said);
    }
}
