package dev.gatun.layers.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.gatun.layers.value.ValueType;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.runtime.GivenInputs;
import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.runtime.TimeMajor;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples that have passed the door: as many targets as samples, shapes of the model's outputs, finite numbers, classes that
 * exist. Nothing is copied.
 *
 * @param masked  numbers of the inputs that have masks
 * @param inputs  one for each input, and behind them the masks
 * @param targets one for each output of the objective, rows of {@code targetColumns} numbers: [N,C] or [N,T,C]
 * @param weights one for each output of the objective, or null: [N] or [N,T]
 * @param count   N
 */
record CheckedSamples(
        List<Integer> masked, List<Tensor> inputs, List<Tensor> targets, List<Tensor> weights, int count) {

    /**
     * @param role put before the tensors' names in messages: empty, or "validation "
     * @throws IllegalArgumentException naming input or output, what was expected, what was got, and the fix
     */
    static CheckedSamples of(
            Network network, Objective objective, Samples samples, int batchSize, String role) {
        try {
            return check(network, objective, samples, batchSize, role);
        } catch (IllegalStateException failed) {
            // Another thread may have freed the memory since it was looked at.
            requireAlive(samples.x(), samples.y(), samples.weights());
            throw failed;
        }
    }

    private static CheckedSamples check(
            Network network, Objective objective, Samples all, int batchSize, String role) {
        Samples asGiven = all.padded() && network.graph().isTimeMajor() ? timeMajor(network, objective, all) : all;
        GivenInputs given = network.given(asGiven.x(), asGiven.masks());
        Samples samples = network.graph().isTimeMajor() ? samplesFirst(network, objective, asGiven, given) : asGiven;
        int count = count(given);
        List<Shape> shapes = inputShapes(given.tensors(), Math.min(batchSize, count));
        given.requireShapes(shapes);
        List<Shape> outputs = given.graph().outputShapes(shapes);
        for (int i = 0; i < samples.x().size(); i++) {
            if (network.graph().inputType(i) != ValueType.FLOAT32) {
                continue;
            }
            int mask = given.masked().indexOf(i);
            String order = network.graph().isTimeMajor(i) ? ", read samples first," : "";
            FiniteCheck.require(name(role + "x", network.inputNames().get(i), samples.x().size()) + order,
                    samples.x().get(i),
                    mask < 0 ? CountedSteps.ALL : new CountedSteps(given.tensors().get(samples.x().size() + mask)));
        }
        List<Tensor> targets = targets(objective, samples.y(), outputs, given, role);
        List<Tensor> weights = weights(objective, samples.weights(), outputs, count, role + "sampleWeight");
        return new CheckedSamples(given.masked(), given.tensors(), targets, weights, count);
    }

    /** Of an output with an axis of time, targets and weights of steps are given time-major as the inputs are. */
    private static Samples samplesFirst(Network network, Objective objective, Samples asGiven, GivenInputs given) {
        return answersExchanged(network, objective, asGiven, given.tensors().subList(0, asGiven.x().size()));
    }

    /** Sequences that were padded have samples first; those of a time-major model are read time first. */
    private static Samples timeMajor(Network network, Objective objective, Samples padded) {
        List<Tensor> x = new ArrayList<>(padded.x());
        for (int i = 0; i < Math.min(x.size(), network.inputNames().size()); i++) {
            if (network.graph().isTimeMajor(i)) {
                x.set(i, TimeMajor.exchanged(x.get(i), 2));
            }
        }
        return answersExchanged(network, objective, padded, x);
    }

    private static Samples answersExchanged(
            Network network, Objective objective, Samples asGiven, List<Tensor> x) {
        List<Tensor> y = new ArrayList<>(asGiven.y());
        for (int i = 0; i < Math.min(y.size(), objective.size()); i++) {
            if (network.outputShapes().get(objective.outputs().get(i)).rank() > 2) {
                y.set(i, TimeMajor.exchanged(y.get(i), 2));
            }
        }
        List<Tensor> weights = asGiven.weights().stream().map(weight -> TimeMajor.exchanged(weight, 2)).toList();
        return new Samples(x, y, weights, asGiven.masks());
    }

    /** @throws IllegalStateException if the memory of one of the tensors has been freed */
    void requireAlive() {
        requireAlive(inputs, targets, weights == null ? List.of() : weights);
    }

    @SafeVarargs
    private static void requireAlive(List<Tensor>... tensors) {
        for (List<Tensor> some : tensors) {
            some.forEach(Tensor::requireAlive);
        }
    }

    /** Shapes of the inputs with another batch size. */
    static List<Shape> inputShapes(List<Tensor> inputs, int batch) {
        return inputs.stream().map(input -> input.shape().with(0, batch)).toList();
    }

    BatchShapes shapes(int batch) {
        return new BatchShapes(masked, inputShapes(inputs, batch));
    }

    /** Steps of a sequence, where all inputs are sequences. */
    int time() {
        Shape shape = inputs.getFirst().shape();
        return shape.rank() > 1 ? (int) Math.min(Integer.MAX_VALUE, shape.dim(1)) : 1;
    }

    /** The sizes of a batch, or where its sequences are longer than a chunk those of a chunk and of the last one. */
    List<BatchShapes> parts(int batch, int chunk) {
        if (time() <= chunk) {
            return List.of(shapes(batch));
        }
        for (Tensor input : inputs) {
            if (input.shape().dim(1) != time()) {
                throw new ShapeException(
                        "Truncated back-propagation cuts all inputs at the same steps, got sequences of "
                                + time() + " and of " + input.shape().dim(1) + " steps; give sequences of one length");
            }
        }
        return List.of(part(batch, chunk), part(batch, (time() - 1) % chunk + 1));
    }

    private BatchShapes part(int batch, int steps) {
        return new BatchShapes(masked,
                inputShapes(inputs, batch).stream().map(shape -> shape.with(1, steps)).toList(), true);
    }

    private static int count(GivenInputs given) {
        long count = given.samples();
        if (count == 0) {
            throw new ShapeException("There are no samples: x has shape " + given.tensors().getFirst().shape()
                    + "; give at least one");
        }
        if (count > Integer.MAX_VALUE - 8) {
            throw new ShapeException("x has " + count + " samples; at most 2^31 - 9 can be trained on at once");
        }
        return (int) count;
    }

    private static List<Tensor> targets(Objective objective, List<Tensor> y, List<Shape> outputs, GivenInputs given,
            String role) {
        if (y.size() != objective.size()) {
            throw new ShapeException("There are losses for " + objective.size() + " output(s) " + objective.names()
                    + ", got " + y.size() + " target tensor(s); give one for each, in this order");
        }
        List<Tensor> targets = new ArrayList<>();
        for (int i = 0; i < y.size(); i++) {
            Shape output = outputs.get(objective.outputs().get(i));
            Loss loss = objective.losses().get(i);
            if (steps(output) == 0) {
                throw new ShapeException(
                        "Output '" + objective.names().get(i) + "' has no time steps for this x, so there "
                                + "is nothing to measure; give sequences of at least one step");
            }
            if (output.rank() == 1) {
                throw new ShapeException("Output '" + objective.names().get(i) + "' has shape " + output
                        + ", single numbers without an axis of their own, and a loss is taken over features; put a "
                        + "Reshape.to(1) behind it");
            }
            String what = name(role + "y", objective.names().get(i), objective.size());
            CountedSteps steps = steps(given, objective.outputs().get(i));
            Shape expected = output.with(0, given.samples()).with(-1, loss.targetColumns((int) output.last()));
            targets.add(fitted(what, objective.names().get(i), y.get(i), expected, output, loss));
            FiniteCheck.require(what, y.get(i), steps);
            if (loss.takesClassNumbers()) {
                requireClasses(what, y.get(i), (int) output.last(), steps);
            }
        }
        return targets;
    }

    /** A mask that was given with the data says before the model runs which steps of an output that carries it count. */
    private static CountedSteps steps(GivenInputs given, int output) {
        Graph graph = given.graph();
        Graph.Ref mask = graph.masks().get(graph.outputs().get(output));
        int input = mask == null ? -1 : graph.inputs().indexOf(mask.step());
        return input < 0 ? CountedSteps.ALL : new CountedSteps(given.tensors().get(input));
    }

    /** The tensor itself, or seen with the last axis of 1 that Keras's users leave out. */
    private static Tensor fitted(String what, String name, Tensor y, Shape expected, Shape predicted, Loss loss) {
        Shape shape = y.shape();
        if (shape.equals(expected)) {
            return y;
        }
        if (expected.last() == 1 && shape.rank() == expected.rank() - 1 && leads(shape, expected)) {
            Tensor packed = y.rows() <= 1 || y.rowStride() == y.columns() ? y : Tensor.of(y.toArray(), shape.toArray());
            return new Tensor(packed.segment(), packed.baseBytes(), expected, 1);
        }
        String message = what + ": expected shape " + expected + " for the output '" + name + "' of shape "
                + predicted.with(0, Shape.UNKNOWN) + " and loss " + loss.keyword() + ", got " + shape;
        if (shape.rank() > 0 && shape.dim(0) != expected.dim(0)) {
            throw new ShapeException(message + "; give as many targets as samples: " + expected.dim(0));
        }
        if (shape.rank() == 3 && expected.rank() == 2 && shape.last() == expected.last()) {
            throw new ShapeException(message + "; the model returns its last step only: give one target per sample, "
                    + "or declare the last LSTM with returnSequences");
        }
        if (expected.last() == 1 && predicted.last() > 1) {
            throw new ShapeException(message + "; this loss takes class numbers, for one-hot targets use "
                    + "categorical_crossentropy");
        }
        throw new ShapeException(message + "; reshape the targets, or change the units of the last layer");
    }

    private static boolean leads(Shape shape, Shape longer) {
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (shape.dim(axis) != longer.dim(axis)) {
                return false;
            }
        }
        return true;
    }

    private static void requireClasses(String what, Tensor y, int classes, CountedSteps steps) {
        for (long row = 0; row < y.rows(); row++) {
            for (long column = 0; column < y.columns(); column++) {
                if (!steps.count(y, row, column)) {
                    continue;
                }
                long at = y.baseBytes() + row * y.rowBytes() + column * Float.BYTES;
                float label = y.segment().get(JAVA_FLOAT_UNALIGNED, at);
                if (label != (int) label || label < 0 || label >= classes) {
                    throw new IllegalArgumentException(what + FiniteCheck.index(y, row, column) + " is " + label
                            + "; class numbers are whole, from 0 to " + (classes - 1) + " for an output of " + classes
                            + " columns");
                }
            }
        }
    }

    private static List<Tensor> weights(
            Objective objective, List<Tensor> given, List<Shape> outputs, int count, String what) {
        if (given.isEmpty()) {
            return null;
        }
        if (given.size() != 1 && given.size() != objective.size()) {
            throw new ShapeException("There are losses for " + objective.size() + " output(s) " + objective.names()
                    + ", got " + given.size() + " tensors of sample weights; give one for all, or one for each");
        }
        List<Tensor> weights = new ArrayList<>();
        for (int i = 0; i < objective.size(); i++) {
            Tensor weight = given.get(given.size() == 1 ? 0 : i);
            Shape output = outputs.get(objective.outputs().get(i));
            Shape shape = weight.shape();
            boolean perSample = shape.rank() == 1 && shape.dim(0) == count;
            boolean perStep = shape.rank() == 2 && shape.dim(0) == count && output.rank() > 2
                    && shape.dim(1) == steps(output);
            if (!perSample && !perStep) {
                throw new ShapeException(what + ": expected shape (" + count + ",)"
                        + (output.rank() > 2 ? " or (" + count + ", " + steps(output) + ")" : "")
                        + " for output '" + objective.names().get(i) + "', got " + shape
                        + "; give one weight per sample" + (output.rank() > 2 ? " or per step" : ""));
            }
            FiniteCheck.require(what, weight, CountedSteps.ALL);
            weights.add(weight);
        }
        return weights;
    }

    private static long steps(Shape output) {
        return output.rank() > 2 ? output.dim(1) : 1;
    }

    private static String name(String letter, String tensor, int of) {
        return of == 1 ? letter : letter + " '" + tensor + "'";
    }
}
