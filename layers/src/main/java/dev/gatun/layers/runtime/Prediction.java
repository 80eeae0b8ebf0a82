package dev.gatun.layers.runtime;

import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs a model over any number of samples, a batch at a time. A row's result does not depend on its batch. */
public final class Prediction {

    /** Samples per batch: enough rows for full tiles, few enough that a batch stays in cache. */
    private static final long BATCH = 32;
    /** Axes of a result from which it has one of time. */
    private static final int SEQUENCE = 3;

    private final GivenInputs given;
    private final Function<List<Shape>, Execution> executions;
    private final long batch;
    private final int[] order;
    private final List<Shape> whole = new ArrayList<>();
    private final List<Tensor> results = new ArrayList<>();

    /** @param goesOn whether sample i goes on from sample i of the run before: then all are one batch, in their order */
    private Prediction(GivenInputs given, boolean goesOn, Function<List<Shape>, Execution> executions) {
        this.given = Arguments.required(given, "Prediction.run", "given", "data for an open model");
        this.executions = Arguments.required(executions, "Prediction.run", "executions",
                "what gives an execution for shapes");
        Graph graph = given.graph();
        long samples = given.samples();
        long declared = graph.batch();
        long most = goesOn ? Long.MAX_VALUE : BATCH;
        this.batch = declared == Shape.UNKNOWN ? Math.min(most, Math.max(1, samples)) : declared;
        if (declared != Shape.UNKNOWN && samples % declared != 0) {
            throw new ShapeException("Model '" + graph.name() + "' was declared for batches of " + declared
                    + ", got " + samples + " samples; give a multiple of " + declared);
        }
        given.tensors().forEach(input -> whole.add(input.shape()));
        for (Shape shape : graph.outputShapes(whole)) {
            results.add(graph.outputType(results.size()) == ValueType.INT32
                    ? Tensor.ofInts(new int[Math.toIntExact(shape.elements())], shape.toArray())
                    : Tensor.zeros(shape.toArray()));
        }
        this.order = goesOn ? null : LengthOrder.of(given);
    }

    /**
     * Predicts all samples.
     *
     * @param given      data, masks and graph; N may be 0
     * @param states     of layers that go on from run to run: then all samples are one batch, unless the model declares another
     * @param executions gives the execution for known input shapes
     * @return one heap tensor [N,...] for each output, or of one with an axis of time [T,N,...] if the inputs are time-major
     * @throws ShapeException        if a length does not fit the model
     * @throws IllegalStateException if the memory of an input has been freed
     */
    public static List<Tensor> run(
            GivenInputs given, RunStates states, Function<List<Shape>, Execution> executions) {
        Arguments.required(states, "Prediction.run", "states", "those of the executions");
        Prediction prediction = new Prediction(given, states.areKept(), executions);
        for (long first = 0; first < given.samples(); first += prediction.batch) {
            BatchOrder part = prediction.part(first);
            Execution execution = prediction.loaded(part);
            execution.forward();
            prediction.read(execution, part);
        }
        return prediction.results();
    }

    /**
     * Outputs and states.
     *
     * @param outputs one heap tensor [N,...] for each output
     * @param states  for each recurrent layer what it carries after the last step, each [N,U]
     */
    public record WithStates(List<Tensor> outputs, Map<String, List<Tensor>> states) {}

    /**
     * Predicts all samples from states that are given, and keeps those after the last step.
     *
     * @param given      data, masks and graph; N may be 0
     * @param start      for some recurrent layers where they begin, each [N,U]; the others begin at zeros
     * @param executions gives an execution that carries states for known input shapes
     * @param rows       gives rows for the states of so many samples
     * @return outputs and states
     * @throws ShapeException           if a length or a state does not fit the model
     * @throws IllegalArgumentException if a state is of no layer
     * @throws IllegalStateException    if the memory of an input has been freed
     */
    public static WithStates run(GivenInputs given, Map<String, List<Tensor>> start,
            Function<List<Shape>, Execution> executions, Function<Integer, CarriedRows> rows) {
        if (!given.masked().isEmpty() && LengthOrder.endsMasks(given.graph())) {
            throw new IllegalArgumentException("Model '" + given.graph().name()
                    + "' has a layer that reads what stands under a mask, and so would the states that are asked for; give "
                    + "sequences of one length without a mask");
        }
        Prediction prediction = new Prediction(given, false, executions);
        CarriedStates states = CarriedStates.of(given.graph());
        states.require(start, given.samples());
        Map<String, List<Tensor>> ends = states.zeros(given.samples());
        try (CarriedRows carried = rows.apply(Math.toIntExact(prediction.batch))) {
            for (long first = 0; first < given.samples(); first += prediction.batch) {
                BatchOrder part = prediction.part(first);
                Execution execution = prediction.loaded(part);
                carried.zero();
                states.write(start, part, carried.rows());
                execution.forward(carried.rows());
                prediction.read(execution, part);
                execution.keepState();
                states.read(carried.rows(), part, ends);
            }
        }
        return new WithStates(prediction.results(), ends);
    }

    /** As the user knows the axes. */
    private List<Tensor> results() {
        if (given.graph().isTimeMajor()) {
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

    private BatchOrder part(long first) {
        return new BatchOrder(order, first, (int) Math.min(batch, given.samples() - first));
    }

    private Execution loaded(BatchOrder part) {
        List<Shape> shapes = new ArrayList<>();
        for (Shape shape : whole) {
            shapes.add(shape.with(0, part.size()));
        }
        Execution execution = executions.apply(shapes);
        List<Tensor> inputs = given.tensors();
        try {
            for (int i = 0; i < inputs.size(); i++) {
                part.load(execution, i, inputs.get(i));
            }
        } catch (IllegalStateException failed) {
            // Another thread may have freed the memory since it was looked at.
            inputs.forEach(Tensor::requireAlive);
            throw failed;
        }
        return execution;
    }

    private void read(Execution execution, BatchOrder part) {
        for (int i = 0; i < results.size(); i++) {
            part.read(execution, i, results.get(i));
        }
    }
}
