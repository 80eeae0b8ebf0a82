package dev.gatun.perf.paired;

/** One engine ready to do one task, everything made before that can be. */
public interface Contender extends AutoCloseable {

    /** The task once: one product, one call, one time step, or one training step. */
    void run();

    /**
     * For comparison. Of a product or a call: the numbers the last {@link #run} made, row-major, batch first. Of training:
     * the loss at the present weights and then the gradients of all weights in Keras's order and layout; makes no step.
     */
    float[] result();

    @Override
    void close();
}
