package dev.gatun.perf;

import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.memory.Shape;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** STEP: one time step per call, batch 1, in 64, 2 x LSTM 128, state kept. */
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
public class StepBenchmark extends ModelBenchmark {

    private Model model;
    private ModelStream stream;
    private TensorArena arena;
    private MemorySegment x;
    private MemorySegment y;

    @Setup(Level.Trial)
    public void build() {
        model = Sequential.of(
                Input.shape(Shape.UNKNOWN, 64), Lstm.units(128).returnSequences(), Lstm.units(128));
        stream = model.stream();
        arena = TensorArena.open("step");
        x = arena.allocate((long) stream.inputLength() * Float.BYTES, "x");
        y = arena.allocate((long) stream.outputLength() * Float.BYTES, "y");
    }

    @Benchmark
    public MemorySegment step() {
        stream.step(x, y);
        return y;
    }

    @TearDown(Level.Trial)
    public void close() {
        model.close();
        arena.close();
    }
}
