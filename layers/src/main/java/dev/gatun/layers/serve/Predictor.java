package dev.gatun.layers.serve;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.runtime.ExecutionCache;
import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.runtime.Prediction;
import dev.gatun.layers.runtime.SingleUser;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * A thread's own door to a model: shares the weights, owns its working memory. One thread at a time; a second one is refused
 * with a clear message. May run while the model is trained: it reads
 * the weights of the last good epoch, all of one moment.
 */
@SuppressWarnings("exports") // the network is for Gatun's own modules
public final class Predictor implements AutoCloseable {

    private final Network network;
    private final SingleUser user;
    private final List<String> values;
    private final Graph part;
    private final Team team = new Team(1);
    private final ExecutionCache kept = new ExecutionCache(this::make);

    /**
     * As {@link dev.gatun.layers.model.Model#predictor}.
     *
     * @param network whose weights are used
     * @throws IllegalStateException if the model is closed
     */
    public Predictor(Network network) {
        Arguments.required(network, "Predictor", "model", "an open model");
        this(network, List.of());
    }

    /**
     * A door to values inside a network, see {@link dev.gatun.layers.model.Model#upTo}.
     *
     * @param network whose weights are used
     * @param values names of layers and outputs; an empty list for the model's own outputs
     * @throws IllegalArgumentException if there is no value of such a name, naming those there are
     * @throws IllegalStateException    if the model is closed
     */
    public Predictor(Network network, List<String> values) {
        Arguments.required(network, "Predictor", "model", "an open model");
        Arguments.all(values, "Predictor", "values", "names of layers and outputs");
        this.network = network;
        this.values = List.copyOf(values);
        this.part = values.isEmpty() ? network.graph() : network.graph().upTo(values);
        this.user = network.users().open("Predictor", "model.predictor()");
    }

    /**
     * As {@link dev.gatun.layers.model.Model#predict(Tensor)}.
     *
     * @param x [N,...], samples first
     * @return [N,...] on the heap
     * @throws dev.gatun.memory.ShapeException if it does not fit the model
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, the memory
     *                                         of x has been freed, or the model has several outputs
     */
    public Tensor predict(Tensor x) {
        Arguments.required(x, "Predictor.predict", "x", "a tensor, samples first");
        return Prediction.only(predict(List.of(x)), part, "This predictor of model");
    }

    /**
     * As {@link dev.gatun.layers.model.Model#predict(float[][])}.
     *
     * @param x [N][F]: rows of one length
     * @return [N,...] on the heap
     * @throws dev.gatun.memory.ShapeException if there is no row, one has another length than the first, or they do not fit
     *                                         the model
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, or the model
     *                                         has several outputs
     */
    public Tensor predict(float[][] x) {
        return predict(Tensor.of(Arguments.required(x, "Predictor.predict", "x", "an array [N][F]")));
    }

    /**
     * As {@link dev.gatun.layers.model.Model#predict(float[][][])}.
     *
     * @param x [N][T][F]: as many steps in each sequence, and as many numbers in each step
     * @return [N,...] on the heap
     * @throws dev.gatun.memory.ShapeException if there is no sequence, a part has another length than the first, or they do
     *                                         not fit the model
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, or the model
     *                                         has several outputs
     */
    public Tensor predict(float[][][] x) {
        return predict(Tensor.of(Arguments.required(x, "Predictor.predict", "x", "an array [N][T][F]")));
    }

    /**
     * As {@link dev.gatun.layers.model.Model#predict(List)}.
     *
     * @param inputs one tensor [N,...] for each input
     * @return one tensor [N,...] on the heap for each output
     * @throws dev.gatun.memory.ShapeException if they do not fit the model
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, or the
     *                                         memory of an input has been freed
     */
    public List<Tensor> predict(List<Tensor> inputs) {
        user.enter("predict");
        try {
            return Prediction.run(part, inputs, shapes -> kept.get(shapes, ExecutionMode.INFERENCE));
        } finally {
            user.exit();
        }
    }

    private Execution make(List<Shape> largest, ExecutionMode mode) {
        return values.isEmpty()
                ? network.newExecution(largest, mode, team)
                : network.newExecution(values, largest, team);
    }

    /**
     * Frees the working memory. A second call does nothing.
     *
     * @throws IllegalStateException if a thread is inside; nothing is closed then
     */
    @Override
    public void close() {
        if (user.close()) {
            kept.close();
        }
        team.close();
    }
}
