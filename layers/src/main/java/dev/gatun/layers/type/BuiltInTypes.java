package dev.gatun.layers.type;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.GruCell;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.SimpleRnnCell;
import dev.gatun.layers.type.activation.ActivationType;
import dev.gatun.layers.type.bidirectional.BidirectionalType;
import dev.gatun.layers.type.dense.DenseType;
import dev.gatun.layers.type.dropout.DropoutType;
import dev.gatun.layers.type.gru.GruType;
import dev.gatun.layers.type.input.InputType;
import dev.gatun.layers.type.embedding.EmbeddingType;
import dev.gatun.layers.type.lstm.LstmType;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.type.nested.NestedType;
import dev.gatun.layers.type.masking.MaskingType;
import dev.gatun.layers.type.permute.PermuteType;
import dev.gatun.layers.type.rnn.FusedCellType;
import dev.gatun.layers.type.rnn.RnnType;
import dev.gatun.layers.type.rnn.StackedRnnCellsType;
import dev.gatun.layers.type.simplernn.SimpleRnnType;
import dev.gatun.layers.type.timedistributed.TimeDistributedType;
import java.util.List;

/** The one list of Gatun's own layers, in the order of messages and docs. */
public final class BuiltInTypes {

    /** These, and a user's own where they are asked for. */
    public static final LayerTypes ALL = new LayerTypes(List.<LayerType<?>>of(
            new InputType(),
            new LstmType(),
            new GruType(),
            new SimpleRnnType(),
            new RnnType(),
            new FusedCellType<>(new LstmCell(Configuration.of(LstmCell.OPTIONS)), "LSTM"),
            new FusedCellType<>(new GruCell(Configuration.of(GruCell.OPTIONS)), "GRU"),
            new FusedCellType<>(new SimpleRnnCell(Configuration.of(SimpleRnnCell.OPTIONS)), "SimpleRNN"),
            new StackedRnnCellsType(),
            new DenseType(),
            new ActivationType(),
            new DropoutType(),
            new TimeDistributedType(),
            new BidirectionalType(),
            new PermuteType(),
            new MaskingType(),
            new EmbeddingType(),
            new NestedType(Nested.FUNCTIONAL),
            new NestedType(Nested.SEQUENTIAL)));

    private BuiltInTypes() {}
}
