package dev.gatun.perf.paired;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.layers.serve.ModelStream;
import dev.gatun.perf.workload.Stack;
import java.lang.foreign.MemorySegment;

/** One time step per call through a {@link ModelStream}. */
public final class OurStep extends OurModel {

    private final ModelStream stream;
    private final MemorySegment x;
    private final MemorySegment y;

    public OurStep(Stack stack, int threads, float[] x) {
        super(stack, threads);
        this.stream = model.stream(1, threads);
        this.x = arena.allocate((long) stream.inputLength() * Float.BYTES, "x");
        this.y = arena.allocate((long) stream.outputLength() * Float.BYTES, "y");
        MemorySegment.copy(x, 0, this.x, JAVA_FLOAT, 0, stream.inputLength());
        Kernels.await();
    }

    @Override
    public void run() {
        stream.step(x, y);
    }

    @Override
    public float[] result() {
        return y.asSlice(0, (long) stream.outputLength() * Float.BYTES).toArray(JAVA_FLOAT);
    }

    @Override
    public void close() {
        stream.close();
        super.close();
    }
}
