package dev.gatun.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Gru;
import dev.gatun.layers.GruCell;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.SimpleRnnCell;
import dev.gatun.layers.StackedRnnCells;
import dev.gatun.layers.State;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.own.LinearCell;
import dev.gatun.tests.own.MinimalGatedCell;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells over a sequence, beside the layers that do the same. */
final class CellsTest {

    private static final Mask GAPS = Mask.of(new boolean[][] {
        {true, true, true, true, false, false}, {false, true, false, true, true, false},
        {true, true, true, true, true, true}, {false, false, false, false, false, false}});

    private static Tensor sequences() {
        return Tensor.of(EnginePass.uniform(4 * 6 * 3, 1.5f, 7), 4, 6, 3);
    }

    private static Tensor targets() {
        return Tensor.of(EnginePass.uniform(4 * 6 * 2, 1f, 8), 4, 6, 2);
    }

    private static Model model(Layer... layers) {
        Layer[] all = new Layer[layers.length + 2];
        all[0] = Input.sequence(3);
        System.arraycopy(layers, 0, all, 1, layers.length);
        all[layers.length + 1] = Dense.units(2);
        return Sequential.of(all);
    }

    private static void take(Model model, Model from) {
        for (int weight = 0; weight < model.weights().size(); weight++) {
            model.weights().get(weight).set(from.weights().get(weight).get());
        }
    }

