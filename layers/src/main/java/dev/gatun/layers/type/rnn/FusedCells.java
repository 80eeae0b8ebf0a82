package dev.gatun.layers.type.rnn;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.GruCell;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.SimpleRnnCell;

/** The types of Gatun's own cells, in a class of its own so that only who asks for one loads them. */
public final class FusedCells {

    private FusedCells() {}

    /** {@return what is known of {@link LstmCell}} */
    public static LayerType<LstmCell> lstm() {
        return new FusedCellType<>(new LstmCell(Configuration.of(LstmCell.OPTIONS)), "LSTM");
    }

    /** {@return what is known of {@link GruCell}} */
    public static LayerType<GruCell> gru() {
        return new FusedCellType<>(new GruCell(Configuration.of(GruCell.OPTIONS)), "GRU");
    }

    /** {@return what is known of {@link SimpleRnnCell}} */
    public static LayerType<SimpleRnnCell> simpleRnn() {
        return new FusedCellType<>(new SimpleRnnCell(Configuration.of(SimpleRnnCell.OPTIONS)), "SimpleRNN");
    }
}
