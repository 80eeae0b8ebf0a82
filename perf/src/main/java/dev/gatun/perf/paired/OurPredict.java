package dev.gatun.perf.paired;

import dev.gatun.memory.Tensor;
import dev.gatun.perf.workload.Stack;

/** {@code Model.predict} as a user calls it, with all that it makes on the way. */
final class OurPredict extends OurModel {

    private final Tensor x;
    private final float[] y;
    private Tensor predicted;

    OurPredict(Stack stack, int threads, float[] x, float[] y) {
        super(stack, threads);
        this.x = Tensor.of(x, stack.shape().toArray());
        this.y = y;
        Kernels.await();
    }

    @Override
    public void run() {
        predicted = model.predict(x);
    }

    @Override
    public float[] result() {
        float[] values = predicted.toArray();
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            squares += Math.pow((double) values[i] - y[i], 2);
        }
        return new float[] {(float) (squares / values.length)};
    }
}
