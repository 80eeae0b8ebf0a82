package dev.gatun.perf;

import dev.gatun.engine.random.Philox;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** One recurrent layer of each cell at equal sizes, in 64, 50 steps: what a GRU and a SimpleRNN take of an LSTM's time. */
public class CellBenchmark extends ModelBenchmark {

    private static final int INPUTS = 64;
    private static final int TIME = 50;

    /** A recurrent layer of so many units. */
    public enum Cell {
        LSTM {
            @Override
            Layer layer(int units) {
                return Lstm.units(units);
            }
        },
        GRU {
            @Override
            Layer layer(int units) {
                return Gru.units(units);
            }
        },
        GRU_RESET_BEFORE {
            @Override
            Layer layer(int units) {
                return Gru.units(units).resetAfter(false);
            }
        },
        SIMPLE_RNN {
            @Override
            Layer layer(int units) {
                return SimpleRnn.units(units);
            }
        };

        abstract Layer layer(int units);
    }

    @Param
    private Cell cell;

    @Param({"1", "32"})
    private int batch;

    @Param({"64", "128", "256"})
    private int units;

    private Model model;
    private Execution execution;
    private Trainer trainer;
    private Samples samples;
    private Tensor x;

    @Setup(Level.Trial)
    public void build() {
        model = Sequential.of(Input.sequence(INPUTS), cell.layer(units)).threads(1);
        Shape shape = Shape.of(batch, TIME, INPUTS);
        x = Inputs.random(shape, new Philox(3, 0));
        samples = Samples.of(x, Tensor.zeros(batch, units));
        execution = model.network().execution(List.of(shape), ExecutionMode.INFERENCE);
        trainer = Trainer.of(model).loss(Loss.MSE);
    }

    @Benchmark
    public Execution forward() {
        execution.load(0, x, 0);
        execution.forward();
        return execution;
    }

    @Benchmark
    public Object train() {
        return trainer.trainOnBatch(samples);
    }

    @TearDown(Level.Trial)
    public void close() {
        model.close();
    }
}
