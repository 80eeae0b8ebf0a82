package dev.gatun.layers.model;

import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs a model over any number of samples, a batch at a time. A row's result does not depend on its batch. */
public final class Prediction {

    /** Samples per batch: enough rows for full tiles, few enough that a batch stays in cache. */
    private static final long BATCH = 32;

    private Prediction() {}

    /**
     * @param inputs     one tensor [N,...] for each input
     * @param executions gives the execution for known input shapes
     * @return one heap tensor [N,...] for each output
     */
    public static List<Tensor> run(Model model, List<Tensor> inputs, Function<List<Shape>, Execution> executions) {
        Graph graph = model.graph();
        long samples = InputCheck.samples(graph, inputs);
        long declared = graph.inputShape(0).dim(0);
        long batch = declared == Shape.UNKNOWN ? Math.min(BATCH, Math.max(1, samples)) : declared;
        if (declared != Shape.UNKNOWN && samples % declared != 0) {
            throw new dev.gatun.memory.ShapeException(
                    "Model '" + model.name() + "' was declared for batches of " + declared
                            + ", got " + samples + " samples; give a multiple of " + declared);
        }
        List<Tensor> results = new ArrayList<>();
        for (long first = 0; first == 0 || first < samples; first += batch) {
            long size = Math.min(batch, samples - first);
            List<Shape> shapes = inputs.stream().map(tensor -> tensor.shape().with(0, size)).toList();
            Execution execution = executions.apply(shapes);
            for (int i = 0; i < inputs.size(); i++) {
                execution.load(i, inputs.get(i), first);
            }
            execution.forward();
            for (int i = 0; i < execution.outputCount(); i++) {
                if (first == 0) {
                    results.add(Tensor.zeros(
                            execution.output(i).shape().with(0, samples).toArray()));
                }
                execution.read(i, results.get(i), first);
            }
        }
        return results;
    }
}