    /** Predictions, with gaps and without, and every weight after a training of some steps with dropout. */
    private static void same(Model cells, Model layers) {
        take(cells, layers);
        Tensor x = sequences();
        Bits.same(cells.predict(x).toArray(), layers.predict(x).toArray(), "predicted");
        Bits.same(cells.predict(x, GAPS).toArray(), layers.predict(x, GAPS).toArray(), "predicted with gaps");
        for (Model model : List.of(cells, layers)) {
            Trainer.of(model).loss(Loss.MSE).optimizer(Adam.rate(0.01)).seed(3).epochs(3).batchSize(4)
                    .fit(x, targets());
        }
        for (int weight = 0; weight < cells.weights().size(); weight++) {
            Weight got = cells.weights().get(weight);
            Bits.same(got.get().toArray(), layers.weights().get(weight).get().toArray(), got.name());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anRnnOverACellIsTheLayerOfThatName(boolean backwards) {
        Map<Layer, Layer> pairs = Map.of(
                LstmCell.units(20).dropout(0.25), Lstm.units(20).dropout(0.25).returnSequences().goBackwards(backwards),
                GruCell.units(5).resetAfter(false),
                Gru.units(5).resetAfter(false).returnSequences().goBackwards(backwards),
                SimpleRnnCell.units(7).activation("relu"),
                SimpleRnn.units(7).activation("relu").returnSequences().goBackwards(backwards));
        pairs.forEach((cell, layer) -> {
            try (Model cells = model(Rnn.of(cell).returnSequences().goBackwards(backwards)); Model own = model(layer)) {
                same(cells, own);
            }
        });
    }

    /** Options that a cell has no method for come from a layer; those of the sequence are refused. */
    @Test
    void aLayersCellHasAllOfItsOptions() {
        Lstm projected = Lstm.units(12).peepholes().projection(5).learnInitialState();
        Gru clipped = Gru.units(6).clip(0.5);
        SimpleRnn learned = SimpleRnn.units(4).learnInitialState();
        Map<Layer, Layer> pairs = Map.of(LstmCell.of(projected), projected.returnSequences(), GruCell.of(clipped),
                clipped.returnSequences(), SimpleRnnCell.of(learned), learned.returnSequences());
        pairs.forEach((cell, layer) -> {
            try (Model cells = model(Rnn.of(cell).returnSequences()); Model own = model(layer)) {
                same(cells, own);
            }
        });
        assertEquals(List.of(5, 12), LstmCell.of(projected).stateSizes());
        String told = assertThrows(IllegalArgumentException.class, () -> GruCell.of(clipped.stateful())).getMessage();
        assertTrue(told.contains("stateful") && told.contains("Rnn"), told);
    }

    @Test
    void aStackIsItsLayersAboveEachOther() {
        try (Model stack = model(Rnn.stack(LstmCell.units(20), StackedRnnCells.of(GruCell.units(5),
                SimpleRnnCell.units(4))).returnSequences());
                Model layers = model(Lstm.units(20).returnSequences(), Gru.units(5).returnSequences(),
                        SimpleRnn.units(4).returnSequences())) {
            assertEquals(List.of("rnn/lstm_cell/kernel", "rnn/lstm_cell/recurrent_kernel", "rnn/lstm_cell/bias",
                    "rnn/gru_cell/kernel", "rnn/gru_cell/recurrent_kernel", "rnn/gru_cell/bias",
                    "rnn/simple_rnn_cell/kernel", "rnn/simple_rnn_cell/recurrent_kernel", "rnn/simple_rnn_cell/bias",
                    "dense/kernel", "dense/bias"), stack.weights().stream().map(Weight::name).toList());
            same(stack, layers);
        }
    }

    /** A cell given twice has weights of its own in each place. */
    @Test
    void everyPlaceHasItsWeights() {
        Layer cell = LstmCell.units(3);
        try (Model model = model(Rnn.stack(cell, cell, cell))) {
            assertEquals(List.of("rnn/lstm_cell/kernel", "rnn/lstm_cell_1/kernel", "rnn/lstm_cell_2/kernel"),
                    model.weights().stream().map(Weight::name).filter(name -> name.endsWith("cell/kernel")
                            || name.matches(".*_[12]/kernel")).toList());
            assertTrue(model.summaryText().contains("rnn (RNN)"), model.summaryText());
        }
    }

    @Test
    void bidirectionalAndTimeDistributedTakeAnRnn() {
        Rnn rnn = Rnn.stack(LstmCell.units(4), GruCell.units(3)).returnSequences();
        try (Model both = model(Bidirectional.of(rnn));
                Model one = model(Bidirectional.of(Rnn.of(LstmCell.units(4)).returnSequences()));
                Model layer = model(Bidirectional.of(Lstm.units(4).returnSequences()))) {
            same(one, layer);
            Tensor x = sequences();
            boolean[][] all = new boolean[4][6];
            for (boolean[] row : all) {
                Arrays.fill(row, true);
            }
            Bits.same(both.predict(x, Mask.of(all)).toArray(), both.predict(x).toArray(), "all count");
        }
        Tensor steps = Tensor.of(EnginePass.uniform(2 * 3 * 4 * 5, 1f, 2), 2, 3, 4, 5);
        try (Model each = Sequential.of(Input.shape(3, 4, 5), TimeDistributed.of(Rnn.of(GruCell.units(4))));
                Model layer = Sequential.of(Input.shape(3, 4, 5), TimeDistributed.of(Gru.units(4)))) {
            take(each, layer);
            Bits.same(each.predict(steps).toArray(), layer.predict(steps).toArray(), "of each step");
        }
    }

    @Test
    void aStackRunsStepByStepAndBeginsWhereItEnded() {
        try (Model model = model(Rnn.stack(LstmCell.units(4), MinimalGatedCell.units(5), LinearCell.of(2, 3))
                .returnSequences()); ModelStream stream = model.stream()) {
            Tensor x = Tensor.of(EnginePass.uniform(18, 1f, 4), 1, 6, 3);
            float[] whole = model.predict(x).toArray();
            float[] step = new float[3];
            float[] result = new float[2];
            for (int t = 0; t < 6; t++) {
                System.arraycopy(x.toArray(), 3 * t, step, 0, 3);
                stream.step(MemorySegment.ofArray(step), MemorySegment.ofArray(result));
                Bits.same(result, Arrays.copyOfRange(whole, 2 * t, 2 * t + 2), "step " + t);
            }
        }
        Input first = Input.sequence(3);
        Input second = Input.sequence(3);
        Rnn rnn = Rnn.stack(LstmCell.units(4), GruCell.units(5)).returnState();
        State between = rnn.on(first).state();
        assertEquals(3, between.parts().size());
        try (Model model = Model.of(List.of(first, second), List.of(rnn.on(second, between)))) {
            assertEquals(5, model.predict(List.of(sequences(), sequences())).getFirst().shape().last());
        }
    }

    /** Samples with gaps, so many that threads share them; also of a cell whose state is not what it returns. */
    @Test
    void anOwnCellGivesTheSameBitsOnSeveralThreads() {
        Tensor x = Tensor.of(EnginePass.uniform(19 * 6 * 3, 1.5f, 7), 19, 6, 3);
        boolean[][] counts = new boolean[19][6];
        for (int row = 0; row < counts.length; row++) {
            for (int step = 0; step < 6; step++) {
                counts[row][step] = row != 3 && (row + step) % 4 != 1;
            }
        }
        Rnn rnn = Rnn.stack(MinimalGatedCell.units(20), LinearCell.of(3, 17)).returnSequences();
        for (Layer layer : List.of(rnn, rnn.goBackwards(), Bidirectional.of(rnn))) {
            try (Model one = model(layer); Model several = model(layer)) {
                take(several, one);
                List<Mask> masks = List.of(Mask.of(counts));
                List<float[]> cotangents = EnginePass.cotangents(one, List.of(x), 1);
                float[] expected = EnginePass.of(one, List.of(x), masks, cotangents).all();
                for (int threads = 2; threads <= 4; threads++) {
                    several.threads(threads);
                    Bits.same(EnginePass.of(several, List.of(x), masks, cotangents).all(), expected,
                            layer + " on " + threads);
                    Bits.same(several.predict(x, masks.getFirst()).toArray(),
                            one.predict(x, masks.getFirst()).toArray(), layer + " predicted on " + threads);
                }
            }
        }
    }

    @Test
    void aFrozenCellLearnsNothing() {
        Layer frozen = LstmCell.units(3).trainable(false);
        for (Layer layer : List.of(Rnn.of(frozen).returnSequences(),
                Rnn.of(StackedRnnCells.of(LstmCell.units(3)).trainable(false)).returnSequences(),
                Rnn.of(MinimalGatedCell.units(3).trainable(false)).returnSequences())) {
            try (Model model = model(layer)) {
                float[] before = model.weights().getFirst().get().toArray();
                Trainer.of(model).loss(Loss.MSE).epochs(1).fit(sequences(), targets());
                Bits.same(model.weights().getFirst().get().toArray(), before, layer.toString());
            }
        }
        try (Model half = model(Rnn.stack(frozen, LstmCell.units(2)).returnSequences())) {
            float[] below = half.weight("rnn/lstm_cell/kernel").get().toArray();
            float[] above = half.weight("rnn/lstm_cell_1/kernel").get().toArray();
            Trainer.of(half).loss(Loss.MSE).epochs(1).fit(sequences(), targets());
            Bits.same(half.weight("rnn/lstm_cell/kernel").get().toArray(), below, "below");
            assertFalse(Arrays.equals(above, half.weight("rnn/lstm_cell_1/kernel").get().toArray()));
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        refused(() -> Rnn.of(Lstm.units(3)), "cell", "LSTM", "LstmCell");
        refused(() -> StackedRnnCells.of(), "at least one cell");
        refused(() -> Rnn.stack(LstmCell.units(3), Dense.units(2)), "cells", "Dense");
        refused(() -> Rnn.of(LstmCell.units(3).activityRegularizer(dev.gatun.layers.Regularizer.l2(1))),
                "activity regularizer");
        refused(() -> model(LstmCell.units(3)), "LSTMCell 'lstm_cell'", "is a cell", "Rnn.of");
        refused(() -> model(MinimalGatedCell.units(3)), "MinimalGatedCell", "is a cell", "Rnn.of");
        refused(() -> Sequential.of(Input.shape(3), Rnn.stack(LstmCell.units(3))), "RNN 'rnn'", "sequence");
        Input x = Input.sequence(3);
        Input h = Input.shape(4);
        refused(() -> Model.of(List.of(x, h), List.of(Rnn.stack(LstmCell.units(4)).on(x, State.of(h)))), "RNN 'rnn'",
                "2 values", "0_h, 0_c");
        refused(() -> Model.of(List.of(x, h), List.of(Rnn.of(MinimalGatedCell.units(5)).on(x, State.of(h)))),
                "RNN 'rnn'", "(None, 5)", "(None, 4)");
        refused(() -> Rnn.of(LstmCell.units(2)).on(x).state(), "RNN", "returnState");
        refused(() -> Sequential.of(Input.shape(3), Rnn.of(LstmCell.units(3))), "RNN 'rnn'", "sequence");
    }

    /** A cell that Gatun does not have is refused with the layer, and what there is; so is an option of one. */
    @Test
    void cellsOfFilesThatAreNotThereAreRefused() {
        String cell = "{\"class_name\": \"%s\", \"config\": {\"name\": \"inner\", %s}}";
        String lstm = cell.formatted("LSTMCell", "\"units\": 3");
        refused(() -> keras(cell.formatted("PeepholeLSTMCell", "\"units\": 3")), "'rnn' (RNN)", "PeepholeLSTMCell",
                "supported are", "LSTMCell");
        refused(() -> keras(cell.formatted("LSTMCell", "\"units\": 3, \"peepholes\": true")), "'rnn' (RNN)", "LSTMCell",
                "peepholes");
        refused(() -> keras(cell.formatted("LSTM", "\"units\": 3")), "'rnn' (RNN)", "cell", "LSTM");
        refused(() -> keras(
                cell.formatted("StackedRNNCells", "\"cells\": [" + lstm + "], \"reverse_state_order\": true")),
                "'rnn' (RNN)", "reverse_state_order");
        try (Model model = keras(cell.formatted("StackedRNNCells", "\"cells\": [" + lstm + "]"))) {
            assertEquals("rnn/inner/kernel", model.weights().getFirst().name());
        }
    }

    private static Model keras(String cell) {
        return KerasConfig.model("""
                {"class_name": "Sequential", "config": {"name": "model", "layers": [
                  {"class_name": "InputLayer", "config": {"name": "x", "batch_input_shape": [null, null, 3]}},
                  {"class_name": "RNN", "config": {"name": "rnn", "cell": %s}}]}}
                """.formatted(cell), 2);
    }

    private static void refused(Runnable declared, String... parts) {
        String said = assertThrows(RuntimeException.class, declared::run).getMessage();
        for (String part : parts) {
            assertTrue(said.contains(part), said);
        }
    }
}
