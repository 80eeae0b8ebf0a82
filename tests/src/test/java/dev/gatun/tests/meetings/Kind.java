package dev.gatun.tests.meetings;

import dev.gatun.layers.Gru;
import dev.gatun.layers.GruCell;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.SimpleRnnCell;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.tests.gradients.RandomWeights;
import dev.gatun.tests.own.LinearCell;
import dev.gatun.tests.own.MinimalGatedCell;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A layer that carries states, returning sequences, by which what is true of all such layers is tried.
 *
 * @param name  what is particular of it
 * @param layer with its options
 */
record Kind(String name, Layer layer) {

    static final int INPUTS = 2;
    static final String LAYER = "tried";

    /** Each option that changes what a step, a state or a gradient is. */
    static Stream<Kind> all() {
        Lstm lstm = Lstm.units(3);
        return Stream.of(
                new Kind("LSTM", lstm),
                new Kind("GRU", Gru.units(4)),
                new Kind("LSTM, learned", lstm.learnInitialState()),
                new Kind("GRU, learned", Gru.units(3).learnInitialState()),
                new Kind("GRU, reset before, learned", Gru.units(3).resetAfter(false).learnInitialState()),
                new Kind("SimpleRNN, learned", SimpleRnn.units(4).learnInitialState()),
                new Kind("LSTM, peepholes", lstm.peepholes()),
                new Kind("LSTM, coupled", lstm.inputForget().peepholes()),
                new Kind("LSTM, clipped", lstm.cellClip(0.3).clip(0.8)),
                new Kind("LSTM, layer norm", lstm.layerNorm().layerNormEpsilon(0.1)),
                new Kind("LSTM, layer norm, learned", lstm.layerNorm().layerNormEpsilon(0.1).learnInitialState()),
                new Kind("LSTM, projected", lstm.projection(2)),
                new Kind("LSTM, projected wider, peepholes, learned",
                        lstm.projection(5).peepholes().learnInitialState()),
                new Kind("LSTM, projected, layer norm", lstm.projection(2).layerNorm().layerNormEpsilon(0.1)),
                new Kind("LSTM, softmax", lstm.activation("softmax").recurrentActivation("softmax")),
                new Kind("LSTM, softmax, projected, learned",
                        lstm.recurrentActivation("softmax").projection(2).learnInitialState()),
                new Kind("GRU, softmax", Gru.units(3).recurrentActivation("softmax")),
                new Kind("RNN of LSTM", Rnn.of(LstmCell.units(3))),
                new Kind("RNN of projected LSTM, learned", Rnn.of(cell("LSTMCell", LstmCell.units(3).config(),
                        Map.of("projection", 2, "learned_initial_state", true, "peepholes", true)))),
                new Kind("RNN of GRU, learned", Rnn.of(cell("GRUCell", GruCell.units(3).config(),
                        Map.of("learned_initial_state", true)))),
                new Kind("RNN of a stack", Rnn.stack(LstmCell.units(3), SimpleRnnCell.units(2), GruCell.units(3))),
                new Kind("RNN of a stack with a projection", Rnn.stack(GruCell.units(2), cell("LSTMCell",
                        LstmCell.units(3).config(), Map.of("projection", 2, "learned_initial_state", true)))),
                new Kind("RNN of an own cell", Rnn.of(MinimalGatedCell.units(3))),
                new Kind("RNN of an own cell of two states", Rnn.of(LinearCell.of(3, 2))),
                new Kind("RNN of a stack with own cells",
                        Rnn.stack(MinimalGatedCell.units(3), LstmCell.units(2), LinearCell.of(2, 3))));
    }

    private static Layer cell(String kind, Map<String, Object> config, Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(config);
        all.putAll(more);
        return BuiltInTypes.ALL.layer(kind, kind.toLowerCase(), all);
    }

    /** The layer with another value of an option. */
    Layer with(String option, Object value) {
        Map<String, Object> config = new LinkedHashMap<>(layer.config());
        config.put("return_sequences", true);
        config.put(option, value);
        return BuiltInTypes.ALL.layer(layer.kind(), LAYER, config);
    }

    Model model(boolean stateful) {
        return model(with("stateful", stateful));
    }

    static Model model(Layer layer) {
        return RandomWeights.into(Sequential.of(Input.sequence(INPUTS), layer), 0.9f, 5);
    }

    boolean learns() {
        return name.contains("learned") || name.contains("with a projection");
    }

    @Override
    public String toString() {
        return name;
    }
}
