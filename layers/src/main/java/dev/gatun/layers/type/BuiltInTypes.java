package dev.gatun.layers.type;

import dev.gatun.layers.LayerType;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.type.activation.ActivationType;
import dev.gatun.layers.type.bidirectional.BidirectionalType;
import dev.gatun.layers.type.category.CategoryEncodingType;
import dev.gatun.layers.type.category.IntegerLookupType;
import dev.gatun.layers.type.constantstate.ConstantStateType;
import dev.gatun.layers.type.dense.DenseType;
import dev.gatun.layers.type.dropout.DropoutType;
import dev.gatun.layers.type.gru.GruType;
import dev.gatun.layers.type.input.InputType;
import dev.gatun.layers.type.embedding.EmbeddingType;
import dev.gatun.layers.type.lstm.LstmType;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.type.nested.NestedType;
import dev.gatun.layers.type.masking.MaskingType;
import dev.gatun.layers.type.normalization.NormalizationType;
import dev.gatun.layers.type.permute.PermuteType;
import dev.gatun.layers.type.rescaling.RescalingType;
import dev.gatun.layers.type.rnn.FusedCells;
import dev.gatun.layers.type.rnn.RnnType;
import dev.gatun.layers.type.rnn.StackedRnnCellsType;
import dev.gatun.layers.type.simplernn.SimpleRnnType;
import dev.gatun.layers.type.timedistributed.TimeDistributedType;
import java.util.List;

/** The one list of Gatun's own layers, in the order of messages and docs. */
public final class BuiltInTypes {

    private static final List<String> KINDS = List.of("InputLayer", "LSTM", "GRU", "SimpleRNN", "RNN",
            "LSTMCell", "GRUCell", "SimpleRNNCell", "StackedRNNCells", "Dense", "Activation",
            "Dropout", "TimeDistributed", "Bidirectional", "Permute", "Masking", "Embedding",
            "Normalization", "Rescaling", "CategoryEncoding", "IntegerLookup",
            "ConstantState", "Functional", "Sequential");

    /** These, and a user's own where they are asked for. */
    public static final LayerTypes ALL = new LayerTypes(new Known());

    private BuiltInTypes() {}

    private static final class Known implements LayerTypes.Source {

        @Override
        public List<String> kinds() {
            return KINDS;
        }

        @Override
        public LayerType<?> type(String kind) {
            // An Object: to see that each is a LayerType the JVM would load them all.
            Object type;
            switch (kind) {
                case "InputLayer" -> type = new InputType();
                case "LSTM" -> type = new LstmType();
                case "GRU" -> type = new GruType();
                case "SimpleRNN" -> type = new SimpleRnnType();
                case "RNN" -> type = new RnnType();
                case "LSTMCell" -> type = FusedCells.lstm();
                case "GRUCell" -> type = FusedCells.gru();
                case "SimpleRNNCell" -> type = FusedCells.simpleRnn();
                case "StackedRNNCells" -> type = new StackedRnnCellsType();
                case "Dense" -> type = new DenseType();
                case "Activation" -> type = new ActivationType();
                case "Dropout" -> type = new DropoutType();
                case "TimeDistributed" -> type = new TimeDistributedType();
                case "Bidirectional" -> type = new BidirectionalType();
                case "Permute" -> type = new PermuteType();
                case "Masking" -> type = new MaskingType();
                case "Embedding" -> type = new EmbeddingType();
                case "Normalization" -> type = new NormalizationType();
                case "Rescaling" -> type = new RescalingType();
                case "CategoryEncoding" -> type = new CategoryEncodingType();
                case "IntegerLookup" -> type = new IntegerLookupType();
                case "ConstantState" -> type = new ConstantStateType();
                case "Functional" -> type = new NestedType(Nested.FUNCTIONAL);
                case "Sequential" -> type = new NestedType(Nested.SEQUENTIAL);
                default -> throw new IllegalArgumentException("No built-in layer of class " + kind);
            }
            return (LayerType<?>) type;
        }
    }
}
