package dev.gatun.perf.workload;

import dev.gatun.layers.Gru;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentLayer;

/** The cells that other engines have too, with equal equations. */
public enum Cell {
    /** Four gates. */
    LSTM(4) {
        @Override
        RecurrentLayer<?> layer(int units) {
            return Lstm.units(units);
        }
    },
    /** Three gates, the reset after the product, a bias for each of the two products. */
    GRU(3) {
        @Override
        RecurrentLayer<?> layer(int units) {
            return Gru.units(units);
        }
    };

    private final int gates;

    Cell(int gates) {
        this.gates = gates;
    }

    abstract RecurrentLayer<?> layer(int units);

    /** How many blocks of U columns its kernels have. */
    public int gates() {
        return gates;
    }
}
