package dev.gatun.cli.convert;

import dev.gatun.cli.model.RunnableModel;

/**
 * A file that was written, read again.
 *
 * @param as    {@link #MODEL}, {@link #GRAPH} or {@link #WEIGHTS}
 * @param model what predicts with it
 */
public record ReadAgain(String as, RunnableModel model) implements AutoCloseable {

    /** The file became a model of layers. */
    public static final String MODEL = "model";

    /** The file runs node after node. */
    public static final String GRAPH = "graph";

    /** The file holds weights, which went into a copy of the model that was written. */
    public static final String WEIGHTS = "weights";

    @Override
    public void close() {
        model.close();
    }
}
