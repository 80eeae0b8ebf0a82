package dev.gatun.layers.serve;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.model.Execution;
import dev.gatun.layers.model.ExecutionCache;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Prediction;
import dev.gatun.layers.model.SingleUser;
import dev.gatun.layers.plan.Purpose;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * A thread's own door to a model: shares the weights, owns its working memory. One thread at a time; a second one is refused
 * with a clear message. May run while the model is trained, and then sees weights as they happen to be.
 */
public final class Predictor implements AutoCloseable {

    private final Model model;
    private final SingleUser user;
    private final List<String> values;
    private final Team team = new Team(1);
    private final ExecutionCache<List<Shape>> kept = new ExecutionCache<>();

    /**
     * As {@link Model#predictor}.
     *
     * @param model whose weights are used
     * @throws IllegalStateException if the model is closed
     */
    public Predictor(Model model) {
        Arguments.required(model, "Predictor", "model", "an open model");
        this(model, List.of());
    }

    /**
     * A door to values inside a model, see {@link Model#upTo}.
     *
     * @param model  whose weights are used
     * @param values names of layers and outputs; an empty list for the model's own outputs
     * @throws IllegalArgumentException if there is no value of such a name, naming those there are
     * @throws IllegalStateException    if the model is closed
     */
    public Predictor(Model model, List<String> values) {
        Arguments.required(model, "Predictor", "model", "an open model");
        Arguments.all(values, "Predictor", "values", "names of layers and outputs");
        this.model = model;
        this.values = List.copyOf(values);
        if (!values.isEmpty()) {
            model.graph().upTo(values);
        }
        this.user = model.users().open("Predictor", "model.predictor()");
    }

    /**
     * As {@link Model#predict(Tensor)}.
     *
     * @param x [N,...], samples first
     * @return [N,...] on the heap
     * @throws dev.gatun.memory.ShapeException if it does not fit the model
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, the memory
     *                                         of x has been freed, or the model has several outputs
     */
    public Tensor predict(Tensor x) {
        Arguments.required(x, "Predictor.predict", "x", "a tensor, samples first");
        List<Tensor> results = predict(List.of(x));
        if (results.size() != 1) {
            throw new IllegalStateException("This predictor of model '" + model.name() + "' has " + results.size()
                    + " outputs; call predict(List.of(x))");
        }
        return results.getFirst();
    }

    /**
     * As {@link Model#predict(List)}.
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
            return Prediction.run(model, inputs, this::execution);
        } finally {
            user.exit();
        }
    }

    private Execution execution(List<Shape> shapes) {
        return kept.get(shapes, known -> values.isEmpty()
                ? model.newExecution(known, Purpose.INFERENCE, team)
                : model.newExecution(values, known, team));
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
