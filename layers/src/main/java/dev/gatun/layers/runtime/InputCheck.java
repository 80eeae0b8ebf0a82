package dev.gatun.layers.runtime;

import dev.gatun.layers.value.ValueType;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The checks at the door: tensors against the inputs a model declares. */
final class InputCheck {

    private InputCheck() {}

    /** Shapes that fit what is to be planned: what carries a state may take a part of a sequence at a time. */
    static void shapes(Graph graph, List<Shape> shapes, ExecutionMode mode) {
        Arguments.required(mode, "Model.newExecution", "mode", "for example ExecutionMode.INFERENCE");
        if (mode.carriesState()) {
            steps(graph, shapes);
        } else {
            shapes(graph, shapes);
        }
    }

    /** Known shapes, one per input, that fit and have one batch size. */
    static void shapes(Graph graph, List<Shape> shapes) {
        Arguments.all(shapes, "Model.execution", "shapes", "a known shape for each input");
        requireCount(graph, shapes.size());
        for (int i = 0; i < shapes.size(); i++) {
            Shape declared = graph.inputShape(i);
            Shape actual = shapes.get(i);
            if (!declared.accepts(actual)) {
                throw new ShapeException(message(graph, i, declared, actual));
            }
            requireKnown(graph, i, actual);
            requireCountable(graph, i, actual);
            requireSameSamples(graph, i, shapes);
        }
        requireMasks(graph, shapes);
    }

    /** A mask has a number for each step of its sequence, whose length may be that of another input: layers compare them. */
    private static void requireMasks(Graph graph, List<Shape> shapes) {
        for (int i = 0; i < shapes.size(); i++) {
            if (graph.inputType(i) == ValueType.MASK) {
                graph.outputShapes(shapes);
                return;
            }
        }
    }

    /** As {@link #shapes(Graph, List)}, for sequences of any length and number, whatever was declared. */
    static void steps(Graph graph, List<Shape> shapes) {
        Arguments.all(shapes, "Model.execution", "shapes", "a known shape for each input");
        requireCount(graph, shapes.size());
        for (int i = 0; i < shapes.size(); i++) {
            Shape declared = graph.inputShape(i).with(0, Shape.UNKNOWN);
            boolean hasSteps = graph.sequences().contains(i) || graph.inputType(i) == ValueType.MASK;
            Shape anyTime = hasSteps ? declared.with(1, Shape.UNKNOWN) : declared;
            if (!anyTime.accepts(shapes.get(i))) {
                throw new ShapeException(message(graph, i, anyTime, shapes.get(i)));
            }
            requireKnown(graph, i, shapes.get(i));
            requireCountable(graph, i, shapes.get(i));
            requireSameSamples(graph, i, shapes);
        }
        requireMasks(graph, shapes);
    }

    /** An execution is planned for sizes, so an axis that the model leaves open must have one by now. */
    static void requireKnown(Graph graph, int input, Shape shape) {
        if (shape.isKnown()) {
            return;
        }
        shape.requireKnown("It is the shape of input '" + graph.inputName(input) + "' of model '" + graph.name()
                + "', which is planned for known sizes: give one, for example " + example(graph.inputShape(input)));
    }

    private static String example(Shape declared) {
        Shape known = declared;
        for (int axis = 0; axis < declared.rank(); axis++) {
            known = known.dim(axis) == Shape.UNKNOWN ? known.with(axis, axis == 0 ? 32 : 10) : known;
        }
        return "Shape.of" + known;
    }

    private static void requireCount(Graph graph, int count) {
        if (count != graph.inputs().size()) {
            throw new ShapeException("Model '" + graph.name() + "' takes " + graph.inputs().size() + " input(s) "
                    + inputNames(graph) + ", got " + count + "; give a list with one for each, in this order");
        }
    }

    private static List<String> inputNames(Graph graph) {
        return IntStream.range(0, graph.inputs().size()).mapToObj(graph::inputName).toList();
    }

    private static void requireSameSamples(Graph graph, int input, List<Shape> shapes) {
        if (shapes.get(input).dim(0) != shapes.getFirst().dim(0)) {
            throw new ShapeException("Model '" + graph.name() + "': input '" + graph.inputName(input) + "' has "
                    + shapes.get(input).dim(0) + " samples, input '" + graph.inputName(0) + "' has "
                    + shapes.getFirst().dim(0) + "; give all inputs the same number");
        }
    }

    /** Rows, samples times steps, are counted in an int. */
    private static void requireCountable(Graph graph, int input, Shape shape) {
        long rows = 1;
        for (int axis = 0; axis < shape.rank() - 1; axis++) {
            if (shape.dim(axis) > Integer.MAX_VALUE || rows * shape.dim(axis) > Integer.MAX_VALUE) {
                throw new ShapeException("Model '" + graph.name() + "', input '" + graph.inputName(input) + "': shape "
                        + shape + " has more than " + Integer.MAX_VALUE
                        + " samples times steps; use a smaller batch or shorter sequences");
            }
            rows *= shape.dim(axis);
        }
    }

    private static String message(Graph graph, int input, Shape declared, Shape actual) {
        String what = "Model '" + graph.name() + "', input '" + graph.inputName(input) + "': expected shape " + declared
                + ", got " + actual;
        if (declared.rank() != actual.rank()) {
            return what + " (ndim=" + actual.rank() + " instead of " + declared.rank() + "); reshape the data to "
                    + (declared.rank() == 3 ? "[samples, time, features]" : "[samples, features]");
        }
        if (declared.last() != actual.last()) {
            return what + "; the data have " + actual.last() + " features per step, the model was built for "
                    + declared.last();
        }
        if (declared.rank() == 3 && declared.dim(1) != Shape.UNKNOWN && declared.dim(1) != actual.dim(1)) {
            return what + "; the data have " + actual.dim(1) + " time steps, the model was declared for "
                    + declared.dim(1)
                    + ": cut or pad the sequences, or declare an Input.sequence, which takes any length";
        }
        if (declared.dim(0) != Shape.UNKNOWN && declared.dim(0) != actual.dim(0)) {
            return what + "; the model was declared for batches of " + declared.dim(0)
                    + ": use this batch size, and a multiple of it as samples";
        }
        return what;
    }

    /** The number of samples all inputs have. */
    static long samples(Graph graph, List<Tensor> inputs) {
        Arguments.all(inputs, "Model.predict", "inputs", "a tensor for each input of the model");
        requireCount(graph, inputs.size());
        List<Shape> shapes = new ArrayList<>();
        for (Tensor input : inputs) {
            input.requireAlive();
            shapes.add(input.shape());
        }
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).requireType(graph.inputType(i) == ValueType.FLOAT32 ? DataType.FLOAT32 : DataType.INT32,
                    "Model '" + graph.name() + "', input '" + graph.inputName(i) + "'");
            // Any number of samples: they are cut into batches later.
            Shape declared = graph.inputShape(i).with(0, Shape.UNKNOWN);
            if (!declared.accepts(shapes.get(i))) {
                throw new ShapeException(message(graph, i, declared, shapes.get(i)));
            }
            requireSameSamples(graph, i, shapes);
        }
        return shapes.getFirst().dim(0);
    }
}
