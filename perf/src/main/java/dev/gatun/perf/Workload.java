package dev.gatun.perf;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.model.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.rnn.Lstm;
import dev.gatun.layers.rnn.TimeDistributed;
import dev.gatun.memory.Shape;

/** The models and sizes every figure is about. */
public enum Workload {
    /** Batch 1, T 100, in 64, 2 x LSTM 128, Dense 1. */
    SEQ(Shape.of(1, 100, 64)) {
        @Override
        public Model model() {
            return Sequential.of(
                    Input.shape(100, 64), Lstm.units(128).returnSequences(), Lstm.units(128), Dense.units(1));
        }
    },
    /** Batch 32, T 10, in 1, LSTM 32-64-128, Dense 1. */
    SEED1(Shape.of(32, 10, 1)) {
        @Override
        public Model model() {
            return Sequential.of(
                    Input.shape(10, 1), Lstm.units(32).returnSequences(), Lstm.units(64).returnSequences(),
                    Lstm.units(128), Dense.units(1));
        }
    },
    /** Batch 32, T 20, in 10, LSTM 128-64-32, Dense 15 per step, sigmoid. */
    SEED2(Shape.of(32, 20, 10)) {
        @Override
        public Model model() {
            return Sequential.of(
                    Input.shape(20, 10), Lstm.units(128).returnSequences(), Lstm.units(64).returnSequences(),
                    Lstm.units(32).returnSequences(), TimeDistributed.of(Dense.units(15)),
                    Activation.of("sigmoid"));
        }
    },
    /** Batch 32, T 50, in 32, 2 x LSTM 128, Dense 1. */
    MID(Shape.of(32, 50, 32)) {
        @Override
        public Model model() {
            return Sequential.of(
                    Input.shape(50, 32), Lstm.units(128).returnSequences(), Lstm.units(128), Dense.units(1));
        }
    },
    /** Batch 64, T 100, in 256, 2 x LSTM 512. */
    BATCH(Shape.of(64, 100, 256)) {
        @Override
        public Model model() {
            return Sequential.of(Input.shape(100, 256), Lstm.units(512).returnSequences(), Lstm.units(512));
        }
    },
    /** Batch 1, T 50, in 1024, 2 x LSTM 1024. */
    LARGE(Shape.of(1, 50, 1024)) {
        @Override
        public Model model() {
            return Sequential.of(Input.shape(50, 1024), Lstm.units(1024).returnSequences(), Lstm.units(1024));
        }
    };

    private final Shape shape;

    Workload(Shape shape) {
        this.shape = shape;
    }

    /** A new model with weights from seed 0. */
    public abstract Model model();

    /** Of the input, batch first. */
    public Shape shape() {
        return shape;
    }
}
