package dev.gatun.layers.runtime;

import dev.gatun.layers.graph.Graph;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Runs a model over any number of samples, a batch at a time. A row's result does not depend on its batch. */
public final class Prediction {

    /** Samples per batch: enough rows for full tiles, few enough that a batch stays in cache. */
    private static final long BATCH = 32;
    /** Axes of a result from which it has one of time. */
    private static final int SEQUENCE = 3;

    private Prediction() {}

    /**
     * Predicts all samples.
     *
     * @param given      data, masks and graph; N may be 0
     * @param executions gives the execution for known input shapes
     * @return one heap tensor [N,...] for each output, or of one with an axis of time [T,N,...] if the inputs are time-major
     * @throws ShapeException        if a length does not fit the model
     * @throws IllegalStateException if the memory of an input has been freed
     */
    public static List<Tensor> run(GivenInputs given, Function<List<Shape>, Execution> executions) {
        Arguments.required(given, "Prediction.run", "given", "data for an open model");
        Arguments.required(executions, "Prediction.run", "executions", "what gives an execution for shapes");
        Graph graph = given.graph();
        List<Tensor> inputs = given.tensors();
        long samples = given.samples();
        long declared = declaredBatch(graph);
        long batch = declared == Shape.UNKNOWN ? Math.min(BATCH, Math.max(1, samples)) : declared;
        if (declared != Shape.UNKNOWN && samples % declared != 0) {
            throw new ShapeException("Model '" + graph.name() + "' was declared for batches of " + declared
                    + ", got " + samples + " samples; give a multiple of " + declared);
        }
        List<Shape> whole = new ArrayList<>(inputs.size());
        for (Tensor input : inputs) {
            whole.add(input.shape());
        }
        List<Tensor> results = new ArrayList<>(graph.outputs().size());
        for (Shape shape : graph.outputShapes(whole)) {
            results.add(Tensor.zeros(shape.toArray()));
        }
        for (long first = 0; first < samples; first += batch) {
            long size = Math.min(batch, samples - first);
            List<Shape> shapes = new ArrayList<>();
            for (Shape shape : whole) {
                shapes.add(shape.with(0, size));
            }
            run(executions.apply(shapes), inputs, results, first);
        }
        if (graph.isTimeMajor()) {
            results.replaceAll(result -> TimeMajor.exchanged(result, SEQUENCE));
        }
        return Collections.unmodifiableList(results);
    }

    /**
     * The result of a model with one output.
     *
     * @param results what was predicted
     * @param graph   whose outputs they are
     * @param door    what was asked, for the message
     * @return the one result
     * @throws IllegalStateException if there are several
     */
    public static Tensor only(List<Tensor> results, Graph graph, String door) {
        Arguments.all(results, "Prediction.only", "results", "what was predicted");
        Arguments.required(graph, "Prediction.only", "graph", "that of an open model");
        Arguments.required(door, "Prediction.only", "door", "what was asked");
        if (results.size() != 1) {
            throw new IllegalStateException(door + " '" + graph.name() + "' has " + results.size() + " outputs "
                    + graph.outputNames() + "; call predict(List.of(x)) with x a tensor");
        }
        return results.getFirst();
    }

    private static void run(Execution execution, List<Tensor> inputs, List<Tensor> results, long first) {
        try {
            for (int i = 0; i < inputs.size(); i++) {
                execution.load(i, inputs.get(i), first);
            }
        } catch (IllegalStateException failed) {
            // Another thread may have freed the memory since it was looked at.
            inputs.forEach(Tensor::requireAlive);
            throw failed;
        }
        execution.forward();
        for (int i = 0; i < results.size(); i++) {
            execution.read(i, results.get(i), first);
        }
    }

    /** The batch that an input was declared with, whichever it is, or unknown. */
    private static long declaredBatch(Graph graph) {
        for (int input = 0; input < graph.inputs().size(); input++) {
            if (graph.inputShape(input).dim(0) != Shape.UNKNOWN) {
                return graph.inputShape(input).dim(0);
            }
        }
        return Shape.UNKNOWN;
    }
}
