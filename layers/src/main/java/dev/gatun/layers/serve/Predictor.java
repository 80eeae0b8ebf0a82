package dev.gatun.layers.serve;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.model.Execution;
import dev.gatun.layers.model.ExecutionCache;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Prediction;
import dev.gatun.layers.plan.Purpose;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * A thread's own door to a model: shares the weights, owns its working memory. Weights must not be trained or set while a
 * predictor runs.
 */
public final class Predictor implements AutoCloseable {

    private final Model model;
    private final List<String> values;
    private final Team team = new Team(1);
    private final ExecutionCache<List<Shape>> kept = new ExecutionCache<>();
    private boolean closed;

    public Predictor(Model model) {
        Arguments.required(model, "Predictor", "model", "an open model");
        this(model, List.of());
    }

    /**
     * A door to values inside a model, see {@link Model#upTo}.
     *
     * @param model  whose weights are shared
     * @param values names of layers and outputs; none for the model's own outputs
     */
    public Predictor(Model model, List<String> values) {
        Arguments.required(model, "Predictor", "model", "an open model");
        Arguments.all(values, "Predictor", "values", "names of layers and outputs");
        this.model = model;
        this.values = List.copyOf(values);
    }

    /** As {@link Model#predict(Tensor)}. */
    public Tensor predict(Tensor x) {
        Arguments.required(x, "Predictor.predict", "x", "a tensor, samples first");
        List<Tensor> results = predict(List.of(x));
        if (results.size() != 1) {
            throw new IllegalStateException("This predictor of model '" + model.name() + "' has " + results.size()
                    + " outputs; call predict(List.of(x))");
        }
        return results.getFirst();
    }

    /** As {@link Model#predict(List)}. */
    public List<Tensor> predict(List<Tensor> inputs) {
        if (closed) {
            throw new IllegalStateException(
                    "This predictor of model '" + model.name() + "' is closed; take another with model.predictor()");
        }
        return Prediction.run(model, inputs, this::execution);
    }

    private Execution execution(List<Shape> shapes) {
        return kept.get(shapes, known -> values.isEmpty()
                ? model.newExecution(known, Purpose.INFERENCE, team)
                : model.newExecution(values, known, team));
    }

    @Override
    public void close() {
        closed = true;
        kept.close();
        team.close();
    }
}
